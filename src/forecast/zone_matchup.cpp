#include "forecast/zone_matchup.h"

#include <cmath>

#include "features/families/zones.h"
#include "forecast/feature_places.h"
#include "forecast/moving_average.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

struct AttemptValue {
    double usual = 0;    ///< points of an attempt against a defence like the league's
    double matchup = 0;  ///< against this one; NaN where a zone is unknown
};

AttemptValue attempt_value(const MatchupFeatures& features) {
    AttemptValue value;
    for (std::size_t zone = 0; zone < features::kZoneGroups; ++zone) {
        const double usual = features.value(place::kZoneShare[zone]) *
                             features.value(place::kZoneAccuracy[zone]) *
                             features::kZonePoints[zone];
        value.usual += usual;
        value.matchup += usual * features.value(place::kOpponentVolume[zone]) *
                         features.value(place::kOpponentAccuracy[zone]);
    }
    return value;
}

/// `factor` to the power of `exponent`; 1 where it is unknown, and that is noted.
double power_or_one(double factor, double exponent, MissingSet& missing) {
    if (!std::isnan(factor)) return std::pow(factor, exponent);
    missing.add(Missing::kPace);
    return 1;
}

Forecast without_zones(const MatchupFeatures& features, const ZoneMatchupParameters& p) {
    Forecast forecast = moving_average(features, p.form);
    forecast.missing.add(Missing::kZones);
    const double form = forecast.mean;
    const double defended = form * power_or_one(features.value(place::kOpponentDefence),
                                                p.defence_exponent_without_zones, forecast.missing);
    forecast.mean =
        within_range(defended * power_or_one(features.value(place::kExpectedPace),
                                             p.pace_exponent_without_zones, forecast.missing));
    // The spread goes with the mean as it does everywhere.
    forecast.sd = points_sd(forecast.mean, features.value(place::kMinutesSd),
                            playing_time(features, p.form.minutes), p.form.spread) *
                  p.sd_factor_without_zones;
    forecast.contributions.add(Part::kOpponent, defended - form);
    forecast.contributions.add(Part::kPace, forecast.mean - defended);
    return forecast;
}

/// Points of the shots he should take, before pace and situation.
struct Scoring {
    double shot_mix = 0;  ///< against a defence like the league's, free throws with them
    double opponent = 0;  ///< what this defence adds or takes
};

Scoring scoring(const MatchupFeatures& features, const AttemptValue& value, const PlayingTime& time,
                const ZoneMatchupParameters& p) {
    const double free_throws_a_minute = features.value(place::kFreeThrowsPerMinute);
    const double minutes_behind = time.usual_minutes * effective_games(time.games, kRateHalfLife);
    const double attempts =
        time.minutes * shrunk(features.value(place::kAttemptsPerMinute), minutes_behind,
                              p.attempts_prior, p.attempts_prior_minutes);
    const double free_throws =
        time.minutes * shrunk(free_throws_a_minute, minutes_behind, p.free_throws_prior,
                              p.free_throws_prior_minutes);
    const double free_throws_behind =
        time.usual_minutes * free_throws_a_minute * effective_games(time.games, kFreeThrowHalfLife);
    const double free_throw_pct = shrunk(features.value(place::kFreeThrowPct), free_throws_behind,
                                         p.free_throw_pct_prior, p.free_throw_pct_prior_attempts);
    return {.shot_mix = attempts * value.usual + free_throws * free_throw_pct,
            .opponent = attempts * (value.matchup - value.usual)};
}

}  // namespace

Forecast zone_matchup(const MatchupFeatures& features, const ZoneMatchupParameters& parameters) {
    const ZoneMatchupParameters& p = parameters;
    const AttemptValue value = attempt_value(features);
    if (std::isnan(features.value(place::kAttemptsPerMinute)) ||
        std::isnan(features.value(place::kFreeThrowsPerMinute))) {
        Forecast forecast = without_zones(features, p);
        forecast.missing.add(Missing::kAttempts);
        return forecast;
    }
    if (std::isnan(value.matchup)) return without_zones(features, p);

    const PlayingTime time = playing_time(features, p.form.minutes);
    Forecast forecast;
    forecast.missing = time.missing;
    forecast.minutes = time.minutes;
    const auto [shot_mix, opponent] = scoring(features, value, time, p);
    const double pace_factor =
        power_or_one(features.value(place::kExpectedPace), p.pace_exponent, forecast.missing);
    const double neutral = (shot_mix + opponent) * pace_factor;
    const double home = neutral * p.form.situation.home * (features.value(place::kIsHome) - 0.5);
    const double absence = -neutral * p.form.situation.absence * time.absence;
    forecast.mean = within_range(neutral + home + absence);
    const double minutes_sd = features.value(place::kMinutesSd);
    if (std::isnan(minutes_sd)) forecast.missing.add(Missing::kMinutesSpread);
    forecast.sd = points_sd(forecast.mean, minutes_sd, time, p.form.spread);
    forecast.contributions.add(Part::kShotMix, shot_mix);
    forecast.contributions.add(Part::kOpponent, opponent);
    forecast.contributions.add(Part::kPace, neutral - shot_mix - opponent);
    forecast.contributions.add(Part::kHome, home);
    forecast.contributions.add(Part::kAbsence, absence);
    return forecast;
}

}  // namespace tipoff::forecast
