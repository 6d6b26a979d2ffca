#pragma once
/// `similarity_v1`: what players of the whole league made of the matchups most like this one.
///
///     neighbours = the nearest past player games in eight dimensions     SimilarityParameters
///     w          = 1 - (distance / the farthest neighbour's)^2           Epanechnikov 1969
///     trust      = neighbours found / neighbours asked for, at most 1
///     mean       = form x (1 + trust x sum w (outcome - expected) / (sum w expected + shrinkage))
///     variance   = (1 - trust x share) formula(mean) + trust x share x mean x dispersion
///     dispersion = sum w (outcome - r expected)^2 / sum w r expected,
///                  r = sum w outcome / sum w expected
///
/// `form` and `formula` are the mean and the spread of the moving average, which is also what was
/// expected of the neighbours: the system says how far off that formula was in such matchups. With
/// no neighbour it is the moving average, flagged. A matchup's neighbours are the same for every
/// count. Pure: no clock, no state, no I/O.

#include "base/hash.h"
#include "forecast/forecast.h"
#include "forecast/matchup_features.h"
#include "forecast/parameters.h"
#include "forecast/similarity_pool.h"

namespace tipoff::forecast {

/// Reaches fitted by `bench/fit_similarity.py` on the regular seasons 2017-18 and 2018-19, the
/// others chosen on those and 2019-20. A reach is the difference along an axis that counts as a
/// distance of one: the shorter, the more alike the neighbours are in it.
struct SimilarityParameters {
    /// Logarithm of the points that the moving average expects.
    double points_reach = 0.83;
    /// Logarithm of the minutes that it projects.
    double minutes_reach = 0.33;
    /// Minutes of the last games (half-life 2) less those of the last twenty or so (half-life 20).
    double minutes_change_reach = 5;
    /// Minutes in the seven days before.
    double week_minutes_reach = 31;
    /// Usage that absent teammates leave.
    double usage_vacated_reach = 0.091;
    /// The opponent's points allowed over the league's.
    double defence_reach = 0.025;
    /// Expected pace over the league's.
    double pace_reach = 0.031;
    /// Days since the season's first game.
    double season_phase_reach = 62;
    /// How many neighbours are asked for. Twice as many are worth as much and take longer; half
    /// are worth less.
    double neighbours = 500;
    /// What is added to the count that was expected of the neighbours: pulls towards the form.
    double shrinkage = 100;
    /// Share of the neighbours' dispersion in the variance.
    double dispersion_share = 0.4;
};

[[nodiscard]] Fingerprint hash(const SimilarityParameters& parameters);

/// The moving averages of every count, in the order of the counts.
using Forms = std::array<Forecast, kCounts>;
[[nodiscard]] Forms forms_of(const MatchupFeatures& features);

/// Where a matchup lies. `form` is its moving average of points. What is unknown lies where nothing
/// is unusual: no change of minutes, nobody absent, the league's own defence and pace, a season's
/// first day.
[[nodiscard]] SimilarityPoint place_of(const MatchupFeatures& features, const Forecast& form,
                                       const SimilarityParameters& parameters);

/// A played game for the pool. `features` as they stood before the game, `forms` their moving
/// averages; an outcome that is not on record is NaN.
[[nodiscard]] PastMatchup past_matchup(const MatchupFeatures& features, const Forms& forms,
                                       KnownAt known_at, const CountValues& outcomes,
                                       const SimilarityParameters& parameters);

/// The matchups most like this one that were known before `as_of`, nearest first. The pool's
/// entries have to come from `past_matchup` with the same parameters.
[[nodiscard]] std::vector<Neighbour> similar_matchups(const MatchupFeatures& features,
                                                      const Forms& forms, AsOf as_of,
                                                      const SimilarityPool& pool,
                                                      const SimilarityParameters& parameters);

/// A player's count, given that he plays, from his moving average of it and what came of similar
/// matchups.
[[nodiscard]] Forecast similarity(const MatchupFeatures& features, const Forecast& form,
                                  std::span<const Neighbour> neighbours,
                                  const SimilarityParameters& parameters);

/// A fingerprint of what the forecast of a count depends on beside features and neighbours.
[[nodiscard]] Fingerprint similarity_hash(Market count, const SimilarityParameters& parameters);

}  // namespace tipoff::forecast
