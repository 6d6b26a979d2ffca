#pragma once
/// What both systems read off a player's past first: how much he will play, how sure that is, and
/// how few games may be trusted.

#include "forecast/forecast.h"
#include "forecast/matchup_features.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {

/// Half-lives, in games, of the exponentially weighted features that the systems use.
inline constexpr double kShortHalfLife = 2;
inline constexpr double kRateHalfLife = 10;
inline constexpr double kLongHalfLife = 20;
inline constexpr double kFreeThrowHalfLife = 30;

/// The sum of weights behind an exponentially weighted mean of `games` games: (1 - 2^(-games/h)) /
/// (1 - 2^(-1/h)).
[[nodiscard]] double effective_games(double games, double half_life);

/// (weight x value + prior_weight x prior) / (weight + prior_weight); the prior alone where `value`
/// is NaN.
[[nodiscard]] double shrunk(double value, double weight, double prior, double prior_weight);

struct PlayingTime {
    double games = 0;          ///< earlier games on record
    double minutes = 0;        ///< projected, given that he plays
    double usual_minutes = 0;  ///< of his last twenty or so games, mixed with a newcomer's
    double absence = 0;  ///< ln(days since his last game / 2), 0 up to two days, at most ln 30
    double doubt = 0;    ///< the chance that he does not play; 0 where it is unknown
    MissingSet missing;
};

[[nodiscard]] PlayingTime playing_time(const MatchupFeatures& features,
                                       const MinutesParameters& parameters);

/// The standard deviation of his count around `mean`. `minutes_sd` may be NaN. The formula stands
/// at `SpreadParameters`.
[[nodiscard]] double count_sd(double mean, double minutes_sd, const PlayingTime& time,
                              const SpreadParameters& parameters);

/// A mean that a distribution can be built on.
[[nodiscard]] double within_range(double mean);

}  // namespace tipoff::forecast
