#include "forecast/similarity.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "features/feature_list.h"
#include "forecast/feature_places.h"
#include "forecast/moving_average.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

using features::feature_index;

/// Raised when the formula or an axis changes while the constants stay.
constexpr std::int64_t kSimilarityVersion = 1;

constexpr auto kWeekMinutes = feature_index("player_minutes_last_7_days");
constexpr auto kUsageVacated = feature_index("usage_vacated");
constexpr auto kDaysIntoSeason = feature_index("days_into_season");

/// The farthest neighbour keeps a weight above zero, so that neighbours that are all equally far,
/// or all in the same place, count alike.
constexpr double kBeyondFarthest = 1.0001;
constexpr double kLeastWidth = 1e-9;

double or_usual(double value, double usual) { return std::isnan(value) ? usual : value; }

/// Weighted sums over neighbours: weight, what was expected, what came of it.
struct Sums {
    double expected = 0;
    double outcome = 0;
    double outcome_squared = 0;
    double product = 0;
    double expected_squared = 0;
};

Sums weighted_sums(std::span<const Neighbour> neighbours, Market count) {
    const std::size_t at = index_of(count);
    const double width =
        static_cast<double>(neighbours.back().distance) * kBeyondFarthest + kLeastWidth;
    Sums sums;
    for (const Neighbour& neighbour : neighbours) {
        const double weight = 1 - static_cast<double>(neighbour.distance) / width;
        const double expected = neighbour.expected[at];
        const double outcome = neighbour.outcome[at];
        sums.expected += weight * expected;
        sums.outcome += weight * outcome;
        sums.outcome_squared += weight * outcome * outcome;
        sums.product += weight * outcome * expected;
        sums.expected_squared += weight * expected * expected;
    }
    return sums;
}

/// Variance over mean of the neighbours' outcomes around their own, corrected expectation. A
/// neighbourhood in which nothing was counted has none.
double dispersion(const Sums& sums) {
    if (sums.outcome <= 0 || sums.expected <= 0) return 0;
    const double ratio = sums.outcome / sums.expected;
    const double squares =
        sums.outcome_squared - 2 * ratio * sums.product + ratio * ratio * sums.expected_squared;
    return std::max(squares, 0.0) / sums.outcome;
}

}  // namespace

static_assert(sizeof(SimilarityParameters) == 11 * sizeof(double),
              "a constant that is added has to be added to the hash as well");

Fingerprint hash(const SimilarityParameters& parameters) {
    const SimilarityParameters& p = parameters;
    Hasher hasher;
    hasher.add(kSimilarityVersion);
    for (const double value :
         {p.points_reach, p.minutes_reach, p.minutes_change_reach, p.week_minutes_reach,
          p.usage_vacated_reach, p.defence_reach, p.pace_reach, p.season_phase_reach, p.neighbours,
          p.shrinkage, p.dispersion_share})
        hasher.add(value);
    return hasher.finish();
}

SimilarityPoint place_of(const MatchupFeatures& features, const Forecast& form,
                         const SimilarityParameters& parameters) {
    const SimilarityParameters& p = parameters;
    const double change =
        features.value(place::kMinutesShort) - features.value(place::kMinutesLong);
    const std::array<double, kSimilarityDimensions> axes{
        std::log(form.mean) / p.points_reach,
        std::log(form.minutes) / p.minutes_reach,
        or_usual(change, 0) / p.minutes_change_reach,
        or_usual(features.value(kWeekMinutes), 0) / p.week_minutes_reach,
        or_usual(features.value(kUsageVacated), 0) / p.usage_vacated_reach,
        or_usual(features.value(place::kOpponentDefence), 1) / p.defence_reach,
        or_usual(features.value(place::kExpectedPace), 1) / p.pace_reach,
        or_usual(features.value(kDaysIntoSeason), 0) / p.season_phase_reach};
    SimilarityPoint point{};
    std::ranges::transform(axes, point.begin(),
                           [](double axis) { return static_cast<float>(axis); });
    return point;
}

Forms forms_of(const MatchupFeatures& features) {
    Forms forms;
    for (const Market count : kCountMarkets)
        forms[index_of(count)] = moving_average(features, count, form_parameters(count));
    return forms;
}

PastMatchup past_matchup(const MatchupFeatures& features, const Forms& forms, KnownAt known_at,
                         const CountValues& outcomes, const SimilarityParameters& parameters) {
    PastMatchup past{.point = place_of(features, forms.front(), parameters),
                     .known_at = known_at,
                     .expected = {},
                     .outcome = {}};
    for (std::size_t count = 0; count < kCounts; ++count) {
        if (std::isnan(outcomes[count])) continue;
        past.expected[count] = static_cast<float>(forms[count].mean);
        past.outcome[count] = outcomes[count];
    }
    return past;
}

std::vector<Neighbour> similar_matchups(const MatchupFeatures& features, const Forms& forms,
                                        AsOf as_of, const SimilarityPool& pool,
                                        const SimilarityParameters& parameters) {
    return pool.nearest(place_of(features, forms.front(), parameters), as_of,
                        static_cast<std::size_t>(parameters.neighbours));
}

Forecast similarity(const MatchupFeatures& features, const Forecast& form,
                    std::span<const Neighbour> neighbours, const SimilarityParameters& parameters) {
    Forecast forecast = form;
    const double trust =
        std::min(1.0, static_cast<double>(neighbours.size()) / parameters.neighbours);
    if (trust < 1) forecast.missing.add(Missing::kNeighbours);
    if (neighbours.empty()) return forecast;

    const Sums sums = weighted_sums(neighbours, form.market);
    const double error = (sums.outcome - sums.expected) / (sums.expected + parameters.shrinkage);
    forecast.mean = within_range(form.mean * (1 + trust * error));
    const MovingAverageParameters& usual = form_parameters(form.market);
    const double usual_sd = count_sd(forecast.mean, features.value(place::kMinutesSd),
                                     playing_time(features, usual.minutes), usual.spread);
    const double share = trust * parameters.dispersion_share;
    forecast.sd = std::sqrt((1 - share) * usual_sd * usual_sd +
                            share * forecast.mean * std::max(dispersion(sums), 1.0));
    forecast.contributions.add(Part::kNeighbours, forecast.mean - form.mean);
    return forecast;
}

Fingerprint similarity_hash(Market count, const SimilarityParameters& parameters) {
    Hasher hasher;
    hasher.add(hash(parameters));
    hasher.add(hash(form_parameters(Market::kPoints)));
    hasher.add(hash(form_parameters(count)));
    return hasher.finish();
}

}  // namespace tipoff::forecast
