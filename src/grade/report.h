#pragma once
/// The report of `tipoff grade`: systems against the outcomes, the line and the plain baselines, on one population.

#include <cstdint>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "grade/market.h"
#include "grade/measures.h"
#include "grade/populations.h"
#include "store/database.h"

namespace tipoff::grade {

/// Which forecast of a game counts when there are several: live before backfill, and of those the first, the last before noon Eastern of the
/// game date, or the last before tip-off.
enum class AsOfChoice : std::uint8_t { kFirst, kMorning, kLast };

[[nodiscard]] std::string_view to_string(AsOfChoice choice);
[[nodiscard]] Expected<AsOfChoice> parse_as_of_choice(std::string_view text);

struct GradeRequest {
    store::DateScope dates;
    Market market = Market::kPoints;
    Population population = Population::kTenPriorGames;
    SeasonType season_type = SeasonType::kRegular;
    AsOfChoice as_of = AsOfChoice::kLast;
};

/// Bets on the side that the mean stands on, where it stands at least so many points from the line.
struct EdgeReport {
    double min_edge = 0;  ///< points
    BetMeasures bets;
};

/// Forecasts of one slice: a tier of the last-10 mean, or a quality grade.
struct SliceReport {
    std::string name;
    ForecastMeasures measures;
};

struct SystemReport {
    std::string system_id;
    ForecastMeasures measures;
    ForecastMeasures shared;           ///< on the player games that every system forecast
    ProbabilityMeasures probability;   ///< of P(over) at the main line, pushes left out
    BetMeasures picks;                 ///< the recommended sides
    std::vector<EdgeReport> edges;
    std::vector<SliceReport> tiers;
    std::vector<SliceReport> grades;
    std::int64_t voided = 0;           ///< forecasts of the dates that were void; in no population
};

/// A plain number that a forecast has to beat.
struct ReferenceReport {
    std::string name;                  ///< "last_10_mean", "season_mean", "line"
    std::int64_t n = 0;
    double mae = kNone;
    std::int64_t n_shared = 0;
    double mae_shared = kNone;         ///< on the player games that every system forecast
};

struct GradeReport {
    GradeRequest request;
    std::int64_t population_n = 0;     ///< player games of the population, forecast or not
    std::vector<SystemReport> systems;
    std::vector<ReferenceReport> references;
};

/// Reads the stored grades, picks and box scores of the dates. A range without results is a report of zeros.
Expected<GradeReport> grade_report(store::Database& database, const GradeRequest& request);

/// Finished games of the dates that have forecasts and no grades yet.
Expected<std::int64_t> ungraded_games(store::Database& database, const store::DateScope& dates);

}  // namespace tipoff::grade
