#pragma once
/// The report of `tipoff grade`: systems against the outcomes, the line and the plain baselines, on
/// one population.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "conform/market.h"
#include "grade/calibration.h"
#include "grade/chosen_grades.h"
#include "grade/leak_alarms.h"
#include "grade/measures.h"
#include "grade/populations.h"
#include "grade/report_facts.h"
#include "store/database.h"

namespace tipoff::grade {

struct GradeRequest {
    store::DateScope dates;
    Market market = Market::kPoints;
    Population population = Population::kTenPriorGames;
    SeasonType season_type = SeasonType::kRegular;
    AsOfChoice as_of = AsOfChoice::kLast;
};

/// Bets on the side of the main line that a forecast favours by at least so much. In points it is
/// the side of the mean, by its distance from the line; in value the side whose P(side | no push)
/// exceeds the price's chance without the vig. An edge of nothing at all has no side.
struct EdgeReport {
    double min_edge = 0;  ///< points, or probability
    BetMeasures bets;
};

/// Forecasts of one slice: a tier of the last-10 mean, a month, ...
struct SliceReport {
    std::string name;
    ForecastMeasures measures;
    ProbabilityMeasures probability;  ///< of P(over | no push), pushes left out
    BetMeasures picks;                ///< the recommended sides
};

/// Forecasts whose mean lies from one bound up to another.
struct MeanReport {
    double from = 0;
    double to = 0;  ///< the next one's
    SliceReport slice;
};

/// A system beside the line and its price, on the player games that had one.
struct LinedReport {
    PairedErrors line;                ///< beside the consensus line
    PairedErrors last_10;             ///< of the same player games, beside the last-10 mean
    ProbabilityMeasures probability;  ///< of P(over | no push), where both sides had a price
    ProbabilityMeasures price;        ///< of the price's own chance without the vig, on those bets
};

/// Errors are those of the newest revision of a box score. Bets stand as they were settled by its
/// first, at the main line of the middle book (the lower of the two in the middle).
struct SystemReport {
    std::string system_id;
    ForecastMeasures measures;
    ForecastMeasures shared;   ///< on the player games that every system forecast
    PairedErrors last_10;      ///< beside the last-10 mean, where there is one
    PairedErrors season_mean;  ///< beside the season mean, likewise
    LinedReport lined;
    ProbabilityMeasures probability;  ///< of P(over | no push), pushes left out
    ReliabilityTable reliability;     ///< of the same
    PitTable pit;
    BetMeasures picks;                    ///< the recommended sides
    std::vector<EdgeReport> edges;        ///< in points
    std::vector<EdgeReport> value_edges;  ///< in probability
    ClosingLineMeasures clv;         ///< of the picks whose book moved or stood again at closing
    std::vector<SliceReport> tiers;  ///< of the last-10 mean of points
    std::vector<SliceReport> minutes_tiers;  ///< of the last-10 mean of minutes
    std::vector<SliceReport> grades;
    std::vector<SliceReport> months;  ///< "2022-11"
    std::vector<SliceReport> teams;   ///< of the player, by tricode
    std::vector<MeanReport> by_mean;  ///< of the forecast's own mean, those that there are
    std::int64_t live = 0;            ///< forecasts measured that were made before the game
    std::int64_t backfill = 0;        ///< and those made afterwards, as of an instant before it
    std::int64_t voided = 0;          ///< forecasts of the dates that were void; in no population
};

/// A plain number that a forecast has to beat.
struct ReferenceReport {
    std::string name;  ///< "last_10_mean", "season_mean", "line"
    std::int64_t n = 0;
    double mae = kNone;
    std::int64_t n_shared = 0;
    double mae_shared = kNone;  ///< on the player games that every system forecast
};

struct GradeReport {
    GradeRequest request;
    std::int64_t population_n = 0;   ///< player games of the population, forecast or not
    std::int64_t undated_lines = 0;  ///< those whose line has no clock, and counts as closing
    std::vector<SystemReport> systems;
    /// `ensemble_v1` as it would be without the lines, on the player games with a line; nothing
    /// where it was not given any.
    std::optional<SystemReport> without_lines;
    std::vector<ReferenceReport> references;
    std::vector<LeakAlarm> alarms;
};

/// Pure: the same facts give the same bits, in whatever order they are handed over. For facts that
/// come in parts there is `ReportBuilder`.
[[nodiscard]] GradeReport build_report(const ReportFacts& facts, const GradeRequest& request);

/// `build_report` of what is stored. A range without results is a report of zeros.
Expected<GradeReport> grade_report(store::Database& database, const GradeRequest& request);

/// Games of the dates that are over, with box scores and forecasts on record, and without grades in
/// a market that they were forecast in.
Expected<std::int64_t> ungraded_games(store::Database& database, const store::DateScope& dates);

/// Grades of the dates that are not of the numbers that are stored of their forecast: it was made
/// again since, or is gone.
Expected<std::int64_t> stale_grades(store::Database& database, const store::DateScope& dates);

}  // namespace tipoff::grade
