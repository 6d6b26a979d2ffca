// A document that never comes: the rest is collected, and what it would have held is a gap with its
// reason.

#include <gtest/gtest.h>

#include "operate/coverage.h"
#include "operate/run_documents.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using scenario::opening_night;
using support::count_rows;
using support::value_of;

constexpr int kDays = 4;

class ADocumentThatNeverComes : public support::HomeOnEachEngine {
protected:
    /// All rosters but Boston's, whose page never answers.
    static operate::CollectReport collect_rosters(CollectedLeague& league) {
        league.collect("nbac_schedule");
        league.collect("nbac_player_list");
        return league.collect("br_rosters");
    }

    league::FaultPlan without_boston_{{.seed = 1,
                                       .share = 0,
                                       .kinds = {league::FaultKind::kServerError},
                                       .never = {"/teams/BOS/"}}};
};

TEST_P(ADocumentThatNeverComes, LeavesTheOtherTwentyNineRosters) {
    CollectedLeague league(place_, &without_boston_);
    const auto report = collect_rosters(league);
    EXPECT_EQ(report.outcome.kind, collect::OutcomeKind::kPartial);
    ASSERT_EQ(report.missing.size(), 1U);
    EXPECT_NE(report.missing[0].find("Boston Celtics"), std::string::npos) << report.missing[0];
    EXPECT_EQ(count_rows(league.database(), "(SELECT DISTINCT team_id FROM raw.br_roster)"), 29);
    EXPECT_EQ(count_rows(league.database(),
                         "ops.run WHERE scope = 'br_rosters' AND state = 'degraded' AND "
                         "reason = 'INCOMPLETE' AND detail LIKE '%Boston Celtics%'"),
              1);
}

TEST_P(ADocumentThatNeverComes, IsAmongTheDocumentsOfItsRun) {
    CollectedLeague league(place_, &without_boston_);
    collect_rosters(league);
    const auto run =
        value_of(store::read_rows(league.database(), ledger::kRun, "WHERE scope = 'br_rosters'"))
            .at(0);
    const auto documents =
        value_of(operate::run_documents(league.database(), league.folder(), run, 200));
    std::size_t good = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const auto& document = documents[i];
        EXPECT_EQ(document.source, "br_rosters");
        EXPECT_EQ(document.content_hash.size(), 64U);
        EXPECT_TRUE(i == 0 || document.answered_at <= documents[i - 1].answered_at);
        const bool is_boston = document.url.contains("/teams/BOS/");
        EXPECT_EQ(document.status == 200, !is_boston) << document.url;
        EXPECT_EQ(document.outcome.empty(), is_boston) << document.outcome;
        good += is_boston ? 0 : 1;
    }
    EXPECT_EQ(good, 29U);
    EXPECT_GT(documents.size(), good) << "what failed is there too";
    const auto newest =
        value_of(operate::run_documents(league.database(), league.folder(), run, 3));
    ASSERT_EQ(newest.size(), 3U);
    EXPECT_EQ(newest[0].url, documents[0].url);
    // Another run's are its own.
    const auto other = value_of(store::read_rows(league.database(), ledger::kRun,
                                                 "WHERE scope LIKE 'nbac_schedule%'"))
                           .at(0);
    for (const auto& document :
         value_of(operate::run_documents(league.database(), league.folder(), other, 200)))
        EXPECT_EQ(document.source, "nbac_schedule");
}

TEST_P(ADocumentThatNeverComes, IsAGapInCoverageWithItsReason) {
    // Whom the list of players and the box scores would have named: nobody knows the players.
    league::FaultPlan faults(
        {.seed = 1,
         .share = 0,
         .kinds = {league::FaultKind::kServerError},
         .never = {"leaguegamelog", "boxscoretraditionalv2", "/v1/box_scores", "/nba/boxscore"}});
    CollectedLeague league(place_, &faults);
    league.live_through(kDays);
    league.derive(kDays);
    const auto none = value_of(operate::coverage(
        league.database(), {.dates = {opening_night(), opening_night().plus_days(kDays - 3)}}));
    EXPECT_EQ(none.predicted, 0);
    ASSERT_GT(none.gaps.size(), 50U) << "whoever has a line is expected";
    // Their history has not come, which is told with its source, unless a report has them out.
    for (const auto& gap : none.gaps) {
        const bool is_late = gap.reason == operate::GapReason::kSourceLate &&
                             (gap.detail.contains("nbac_") || gap.detail.contains("box"));
        EXPECT_TRUE(is_late || gap.reason == operate::GapReason::kRuledOut ||
                    gap.reason == operate::GapReason::kDoubtful)
            << gap.player << ": " << to_string(gap.reason) << " " << gap.detail;
    }
    EXPECT_GT(none.reasons.at(operate::GapReason::kSourceLate), 50);
    EXPECT_EQ(none.expected,
              none.predicted + none.voided + static_cast<std::int64_t>(none.gaps.size()));
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, ADocumentThatNeverComes, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff
