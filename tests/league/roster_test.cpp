#include "league/roster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "league/schedule.h"

namespace tipoff::league {
namespace {

constexpr Season kSeason = Season::starting_in(2025);

std::map<PlayerIndex, std::size_t> team_of_player(const Rosters& rosters) {
    std::map<PlayerIndex, std::size_t> found;
    for (std::size_t team = 0; team <= kTeams; ++team) {
        for (const PlayerIndex player : rosters.teams[team]) {
            EXPECT_TRUE(found.emplace(player, team).second) << "a player of two teams";
        }
    }
    return found;
}

TEST(Rosters, HaveEighteenPlayersOfAllPositions) {
    const Rosters rosters = rosters_on_opening_night(kSeason, 7);
    team_of_player(rosters);
    for (std::size_t team = 0; team < kTeams; ++team) {
        EXPECT_EQ(rosters.teams[team].size(), 18U);
        std::array<int, kPositions> count{};
        for (const PlayerIndex player : rosters.teams[team]) {
            ++count[static_cast<std::size_t>(rosters.players[player].position)];
        }
        for (const int players : count)
            EXPECT_GE(players, 2);
    }
}

TEST(Rosters, GiveEveryPlayerAnIdAndNameOfHisOwn) {
    const Rosters rosters = rosters_on_opening_night(kSeason, 7);
    std::set<std::string> names;
    for (std::size_t i = 0; i < rosters.players.size(); ++i) {
        const Player& player = rosters.players[i];
        EXPECT_EQ(player.player_id, kFirstSimulatedPlayer + static_cast<std::int64_t>(i));
        EXPECT_TRUE(names.insert(player.name.display).second);
    }
}

TEST(Rosters, CarryPlayersIntoTheNextSeason) {
    const Rosters now = rosters_on_opening_night(kSeason, 7);
    const Rosters next = rosters_on_opening_night(Season::starting_in(2026), 7);
    const auto then = team_of_player(next);
    int stayed = 0;
    int in_the_league = 0;
    int players = 0;
    for (std::size_t team = 0; team < kTeams; ++team) {
        for (const PlayerIndex player : now.teams[team]) {
            EXPECT_EQ(next.players[player].name.display, now.players[player].name.display);
            const auto found = then.find(player);
            ++players;
            if (found == then.end()) continue;
            EXPECT_EQ(next.players[player].age, now.players[player].age + 1);
            in_the_league += found->second != kNoTeam ? 1 : 0;
            stayed += found->second == team ? 1 : 0;
        }
    }
    EXPECT_GT(in_the_league, players * 6 / 10);
    EXPECT_LT(in_the_league, players);
    EXPECT_GT(stayed, players / 2);
    EXPECT_LT(stayed, in_the_league);
}

TEST(Rosters, KeepTheLeaguesLevelOverTheYears) {
    const auto average = [](int year) {
        const Rosters rosters = rosters_on_opening_night(Season::starting_in(year), 3);
        double sum = 0.0;
        int players = 0;
        for (std::size_t team = 0; team < kTeams; ++team) {
            auto roster = rosters.teams[team];
            std::ranges::sort(roster, std::ranges::greater{},
                              [&](PlayerIndex p) { return rosters.players[p].quality; });
            for (std::size_t rank = 0; rank < 10; ++rank) {
                sum += rosters.players[roster[rank]].quality;
                ++players;
            }
        }
        return sum / players;
    };
    const double founding = average(2022);
    for (const int year : {2025, 2030, 2040, 2060})
        EXPECT_NEAR(average(year), founding, 0.35);
}

TEST(RosterMoves, SwapPlayersAndKeepRosterSizes) {
    Rosters rosters = rosters_on_opening_night(kSeason, 7);
    const SeasonDays days = season_days(kSeason);
    const auto moves = plan_moves(rosters, kSeason, 7);
    int traded = 0;
    int called_up = 0;
    GameDate last = days.opening_night;
    std::set<PlayerIndex> moved;
    for (const RosterMove& move : moves) {
        EXPECT_LE(last, move.date);
        last = move.date;
        EXPECT_TRUE(moved.insert(move.player).second) << "nobody moves twice a season";
        EXPECT_EQ(std::ranges::count(rosters.teams[move.from], move.player), 1);
        rosters.apply(move);
        if (move.from != kNoTeam && move.to != kNoTeam) {
            ++traded;
            EXPECT_LE(move.date, days.trade_deadline.plus_days(1));
        }
        called_up += move.from == kNoTeam ? 1 : 0;
    }
    EXPECT_GE(traded, 20);
    EXPECT_GE(called_up, 15);
    team_of_player(rosters);
    for (std::size_t team = 0; team < kTeams; ++team)
        EXPECT_EQ(rosters.teams[team].size(), 18U);
}

TEST(Rosters, DifferBySeed) {
    const Rosters a = rosters_on_opening_night(kSeason, 7);
    const Rosters b = rosters_on_opening_night(kSeason, 8);
    EXPECT_NE(a.players[0].name.display, b.players[0].name.display);
    EXPECT_NE(a.players[0].skills.usage, b.players[0].skills.usage);
}

}  // namespace
}  // namespace tipoff::league
