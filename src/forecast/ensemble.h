#pragma once
/// `ensemble_v1`: the members' distributions put together.
///
/// Means and standard deviations are averaged with weights by tier of projected minutes, fitted on
/// the CRPS of forecasts made before their games. For distributions of one family, given by mean
/// and spread, that is close to averaging their quantiles, which stays calibrated where a mixture
/// of densities grows too wide (Lichtendahl, Grushka-Cockayne and Winkler, "Is it better to average
/// probabilities or quantiles?", 2013). A member that is missing is left out, and the weights of
/// those that took part are scaled to add up to 1.

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "forecast/forecast.h"

namespace tipoff::forecast {

/// What a member says of one player game; nothing where it took no part.
using MemberForecasts = std::array<std::optional<Forecast>, kMembers>;

/// The bias is that of the newest player games, about three months of a season.
inline constexpr std::size_t kBiasWindow = 12'000;

inline constexpr std::array kMinutesTierBounds{18.0, 27.0};
inline constexpr std::size_t kMinutesTiers = kMinutesTierBounds.size() + 1;

/// 0 below 18 projected minutes, 1 below 27, 2 from there on.
[[nodiscard]] std::size_t minutes_tier(double projected_minutes);

/// Those of the member that forecasts minutes by themselves, `xgboost_v1`; where it is missing,
/// those of the formulas. Of at least one member.
[[nodiscard]] double projected_minutes(const MemberForecasts& members);

struct EnsembleTier {
    std::array<double, kMembers> weights{0.25, 0.25, 0.25, 0.25};  ///< at least 0, sum 1
    double sd_factor = 1;
};

struct EnsembleParameters {
    std::array<EnsembleTier, kMinutesTiers> tiers{};
    double mean_factor = 1;
};

[[nodiscard]] Fingerprint hash(const EnsembleParameters& parameters);

/// Of at least one member. What any member had to do without is passed on, and the contributions to
/// its mean by its weight; `Forecast::members` says who took part.
[[nodiscard]] Forecast ensemble(const MemberForecasts& members,
                                const EnsembleParameters& parameters);

/// A forecast that was made before its game, and what came of it.
struct GradedMembers {
    MemberForecasts members;
    int outcome = 0;
};

/// From games in the order of time. Weights of least CRPS by tier, beginning with the best member
/// alone; then a factor for the mean that takes the bias of the newest games away; then the spread
/// at which 80% of the outcomes lie in the central 80%. Tiers with fewer than 500 games keep equal
/// weights.
[[nodiscard]] EnsembleParameters fit_ensemble(std::span<const GradedMembers> graded);

/// The factor on the standard deviations at which 80% of the outcomes lie between the 10% and 90%
/// quantiles, by expected randomised PIT. `forecasts` and `outcomes` of equal length; 1 when empty.
[[nodiscard]] double calibrated_sd_factor(std::span<const Forecast> forecasts,
                                          std::span<const int> outcomes);

}  // namespace tipoff::forecast
