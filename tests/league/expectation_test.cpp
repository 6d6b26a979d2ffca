#include "league/expectation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "league/game.h"
#include "league/plan.h"

namespace tipoff::league {
namespace {

/// The same two teams as an outlook and as games to be played, without anything of the night.
struct Meeting {
    Rosters rosters = rosters_on_opening_night(Season::starting_in(2025), 7);
    std::array<SideOutlook, 2> outlook;
    GameInput input;

    Meeting(std::size_t home, std::size_t away) {
        const std::array<std::size_t, 2> teams{home, away};
        for (std::size_t side = 0; side < 2; ++side) {
            auto roster = rosters.teams[teams[side]];
            std::ranges::sort(roster, std::ranges::greater{},
                              [&](PlayerIndex p) { return rosters.players[p].quality; });
            std::vector<double> roles;
            for (std::size_t rank = 0; rank < roster.size(); ++rank) {
                roles.push_back(usual_minutes(rank));
            }
            const auto plan = plan_minutes(roles, 0.0);
            outlook[side].style = &rosters.styles[teams[side]];
            input.sides[side].style = &rosters.styles[teams[side]];
            for (std::size_t i = 0; i < roster.size(); ++i) {
                const Player& player = rosters.players[roster[i]];
                outlook[side].players.push_back(
                    {.player = &player, .plan = plan[i], .minutes = plan[i]});
                input.sides[side].players.push_back({roster[i], &player, plan[i]});
            }
        }
    }
};

TEST(ExpectedBoxes, AgreeWithTheAverageOfManyGames) {
    const Meeting meeting(8, 21);
    constexpr int kGames = 600;
    std::array<std::vector<ExpectedBox>, 2> seen;
    for (auto& side : seen)
        side.resize(18);
    for (int game = 0; game < kGames; ++game) {
        Random random(static_cast<std::uint64_t>(game), Stream::kGame);
        const GameResult result = play(meeting.input, random);
        for (std::size_t side = 0; side < 2; ++side) {
            for (std::size_t i = 0; i < result.lines[side].size(); ++i) {
                const BoxCounts& c = result.lines[side][i].counts;
                seen[side][i].points += c.points / static_cast<double>(kGames);
                seen[side][i].rebounds += c.rebounds() / static_cast<double>(kGames);
                seen[side][i].assists += c.assists / static_cast<double>(kGames);
                seen[side][i].threes += c.threes_made / static_cast<double>(kGames);
            }
        }
    }
    const auto expected = expected_boxes(meeting.outlook);
    // A rough model of a model: a tenth or so, which the books learn and the rest of which they
    // are wrong about.
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t i = 0; i < 8; ++i) {
            const ExpectedBox& e = expected[side][i];
            const ExpectedBox& s = seen[side][i];
            EXPECT_NEAR(e.points, s.points, 0.14 * s.points + 0.8);
            EXPECT_NEAR(e.rebounds, s.rebounds, 0.14 * s.rebounds + 0.5);
            EXPECT_NEAR(e.assists, s.assists, 0.14 * s.assists + 0.4);
            EXPECT_NEAR(e.threes, s.threes, 0.14 * s.threes + 0.3);
        }
    }
}

TEST(ExpectedBoxes, RiseWithMinutesAndFallAgainstABetterDefence) {
    Meeting meeting(0, 1);
    const double before = expected_boxes(meeting.outlook)[0][2].points;
    TeamStyle closed = *meeting.outlook[1].style;
    closed.zone_defence.fill(-0.03);
    meeting.outlook[1].style = &closed;
    const double against_better = expected_boxes(meeting.outlook)[0][2].points;
    EXPECT_LT(against_better, before);
    meeting.outlook[0].players[2].minutes += 5.0;
    EXPECT_GT(expected_boxes(meeting.outlook)[0][2].points, against_better * 1.1);
}

}  // namespace
}  // namespace tipoff::league
