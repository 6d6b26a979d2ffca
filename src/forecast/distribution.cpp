#include "forecast/distribution.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

/// Extra zeros: z = min(kExtraZerosMost, at_nought exp(-mean / scale)). Greatest likelihood,
/// 2018-19 to 2020-21.
struct ExtraZeros {
    double at_nought;
    double scale;
};
constexpr ExtraZeros kExtraZerosOfPoints{.at_nought = 0.985, .scale = 2.8};
constexpr double kExtraZerosMost = 0.9;

/// The share of the overdispersion that extra zeros may take up: the body has to keep some.
constexpr double kExtraZerosOfSpread = 0.95;

/// The body is moved down by slope (mean - from sd), where that is above 0. Greatest likelihood of
/// walk-forward forecasts of points, 2018-19 to 2020-21.
struct Shift {
    double slope;
    double from;
};
constexpr Shift kShiftOfPoints{.slope = 2.3, .from = 1.8};

/// The share of the overdispersion that a shift may take up.
constexpr double kShiftOfSpread = 0.9;

/// Least ratio of variance to mean; at 1 the negative binomial ends in a Poisson.
constexpr double kMinDispersion = 1.001;

/// What may stay beyond the end of the table.
constexpr double kTail = 1e-13;

/// Points, and the sums with points in them. A player may well have no assist, and for rebounds,
/// assists and threes the negative binomial says how often and how skewed.
bool counts_points(Market market) { return counts_in(market).front() == Market::kPoints; }

/// z / (1 - z) for a mean and variance.
double extra_zero_odds(double mean, double variance, Market market) {
    if (!counts_points(market)) return 0;
    const ExtraZeros& extra = kExtraZerosOfPoints;
    const double z = std::min(kExtraZerosMost, extra.at_nought * std::exp(-mean / extra.scale));
    const double most = kExtraZerosOfSpread * (variance - mean) / (mean * mean);
    return std::min(z / (1 - z), most);
}

double shift_of(double mean, double variance, Market market) {
    if (!counts_points(market)) return 0;
    const Shift& shift = kShiftOfPoints;
    const double wanted = shift.slope * (mean - shift.from * std::sqrt(variance));
    const double most =
        kShiftOfSpread * (variance - mean) - 1;  // the next whole shift fits as well
    return std::clamp(wanted, 0.0, std::max(0.0, most));
}

/// The cumulative probabilities of X - shift, with what falls below nought at nought, for a
/// negative binomial X that has this mean and variance once it is moved; count after count.
class ShiftedNegativeBinomial {
public:
    ShiftedNegativeBinomial(double mean, double variance, int shift) {
        const double unmoved = mean + shift;
        const double overdispersion = variance - unmoved;
        size_ = unmoved * unmoved / overdispersion;
        failure_ = overdispersion / variance;
        // P(k + 1) = P(k) failure (size + k) / (k + 1), P(0) = (1 - failure)^size.
        probability_ = std::exp(size_ * std::log1p(-failure_));
        cumulative_ = probability_;
        for (int below = 0; below < shift; ++below)
            advance();
    }

    [[nodiscard]] double cumulative() const { return cumulative_; }

    void advance() {
        probability_ *= failure_ * (size_ + count_) / (count_ + 1);
        cumulative_ += probability_;
        ++count_;
    }

private:
    double size_;
    double failure_;
    double probability_;
    double cumulative_;
    int count_ = 0;  ///< before it is moved
};

/// Counts are moved by whole numbers: between two of them stands a mixture, which keeps the mean
/// and variance that both have.
class Body {
public:
    Body(double mean, double variance, double shift)
        : lower_(mean, variance, static_cast<int>(shift)),
          share_of_upper_(shift - std::floor(shift)) {
        if (share_of_upper_ > 0) upper_.emplace(mean, variance, static_cast<int>(shift) + 1);
    }

    [[nodiscard]] double cumulative() const {
        const double lower = lower_.cumulative();
        return upper_ ? lower + share_of_upper_ * (upper_->cumulative() - lower) : lower;
    }

    void advance() {
        lower_.advance();
        if (upper_) upper_->advance();
    }

private:
    ShiftedNegativeBinomial lower_;
    std::optional<ShiftedNegativeBinomial> upper_;
    double share_of_upper_;
};

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
    const double zeros = odds / (1 + odds);
    const double body_mean = mean * (1 + odds);
    const double body_variance = (1 + odds) * (variance - mean * mean * odds);

    Body body(body_mean, body_variance, shift_of(body_mean, body_variance, market));
    double cumulative = zeros + body.cumulative() / (1 + odds);
    cdf_[0] = cumulative;
    int count = 0;
    while (count < kMaxCount && (count < body_mean || cumulative < 1 - kTail)) {
        body.advance();
        cumulative = std::min(zeros + body.cumulative() / (1 + odds), 1.0);
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
