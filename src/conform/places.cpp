#include "conform/places.h"

#include <date/tz.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace tipoff::conform {
namespace {

constexpr double kEarthRadiusMiles = 3958.8;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

std::chrono::seconds offset_from_utc(const collect::City& city, Instant at) {
    const auto* zone = date::locate_zone(std::string(city.time_zone));
    return zone->get_info(std::chrono::floor<std::chrono::seconds>(at)).offset;
}

}  // namespace

const collect::City* place_of(std::string_view city, TeamId home_team) {
    if (!city.empty()) return collect::find_city(city);
    const collect::Team* team = collect::find_team(home_team);
    return team ? collect::find_city(team->city) : nullptr;
}

double miles_between(const collect::City& from, const collect::City& to) {
    const double latitude = std::sin(radians(to.latitude - from.latitude) / 2);
    const double longitude = std::sin(radians(to.longitude - from.longitude) / 2);
    const double h = latitude * latitude + std::cos(radians(from.latitude)) *
                                               std::cos(radians(to.latitude)) * longitude *
                                               longitude;
    return 2 * kEarthRadiusMiles * std::asin(std::sqrt(std::min(1.0, h)));
}

int hours_ahead(const collect::City& from, const collect::City& to, Instant at) {
    if (from.time_zone == to.time_zone) return 0;
    const auto difference = offset_from_utc(to, at) - offset_from_utc(from, at);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(difference).count());
}

}  // namespace tipoff::conform
