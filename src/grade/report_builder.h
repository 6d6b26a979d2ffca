#pragma once
/// A report from facts that come in parts, so that no more than a part of them is ever in memory.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "conform/analytics_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "grade/history.h"
#include "grade/leak_alarms.h"
#include "grade/market_lines.h"
#include "grade/report.h"
#include "grade/system_grades.h"

namespace tipoff::grade {

/// Forecasts after their games, and what they said of the main lines. The order of the rows is of
/// no account.
struct GradedForecasts {
    std::span<const Accuracy> accuracy;
    std::span<const forecast::Pick> picks;  ///< main lines alone
};

/// Some dates: whatever happened on them and whatever was said of it, of one market.
struct ReportPart {
    std::span<const conform::PlayerGame> player_games;  ///< the newest statement of each counts
    GradedForecasts forecasts;
    /// Of the forecasts with a line, what `ensemble_v1` said without it. May be empty.
    GradedForecasts without_lines;
    const MarketLines& lines;
};

class ReportBuilder {
public:
    /// `history` knows the games before those that are added, and outlives the builder.
    ReportBuilder(const GradeRequest& request, const History& history);

    /// Whatever of the part belongs to the request. Parts that are added in the order of their
    /// dates give the same bits as all of them in one. What every system forecast is told by the
    /// systems of the part.
    void add(const ReportPart& part);

    [[nodiscard]] GradeReport report(const std::optional<FeatureCorrelation>& strongest) const;

private:
    struct PopulationGame;
    class PopulationGames;

    /// Sums of a plain number's errors, over the population and over what all systems forecast.
    struct ReferenceSums {
        std::int64_t n = 0;
        std::int64_t n_shared = 0;
        double error = 0;
        double error_shared = 0;

        void add(double value, std::int32_t actual, bool is_shared);
        [[nodiscard]] ReferenceReport report(std::string name) const;
    };

    void add_systems(const ReportPart& part, PopulationGames& population);
    void add_without_lines(const ReportPart& part, const PopulationGames& population);
    void add_references(const PopulationGames& population, std::size_t systems);

    GradeRequest request_;
    const History& history_;
    std::map<std::string, SystemGrades> systems_;
    std::optional<SystemGrades> without_lines_;
    ReferenceSums last_10_, season_mean_, line_;
    std::int64_t population_n_ = 0;
    std::int64_t undated_lines_ = 0;
};

}  // namespace tipoff::grade
