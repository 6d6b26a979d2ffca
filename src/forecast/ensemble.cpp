#include "forecast/ensemble.h"

#include <algorithm>
#include <future>
#include <limits>

#include "base/error.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

constexpr std::size_t kFewestGames = 500;

/// Weights are searched on this many games of a tier, drawn at even distances.
constexpr std::size_t kMostGames = 8000;

/// Weight moved from one member to another at a time, the coarsest first.
constexpr std::array kSteps{0.2, 0.1, 0.05};

/// Weight moves for a gain in CRPS of this size: less is chance.
constexpr double kLeastGain = 1e-4;

constexpr double kLowestSdFactor = 0.7;
constexpr double kHighestSdFactor = 1.4;
constexpr int kHalvings = 14;

/// The share of [F(outcome - 1), F(outcome)] that lies in [0.1, 0.9]: the chance that a randomised
/// PIT does.
double chance_inside(const CountDistribution& distribution, int outcome) {
    const double low = distribution.cdf(outcome - 1);
    const double high = distribution.cdf(outcome);
    if (high <= low) return high >= 0.1 && high <= 0.9 ? 1 : 0;
    return std::max(0.0, std::min(high, 0.9) - std::max(low, 0.1)) / (high - low);
}

double mean_crps(std::span<const GradedMembers* const> games, const EnsembleTier& tier) {
    EnsembleParameters parameters;
    parameters.tiers.fill(tier);
    double sum = 0;
    for (const GradedMembers* game : games)
        sum += ensemble(game->members, parameters).distribution().crps(game->outcome);
    return sum / static_cast<double>(games.size());
}

std::array<double, kMembers> best_weights(std::span<const GradedMembers* const> games) {
    EnsembleTier best;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t m = 0; m < kMembers; ++m) {
        const bool takes_part = std::ranges::all_of(
            games, [m](const GradedMembers* game) { return game->members[m].has_value(); });
        if (!takes_part) continue;
        EnsembleTier alone;
        alone.weights = {};
        alone.weights[m] = 1;
        const double crps = mean_crps(games, alone);
        if (crps >= least) continue;
        least = crps;
        best = alone;
    }
    for (const double step : kSteps) {
        for (bool better = true; better;) {
            better = false;
            for (std::size_t from = 0; from < kMembers; ++from) {
                for (std::size_t to = 0; to < kMembers; ++to) {
                    if (from == to || best.weights[from] < step - 1e-12) continue;
                    EnsembleTier moved = best;
                    moved.weights[from] = std::max(0.0, moved.weights[from] - step);
                    moved.weights[to] += step;
                    const double crps = mean_crps(games, moved);
                    if (crps >= least - kLeastGain) continue;
                    least = crps;
                    best = moved;
                    better = true;
                }
            }
        }
    }
    return best.weights;
}

/// The tiers have nothing in common, so that each is fitted on a thread of its own.
template <class Fit>
void in_every_tier(Fit fit) {
    std::array<std::future<void>, kMinutesTiers> tiers;
    for (std::size_t t = 0; t < kMinutesTiers; ++t)
        tiers[t] = std::async(std::launch::async, fit, t);
    for (std::future<void>& tier : tiers)
        tier.get();
}

const Forecast& any_of(const MemberForecasts& members) {
    for (const auto& member : members) {
        if (member) return *member;
    }
    throw InvariantBroken("an ensemble of no member");
}

}  // namespace

double projected_minutes(const MemberForecasts& members) {
    const auto& trees = members[static_cast<std::size_t>(Member::kXgboost)];
    return trees ? trees->minutes : any_of(members).minutes;
}

std::size_t minutes_tier(double projected_minutes) {
    return static_cast<std::size_t>(
        std::ranges::upper_bound(kMinutesTierBounds, projected_minutes) -
        kMinutesTierBounds.begin());
}

Fingerprint hash(const EnsembleParameters& parameters) {
    Hasher hasher;
    for (const EnsembleTier& tier : parameters.tiers) {
        for (const double weight : tier.weights)
            hasher.add(weight);
        hasher.add(tier.sd_factor);
    }
    hasher.add(parameters.mean_factor);
    return hasher.finish();
}

Forecast ensemble(const MemberForecasts& members, const EnsembleParameters& parameters) {
    Forecast together;
    together.market = any_of(members).market;
    together.minutes = projected_minutes(members);
    const EnsembleTier& tier = parameters.tiers[minutes_tier(together.minutes)];
    double present = 0;
    for (std::size_t m = 0; m < kMembers; ++m) {
        if (members[m]) present += tier.weights[m];
    }
    // Where all the weight lies on those that are missing, those that are there count alike.
    const bool alike = present <= 0;
    double mean = 0;
    double sd = 0;
    double share = 0;
    for (std::size_t m = 0; m < kMembers; ++m) {
        if (!members[m]) continue;
        const double weight = alike ? 1 : tier.weights[m];
        share += weight;
        mean += weight * members[m]->mean;
        sd += weight * members[m]->sd;
        together.missing.add(members[m]->missing);
        if (weight > 0) together.members |= static_cast<std::uint8_t>(1U << m);
    }
    for (std::size_t m = 0; m < kMembers; ++m) {
        if (!members[m]) continue;
        const double weight = (alike ? 1 : tier.weights[m]) / share;
        if (weight > 0) together.contributions.add(members[m]->contributions, weight);
    }
    together.mean = within_range(mean / share * parameters.mean_factor);
    together.contributions.add(Part::kCorrection, together.mean - mean / share);
    together.sd = sd / share * tier.sd_factor;
    return together;
}

double calibrated_sd_factor(std::span<const Forecast> forecasts, std::span<const int> outcomes) {
    require(forecasts.size() == outcomes.size(), "forecasts and outcomes of different length");
    if (forecasts.empty()) return 1;
    const auto share_inside = [&](double factor) {
        double inside = 0;
        for (std::size_t i = 0; i < forecasts.size(); ++i) {
            inside += chance_inside(
                {forecasts[i].mean, factor * forecasts[i].sd, forecasts[i].market}, outcomes[i]);
        }
        return inside / static_cast<double>(forecasts.size());
    };
    double low = kLowestSdFactor;
    double high = kHighestSdFactor;
    for (int halving = 0; halving < kHalvings; ++halving) {
        const double middle = (low + high) / 2;
        (share_inside(middle) < 0.8 ? low : high) = middle;
    }
    return (low + high) / 2;
}

EnsembleParameters fit_ensemble(std::span<const GradedMembers> graded) {
    EnsembleParameters parameters;
    std::array<std::vector<const GradedMembers*>, kMinutesTiers> tiers;
    for (const GradedMembers& game : graded)
        tiers[minutes_tier(projected_minutes(game.members))].push_back(&game);
    in_every_tier([&](std::size_t t) {
        if (tiers[t].size() < kFewestGames) return;
        const std::size_t stride = (tiers[t].size() + kMostGames - 1) / kMostGames;
        std::vector<const GradedMembers*> drawn;
        for (std::size_t i = 0; i < tiers[t].size(); i += stride)
            drawn.push_back(tiers[t][i]);
        parameters.tiers[t].weights = best_weights(drawn);
    });
    double said = 0;
    double came = 0;
    for (const GradedMembers& game : graded.last(std::min(graded.size(), kBiasWindow))) {
        said += ensemble(game.members, parameters).mean;
        came += game.outcome;
    }
    if (said > 0 && graded.size() >= kFewestGames) parameters.mean_factor = came / said;
    std::array<double, kMinutesTiers> sd_factors{};
    in_every_tier([&](std::size_t t) {
        std::vector<Forecast> forecasts;
        std::vector<int> outcomes;
        for (const GradedMembers* game : tiers[t]) {
            forecasts.push_back(ensemble(game->members, parameters));
            outcomes.push_back(game->outcome);
        }
        sd_factors[t] = calibrated_sd_factor(forecasts, outcomes);
    });
    for (std::size_t t = 0; t < kMinutesTiers; ++t) {
        if (tiers[t].size() >= kFewestGames) parameters.tiers[t].sd_factor = sd_factors[t];
    }
    return parameters;
}

}  // namespace tipoff::forecast
