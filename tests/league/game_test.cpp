#include "league/game.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <map>
#include <vector>

#include "league/plan.h"
#include "league/roster.h"

namespace tipoff::league {
namespace {

const Rosters& rosters() {
    static const Rosters made = rosters_on_opening_night(Season::starting_in(2025), 7);
    return made;
}

/// Two teams with everybody fit; the home side's shots are better by `edge`.
GameInput game_of(std::size_t home, std::size_t away, double edge = 0.0) {
    GameInput input;
    const std::array<std::size_t, 2> teams{home, away};
    for (std::size_t side = 0; side < 2; ++side) {
        GameSide& team = input.sides[side];
        team.style = &rosters().styles[teams[side]];
        team.accuracy = side == 0 ? edge : -edge;
        std::vector<double> roles;
        for (std::size_t rank = 0; rank < rosters().teams[teams[side]].size(); ++rank) {
            roles.push_back(usual_minutes(rank));
        }
        const auto plan = plan_minutes(roles, 0.0);
        for (std::size_t i = 0; i < plan.size(); ++i) {
            const PlayerIndex index = rosters().teams[teams[side]][i];
            team.players.push_back({index, &rosters().players[index], plan[i]});
        }
    }
    return input;
}

GameResult some_game() {
    const auto home = static_cast<std::size_t>(*rc::gen::inRange(0, 30));
    const auto away = (home + 1 + static_cast<std::size_t>(*rc::gen::inRange(0, 29))) % kTeams;
    Random random(*rc::gen::arbitrary<std::uint64_t>(), Stream::kGame);
    return play(game_of(home, away), random);
}

RC_GTEST_PROP(SimulatedGame, AddsUp, ()) {
    const GameResult result = some_game();
    for (std::size_t side = 0; side < 2; ++side) {
        BoxCounts sum;
        int tenths = 0;
        for (const GamePlayerLine& line : result.lines[side]) {
            const BoxCounts& c = line.counts;
            RC_ASSERT(c.points == 2 * (c.field_goals_made - c.threes_made) + 3 * c.threes_made +
                                      c.free_throws_made);
            RC_ASSERT(c.field_goals_made <= c.field_goals_attempted);
            RC_ASSERT(c.threes_made <= c.threes_attempted);
            RC_ASSERT(c.threes_attempted <= c.field_goals_attempted);
            RC_ASSERT(c.free_throws_made <= c.free_throws_attempted);
            RC_ASSERT(c.fouls <= 6);
            sum += c;
            tenths += line.tenths;
        }
        RC_ASSERT(sum == result.totals[side]);
        const int overtimes = result.periods - 4;
        RC_ASSERT(tenths == 5 * (4 * kPeriodTenths + overtimes * kOvertimeTenths));
        RC_ASSERT(sum.assists <= sum.field_goals_made);
    }
    const int margin = result.totals[0].points - result.totals[1].points;
    RC_ASSERT(margin != 0);
    RC_ASSERT(result.totals[0].plus_minus == 5 * margin);
    RC_ASSERT(result.totals[1].plus_minus == -5 * margin);
    RC_ASSERT(result.totals[0].steals <= result.totals[1].turnovers);
}

RC_GTEST_PROP(SimulatedGame, HasAShotForEveryAttemptOfTheBox, ()) {
    const GameResult result = some_game();
    std::map<PlayerIndex, BoxCounts> from_shots;
    int last_period = 1;
    int last_second = 12 * 60;
    for (const ShotEvent& shot : result.shots) {
        BoxCounts& c = from_shots[shot.player];
        ++c.field_goals_attempted;
        c.field_goals_made += shot.made ? 1 : 0;
        c.threes_attempted += is_three(shot.zone) ? 1 : 0;
        c.threes_made += is_three(shot.zone) && shot.made ? 1 : 0;
        if (shot.period > last_period) last_second = 12 * 60;
        RC_ASSERT(shot.period >= last_period);
        RC_ASSERT(shot.seconds_left <= last_second);
        RC_ASSERT(shot.seconds_left >= 0);
        last_period = shot.period;
        last_second = shot.seconds_left;
    }
    for (const auto& lines : result.lines) {
        for (const GamePlayerLine& line : lines) {
            const BoxCounts& c = from_shots[line.index];
            RC_ASSERT(c.field_goals_attempted == line.counts.field_goals_attempted);
            RC_ASSERT(c.field_goals_made == line.counts.field_goals_made);
            RC_ASSERT(c.threes_attempted == line.counts.threes_attempted);
            RC_ASSERT(c.threes_made == line.counts.threes_made);
        }
    }
}

RC_GTEST_PROP(SimulatedGame, CountsNothingForWhoWasNotOnTheFloor, ()) {
    const GameResult result = some_game();
    for (const auto& lines : result.lines) {
        for (const GamePlayerLine& line : lines) {
            if (!line.played()) RC_ASSERT(line.counts == BoxCounts{});
        }
    }
}

double average_margin(double edge) {
    double sum = 0.0;
    constexpr int kGames = 400;
    for (int game = 0; game < kGames; ++game) {
        Random random(static_cast<std::uint64_t>(game), Stream::kGame);
        const GameResult result = play(game_of(3, 3, edge), random);
        sum += result.totals[0].points - result.totals[1].points;
    }
    return sum / kGames;
}

TEST(SimulatedGames, BetterShotsWinAndEvenTeamsDoNot) {
    EXPECT_NEAR(average_margin(0.0), 0.0, 2.0);
    EXPECT_GT(average_margin(0.02), 3.0);
}

TEST(SimulatedGames, GoToOvertimeOnlyWhenTied) {
    int overtimes = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Random random(seed, Stream::kGame);
        const GameResult result = play(game_of(3, 4), random);
        if (result.periods == 4) continue;
        ++overtimes;
        std::array<int, 2> last_period{};
        for (const ShotEvent& shot : result.shots) {
            if (shot.period == result.periods) ++last_period[shot.side];
        }
        EXPECT_GT(last_period[0] + last_period[1], 0);
    }
    EXPECT_GT(overtimes, 3);
    EXPECT_LT(overtimes, 45);
}

TEST(SimulatedGames, WhoIsHurtDoesNotComeBack) {
    GameInput input = game_of(5, 6);
    input.sides[0].players[0].leaves_after = 10 * kTenthsPerMinute;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Random random(seed, Stream::kGame);
        const GameResult result = play(input, random);
        // At most the possession during which it happened.
        EXPECT_LE(result.lines[0][0].tenths, 10 * kTenthsPerMinute + 300);
    }
}

}  // namespace
}  // namespace tipoff::league
