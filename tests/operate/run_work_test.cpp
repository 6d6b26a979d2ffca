// Tasks, the rows that the ledger keeps of them, and back.
#include "operate/run_work.h"

#include <gtest/gtest.h>

#include "support/expected.h"

namespace tipoff::operate {
namespace {

using support::outcome_of;
using support::value_of;

const GameDate kDate = value_of(parse_date("2025-12-01"));
const Instant kBefore = value_of(parse_instant("2025-12-01T20:00:00Z"));
const Instant kDayAfter = value_of(parse_instant("2025-12-02T20:00:00Z"));

struct Case {
    Task task;
    Instant now;
    std::string step;
    std::string scope;
};

std::vector<Case> cases() {
    return {
        {{TaskKind::kCollect, "nbac_schedule", kDate},
         kBefore,
         "collect",
         "nbac_schedule 2025-12-01"},
        {{TaskKind::kDerive, "conform", kDate},
         kBefore,
         "conform",
         "2025-26 2025-12-01..2025-12-01 live"},
        {{TaskKind::kDerive, "forecasts", kDate},
         kDayAfter,
         "forecasts",
         "2025-26 2025-12-01..2025-12-01"},
        {{TaskKind::kGrade, "", kDate}, kDayAfter, "grades", "2025-26 2025-12-01..2025-12-01"},
        {{TaskKind::kTrain, "", kDate}, kDayAfter, "train", "through 2025-12-01"},
        {{TaskKind::kUpkeep, "", kDate}, kBefore, "upkeep", "2025-12-01"},
        {{TaskKind::kSummary, "", kDate}, kDayAfter, "summary", "2025-12-01"},
        {{TaskKind::kTestAlerts, "", kDate}, kBefore, "alert_test", "2025-12-01"},
    };
}

TEST(WorkOfATask, IsNamedByStepAndScopeAndFoundAgainByThem) {
    for (const Case& one : cases()) {
        const RunWork work = work_of(one.task, one.now);
        EXPECT_EQ(step_name(work), one.step);
        EXPECT_EQ(scope_name(work), one.scope) << one.step;

        const auto planned = planned_run(work, "a job", one.now, one.now + std::chrono::hours{1});
        EXPECT_EQ(planned.job, "a job");
        EXPECT_EQ(planned.logical_time, one.now);
        EXPECT_EQ(planned.game_date, kDate);
        ledger::RunRow row;
        row.step = planned.step;
        row.scope = planned.scope;
        row.game_date = planned.game_date;
        const RunWork found = value_of(work_of(row));
        EXPECT_EQ(found.kind, work.kind);
        EXPECT_EQ(found.source, work.source);
        EXPECT_EQ(found.game_date, kDate);
        EXPECT_EQ(found.is_live, work.is_live) << one.step;
        EXPECT_EQ(scope_name(found), one.scope);
    }
}

TEST(WorkOfATask, IsLiveUntilTheLeaguesDayIsOver) {
    const Task task{TaskKind::kDerive, "features", kDate};
    // Four in the morning in London is still the evening of the day before.
    EXPECT_TRUE(work_of(task, value_of(parse_instant("2025-12-02T04:00:00Z"))).is_live);
    EXPECT_FALSE(work_of(task, value_of(parse_instant("2025-12-02T06:00:00Z"))).is_live);
}

TEST(WorkOfARun, ThatThisProgramDoesNotKnowIsAnError) {
    ledger::RunRow row;
    row.run_id = "251201-00001";
    row.step = "weather";
    EXPECT_EQ(outcome_of(work_of(row)), "invalid input");
    row.step = "collect";
    row.scope = "no_such_source 2025-12-01";
    EXPECT_EQ(outcome_of(work_of(row)), "invalid input");
    EXPECT_TRUE(work_of(row).error().message().contains("251201-00001"));
}

}  // namespace
}  // namespace tipoff::operate
