#pragma once
/// Zones of NBA.com's shot charts, by their names and by a shot's place.

#include <optional>
#include <string_view>

#include "collect/raw_tables.h"

namespace tipoff::collect {

/// The zone that NBA.com calls so: "In The Paint (Non-RA)". Nothing where it calls none so.
[[nodiscard]] std::optional<ShotZone> find_shot_zone(std::string_view name);

/// The zone of a place, in feet from the middle of the hoop: `x` along the baseline, to the right
/// as the shooter looks at the hoop from the middle of the court, `y` towards the other hoop.
[[nodiscard]] ShotZone shot_zone_at(double x_feet, double y_feet, bool is_three_pointer);

}  // namespace tipoff::collect
