#pragma once
/// Fitted constants of the systems. Each says what it is; all were derived by
/// `bench/fit_parameters.py` from the regular seasons 2016-17 to 2020-21 and checked on 2021-22 and
/// 2022-23, which no constant has seen (`docs/systems.md`).

#include "base/hash.h"
#include "conform/market.h"

namespace tipoff::forecast {

/// Raised when a formula changes while its constants stay.
inline constexpr int kParametersVersion = 1;

/// Minutes to be expected, given that he plays.
struct MinutesParameters {
    /// Weight of the short mean (half-life 2 games) against this season's mean.
    double short_weight = 0.704;
    /// Means of few games are mixed with a slower one: the long mean (half-life 20) with
    /// `newcomer_minutes` at a weight of `long_prior` games, the short and the season's mean with
    /// the long one.
    double newcomer_minutes = 8;
    double long_prior = 1;
    double short_prior = 0.35;
    double season_prior = 1;
    /// Recent minutes to expected minutes: intercept + slope x + curvature x^2. Those who play
    /// little are given more next time, on average, and those who play much as well (a game cut
    /// short by a foul or a rout drags the mean down).
    double intercept = 2.953;
    double slope = 0.805;
    double curvature = 0.0043;
};

/// Effects on a count that both systems share.
struct SituationParameters {
    /// Home against away, as a share of the mean.
    double home = 0.014;
    /// Loss, as a share of the mean, for each factor e of days since his last game beyond two, up
    /// to 60 days.
    double absence = 0.0418;
};

/// Variance of a count around the mean m: (constant + linear m + quadratic m^2 + minutes (rate sd
/// of minutes)^2) x (1 + absence L + inexperience / sqrt(games + 1)) x (1 + doubt (1 - chance to
/// play)) x allowance.
struct SpreadParameters {
    double constant = 1.394;
    double linear = 3.347;
    double quadratic = -0.0288;
    double minutes = 0.39;
    double absence = 0.016;
    double inexperience = 0.1317;
    /// Who might not have played plays less surely when he does.
    double doubt = 0.182;
    /// Points spread out from season to season (residual variance over the fitted one rose by 2.4%
    /// a year from 2016-17 to 2020-21), and a forecast is always for later seasons than those
    /// fitted.
    double allowance = 1.0109;
    /// Taken where the standard deviation of his minutes is unknown: that of players with few
    /// games.
    double minutes_sd_prior = 7.0;
};

/// Those of points by default, as below; `form_parameters` has those of every count.
struct MovingAverageParameters {
    MinutesParameters minutes;
    SituationParameters situation;
    SpreadParameters spread;
    /// The rate a minute (half-life 10 games) is mixed with this rate at this weight in minutes.
    double rate_prior = 0.357;
    double rate_prior_minutes = 41.6;
};

struct ZoneMatchupParameters {
    /// Minutes, situation and spread as in the moving average, and its rate where zones are
    /// unknown.
    MovingAverageParameters form;
    /// Field-goal and free-throw attempts a minute (half-life 10) with their priors and weights in
    /// minutes.
    double attempts_prior = 0.286;
    double attempts_prior_minutes = 18.2;
    double free_throws_prior = 0.0077;
    double free_throws_prior_minutes = 68.8;
    /// Free-throw accuracy (half-life 30) with the league's at a weight in attempts.
    double free_throw_pct_prior = 0.77;
    double free_throw_pct_prior_attempts = 20;
    /// Exponent of the expected pace over the league's: less than 1, for part of it is in the
    /// opponent's volume by zone.
    double pace_exponent = 0.261;
    /// Where zones are unknown, or say nothing of the count: exponents of pace and of what the
    /// opponent allows, and a wider
    /// spread. Taking the zones away costs less than 1% of the standard deviation; a forecast with
    /// less behind it is never the narrower one, so that 2% is taken.
    double pace_exponent_without_zones = 0.6;
    double defence_exponent_without_zones = 1.03;
    double sd_factor_without_zones = 1.02;
};

/// Chance that an expected player plays: the feature `chance_to_play`, but for those on offer.
struct AvailabilityParameters {
    /// Where a sportsbook offers his points: 2.3% of such player games of 2022-23 (the one season
    /// with lines) were not played.
    double with_line = 0.977;
};

/// Of a count: points, rebounds, assists or threes.
[[nodiscard]] const MovingAverageParameters& form_parameters(Market count);
[[nodiscard]] const ZoneMatchupParameters& zone_parameters(Market count);

[[nodiscard]] Fingerprint hash(const MovingAverageParameters& parameters);
[[nodiscard]] Fingerprint hash(const ZoneMatchupParameters& parameters);
[[nodiscard]] Fingerprint hash(const AvailabilityParameters& parameters);

}  // namespace tipoff::forecast
