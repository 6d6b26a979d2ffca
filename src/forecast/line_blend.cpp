#include "forecast/line_blend.h"

#include <algorithm>
#include <cmath>

#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

constexpr std::size_t kFewestGames = 500;

/// Games that went as expected, beside those of whom were passed over.
constexpr double kPriorGames = 300;

constexpr int kHalvings = 30;
constexpr int kNewtonSteps = 12;

/// Standard deviations of the priors.
constexpr double kTrustSd = 0.1;
constexpr double kShadeSd = 0.03;

/// A chance stays this far from certain.
constexpr double kLeastChance = 1e-4;

double log_odds(double chance) {
    const double inside = std::clamp(chance, kLeastChance, 1 - kLeastChance);
    return std::log(inside / (1 - inside));
}

double chance_of(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

/// P(over) given no push.
double chance_over(const CountDistribution& distribution, double line) {
    const double over = distribution.p_over(line);
    const double under = distribution.p_under(line);
    return over + under > 0 ? over / (over + under) : 0.5;
}

/// By how much our own log-odds of going over differ from the price's.
double apart(const Forecast& own, const KnownLine& line) {
    const double own_chance = chance_over(own.distribution(), line.line_value);
    return std::clamp(log_odds(own_chance) - log_odds(line.p_over), -kMostApart, kMostApart);
}

/// A bet on the line that was not pushed.
struct Bet {
    double price_log_odds;
    double apart;
    bool went_over;
};

std::vector<Bet> bets_of(std::span<const GradedOffer> graded) {
    std::vector<Bet> bets;
    for (const GradedOffer& game : graded) {
        if (!game.offer.line) continue;
        const KnownLine& line = *game.offer.line;
        const double outcome = game.outcome;
        if (outcome == line.line_value) continue;
        bets.push_back({.price_log_odds = log_odds(line.p_over),
                        .apart = apart(game.own, line),
                        .went_over = outcome > line.line_value});
    }
    return bets;
}

/// By Newton's method; the posterior is concave.
void fit_trust_and_shade(std::span<const Bet> bets, LineBlend& blend) {
    const LineBlend prior;
    for (int step = 0; step < kNewtonSteps; ++step) {
        double trust_slope = -(blend.trust - prior.trust) / (kTrustSd * kTrustSd);
        double shade_slope = -(blend.shade - prior.shade) / (kShadeSd * kShadeSd);
        double trust_curve = 1 / (kTrustSd * kTrustSd);
        double shade_curve = 1 / (kShadeSd * kShadeSd);
        double cross_curve = 0;
        for (const Bet& bet : bets) {
            const double chance =
                chance_of(bet.price_log_odds + blend.shade + blend.trust * bet.apart);
            const double missed = (bet.went_over ? 1 : 0) - chance;
            const double weight = chance * (1 - chance);
            trust_slope += missed * bet.apart;
            shade_slope += missed;
            trust_curve += weight * bet.apart * bet.apart;
            shade_curve += weight;
            cross_curve += weight * bet.apart;
        }
        const double determinant = trust_curve * shade_curve - cross_curve * cross_curve;
        blend.trust += (shade_curve * trust_slope - cross_curve * shade_slope) / determinant;
        blend.shade += (trust_curve * shade_slope - cross_curve * trust_slope) / determinant;
    }
}

/// What those who were passed over made of what was expected of them, by tier of minutes.
std::array<double, kMinutesTiers> share_of_expected(std::span<const GradedOffer> graded) {
    std::array<double, kMinutesTiers> games{};
    std::array<double, kMinutesTiers> said{};
    std::array<double, kMinutesTiers> came{};
    for (const GradedOffer& game : graded) {
        if (!game.offer.passes_over()) continue;
        const std::size_t tier = minutes_tier(game.own.minutes);
        games[tier] += 1;
        said[tier] += game.own.mean;
        came[tier] += game.outcome;
    }
    std::array<double, kMinutesTiers> shares{1, 1, 1};
    for (std::size_t tier = 0; tier < kMinutesTiers; ++tier) {
        if (games[tier] == 0) continue;
        const double prior = kPriorGames * said[tier] / games[tier];
        shares[tier] = (came[tier] + prior) / (said[tier] + prior);
    }
    return shares;
}

}  // namespace

double mean_behind(const KnownLine& line, double sd, Market market) {
    double low = CountDistribution::kMinMean;
    double high = std::clamp(3 * line.line_value + 5, low, CountDistribution::kMaxMean);
    for (int halving = 0; halving < kHalvings; ++halving) {
        const double middle = (low + high) / 2;
        const CountDistribution distribution(middle, sd, market);
        (chance_over(distribution, line.line_value) < line.p_over ? low : high) = middle;
    }
    return (low + high) / 2;
}

Forecast blended(const Forecast& own, const Offer& offer, const LineBlend& blend) {
    if (!offer.line && !offer.passes_over()) return own;
    Forecast together = own;
    if (offer.line) {
        const KnownLine& line = *offer.line;
        together.sd = own.sd * blend.sd_factor;
        const double chance =
            chance_of(log_odds(line.p_over) + blend.shade + blend.trust * apart(own, line));
        together.mean =
            mean_behind({.line_value = line.line_value, .p_over = chance}, together.sd, own.market);
    } else {
        together.mean = within_range(own.mean * blend.passed_over[minutes_tier(own.minutes)]);
    }
    together.contributions.add(Part::kLine, together.mean - own.mean);
    return together;
}

LineBlend fit_line_blend(std::span<const GradedOffer> graded) {
    LineBlend blend;
    blend.passed_over = share_of_expected(graded);
    fit_trust_and_shade(bets_of(graded), blend);
    std::vector<Forecast> forecasts;
    std::vector<int> outcomes;
    for (const GradedOffer& game : graded) {
        if (!game.offer.line) continue;
        forecasts.push_back(blended(game.own, game.offer, blend));
        outcomes.push_back(game.outcome);
    }
    if (outcomes.size() >= kFewestGames)
        blend.sd_factor = calibrated_sd_factor(forecasts, outcomes);
    return blend;
}

}  // namespace tipoff::forecast
