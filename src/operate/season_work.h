#pragma once
/// Inside of the backfill: what one season comes to before it is written.

#include <algorithm>
#include <future>
#include <map>
#include <span>
#include <vector>

#include "conform/context.h"
#include "features/feature_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "ledger/ops_tables.h"
#include "operate/backfill.h"

namespace tipoff::operate {

/// The rows of the dates, of rows in the order of their dates.
template <class Row>
std::span<const Row> rows_of_dates(std::span<const Row> rows, const store::DateScope& dates) {
    const auto first = std::ranges::lower_bound(rows, dates.from, {}, &Row::game_date);
    const auto last = std::ranges::upper_bound(rows, dates.to, {}, &Row::game_date);
    return {first, last};
}

/// What is computed for one season before anything is written.
struct Backfill::SeasonWork {
    Facts::SeasonDates season;
    store::DateScope dates;
    std::vector<Step> due;
    std::vector<StepReport> passed_over;
    std::vector<StepReport> written;

    conform::Contexts contexts;
    std::vector<features::FeatureStoreRow> features;
    std::vector<features::DefenceZoneRow> defences;
    std::vector<forecast::Prediction> predictions;
    std::vector<forecast::Pick> picks;
    std::vector<ledger::ExpectationRow> expectations;
    std::vector<grade::Accuracy> accuracy;
    std::vector<grade::SystemPerformance> performance;
    std::map<PlayerId, ReasonAndDetail> left_out;  ///< have feature rows and are not forecast
    bool nothing_changed = false;                  ///< of what is forecast live

    /// What came of the steps that were stored beside the making of the forecasts.
    struct Stored {
        std::vector<StepReport> written;
        std::vector<Step> left;
        Status status;
    };
    std::future<void> conformed;  ///< or failed to be; whatever is stored next may begin
    std::future<Stored> storing;  ///< last, so that the rows are there until it is over

    /// Waits until it is over. What was left is due again.
    Status wait_until_stored() {
        if (!storing.valid()) return {};
        Stored stored = storing.get();
        written = std::move(stored.written);
        due.insert(due.begin(), stored.left.begin(), stored.left.end());
        return stored.status;
    }

    [[nodiscard]] bool is_due(Step step) const { return std::ranges::find(due, step) != due.end(); }

    /// Whether forecasts are graded as they are made: those that are stored beside their grades.
    [[nodiscard]] bool settles_as_made(const BackfillRequest& request) const {
        const auto writes = [&request](const store::TableSpec& table) {
            return request.tables.empty() || request.tables.contains(table.name);
        };
        return is_due(Step::kGrades) && is_due(Step::kForecasts) && !request.is_live() &&
               writes(forecast::kPrediction.spec()) && writes(forecast::kPick.spec());
    }

    /// Frees what a step has stored.
    void forget(Step step) {
        switch (step) {
            case Step::kConform: contexts = {}; break;
            case Step::kFeatures: features = {}; break;
            case Step::kForecasts:
                predictions = {};
                picks = {};
                break;
            case Step::kGrades: accuracy = {}; break;
        }
    }
};

}  // namespace tipoff::operate
