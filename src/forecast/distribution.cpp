#include "forecast/distribution.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

/// Extra zeros: z = min(kExtraZerosMost, at_nought exp(-mean / scale)). Greatest likelihood,
/// 2018-19 to 2020-21.
struct ExtraZeros {
    double at_nought;
    double scale;
};
constexpr ExtraZeros kExtraZerosOfPoints{.at_nought = 0.93, .scale = 2.937};
constexpr double kExtraZerosMost = 0.9;

/// The share of the overdispersion that extra zeros may take up: the body has to keep some.
constexpr double kExtraZerosOfSpread = 0.95;

/// Least ratio of variance to mean; at 1 the negative binomial ends in a Poisson.
constexpr double kMinDispersion = 1.001;

/// What may stay beyond the end of the table.
constexpr double kTail = 1e-13;

/// z / (1 - z) for a mean and variance. The other counts have none: a player may well have no
/// assist, and the negative binomial says how often.
double extra_zero_odds(double mean, double variance, Market market) {
    const bool counts_points = counts_in(market).front() == Market::kPoints;
    if (!counts_points) return 0;
    const ExtraZeros& extra = kExtraZerosOfPoints;
    const double z = std::min(kExtraZerosMost, extra.at_nought * std::exp(-mean / extra.scale));
    const double most = kExtraZerosOfSpread * (variance - mean) / (mean * mean);
    return std::min(z / (1 - z), most);
}

}  // namespace

CountDistribution::CountDistribution(double mean, double sd, Market market) : mean_(mean), sd_(sd) {
    require(mean >= kMinMean && mean <= kMaxMean, "the mean of a count lies outside of its range");
    require(sd > 0 && std::isfinite(sd), "a standard deviation is positive");
    const double variance = std::max(sd * sd, kMinDispersion * mean);
    sd_ = std::sqrt(variance);

    // X is 0 with probability z, else from the body. With o = z / (1 - z), E X = m / (1 + o) and
    // Var X = v / (1 + o) + m^2 o / (1 + o)^2 for a body of mean m and variance v; solved for m and
    // v.
    const double odds = extra_zero_odds(mean, variance, market);
    const double body_mean = mean * (1 + odds);
    const double body_variance = (1 + odds) * (variance - mean * mean * odds);
    const double overdispersion = body_variance - body_mean;
    const double size = body_mean * body_mean / overdispersion;
    const double failure = overdispersion / body_variance;

    // P(k + 1) = P(k) failure (size + k) / (k + 1), P(0) = (1 - failure)^size.
    double probability = std::exp(size * std::log1p(-failure)) / (1 + odds);
    double cumulative = probability + odds / (1 + odds);
    cdf_[0] = cumulative;
    int count = 0;
    while (count < kMaxCount && (count < body_mean || cumulative < 1 - kTail)) {
        probability *= failure * (size + count) / (count + 1);
        cumulative = std::min(cumulative + probability, 1.0);
        cdf_[static_cast<std::size_t>(++count)] = cumulative;
    }
    last_ = count;
    cdf_[static_cast<std::size_t>(last_)] = 1;
}

double CountDistribution::cdf(int count) const {
    if (count < 0) return 0;
    return count >= last_ ? 1 : cdf_[static_cast<std::size_t>(count)];
}

int CountDistribution::quantile(double p) const {
    const auto* const begin = cdf_.data();
    const auto* const found = std::lower_bound(begin, begin + last_, p);
    return static_cast<int>(found - begin);
}

double CountDistribution::p_over(double line) const {
    if (line < 0) return 1;
    return line >= kMaxCount ? 0 : 1 - cdf(static_cast<int>(std::floor(line)));
}

double CountDistribution::p_push(double line) const {
    if (line < 0 || line > kMaxCount || line != std::floor(line)) return 0;
    return pmf(static_cast<int>(line));
}

double CountDistribution::p_under(double line) const {
    if (line <= 0) return 0;
    return line > kMaxCount ? 1 : cdf(static_cast<int>(std::ceil(line)) - 1);
}

double CountDistribution::crps(int outcome) const {
    require(outcome >= 0, "an outcome is a count");
    double score = 0;
    const int reached = std::min(outcome, last_);
    for (int k = 0; k < reached; ++k) {
        const double below = cdf_[static_cast<std::size_t>(k)];
        score += below * below;
    }
    for (int k = reached; k < last_; ++k) {
        const double above = 1 - cdf_[static_cast<std::size_t>(k)];
        score += above * above;
    }
    return score + (outcome - reached);
}

double CountDistribution::randomised_pit(int outcome, double u) const {
    return cdf(outcome - 1) + u * pmf(outcome);
}

}  // namespace tipoff::forecast
