#pragma once
/// Where on the floor a shot was taken and what the league's scorers call it: the part of a shot
/// that no box score depends on.

#include <string_view>

#include "league/box.h"
#include "league/random.h"

namespace tipoff::league {

struct ShotSpot {
    int x_tenths =
        0;  ///< tenths of a foot from the middle of the hoop; to the left corner is positive
    int y_tenths = 0;                ///< tenths of a foot from the hoop towards the other one
    int distance_feet = 0;           ///< whole feet, rounded down
    std::string_view action;         ///< "Driving Layup Shot"
    std::string_view side_of_floor;  ///< `ZONE_NAME`: "Left Side Center"
    std::string_view range;          ///< `ZONE_RANGE`: "8-16 ft."
};

/// `BASIC_ZONE` of shot charts: "Restricted Area".
[[nodiscard]] std::string_view to_string(Zone zone);

/// A spot within the shot's zone, as far and as often to each side as in 2022-23, and a fitting
/// action.
[[nodiscard]] ShotSpot spot_of(const ShotEvent& shot, Random& random);

}  // namespace tipoff::league
