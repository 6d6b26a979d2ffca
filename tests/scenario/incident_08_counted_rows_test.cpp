// I-08: 2,344 runs said that they had written nothing, since an override never set the counter.
// I-19: 38% of the graded rows were there twice, by two runs that deleted and appended.

#include <gtest/gtest.h>

#include "features/feature_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using support::count_rows;
using support::value_of;

/// The steps of the home's last day, once more.
BackfillReport again(test::MiniHome& home) {
    const auto facts = value_of(Facts::load(home.database()));
    Backfill backfill(home.database(), home.ledger(), home.clock(), *facts);
    BackfillRequest request;
    request.dates = {home.last_day(), home.last_day()};
    request.force = true;
    request.threads = 1;
    return value_of(backfill.run(request));
}

TEST_P(TableIncident, I08ARunCountsWhatItsTablesHold) {
    const std::string day = " WHERE game_date = '" + to_string(home_.last_day()) + "'";
    const std::map<std::string, std::vector<const store::TableSpec*>> tables{
        {"features",
         {&features::kFeatureStore.spec(), &features::kPlayerShotZones.spec(),
          &features::kCompositeFactors.spec(), &features::kDailyCache.spec(),
          &features::kTeamDefenceZones.spec()}},
        {"forecasts",
         {&forecast::kPrediction.spec(), &forecast::kPick.spec(), &ledger::kExpectation.spec()}},
        {"grades", {&grade::kAccuracy.spec(), &grade::kSystemPerformance.spec()}}};
    // The second time nothing is new, and what stands is counted all the same.
    for (int time = 0; time < 2; ++time) {
        again(home_);
        for (const auto& [step, filled] : tables) {
            std::int64_t held = 0;
            for (const store::TableSpec* table : filled)
                held += count_rows(home_.database(), table->qualified_name() + day);
            const auto run =
                value_of(store::read_rows(home_.database(), ledger::kRun,
                                          "WHERE step = $1 ORDER BY fencing_token DESC LIMIT 1",
                                          {step}))
                    .at(0);
            EXPECT_GT(held, 0) << step;
            EXPECT_EQ(run.rows, held) << step;
        }
    }
}

TEST_P(TableIncident, I19WhatIsGradedAgainIsThereOnce) {
    const auto grades = [&] {
        return count_rows(home_.database(), "predictions.prediction_accuracy");
    };
    const std::int64_t before = grades();
    ASSERT_GT(before, 0);
    again(home_);
    again(home_);
    EXPECT_EQ(grades(), before);
    // And no program that appends can double them: the key is the table's own.
    const auto transaction = value_of(home_.database().begin());
    const auto doubled = transaction->execute(
        "INSERT INTO predictions.prediction_accuracy SELECT * FROM "
        "predictions.prediction_accuracy WHERE game_date = $1",
        {home_.last_day()});
    EXPECT_FALSE(doubled.has_value());
}

}  // namespace
}  // namespace tipoff::operate
