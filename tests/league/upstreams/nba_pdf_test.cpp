#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "league/teams.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

/// "ak-static.cms.nba.com/referee/injury/Injury-Report_2025-12-03_05_30PM.pdf".
std::string report_of(std::string_view date, std::string_view time) {
    return fmt::format("ak-static.cms.nba.com/referee/injury/Injury-Report_{}_{}.pdf", date, time);
}

/// The report at or after an instant.
std::string report_after(Instant instant) {
    constexpr std::chrono::minutes kQuarter{15};
    const Instant at = instant + (kQuarter - instant.time_since_epoch() % kQuarter) % kQuarter;
    const std::string text = to_eastern_string(at);
    const int hour = std::stoi(text.substr(11, 2));
    return report_of(text.substr(0, 10), fmt::format("{:02}_{}{}", hour % 12 == 0 ? 12 : hour % 12,
                                                     text.substr(14, 2), hour < 12 ? "AM" : "PM"));
}

bool lists(const Reading& reading, const Player& player, std::string_view status) {
    return std::ranges::any_of(reading.records.injuries, [&](const collect::StatedInjury& injury) {
        return injury.player_name == player.name.display && injury.status == status;
    });
}

TEST(InjuryReportUpstream, IsDeniedUntilItsTime) {
    const std::string url = report_of("2025-12-03", "05_30PM");
    EXPECT_EQ(ask(url, eastern("2025-12-03", "17:29")).status, 403);
    EXPECT_EQ(ask(url, eastern("2025-12-03", "17:30")).status, 200);
    EXPECT_EQ(ask(report_of("2025-12-03", "05_31PM"), eastern("2025-12-04", "17:30")).status, 403);
    EXPECT_EQ(ask(report_of("2025-12-03", "05PM"), eastern("2025-12-03", "17:30")).body,
              ask(url, eastern("2025-12-20", "00:00")).body);
}

TEST(InjuryReportUpstream, IsNotSentToWhoHasIt) {
    const std::string url = report_of("2025-12-03", "05_30PM");
    const Instant now = eastern("2025-12-03", "18:00");
    EXPECT_EQ(ask(url, now, {{"If-Modified-Since", "Wed, 03 Dec 2025 22:30:00 GMT"}}).status, 304);
    EXPECT_EQ(ask(url, now, {{"If-Modified-Since", "Wed, 03 Dec 2025 22:29:59 GMT"}}).status, 200);
}

TEST(InjuryReportUpstream, ListsEverybodyWhoIsOutTonight) {
    const Almanac& almanac = upstreams().almanac();
    const GameDate date = day("2025-12-03");
    const Instant now = eastern("2025-12-03", "22:30");
    const Reading reading =
        read("nbac_injury_report", report_of("2025-12-03", "10_30PM"), now, {.date = date});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    std::size_t out = 0;
    for (const GameNow& game : almanac.on(date, now)) {
        for (const AbsentPlayer& absent : almanac.absences_of(game.fixture)) {
            ++out;
            const Player& player = almanac.player(absent.player);
            EXPECT_TRUE(lists(reading, player, "out")) << player.name.display;
        }
    }
    EXPECT_GT(out, 5U);
    EXPECT_EQ(out, static_cast<std::size_t>(std::ranges::count_if(
                       reading.records.injuries, [&](const collect::StatedInjury& injury) {
                           return injury.status == "out" && injury.game_date == date;
                       })));
}

TEST(InjuryReportUpstream, TeamsReportLateInTheAfternoonBefore) {
    const Reading morning = read("nbac_injury_report", report_of("2025-12-02", "09_00AM"),
                                 eastern("2025-12-02", "09:00"));
    EXPECT_TRUE(std::ranges::any_of(morning.notes, [](const std::string& note) {
        return note.starts_with("not yet submitted") && note.contains("2025-12-03");
    }));
}

TEST(InjuryReportUpstream, ALateScratchIsOutFromTheNextReportOn) {
    const Almanac& almanac = upstreams().almanac();
    std::size_t looked_at = 0;
    for (const AbsentPlayer& absent : almanac.season().absences) {
        const GameDate date = almanac.fixture(absent.fixture).date;
        if (!absent.is_late || date < day("2025-12-01") || date > day("2025-12-06")) continue;
        ++looked_at;
        const Player& player = almanac.player(absent.player);
        const Instant later = absent.known_at + std::chrono::minutes{15};
        EXPECT_TRUE(
            lists(read("nbac_injury_report", report_after(absent.known_at), later), player, "out"));
        const Instant before = absent.known_at - std::chrono::minutes{15};
        const Reading reading = read("nbac_injury_report", report_after(before), absent.known_at);
        const bool was_known = report_after(before) == report_after(absent.known_at);
        EXPECT_FALSE(!was_known && lists(reading, player, "out")) << player.name.display;
    }
    EXPECT_GT(looked_at, 0U);
}

TEST(GamebookUpstream, SaysOfEverybodyWhetherHePlayed) {
    const Almanac& almanac = upstreams().almanac();
    for (const char* date : {"2025-12-02", "2025-12-03", "2025-12-05"}) {
        for (const GameNow& game : almanac.on(day(date), eastern(date, "12:00"))) {
            const Fixture& fixture = almanac.fixture(game.fixture);
            std::string digits(date);
            std::erase(digits, '-');
            const std::string teams = std::string(team_facts()[fixture.away].tricode) +
                                      std::string(team_facts()[fixture.home].tricode);
            const std::string url =
                fmt::format("statsdmz.nba.com/pdfs/{0}/{0}_{1}.pdf", digits, teams);
            const Instant end = almanac.ends_at(game.fixture);
            EXPECT_EQ(ask(url, end - std::chrono::seconds{1}).status, 404);
            const Reading reading =
                read("nbac_gamebook", url, end,
                     {.date = day(date), .source_game_id = fmt::format("{}/{}", digits, teams)});
            EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
            const auto with = [&](std::string_view status) {
                return static_cast<std::size_t>(std::ranges::count(
                    reading.records.availability, status, &collect::StatedAvailability::status));
            };
            std::size_t played = 0, dressed = 0;
            for (const auto& side : almanac.result_of(game.fixture)->lines) {
                dressed += side.size();
                for (const GamePlayerLine& line : side) {
                    if (!line.played()) continue;
                    ++played;
                    const auto found = std::ranges::find(reading.records.availability,
                                                         almanac.player(line.index).name.display,
                                                         &collect::StatedAvailability::player_name);
                    ASSERT_NE(found, reading.records.availability.end())
                        << almanac.player(line.index).name.display;
                    EXPECT_NEAR(*found->seconds, line.tenths / 10, 1);
                }
            }
            EXPECT_EQ(with("played"), played);
            EXPECT_EQ(with("dnp"), dressed - played);
            EXPECT_EQ(with("inactive"), almanac.absences_of(game.fixture).size());
        }
    }
}

}  // namespace
}  // namespace tipoff::league::test
