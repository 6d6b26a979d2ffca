#pragma once
/// The distribution of a count (points of a player in a game): whole numbers from 0, given by the
/// market, its mean and its standard deviation alone.
///
/// The family is the zero-modified, shifted negative binomial. A negative binomial body carries the
/// skew and the spread; players who play little score nothing more often than any negative binomial
/// says, so a share `z` of extra zeros is mixed in, and the body is moved so that mean and variance
/// of the whole stay as asked for. Points of those who score much are less skewed than a negative
/// binomial: theirs is that of a greater mean, moved down, with what falls below nought at nought.
/// Both are fixed functions of mean, spread and market. Fitted on player games of 2018-19 to
/// 2020-21 (`docs/systems.md`).
///
/// A value type; building one works out the table of cumulative probabilities (under a
/// microsecond), every question after that is a lookup.

#include <array>
#include <cstddef>

#include "conform/market.h"

namespace tipoff::forecast {

class CountDistribution {
public:
    /// Counts above this are lumped into it.
    static constexpr int kMaxCount = 255;
    static constexpr double kMinMean = 0.05;
    static constexpr double kMaxMean = 150;

    /// `mean` in [kMinMean, kMaxMean], `sd` above 0: anything else is a defect of the caller. The
    /// family's spread begins where the variance equals the mean (Poisson); a smaller `sd` is
    /// raised to that.
    CountDistribution(double mean, double sd, Market market = Market::kPoints);

    /// As asked for; those of the table are the same to two thousandths.
    [[nodiscard]] double mean() const { return mean_; }
    [[nodiscard]] double sd() const { return sd_; }

    /// P(X = count).
    [[nodiscard]] double pmf(int count) const { return cdf(count) - cdf(count - 1); }
    /// P(X <= count).
    [[nodiscard]] double cdf(int count) const;

    /// The smallest count with cdf(count) >= p; 0 for p <= 0.
    [[nodiscard]] int quantile(double p) const;
    [[nodiscard]] int median() const { return quantile(0.5); }

    /// P(X > line), P(X = line) and P(X < line); they add up to 1. A push needs a whole line.
    [[nodiscard]] double p_over(double line) const;
    [[nodiscard]] double p_push(double line) const;
    [[nodiscard]] double p_under(double line) const;

    /// Continuous ranked probability score, exact for the discrete distribution: the sum over k >=
    /// 0 of (F(k) - 1{outcome <= k})^2, in counts; the smaller the better (Gneiting and Raftery
    /// 2007). `outcome` >= 0.
    [[nodiscard]] double crps(int outcome) const;

    /// F(outcome - 1) + u P(X = outcome) for u in [0, 1]: uniform when the forecast is calibrated
    /// (Czado, Gneiting and Held 2009).
    [[nodiscard]] double randomised_pit(int outcome, double u) const;

private:
    double mean_;
    double sd_;
    int last_ = 0;  ///< cdf_[last_] is 1
    std::array<double, kMaxCount + 1> cdf_;
};

}  // namespace tipoff::forecast
