// I-28: one game in a bad state ended the load of all. I-40: ESPN answered for 3 of 30 teams, and
// whoever took the newest date for everybody had five teams left.

#include <gtest/gtest.h>

#include "operate/completeness.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using scenario::opening_night;
using support::count_rows;
using support::value_of;

league::FaultPlan never_answers(std::vector<std::string> addresses) {
    return league::FaultPlan({.seed = 1,
                              .share = 0,
                              .kinds = {league::FaultKind::kServerError},
                              .never = std::move(addresses)});
}

const TimeOfDay kMorning{.hour = 9, .minute = 0, .second = 0};

TEST(I28OneGameOfANight, ThatIsNotToBeHadKeepsNoOtherOut) {
    std::string bad;
    {
        CollectedLeague calm;
        calm.collect("nbac_schedule");
        bad = value_of(
                  calm.database().read("SELECT min(game_id) FROM raw.schedule WHERE game_date = $1",
                                       {opening_night()}))
                  .data[0]
                  .text(0);
    }
    league::FaultPlan faults = never_answers({"GameID=" + bad});
    CollectedLeague league(&faults);
    league.collect("nbac_schedule");
    league.collect("nbac_player_list");
    league.go_to(opening_night().plus_days(1), kMorning);
    league.collect("nbac_schedule");
    const std::string of_night =
        "raw.schedule WHERE game_date = DATE '" + to_string(opening_night()) + "'";
    const auto games =
        count_rows(league.database(), "(SELECT DISTINCT game_id FROM " + of_night + ")");
    ASSERT_GE(games, 2);
    const auto report = league.collect("nbac_team_boxscore", {.dates = {opening_night()}});
    EXPECT_EQ(report.outcome.kind, collect::OutcomeKind::kPartial);
    ASSERT_EQ(report.missing.size(), 1U);
    EXPECT_EQ(report.state, ledger::RunState::kDegraded);
    EXPECT_EQ(count_rows(league.database(), "(SELECT DISTINCT game_id FROM raw.team_box)"),
              games - 1);
    EXPECT_EQ(count_rows(league.database(), "raw.team_box WHERE game_id = '" + bad + "'"), 0);
}

TEST(I40ThreeTeamsOfThirty, LeaveTheOthersWithTheirNewestRosters) {
    // All but the teams whose number at ESPN ends in a 1.
    std::vector<std::string> most;
    for (const char digit : {'0', '2', '3', '4', '5', '6', '7', '8', '9'})
        most.push_back("/teams/" + std::string(1, digit) + "?enable");
    for (int number = 10; number < 32; ++number) {
        if (number % 10 != 1) most.push_back("/teams/" + std::to_string(number) + "?enable");
    }
    const support::HomePlace place;
    const auto teams = [](CollectedLeague& league, std::string_view more) {
        return count_rows(league.database(),
                          "(SELECT DISTINCT team_id FROM raw.espn_roster WHERE "
                          "closed_at IS NULL " +
                              std::string(more) + ")");
    };
    {
        CollectedLeague league(place);
        league.collect("nbac_schedule");
        league.collect("nbac_player_list");
        EXPECT_TRUE(league.collect("espn_rosters").is_complete());
        ASSERT_EQ(teams(league, ""), 30);
    }
    league::FaultPlan faults = never_answers(most);
    CollectedLeague league(place, &faults);
    league.go_to(opening_night().plus_days(1), kMorning);
    const auto report = league.collect("espn_rosters");
    EXPECT_EQ(report.outcome.kind, collect::OutcomeKind::kPartial);
    EXPECT_EQ(report.state, ledger::RunState::kDegraded);
    EXPECT_GE(report.missing.size(), 25U) << "each team that is missing has its name";
    EXPECT_EQ(teams(league, ""), 30) << "what was known of the others stands";
    // Who is expected of a night is read of each team's own newest list.
    const auto held = value_of(
        operate::completeness(league.database(), "raw.espn_roster", opening_night().plus_days(1)));
    EXPECT_GT(held.expected, 0);
    EXPECT_EQ(held.held, held.expected);
}

}  // namespace
}  // namespace tipoff
