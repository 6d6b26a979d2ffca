#include "forecast/parameters.h"

#include <array>
#include <initializer_list>

namespace tipoff::forecast {
namespace {

// A constant that is added has to be added to the hash as well.
static_assert(sizeof(MovingAverageParameters) == 21 * sizeof(double));
static_assert(sizeof(ZoneMatchupParameters) == 31 * sizeof(double));
static_assert(sizeof(AvailabilityParameters) == 1 * sizeof(double));

constexpr MovingAverageParameters kFormOfPoints{};
constexpr MovingAverageParameters kFormOfRebounds{.situation = {.home = 0.0209, .absence = 0.0456},
                                                  .spread = {.constant = 0.252,
                                                             .linear = 1,
                                                             .quadratic = 0.0186,
                                                             .minutes = 0.754,
                                                             .absence = 0.0725,
                                                             .inexperience = 0.671,
                                                             .doubt = 0.218,
                                                             .allowance = 0.966},
                                                  .rate_prior = 0.1543,
                                                  .rate_prior_minutes = 26.1};
constexpr MovingAverageParameters kFormOfAssists{.situation = {.home = 0.0324, .absence = 0.0549},
                                                 .spread = {.constant = -0.011,
                                                            .linear = 1.125,
                                                            .quadratic = 0.0007,
                                                            .minutes = 0.736,
                                                            .absence = 0.0355,
                                                            .inexperience = 0.573,
                                                            .doubt = 0.017,
                                                            .allowance = 0.997},
                                                 .rate_prior = 0.0796,
                                                 .rate_prior_minutes = 28.9};
constexpr MovingAverageParameters kFormOfThrees{.situation = {.home = 0.0171, .absence = 0.059},
                                                .spread = {.constant = 0.032,
                                                           .linear = 1.096,
                                                           .quadratic = -0.0069,
                                                           .minutes = 0.64,
                                                           .absence = 0.0065,
                                                           .inexperience = 0.394,
                                                           .doubt = 0.037,
                                                           .allowance = 0.994},
                                                .rate_prior = 0.0425,
                                                .rate_prior_minutes = 22.5};

constexpr std::array kForms{kFormOfPoints, kFormOfRebounds, kFormOfAssists, kFormOfThrees};

constexpr std::array kZones{
    ZoneMatchupParameters{},
    ZoneMatchupParameters{.form = kFormOfRebounds, .sd_factor_without_zones = 1},
    ZoneMatchupParameters{.form = kFormOfAssists, .sd_factor_without_zones = 1},
    ZoneMatchupParameters{.form = kFormOfThrees},
};

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
                     s.doubt, s.allowance, s.minutes_sd_prior});
    add_all(hasher, {p.rate_prior, p.rate_prior_minutes});
}

Hasher versioned() {
    Hasher hasher;
    hasher.add(std::int64_t{kParametersVersion});
    return hasher;
}

}  // namespace

const MovingAverageParameters& form_parameters(Market count) { return kForms.at(index_of(count)); }

const ZoneMatchupParameters& zone_parameters(Market count) { return kZones.at(index_of(count)); }

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
