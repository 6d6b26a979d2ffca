#include "grade/measures.h"

#include <algorithm>
#include <cmath>

namespace tipoff::grade {
namespace {

double mean_of(double sum, std::int64_t n) { return n > 0 ? sum / static_cast<double>(n) : kNone; }

/// Of a mean of `n` values whose squared deviations from it add up to `squared_deviations`.
double standard_error(double squared_deviations, std::int64_t n) {
    if (n < 2) return kNone;
    const auto count = static_cast<double>(n);
    return std::sqrt(std::max(0.0, squared_deviations) / (count * (count - 1)));
}

double profit(BetMeasures::Result result, double decimal_price) {
    switch (result) {
        case BetMeasures::Result::kWon: return decimal_price - 1;
        case BetMeasures::Result::kLost: return -1;
        case BetMeasures::Result::kPushed: return 0;
    }
    throw InvariantBroken("a bet without a result");
}

}  // namespace

Interval wilson_interval(std::int64_t successes, std::int64_t trials) {
    if (trials == 0) return {};
    constexpr double kZ = 1.959963984540054;  // 97.5% of a standard normal
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double shrunk = share + kZ * kZ / (2 * n);
    const double half = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
    const double scale = 1 + kZ * kZ / n;
    return {std::max(0.0, (shrunk - half) / scale), std::min(1.0, (shrunk + half) / scale)};
}

void ForecastMeasures::add(const Accuracy& graded) {
    ++n_;
    in_80_ += graded.pit >= 0.1 && graded.pit <= 0.9 ? 1 : 0;
    in_95_ += graded.pit >= 0.025 && graded.pit <= 0.975 ? 1 : 0;
    absolute_error_ += graded.absolute_error;
    absolute_error_mean_ += graded.absolute_error_mean;
    error_ += graded.error;
    squared_error_ += graded.error * graded.error;
    crps_ += graded.crps;
}

double ForecastMeasures::mae() const { return mean_of(absolute_error_, n_); }
double ForecastMeasures::mae_mean() const { return mean_of(absolute_error_mean_, n_); }
double ForecastMeasures::rmse() const { return std::sqrt(mean_of(squared_error_, n_)); }
double ForecastMeasures::bias() const { return mean_of(error_, n_); }
double ForecastMeasures::crps() const { return mean_of(crps_, n_); }
double ForecastMeasures::coverage_80() const { return mean_of(static_cast<double>(in_80_), n_); }
double ForecastMeasures::coverage_95() const { return mean_of(static_cast<double>(in_95_), n_); }

void PairedErrors::add(const Accuracy& graded, double other) {
    const double ours = graded.absolute_error;
    ++n_;
    ours_ += ours;
    ours_mean_ += graded.absolute_error_mean;
    other_ += other;
    ours_ours_ += ours * ours;
    ours_other_ += ours * other;
    other_other_ += other * other;
}

double PairedErrors::mae() const { return mean_of(ours_, n_); }
double PairedErrors::mae_mean() const { return mean_of(ours_mean_, n_); }
double PairedErrors::other_mae() const { return mean_of(other_, n_); }
double PairedErrors::ratio() const { return other_ > 0 ? ours_ / other_ : kNone; }
double PairedErrors::ratio_mean() const { return other_ > 0 ? ours_mean_ / other_ : kNone; }
double PairedErrors::difference() const { return mean_of(ours_ - other_, n_); }

double PairedErrors::ratio_standard_error() const {
    const double r = ratio();
    const double residuals = ours_ours_ - 2 * r * ours_other_ + r * r * other_other_;
    return standard_error(residuals, n_) / other_mae();
}

double PairedErrors::difference_standard_error() const {
    const double squares = ours_ours_ - 2 * ours_other_ + other_other_;
    return standard_error(squares - (ours_ - other_) * difference(), n_);
}

void BetMeasures::add(Result result, double decimal_price, double best_decimal_price) {
    won_ += result == Result::kWon ? 1 : 0;
    lost_ += result == Result::kLost ? 1 : 0;
    pushed_ += result == Result::kPushed ? 1 : 0;
    if (std::isnan(decimal_price)) return;
    ++priced_;
    implied_ += 1 / decimal_price;
    profit_ += profit(result, decimal_price);
    profit_best_ += profit(result, best_decimal_price);
}

double BetMeasures::hit_rate() const { return mean_of(static_cast<double>(won_), won_ + lost_); }
Interval BetMeasures::interval() const { return wilson_interval(won_, won_ + lost_); }
double BetMeasures::break_even() const { return mean_of(implied_, priced_); }
double BetMeasures::roi() const { return mean_of(profit_, priced_); }
double BetMeasures::roi_best_price() const { return mean_of(profit_best_, priced_); }

void ProbabilityMeasures::add(double p_over, bool went_over) {
    constexpr double kAwayFromCertain = 1e-6;
    const double p = std::clamp(p_over, kAwayFromCertain, 1 - kAwayFromCertain);
    const double outcome = went_over ? 1 : 0;
    ++n_;
    squared_ += (p_over - outcome) * (p_over - outcome);
    log_ -= std::log(went_over ? p : 1 - p);
}

double ProbabilityMeasures::brier() const { return mean_of(squared_, n_); }
double ProbabilityMeasures::log_loss() const { return mean_of(log_, n_); }

void ClosingLineMeasures::add(double points, double probability) {
    ++n_;
    points_ += points;
    if (std::isnan(probability)) return;
    ++unmoved_;
    probability_ += probability;
}

double ClosingLineMeasures::points() const { return mean_of(points_, n_); }
double ClosingLineMeasures::probability() const { return mean_of(probability_, unmoved_); }

}  // namespace tipoff::grade
