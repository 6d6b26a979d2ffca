#include "forecast/zone_matchup.h"

#include <array>
#include <cmath>
#include <optional>

#include "features/families/zones.h"
#include "forecast/feature_places.h"
#include "forecast/moving_average.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

/// What a shot that goes in adds to a count.
struct ShotCounts {
    std::array<double, features::kZoneGroups> by_zone{};
    double free_throw = 0;
};

/// Nothing where shots say nothing of the count.
std::optional<ShotCounts> shot_counts(Market count) {
    ShotCounts counts;
    for (std::size_t zone = 0; zone < features::kZoneGroups; ++zone) {
        const double points = features::kZonePoints[zone];
        counts.by_zone[zone] = count == Market::kPoints ? points : points == 3 ? 1 : 0;
    }
    counts.free_throw = count == Market::kPoints ? 1 : 0;
    if (count == Market::kPoints || count == Market::kThrees) return counts;
    return std::nullopt;
}

struct AttemptValue {
    double usual = 0;    ///< of an attempt against a defence like the league's, in the count
    double matchup = 0;  ///< against this one; NaN where a zone is unknown
};

AttemptValue attempt_value(const MatchupFeatures& features, const ShotCounts& counts) {
    AttemptValue value;
    for (std::size_t zone = 0; zone < features::kZoneGroups; ++zone) {
        if (counts.by_zone[zone] == 0) continue;
        const double usual = features.value(place::kZoneShare[zone]) *
                             features.value(place::kZoneAccuracy[zone]) * counts.by_zone[zone];
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

Forecast without_zones(const MatchupFeatures& features, Market count,
                       const ZoneMatchupParameters& p) {
    Forecast forecast = moving_average(features, count, p.form);
    const double form = forecast.mean;
    const double defended =
        form * power_or_one(features.value(place::kOpponentAllows.at(index_of(count))),
                            p.defence_exponent_without_zones, forecast.missing);
    forecast.mean =
        within_range(defended * power_or_one(features.value(place::kExpectedPace),
                                             p.pace_exponent_without_zones, forecast.missing));
    // The spread goes with the mean as it does everywhere.
    forecast.sd = count_sd(forecast.mean, features.value(place::kMinutesSd),
                           playing_time(features, p.form.minutes), p.form.spread) *
                  p.sd_factor_without_zones;
    forecast.contributions.add(Part::kOpponent, defended - form);
    forecast.contributions.add(Part::kPace, forecast.mean - defended);
    return forecast;
}

/// What the shots that he should take add up to, before pace and situation.
struct Scoring {
    double shot_mix = 0;  ///< against a defence like the league's, free throws with them
    double opponent = 0;  ///< what this defence adds or takes
};

Scoring scoring(const MatchupFeatures& features, const AttemptValue& value,
                const ShotCounts& counts, const PlayingTime& time, const ZoneMatchupParameters& p) {
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
    return {.shot_mix = attempts * value.usual + counts.free_throw * free_throws * free_throw_pct,
            .opponent = attempts * (value.matchup - value.usual)};
}

}  // namespace

Forecast zone_matchup(const MatchupFeatures& features, Market count,
                      const ZoneMatchupParameters& parameters) {
    const ZoneMatchupParameters& p = parameters;
    const auto counts = shot_counts(count);
    if (!counts) return without_zones(features, count, p);
    const AttemptValue value = attempt_value(features, *counts);
    const bool has_attempts = !std::isnan(features.value(place::kAttemptsPerMinute)) &&
                              !std::isnan(features.value(place::kFreeThrowsPerMinute));
    if (!has_attempts || std::isnan(value.matchup)) {
        Forecast forecast = without_zones(features, count, p);
        forecast.missing.add(Missing::kZones);
        if (!has_attempts) forecast.missing.add(Missing::kAttempts);
        return forecast;
    }

    const PlayingTime time = playing_time(features, p.form.minutes);
    Forecast forecast;
    forecast.market = count;
    forecast.missing = time.missing;
    forecast.minutes = time.minutes;
    const auto [shot_mix, opponent] = scoring(features, value, *counts, time, p);
    const double pace_factor =
        power_or_one(features.value(place::kExpectedPace), p.pace_exponent, forecast.missing);
    const double neutral = (shot_mix + opponent) * pace_factor;
    const double home = neutral * p.form.situation.home * (features.value(place::kIsHome) - 0.5);
    const double absence = -neutral * p.form.situation.absence * time.absence;
    forecast.mean = within_range(neutral + home + absence);
    const double minutes_sd = features.value(place::kMinutesSd);
    if (std::isnan(minutes_sd)) forecast.missing.add(Missing::kMinutesSpread);
    forecast.sd = count_sd(forecast.mean, minutes_sd, time, p.form.spread);
    forecast.contributions.add(Part::kShotMix, shot_mix);
    forecast.contributions.add(Part::kOpponent, opponent);
    forecast.contributions.add(Part::kPace, neutral - shot_mix - opponent);
    forecast.contributions.add(Part::kHome, home);
    forecast.contributions.add(Part::kAbsence, absence);
    return forecast;
}

}  // namespace tipoff::forecast
