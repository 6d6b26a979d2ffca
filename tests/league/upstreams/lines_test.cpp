#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "league/upstreams/identities.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

constexpr std::string_view kEvents =
    "api.the-odds-api.com/v4/sports/basketball_nba/events?apiKey=k"
    "&commenceTimeFrom=2025-12-03T05:00:00Z&commenceTimeTo=2025-12-04T04:59:59Z";
constexpr std::string_view kPlayers =
    "player_points,player_rebounds,player_assists,player_threes,player_points_rebounds_assists,"
    "player_points_alternate";

std::string odds_of(const Sample& game, std::string_view markets, std::string_view past = "") {
    return fmt::format(
        "api.the-odds-api.com/v4/{}sports/basketball_nba/events/{}/odds?apiKey=k&regions=us"
        "&markets={}&oddsFormat=american{}{}",
        past.empty() ? "" : "historical/", odds_api_event(upstreams().almanac(), game.game),
        markets, past.empty() ? "" : "&date=", past);
}

std::string header_of(const UpstreamAnswer& answer, std::string_view name) {
    const auto found = std::ranges::find(answer.headers, name, &HttpHeader::name);
    return found == answer.headers.end() ? std::string() : found->value;
}

std::string bare_name(PlayerIndex player) {
    return without_suffix(upstreams().almanac().player(player).name.plain);
}

TEST(OddsApiUpstream, RefusesAsTheRealOne) {
    const Sample game = some_game();
    const Instant now = game.tip_off - std::chrono::hours{1};
    const std::string events = "api.the-odds-api.com/v4/sports/basketball_nba/events";
    EXPECT_EQ(ask(events, now).status, 401);
    EXPECT_EQ(ask(events + "?apiKey=k&commenceTimeFrom=today", now).status, 422);
    EXPECT_EQ(ask(events + "/0123/odds?apiKey=k&regions=us", now).status, 404);
    EXPECT_EQ(ask(odds_of(game, "player_height"), now).status, 422);
    EXPECT_EQ(ask(odds_of(game, kPlayers) + "&regions=", game.end).status, 404) << "it is over";
    EXPECT_EQ(
        ask("api.the-odds-api.com/v4/historical/sports/basketball_nba/events?apiKey=k", now).status,
        422);
}

TEST(OddsApiUpstream, AnEventIsListedUntilTipOff) {
    const Sample game = some_game();
    const std::string id = odds_api_event(upstreams().almanac(), game.game);
    const auto is_listed_at = [&](Instant now) {
        const Reading reading = read("oddsapi_events", kEvents, now, {.date = day("2025-12-03")});
        const auto found =
            std::ranges::find(reading.records.games, id, &collect::StatedGame::source_game_id);
        if (found == reading.records.games.end()) return false;
        EXPECT_EQ(found->tip_off, game.tip_off);
        return true;
    };
    EXPECT_TRUE(is_listed_at(game.tip_off - std::chrono::seconds{1}));
    EXPECT_FALSE(is_listed_at(game.tip_off));
    const Reading past = read("oddsapi_events",
                              "api.the-odds-api.com/v4/historical/sports/basketball_nba/events"
                              "?apiKey=k&date=2025-12-03T18:03:00Z",
                              game.end, {.date = day("2025-12-03")});
    EXPECT_EQ(past.outcome.kind, OutcomeKind::kFresh) << past.outcome.detail;
}

/// Main lines and ladders are those of each book's last look at the market.
TEST(OddsApiUpstream, QuotationsAreTheBooksLast) {
    const Almanac& almanac = upstreams().almanac();
    const Sample game = some_game();
    for (const int minutes_before : {240, 1}) {
        const Instant now = game.tip_off - std::chrono::minutes{minutes_before};
        const Reading reading = read("oddsapi_player_props", odds_of(game, kPlayers), now);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        EXPECT_TRUE(reading.notes.empty());
        std::map<std::pair<int, Market>, Instant> last;
        for (const PropLine& line : almanac.prop_lines_of(game.game)) {
            if (line.captured_at > now) continue;
            auto& at = last[{line.book, line.market}];
            at = std::max(at, line.captured_at);
        }
        std::size_t lines = 0;
        for (const PropLine& line : almanac.prop_lines_of(game.game)) {
            if (line.captured_at > now || last[{line.book, line.market}] != line.captured_at)
                continue;
            ++lines;
            const auto found = std::ranges::find_if(
                reading.records.prop_lines, [&](const collect::StatedPropLine& stated) {
                    return stated.book == book_name(line.book) &&
                           stated.market == to_string(line.market) &&
                           stated.player_name == bare_name(line.player) &&
                           stated.line_value == line.line;
                });
            ASSERT_NE(found, reading.records.prop_lines.end()) << bare_name(line.player);
            EXPECT_EQ(found->over_price, line.over_price);
            EXPECT_EQ(found->under_price, line.under_price);
            EXPECT_EQ(found->quoted_at, line.captured_at);
            EXPECT_EQ(found->starts_at, game.tip_off);
        }
        EXPECT_EQ(lines, reading.records.prop_lines.size());
        EXPECT_GT(lines, 20U);
    }
}

TEST(OddsApiUpstream, GameLinesAreTheSeasonsAndCostWhatTheyCost) {
    const Sample game = some_game();
    const Instant now = game.tip_off - std::chrono::minutes{5};
    const GameLine& line = *upstreams().almanac().game_line_of(game.game);
    const std::string url = odds_of(game, "h2h,spreads,totals");
    const Reading reading = read("oddsapi_game_lines", url, now);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.game_lines.size(), 3 * kBooks);
    for (const collect::StatedGameLine& stated : reading.records.game_lines) {
        EXPECT_LE(stated.quoted_at, now);
        if (stated.market == "moneyline") {
            EXPECT_EQ(stated.home_or_over_price, line.home_price);
            EXPECT_EQ(stated.away_or_under_price, line.away_price);
        } else {
            EXPECT_EQ(stated.line_value,
                      stated.market == "total" ? line.total : 0.0 - line.home_margin);
        }
    }
    EXPECT_EQ(header_of(ask(url, now), "x-requests-last"), "3");
    const std::string past = odds_of(game, "h2h,spreads,totals", tipoff::to_string(now));
    EXPECT_EQ(header_of(ask(past, game.end), "x-requests-last"), "30");
}

/// Decimal prices are those of the American ones, but for what two digits lose.
TEST(OddsApiUpstream, PricesMayBeDecimal) {
    const Sample game = some_game();
    std::string url = odds_of(game, "totals");
    url.replace(url.find("american"), 8, "decimal");
    const Reading reading = read("oddsapi_game_lines", url, game.tip_off - std::chrono::minutes{5});
    ASSERT_FALSE(reading.records.game_lines.empty()) << reading.outcome.detail;
    EXPECT_EQ(reading.records.game_lines[0].home_or_over_price, -110);
}

TEST(OddsApiUpstream, LaddersStandBesideTheMainLinesOfAGame) {
    const Sample game = some_game();
    const Instant now = game.tip_off - std::chrono::minutes{5};
    const Reading mains = read("oddsapi_game_lines", odds_of(game, "spreads,totals"), now);
    const Reading all =
        read("oddsapi_game_lines",
             odds_of(game, "spreads,totals,alternate_spreads,alternate_totals"), now);
    EXPECT_EQ(all.outcome.kind, OutcomeKind::kFresh) << all.outcome.detail;
    ASSERT_FALSE(mains.records.game_lines.empty());
    EXPECT_EQ(all.records.game_lines.size(), 5 * mains.records.game_lines.size())
        << "four rungs to each";
    for (const collect::StatedGameLine& line : all.records.game_lines)
        EXPECT_TRUE(line.home_or_over_price && line.away_or_under_price) << *line.line_value;
}

TEST(OddsApiUpstream, InPlayTheBooksSayOtherThings) {
    constexpr std::string_view kLadders = "player_points,player_points_alternate";
    const Sample game = some_game();
    const Instant now = game.tip_off + std::chrono::minutes{62};
    const Reading closing = read("oddsapi_player_props", odds_of(game, kLadders),
                                 game.tip_off - std::chrono::seconds{1});
    for (const std::string& url :
         {odds_of(game, kLadders), odds_of(game, kLadders, tipoff::to_string(now))}) {
        const Reading reading = read("oddsapi_player_props", url, now);
        ASSERT_EQ(reading.notes.size(), 1U);
        EXPECT_TRUE(reading.notes[0].contains("quoted after the start")) << reading.notes[0];
        ASSERT_EQ(reading.records.prop_lines.size(), closing.records.prop_lines.size());
        std::size_t moved = 0;
        for (std::size_t i = 0; i < reading.records.prop_lines.size(); ++i) {
            EXPECT_GE(reading.records.prop_lines[i].quoted_at, game.tip_off);
            EXPECT_LE(reading.records.prop_lines[i].quoted_at, now);
            moved +=
                reading.records.prop_lines[i].over_price != closing.records.prop_lines[i].over_price
                    ? 1
                    : 0;
        }
        EXPECT_GT(moved, reading.records.prop_lines.size() / 2);
    }
    const Reading past =
        read("oddsapi_player_props", odds_of(game, kLadders, tipoff::to_string(now)), game.end);
    EXPECT_EQ(past.records.prop_lines.front().snapshot_at, game.tip_off + std::chrono::minutes{60});
}

TEST(BettingProsUpstream, EventsHaveResultsOnceTheyAreClosed) {
    constexpr std::string_view kDay = "api.bettingpros.com/v3/events?sport=NBA&date=2025-12-03";
    EXPECT_EQ(ask(kDay, some_game().end, {}).status, 403);
    const collect::Ask question{.date = day("2025-12-03"), .season = Season::starting_in(2025)};
    const Reading before =
        read("bettingpros_events", kDay, eastern("2025-12-03", "12:00"), question);
    const Reading after =
        read("bettingpros_events", kDay, eastern("2025-12-04", "12:00"), question);
    const Almanac& almanac = upstreams().almanac();
    const auto games = almanac.on(day("2025-12-03"), eastern("2025-12-03", "12:00"));
    ASSERT_EQ(before.records.games.size(), games.size()) << before.outcome.detail;
    ASSERT_EQ(after.records.games.size(), games.size()) << after.outcome.detail;
    for (std::size_t i = 0; i < games.size(); ++i) {
        EXPECT_EQ(before.records.games[i].status, "scheduled");
        EXPECT_EQ(after.records.games[i].status, "final");
        EXPECT_EQ(after.records.games[i].tip_off, games[i].tip_off);
        EXPECT_EQ(after.records.games[i].away_points,
                  almanac.result_of(games[i].fixture)->totals[1].points);
    }
}

TEST(BettingProsUpstream, PagesOfOffersLeadToTheEnd) {
    const Almanac& almanac = upstreams().almanac();
    const Sample game = some_game();
    const Instant now = game.tip_off - std::chrono::minutes{1};
    std::set<std::tuple<std::string, std::string, double, std::optional<int>, std::optional<int>>>
        stated;
    for (int page = 1; page <= 3; ++page) {
        const Reading reading =
            read("bettingpros_player_props",
                 fmt::format("api.bettingpros.com/v3/offers?sport=NBA&market_id=156&event_id={}"
                             "&book_id=null&limit=5&page={}",
                             kBettingProsEvents.of(game.game), page),
                 now, {.market = "points"});
        if (page == 3) {
            EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal) << reading.outcome.detail;
            break;
        }
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        EXPECT_EQ(reading.next_cursor, page == 1 ? std::optional<std::string>("2") : std::nullopt);
        for (const collect::StatedPropLine& line : reading.records.prop_lines) {
            EXPECT_TRUE(stated
                            .emplace(line.player_name, line.book, line.line_value, line.over_price,
                                     line.under_price)
                            .second);
        }
    }
    std::size_t lines = 0;
    Instant last_of_each[kBooks]{};
    for (const PropLine& line : almanac.prop_lines_of(game.game)) {
        if (line.market == Market::kPoints && line.captured_at <= now)
            last_of_each[line.book] = std::max(last_of_each[line.book], line.captured_at);
    }
    for (const PropLine& line : almanac.prop_lines_of(game.game)) {
        if (line.market != Market::kPoints || line.captured_at != last_of_each[line.book]) continue;
        ++lines;
        EXPECT_TRUE(
            stated.contains({bare_name(line.player), fmt::format("bettingpros_{}", 901 + line.book),
                             line.line, line.over_price, line.under_price}))
            << bare_name(line.player);
    }
    EXPECT_EQ(lines, stated.size());
}

}  // namespace
}  // namespace tipoff::league::test
