/// Runs by step and state, worked by hand.
#include "operate/run_summary.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/ops_tables.h"
#include "operate/day_runs.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;

class Summary : public testing::Test {
protected:
    Summary()
        : database_(support::open_with_tables(folder_ / "runs.duckdb", ledger::ops_tables())) {}

    /// A run that began so many minutes after noon; `seconds` below zero: it has not ended.
    void ran(std::string step, std::string scope, std::string state, int minute, double seconds) {
        ledger::RunRow row{.run_id = "run" + std::to_string(rows_.size()),
                           .step = std::move(step),
                           .scope = std::move(scope),
                           .state = std::move(state)};
        row.fencing_token = static_cast<std::int64_t>(rows_.size()) + 1;
        row.started_at = kNoon + std::chrono::minutes{minute};
        if (seconds >= 0) {
            row.finished_at = *row.started_at +
                              std::chrono::microseconds{static_cast<std::int64_t>(seconds * 1e6)};
        }
        rows_.push_back(std::move(row));
    }
    RunSummary summary(Instant since) {
        support::merge_rows(*database_, ledger::kRun, rows_);
        return value_of(summarize_runs(*database_, since));
    }

    const Instant kNoon = value_of(parse_instant("2026-01-20T12:00:00Z"));
    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_;
    std::vector<ledger::RunRow> rows_;
};

const StepSummary* find(const RunSummary& summary, std::string_view step, std::string_view state,
                        std::string_view source = "") {
    const auto found = std::ranges::find_if(summary.steps, [&](const StepSummary& row) {
        return row.step == step && row.state == state && row.source == source;
    });
    return found == summary.steps.end() ? nullptr : &*found;
}

bool never_did(const RunSummary& summary, const StepName& name) {
    return std::ranges::find(summary.never_succeeded, name) != summary.never_succeeded.end();
}

TEST_F(Summary, CountsByStepAndStateWithQuantilesByNearestRank) {
    // 20 runs of 1 to 20 s: half of them take 10 s at most, 19 of 20 take 19 s at most.
    for (int i = 1; i <= 20; ++i)
        ran("features", "day " + std::to_string(i), "succeeded", i, i);
    ran("features", "day 21", "failed", 30, 0.25);
    ran("features", "day 22", "running", 31, -1);
    const RunSummary made = summary(kNoon);
    const StepSummary* good = find(made, "features", "succeeded");
    ASSERT_NE(good, nullptr);
    EXPECT_EQ(good->count, 20);
    EXPECT_EQ(good->p50_s, 10);
    EXPECT_EQ(good->p95_s, 19);
    EXPECT_EQ(good->last_success, kNoon + std::chrono::minutes{20} + std::chrono::seconds{20});
    const StepSummary* bad = find(made, "features", "failed");
    ASSERT_NE(bad, nullptr);
    EXPECT_EQ(bad->count, 1);
    EXPECT_EQ(bad->p50_s, 0.25);
    EXPECT_EQ(bad->last_success, good->last_success) << "of the step, whatever the state";
    const StepSummary* running = find(made, "features", "running");
    ASSERT_NE(running, nullptr);
    EXPECT_EQ(running->p50_s, std::nullopt);
    ASSERT_EQ(made.slowest.size(), 10U);
    EXPECT_EQ(made.slowest.front().seconds, 20);
    EXPECT_EQ(made.slowest.back().seconds, 11);
}

TEST_F(Summary, TheWindowLeavesOutWhatEndedBeforeItButNotTheLastSuccess) {
    ran("grades", "long ago", "succeeded", -600, 5);
    ran("grades", "ends inside", "succeeded", -1, 120);
    ran("conform", "long ago", "degraded", -600, 3);
    const RunSummary made = summary(kNoon);
    ASSERT_EQ(made.steps.size(), 1U);
    EXPECT_EQ(made.steps[0].step, "grades");
    EXPECT_EQ(made.steps[0].count, 1);
    EXPECT_EQ(made.slowest.size(), 1U);
    // Conform succeeded, long ago and degraded; nobody has run these three ever.
    EXPECT_EQ(made.never_succeeded,
              (std::vector<StepName>{{"features", ""}, {"forecasts", ""}, {"train", ""}}));
}

TEST_F(Summary, CollectionsAreToldApartByTheirSource) {
    ran("collect", "nbac_schedule", "succeeded", 0, 1);
    ran("collect", "br_rosters 2025-26 30 teams", "failed", 1, 9);
    ran("collect", "br_rosters 2025-26 30 teams", "failed", 2, 7);
    ran("collect", "espn_rosters", "empty_ok", 3, 2);
    const RunSummary made = summary(kNoon);
    ASSERT_NE(find(made, "collect", "failed", "br_rosters"), nullptr);
    EXPECT_EQ(find(made, "collect", "failed", "br_rosters")->count, 2);
    EXPECT_EQ(find(made, "collect", "failed", "br_rosters")->last_success, std::nullopt);
    EXPECT_TRUE(never_did(made, StepName{"collect", "br_rosters"}));
    EXPECT_FALSE(never_did(made, StepName{"collect", "espn_rosters"}));
    EXPECT_FALSE(never_did(made, StepName{"collect", "nbac_schedule"}));
}

TEST_F(Summary, OfAnEmptyLedgerNamesTheStepsThatNeverRan) {
    const RunSummary made = summary(kNoon);
    EXPECT_TRUE(made.steps.empty());
    EXPECT_TRUE(made.slowest.empty());
    EXPECT_EQ(made.never_succeeded.size(), 5U);
}

TEST(ScopeOfACollection, TellsItsSourceAndDates) {
    const auto day = [](std::string_view text) { return value_of(parse_date(text)); };
    EXPECT_EQ(source_of_scope("br_rosters 2025-26 30 teams"), "br_rosters");
    EXPECT_EQ(source_of_scope("nbac_schedule"), "nbac_schedule");
    EXPECT_FALSE(dates_of_scope("br_rosters 2025-26 30 teams"));
    EXPECT_FALSE(dates_of_scope("nbac_schedule"));
    const auto one = dates_of_scope("espn_boxscore 2026-01-20 from the archive");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->from, day("2026-01-20"));
    EXPECT_EQ(one->to, day("2026-01-20"));
    const auto two = dates_of_scope("nbac_player_boxscore 2025-26 2026-01-19..2026-01-21");
    ASSERT_TRUE(two);
    EXPECT_EQ(two->from, day("2026-01-19"));
    EXPECT_EQ(two->to, day("2026-01-21"));
}

}  // namespace
}  // namespace tipoff::operate
