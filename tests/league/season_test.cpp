#include "league/season.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "league/write.h"
#include "played.h"
#include "support/expected.h"

namespace tipoff::league::test {
namespace {

GameDate date(std::string_view text) { return parse_date(text).value(); }

TEST(SeasonOptions, RefuseASeasonThatTheLeagueDoesNotHave) {
    for (const int year : {1999, 2021, 2099}) {
        const auto season =
            simulate({.season = Season::starting_in(year), .seed = 1, .through = {}});
        EXPECT_EQ(support::outcome_of(season), to_string(ErrorCode::kUsage));
        EXPECT_NE(support::told(season).find("2022-23"), std::string::npos)
            << support::told(season);
    }
}

TEST(SeasonOptions, RefuseADateOutsideTheSeason) {
    for (const char* day : {"2025-10-19", "2026-04-13", "2024-12-25"}) {
        const auto season =
            simulate({.season = Season::starting_in(2025), .seed = 1, .through = date(day)});
        EXPECT_EQ(support::outcome_of(season), to_string(ErrorCode::kUsage)) << day;
        EXPECT_NE(support::told(season).find("2025-10-21"), std::string::npos);
    }
}

TEST(CutOffSeason, EndsOnItsDateWithLinesForTheNextGameDay) {
    const SimulatedSeason season = played(2025, 7, date("2025-11-30"));
    ASSERT_FALSE(season.games.empty());
    const GameDate last = season.fixtures[season.games.back().fixture].date;
    EXPECT_EQ(last, date("2025-11-30"));
    const std::size_t next = season.games.size();
    const GameDate tonight = season.fixtures[next].date;
    EXPECT_GT(tonight, last);
    std::set<std::size_t> quoted;
    for (const PropLine& line : season.prop_lines) {
        ASSERT_LE(season.fixtures[line.fixture].date, tonight);
        if (line.fixture >= next) quoted.insert(line.fixture);
    }
    const auto games_tonight = std::ranges::count(season.fixtures, tonight, &Fixture::date);
    EXPECT_EQ(quoted.size(), static_cast<std::size_t>(games_tonight));
    EXPECT_EQ(season.game_lines.size(), next + quoted.size());
    for (const InjuryTransaction& line : season.transactions)
        EXPECT_LE(line.date, last);
}

TEST(CutOffSeason, MayEndBeforeItBegins) {
    const SimulatedSeason season = played(2025, 7, date("2025-10-20"));
    EXPECT_TRUE(season.games.empty());
    EXPECT_FALSE(season.prop_lines.empty());
    EXPECT_FALSE(season.transactions.empty()) << "summer injuries are listed";
}

/// Each file of a cut-off season is the beginning of the same file of the whole season.
TEST(CutOffSeason, HasTheRowsOfTheWholeSeason) {
    const SimulatedSeason& whole = whole_season();
    for (const char* day : {"2025-10-21", "2026-02-20"}) {
        const SimulatedSeason part = played(2025, 7, date(day));
        for (const char* kind : {"player_box", "team_box", "shots", "player_prop_lines"}) {
            EXPECT_TRUE(csv_of(whole, kind).starts_with(csv_of(part, kind))) << kind << " " << day;
        }
        const std::string all = csv_of(whole, "injury_transactions");
        const std::string some = csv_of(part, "injury_transactions");
        EXPECT_TRUE(all.starts_with(some)) << day;
    }
}

TEST(WholeSeason, HasEveryGameOnce) {
    const SimulatedSeason& season = whole_season();
    ASSERT_EQ(season.games.size(), 1230U);
    for (std::size_t i = 0; i < season.games.size(); ++i) {
        EXPECT_EQ(season.games[i].fixture, i);
        for (const auto& lines : season.games[i].result.lines) {
            const auto played_in =
                std::ranges::count_if(lines, [](const auto& line) { return line.played(); });
            EXPECT_GE(played_in, 7);
            EXPECT_LE(played_in, 18);
        }
    }
}

TEST(WholeSeason, PlayersPlayForOneTeamADayAndSomeChangeIt) {
    const SimulatedSeason& season = whole_season();
    std::map<PlayerIndex, std::set<std::size_t>> teams;
    std::set<std::pair<GameDate, PlayerIndex>> days;
    for (const PlayedGame& game : season.games) {
        const Fixture& fixture = season.fixtures[game.fixture];
        for (std::size_t side = 0; side < 2; ++side) {
            for (const GamePlayerLine& line : game.result.lines[side]) {
                EXPECT_TRUE(days.emplace(fixture.date, line.index).second);
                if (line.played()) {
                    teams[line.index].insert(side == 0 ? fixture.home : fixture.away);
                }
            }
        }
    }
    const auto changed =
        std::ranges::count_if(teams, [](const auto& entry) { return entry.second.size() > 1; });
    EXPECT_GT(changed, 20);
    EXPECT_GT(teams.size(), 500U);
    EXPECT_LT(teams.size(), 620U);
}

TEST(WholeSeason, WhoIsOutForTheSeasonDoesNotPlayAgain) {
    const SimulatedSeason& season = whole_season();
    std::map<PlayerIndex, GameDate> gone;
    for (const InjuryTransaction& line : season.transactions) {
        if (line.notes.ends_with("(out for season)")) gone.emplace(line.player, line.date);
    }
    EXPECT_FALSE(gone.empty());
    for (const PlayedGame& game : season.games) {
        for (const auto& lines : game.result.lines) {
            for (const GamePlayerLine& line : lines) {
                const auto found = gone.find(line.index);
                if (found == gone.end() || !line.played()) continue;
                EXPECT_LT(season.fixtures[game.fixture].date, found->second);
            }
        }
    }
}

TEST(WholeSeason, AnotherSeedIsAnotherLeague) {
    const SimulatedSeason other = played(2025, 8, date("2025-10-28"));
    const SimulatedSeason same = played(2025, 7, date("2025-10-28"));
    EXPECT_NE(csv_of(other, "player_box"), csv_of(same, "player_box"));
    EXPECT_NE(csv_of(other, "schedule"), csv_of(same, "schedule"));
}

TEST(WholeSeason, TheNextSeasonHasMostlyTheSamePlayers) {
    const SimulatedSeason now = played(2025, 7, date("2025-10-30"));
    const SimulatedSeason next = played(2026, 7, date("2026-10-30"));
    std::set<std::int64_t> before;
    for (const PlayedGame& game : now.games) {
        for (const auto& lines : game.result.lines) {
            for (const auto& line : lines)
                before.insert(now.rosters.players[line.index].player_id);
        }
    }
    int known = 0;
    int all = 0;
    for (const PlayedGame& game : next.games) {
        for (const auto& lines : game.result.lines) {
            for (const auto& line : lines) {
                known += before.contains(next.rosters.players[line.index].player_id) ? 1 : 0;
                ++all;
            }
        }
    }
    EXPECT_GT(known, all * 6 / 10);
    EXPECT_LT(known, all);
}

}  // namespace
}  // namespace tipoff::league::test
