#include "forecast/line_blend.h"

#include <algorithm>
#include <limits>

#include "forecast/ensemble.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

constexpr std::size_t kFewestGames = 500;
constexpr int kWeightSteps = 20;
constexpr int kHalvings = 30;

/// P(over) given no push.
double chance_over(const CountDistribution& distribution, double line) {
    const double over = distribution.p_over(line);
    const double under = distribution.p_under(line);
    return over + under > 0 ? over / (over + under) : 0.5;
}

double mean_crps(std::span<const GradedWithLine> graded, std::span<const double> means_behind,
                 double weight) {
    double sum = 0;
    for (std::size_t i = 0; i < graded.size(); ++i) {
        const Forecast& own = graded[i].own;
        const double mean = within_range(weight * means_behind[i] + (1 - weight) * own.mean);
        sum += CountDistribution(mean, own.sd, own.market).crps(graded[i].outcome);
    }
    return sum / static_cast<double>(graded.size());
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

Forecast blended(const Forecast& own, const KnownLine& line, const LineBlend& blend) {
    Forecast together = own;
    const double of_line = blend.line_factor * mean_behind(line, own.sd, own.market);
    together.mean = within_range(blend.weight * of_line + (1 - blend.weight) * own.mean);
    together.sd = own.sd * blend.sd_factor;
    together.contributions.add(Part::kLine, together.mean - own.mean);
    return together;
}

LineBlend fit_line_blend(std::span<const GradedWithLine> graded) {
    LineBlend blend;
    if (graded.size() < kFewestGames) return blend;
    std::vector<double> means;
    means.reserve(graded.size());
    double said = 0;
    double came = 0;
    for (const GradedWithLine& game : graded) {
        means.push_back(mean_behind(game.line, game.own.sd, game.own.market));
        said += means.back();
        came += game.outcome;
    }
    blend.line_factor = came / said;
    for (double& mean : means)
        mean *= blend.line_factor;
    double least = std::numeric_limits<double>::infinity();
    for (int step = 0; step <= kWeightSteps; ++step) {
        const double weight = static_cast<double>(step) / kWeightSteps;
        const double crps = mean_crps(graded, means, weight);
        if (crps >= least) continue;
        least = crps;
        blend.weight = weight;
    }
    std::vector<Forecast> forecasts;
    std::vector<int> outcomes;
    for (const GradedWithLine& game : graded) {
        forecasts.push_back(blended(game.own, game.line, blend));
        outcomes.push_back(game.outcome);
    }
    blend.sd_factor = calibrated_sd_factor(forecasts, outcomes);
    return blend;
}

}  // namespace tipoff::forecast
