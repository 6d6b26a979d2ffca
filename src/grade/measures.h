#pragma once
/// How good forecasts and picks were. Sums run in the order in which values are added; add them in
/// the order of their keys and the bits do not depend on threads.

#include <cstdint>

#include "grade/grade_tables.h"

namespace tipoff::grade {

/// A 95% interval of a share: Wilson, "Probable inference, the law of succession, and statistical
/// inference" (1927).
struct Interval {
    double low = kNone;
    double high = kNone;
};

/// NaN bounds without trials.
[[nodiscard]] Interval wilson_interval(std::int64_t successes, std::int64_t trials);

/// Error and calibration of graded forecasts. Every measure is NaN without forecasts.
class ForecastMeasures {
public:
    void add(const Accuracy& graded);

    [[nodiscard]] std::int64_t n() const { return n_; }
    [[nodiscard]] double mae() const;  ///< of the median
    [[nodiscard]] double mae_mean() const;
    [[nodiscard]] double rmse() const;  ///< of the mean
    [[nodiscard]] double bias() const;  ///< mean less actual
    [[nodiscard]] double crps() const;
    [[nodiscard]] double coverage_80() const;  ///< share of randomised PIT values in [0.1, 0.9]
    [[nodiscard]] double coverage_95() const;  ///< share in [0.025, 0.975]

private:
    std::int64_t n_ = 0;
    std::int64_t in_80_ = 0;
    std::int64_t in_95_ = 0;
    double absolute_error_ = 0;
    double absolute_error_mean_ = 0;
    double error_ = 0;
    double squared_error_ = 0;
    double crps_ = 0;
};

/// Errors of graded forecasts beside those of a plain number on the same player games. Every
/// measure is NaN without forecasts.
class PairedErrors {
public:
    /// `other` is the absolute error of the plain number.
    void add(const Accuracy& graded, double other);

    [[nodiscard]] std::int64_t n() const { return n_; }
    [[nodiscard]] double mae() const;  ///< of the median
    [[nodiscard]] double mae_mean() const;
    [[nodiscard]] double other_mae() const;
    [[nodiscard]] double ratio() const;       ///< mae / other_mae; NaN where the other never missed
    [[nodiscard]] double ratio_mean() const;  ///< mae_mean / other_mae; likewise
    [[nodiscard]] double difference() const;  ///< mae - other_mae

    /// Standard errors over the pairs, taken for independent: of a ratio of sums by its
    /// linearisation (Cochran, "Sampling Techniques", 1977, 6.4). NaN with fewer than two.
    [[nodiscard]] double ratio_standard_error() const;
    [[nodiscard]] double difference_standard_error() const;

private:
    std::int64_t n_ = 0;
    double ours_ = 0;  ///< sums of absolute errors, of their squares and of their products
    double ours_mean_ = 0;
    double other_ = 0;
    double ours_ours_ = 0;
    double ours_other_ = 0;
    double other_other_ = 0;
};

/// Bets on one side at a price. A push pays the stake back and is no trial of the hit rate.
class BetMeasures {
public:
    enum class Result : std::uint8_t { kWon, kLost, kPushed };

    /// `decimal_price` and `best_decimal_price` are NaN where the source has no real price.
    void add(Result result, double decimal_price, double best_decimal_price);

    [[nodiscard]] std::int64_t bets() const { return won_ + lost_ + pushed_; }
    [[nodiscard]] std::int64_t decided() const { return won_ + lost_; }  ///< not pushed
    [[nodiscard]] double hit_rate() const;  ///< of the bets that were not pushed; NaN without
    [[nodiscard]] Interval interval() const;
    [[nodiscard]] double break_even()
        const;  ///< mean of 1 / decimal of the prices taken; NaN without
    [[nodiscard]] double roi()
        const;  ///< profit a unit staked, over the bets with a price; NaN without
    [[nodiscard]] double roi_best_price() const;

private:
    std::int64_t won_ = 0, lost_ = 0, pushed_ = 0;
    std::int64_t priced_ = 0;
    double implied_ = 0, profit_ = 0, profit_best_ = 0;
};

/// P(over) against what happened; pushes are left out by the caller.
class ProbabilityMeasures {
public:
    void add(double p_over, bool went_over);

    [[nodiscard]] std::int64_t n() const { return n_; }
    [[nodiscard]] double brier() const;  ///< NaN without
    [[nodiscard]] double log_loss()
        const;  ///< natural logarithm; probabilities are kept 1e-6 away from 0 and 1

private:
    std::int64_t n_ = 0;
    double squared_ = 0;
    double log_ = 0;
};

/// The line taken against the book's closing line, seen from the side that was bet: above 0 is
/// good.
class ClosingLineMeasures {
public:
    /// `points`: by how much the closing line is worse for that side. `probability`: by how much
    /// the closing prices make it likelier, the vig taken out; NaN where the line itself has moved.
    void add(double points, double probability);

    [[nodiscard]] std::int64_t n() const { return n_; }
    [[nodiscard]] double points() const;       ///< mean; NaN without
    [[nodiscard]] double probability() const;  ///< mean over unmoved lines; NaN without

private:
    std::int64_t n_ = 0;
    std::int64_t unmoved_ = 0;
    double points_ = 0;
    double probability_ = 0;
};

}  // namespace tipoff::grade
