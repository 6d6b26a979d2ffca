#include "league/upstreams/served.h"

#include <gtest/gtest.h>

#include "league/played.h"
#include "support/expected.h"

namespace tipoff::league::test {

const SimulatedUpstreams& upstreams() {
    static const SimulatedUpstreams served(played(2025, 7, day("2025-12-24")), 7);
    return served;
}

Instant at(std::string_view text) { return support::value_of(parse_instant(text)); }

GameDate day(std::string_view text) { return support::value_of(parse_date(text)); }

Instant eastern(std::string_view date, std::string_view time) {
    return eastern_instant(day(date), support::value_of(parse_time_of_day(time)));
}

UpstreamAnswer ask(std::string_view url, Instant now, std::vector<HttpHeader> headers) {
    const std::size_t slash = url.find('/');
    UpstreamRequest request = request_of_target(url.substr(0, slash), url.substr(slash));
    request.headers = std::move(headers);
    return upstreams().answer(request, now);
}

UpstreamAnswer ask(std::string_view url, Instant now) {
    return ask(url, now, {{"Authorization", "some key"}, {"x-api-key", "some key"}});
}

collect::Reading read(std::string_view source, std::string_view url, Instant now,
                      const collect::Ask& question) {
    const UpstreamAnswer answer = ask(url, now);
    EXPECT_EQ(answer.status, 200) << url << "\n" << answer.body;
    return collect::find_source(source)->read(answer.body, question);
}

Sample some_game(std::string_view date) {
    const Almanac& almanac = upstreams().almanac();
    const auto games = almanac.on(day(date), eastern(date, "00:00"));
    EXPECT_FALSE(games.empty());
    const std::size_t game = games.front().fixture;
    const Fixture& fixture = almanac.fixture(game);
    return {.game = game,
            .fixture = &fixture,
            .id = to_string(fixture.game_id),
            .tip_off = tip_off_of(fixture),
            .end = almanac.ends_at(game)};
}

void expect_counts(const collect::StatedPlayerBox& box, const BoxCounts& counts,
                   std::string_view who) {
    EXPECT_EQ(box.points, counts.points) << who;
    EXPECT_EQ(box.field_goals_made, counts.field_goals_made) << who;
    EXPECT_EQ(box.field_goals_attempted, counts.field_goals_attempted) << who;
    EXPECT_EQ(box.three_pointers_made, counts.threes_made) << who;
    EXPECT_EQ(box.three_pointers_attempted, counts.threes_attempted) << who;
    EXPECT_EQ(box.free_throws_made, counts.free_throws_made) << who;
    EXPECT_EQ(box.free_throws_attempted, counts.free_throws_attempted) << who;
    EXPECT_EQ(box.offensive_rebounds, counts.offensive_rebounds) << who;
    EXPECT_EQ(box.defensive_rebounds, counts.defensive_rebounds) << who;
    EXPECT_EQ(box.rebounds, counts.rebounds()) << who;
    EXPECT_EQ(box.assists, counts.assists) << who;
    EXPECT_EQ(box.steals, counts.steals) << who;
    EXPECT_EQ(box.blocks, counts.blocks) << who;
    EXPECT_EQ(box.turnovers, counts.turnovers) << who;
    EXPECT_EQ(box.personal_fouls, counts.fouls) << who;
}

}  // namespace tipoff::league::test
