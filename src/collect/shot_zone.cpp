#include "collect/shot_zone.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, kShotZones> kNames{
    "Restricted Area", "In The Paint (Non-RA)", "Mid-Range", "Left Corner 3",
    "Right Corner 3",  "Above the Break 3",     "Backcourt"};

// The hoop's middle is 5.25 ft from the baseline; places are known to a tenth of a foot.
constexpr double kRounding = 0.05;
constexpr double kHalfCourt = 47 - 5.25 + kRounding;
constexpr double kBreak = 14 - 5.25 + kRounding;  ///< where the straight part of the line ends
constexpr double kFreeThrowLine = 19 - 5.25 + kRounding;
constexpr double kHalfLane = 8 + kRounding;
constexpr double kRestrictedRadius = 4.4;  ///< a circle of 4 ft, as NBA.com takes it

}  // namespace

std::optional<ShotZone> find_shot_zone(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<ShotZone>(found - kNames.begin());
}

ShotZone shot_zone_at(double x_feet, double y_feet, bool is_three_pointer) {
    if (y_feet > kHalfCourt) return ShotZone::kBackcourt;
    if (is_three_pointer) {
        if (y_feet > kBreak) return ShotZone::kAboveBreak3;
        return x_feet < 0 ? ShotZone::kLeftCorner3 : ShotZone::kRightCorner3;
    }
    if (std::hypot(x_feet, y_feet) <= kRestrictedRadius) return ShotZone::kRestrictedArea;
    const bool is_in_lane = std::abs(x_feet) <= kHalfLane && y_feet <= kFreeThrowLine;
    return is_in_lane ? ShotZone::kPaint : ShotZone::kMidRange;
}

}  // namespace tipoff::collect
