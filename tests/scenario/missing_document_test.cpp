// A document that never comes: the rest is collected, and what it would have held is a gap with its
// reason.

#include <gtest/gtest.h>

#include "operate/coverage.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using scenario::opening_night;
using support::count_rows;
using support::value_of;

constexpr int kDays = 6;

TEST(ADocumentThatNeverComes, LeavesTheOtherTwentyNineRosters) {
    league::FaultPlan faults({.seed = 1,
                              .share = 0,
                              .kinds = {league::FaultKind::kServerError},
                              .never = {"/teams/BOS/"}});
    CollectedLeague league(&faults);
    league.collect("nbac_schedule");
    league.collect("nbac_player_list");
    const auto report = league.collect("br_rosters");
    EXPECT_EQ(report.outcome.kind, collect::OutcomeKind::kPartial);
    ASSERT_EQ(report.missing.size(), 1U);
    EXPECT_NE(report.missing[0].find("Boston Celtics"), std::string::npos) << report.missing[0];
    EXPECT_EQ(count_rows(league.database(), "(SELECT DISTINCT team_id FROM raw.br_roster)"), 29);
    EXPECT_EQ(count_rows(league.database(),
                         "ops.run WHERE scope = 'br_rosters' AND state = 'degraded' AND "
                         "reason = 'INCOMPLETE' AND detail LIKE '%Boston Celtics%'"),
              1);
}

TEST(ADocumentThatNeverComes, IsAGapInCoverageWithItsReason) {
    // Whom the list of players and the box scores would have named: nobody knows the players.
    league::FaultPlan faults({.seed = 1,
                              .share = 0,
                              .kinds = {league::FaultKind::kServerError},
                              .never = {"leaguegamelog", "boxscoretraditionalv2"}});
    CollectedLeague league(&faults);
    league.live_through(kDays);
    league.derive(kDays);
    const auto none = value_of(operate::coverage(
        league.database(), {.dates = {opening_night(), opening_night().plus_days(kDays - 3)}}));
    EXPECT_EQ(none.predicted, 0);
    ASSERT_GT(none.gaps.size(), 50U) << "whoever has a line is expected";
    // Their history has not come, which is told with its source, unless a report has them out.
    for (const auto& gap : none.gaps) {
        const bool is_late = gap.reason == operate::GapReason::kSourceLate &&
                             gap.detail.find("nbac_") != std::string::npos;
        EXPECT_TRUE(is_late || gap.reason == operate::GapReason::kRuledOut ||
                    gap.reason == operate::GapReason::kDoubtful)
            << gap.player << ": " << to_string(gap.reason) << " " << gap.detail;
    }
    EXPECT_GT(none.reasons.at(operate::GapReason::kSourceLate), 50);
    EXPECT_EQ(none.expected,
              none.predicted + none.voided + static_cast<std::int64_t>(none.gaps.size()));
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
}

}  // namespace
}  // namespace tipoff
