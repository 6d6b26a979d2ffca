#pragma once
/// Alarms that smell a leak: numbers that honest forecasts of this game do not reach, because what
/// is left of the error is noise. An alarm proves nothing; it says where to look before the number
/// is believed.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conform/market.h"
#include "grade/grade_tables.h"

namespace tipoff::grade {

struct GradeReport;

/// How far the best honest forecasts go, and a little.
struct LeakLimits {
    double ratio_to_last_10 = 0.920;    ///< MAE over that of the last-10 mean on the same rows
    double under_line = 0.10;           ///< by how much the MAE may be under the line's
    double hit_rate = 0.56;             ///< of all picks
    double feature_correlation = 0.95;  ///< in size, of a feature with the outcome
};

/// Small counts leave the median more room below a mean and a half line: there the limits are
/// wider.
[[nodiscard]] LeakLimits leak_limits(Market market);

/// Pearson's correlation of a feature with the outcome that it is to forecast.
struct FeatureCorrelation {
    std::string feature;
    double correlation =
        kNone;           ///< NaN with fewer than 30 rows, or where one of both never changes
    std::int64_t n = 0;  ///< rows with a value
};

/// A feature's values by row; NaN where it is missing.
struct FeatureColumn {
    std::string_view feature;
    std::span<const float> values;
};

/// One a column, in their order. Every column is as long as `outcomes`; rows where either is NaN
/// are skipped. Moments are updated row by row (Welford 1962, as for covariances in Chan, Golub and
/// LeVeque 1983), so the bits depend on the order of the rows and on nothing else.
[[nodiscard]] std::vector<FeatureCorrelation> feature_outcome_correlations(
    std::span<const FeatureColumn> columns, std::span<const float> outcomes);

/// The greatest in size, the first of equals; nothing where none is known.
[[nodiscard]] std::optional<FeatureCorrelation> strongest_correlation(
    std::span<const FeatureCorrelation> correlations);

struct LeakAlarm {
    std::string name;  ///< "ratio_to_last_10", "mae_under_line", "hit_rate", "feature_correlation"
    std::string subject;  ///< the system, or the feature
    std::int64_t n = 0;   ///< rows, or bets that were not pushed
    double measured = 0;
    double limit = 0;
    std::string sentence;  ///< for a person
};

/// By system, then the feature. Errors are compared on the same rows: on 1,000 or more whatever is
/// past the limit is an alarm; on fewer, where luck goes further, what is past it by three standard
/// errors, and on fewer than 30 nothing. The hit rate needs more than 1,000 picks. The ratio to the
/// last-10 mean is left out on `new_player`, whose last ten games are few.
[[nodiscard]] std::vector<LeakAlarm> leak_alarms(
    const GradeReport& report, const std::optional<FeatureCorrelation>& strongest);

}  // namespace tipoff::grade
