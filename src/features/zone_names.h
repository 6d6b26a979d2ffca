#pragma once
/// The names of the zone groups, as in the names of features and columns.

#include <array>
#include <string_view>

#include "features/families/zones.h"

namespace tipoff::features {

inline constexpr std::array<std::string_view, kZoneGroups> kZoneNames{
    "restricted_area", "paint", "mid_range", "corner_3", "above_break_3"};

}  // namespace tipoff::features
