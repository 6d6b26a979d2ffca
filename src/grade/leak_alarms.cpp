#include "grade/leak_alarms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "grade/report.h"

namespace tipoff::grade {
namespace {

constexpr std::int64_t kManyRows = 1'000;
constexpr std::int64_t kFewestRows = 30;
constexpr double kStandardErrors = 3;  ///< past the limit, on fewer than `kManyRows`

/// Whether a measure that should not be under `limit` is, by more than luck.
bool is_under(double measured, double limit, double standard_error, std::int64_t n) {
    if (n < kFewestRows || !(measured < limit)) return false;
    return n >= kManyRows || limit - measured > kStandardErrors * standard_error;
}

void add_ratio_alarm(std::vector<LeakAlarm>& alarms, const SystemReport& system, double limit) {
    const PairedErrors& errors = system.last_10;
    if (!is_under(errors.ratio(), limit, errors.ratio_standard_error(), errors.n())) return;
    alarms.push_back(
        {.name = "ratio_to_last_10",
         .subject = system.system_id,
         .n = errors.n(),
         .measured = errors.ratio(),
         .limit = limit,
         .sentence = fmt::format("{} misses by {:.3f} of what the last-10 mean misses by on the "
                                 "same {} player games; under {:.3f} it knows too much",
                                 system.system_id, errors.ratio(), errors.n(), limit)});
}

void add_line_alarm(std::vector<LeakAlarm>& alarms, const SystemReport& system, double limit) {
    const PairedErrors& errors = system.lined.line;
    if (!is_under(errors.difference(), -limit, errors.difference_standard_error(), errors.n()))
        return;
    alarms.push_back({.name = "mae_under_line",
                      .subject = system.system_id,
                      .n = errors.n(),
                      .measured = errors.difference(),
                      .limit = -limit,
                      .sentence = fmt::format(
                          "{} misses by {:.3f} and the line by {:.3f} on the same {} player "
                          "games; nobody is {:.2f} better than the books",
                          system.system_id, errors.mae(), errors.other_mae(), errors.n(), limit)});
}

void add_hit_rate_alarm(std::vector<LeakAlarm>& alarms, const SystemReport& system, double limit) {
    const std::int64_t n = system.picks.decided();
    const double hit_rate = system.picks.hit_rate();
    if (n <= kManyRows || !(hit_rate > limit)) return;
    alarms.push_back({.name = "hit_rate",
                      .subject = system.system_id,
                      .n = n,
                      .measured = hit_rate,
                      .limit = limit,
                      .sentence = fmt::format("{} hit {:.1f}% of {} picks; over {:.0f}% on so many "
                                              "the outcome is known beforehand",
                                              system.system_id, 100 * hit_rate, n, 100 * limit)});
}

void add_feature_alarm(std::vector<LeakAlarm>& alarms, const FeatureCorrelation& strongest,
                       double limit) {
    if (!(std::abs(strongest.correlation) >= limit)) return;
    alarms.push_back(
        {.name = "feature_correlation",
         .subject = strongest.feature,
         .n = strongest.n,
         .measured = strongest.correlation,
         .limit = limit,
         .sentence = fmt::format("the feature {} follows the outcome with a correlation of {:.3f} "
                                 "over {} rows; from {:.2f} it is the outcome",
                                 strongest.feature, strongest.correlation, strongest.n, limit)});
}

/// Means, squared deviations and their product over pairs.
class Comoments {
public:
    void add(double x, double y) {
        ++n_;
        const double share = 1 / static_cast<double>(n_);
        const double from_old_x = x - mean_x_;
        const double from_old_y = y - mean_y_;
        mean_x_ += from_old_x * share;
        mean_y_ += from_old_y * share;
        const double from_new_y = y - mean_y_;
        xx_ += from_old_x * (x - mean_x_);
        yy_ += from_old_y * from_new_y;
        xy_ += from_old_x * from_new_y;
    }

    [[nodiscard]] std::int64_t n() const { return n_; }
    [[nodiscard]] double correlation() const {
        if (n_ < kFewestRows || xx_ == 0 || yy_ == 0) return kNone;
        return std::clamp(xy_ / (std::sqrt(xx_) * std::sqrt(yy_)), -1.0, 1.0);
    }

private:
    std::int64_t n_ = 0;
    double mean_x_ = 0, mean_y_ = 0;
    double xx_ = 0, yy_ = 0, xy_ = 0;
};

FeatureCorrelation correlation_of(const FeatureColumn& column, std::span<const float> outcomes) {
    require(column.values.size() == outcomes.size(), "a feature column of another length");
    Comoments moments;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (std::isnan(column.values[i]) || std::isnan(outcomes[i])) continue;
        moments.add(column.values[i], outcomes[i]);
    }
    return {.feature = std::string(column.feature),
            .correlation = moments.correlation(),
            .n = moments.n()};
}

}  // namespace

LeakLimits leak_limits(Market market) {
    LeakLimits limits;
    if (market == Market::kAssists) limits.ratio_to_last_10 = 0.915;
    if (market == Market::kThrees) {
        limits.ratio_to_last_10 = 0.890;
        limits.under_line = 0.20;
    }
    return limits;
}

std::vector<FeatureCorrelation> feature_outcome_correlations(std::span<const FeatureColumn> columns,
                                                             std::span<const float> outcomes) {
    std::vector<FeatureCorrelation> correlations;
    correlations.reserve(columns.size());
    for (const FeatureColumn& column : columns)
        correlations.push_back(correlation_of(column, outcomes));
    return correlations;
}

std::optional<FeatureCorrelation> strongest_correlation(
    std::span<const FeatureCorrelation> correlations) {
    const FeatureCorrelation* strongest = nullptr;
    for (const FeatureCorrelation& candidate : correlations) {
        if (std::isnan(candidate.correlation)) continue;
        const bool is_stronger = strongest == nullptr ||
                                 std::abs(candidate.correlation) > std::abs(strongest->correlation);
        if (is_stronger) strongest = &candidate;
    }
    if (strongest == nullptr) return std::nullopt;
    return *strongest;
}

std::vector<LeakAlarm> leak_alarms(const GradeReport& report,
                                   const std::optional<FeatureCorrelation>& strongest) {
    const LeakLimits limits = leak_limits(report.request.market);
    const bool has_last_10 = report.request.population != Population::kNewPlayer;
    std::vector<LeakAlarm> alarms;
    for (const SystemReport& system : report.systems) {
        if (has_last_10) add_ratio_alarm(alarms, system, limits.ratio_to_last_10);
        add_line_alarm(alarms, system, limits.under_line);
        add_hit_rate_alarm(alarms, system, limits.hit_rate);
    }
    if (strongest) add_feature_alarm(alarms, *strongest, limits.feature_correlation);
    return alarms;
}

}  // namespace tipoff::grade
