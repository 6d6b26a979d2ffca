#include "forecast/parameters.h"

#include <initializer_list>

namespace tipoff::forecast {
namespace {

// A constant that is added has to be added to the hash as well.
static_assert(sizeof(MovingAverageParameters) == 20 * sizeof(double));
static_assert(sizeof(ZoneMatchupParameters) == 30 * sizeof(double));
static_assert(sizeof(AvailabilityParameters) == 1 * sizeof(double));

void add_all(Hasher& hasher, std::initializer_list<double> values) {
    for (const double value : values)
        hasher.add(value);
}

void add_to(Hasher& hasher, const MovingAverageParameters& p) {
    const MinutesParameters& m = p.minutes;
    const SpreadParameters& s = p.spread;
    add_all(hasher, {m.short_weight, m.newcomer_minutes, m.long_prior, m.short_prior,
                     m.season_prior, m.intercept, m.slope, m.curvature});
    add_all(hasher, {p.situation.home, p.situation.absence});
    add_all(hasher, {s.constant, s.linear, s.quadratic, s.minutes, s.absence, s.inexperience,
                     s.allowance, s.minutes_sd_prior});
    add_all(hasher, {p.rate_prior, p.rate_prior_minutes});
}

Hasher versioned() {
    Hasher hasher;
    hasher.add(std::int64_t{kParametersVersion});
    return hasher;
}

}  // namespace

Fingerprint hash(const MovingAverageParameters& parameters) {
    Hasher hasher = versioned();
    add_to(hasher, parameters);
    return hasher.finish();
}

Fingerprint hash(const ZoneMatchupParameters& parameters) {
    const ZoneMatchupParameters& p = parameters;
    Hasher hasher = versioned();
    add_to(hasher, p.form);
    add_all(hasher,
            {p.attempts_prior, p.attempts_prior_minutes, p.free_throws_prior,
             p.free_throws_prior_minutes, p.free_throw_pct_prior, p.free_throw_pct_prior_attempts,
             p.pace_exponent, p.pace_exponent_without_zones, p.defence_exponent_without_zones,
             p.sd_factor_without_zones});
    return hasher.finish();
}

Fingerprint hash(const AvailabilityParameters& parameters) {
    Hasher hasher = versioned();
    hasher.add(parameters.with_line);
    return hasher.finish();
}

}  // namespace tipoff::forecast
