#include "league/shot_chart.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <span>

namespace tipoff::league {
namespace {

/// A name of an action: how often shots of the zone have it when made and when missed (2022-23, per
/// 1,000 of the zone), by how they came about.
struct Action {
    std::string_view name;
    double made;
    double missed;
    bool set_up;  ///< off a pass
    bool self_created;
    bool putback;
};

constexpr std::array kRestrictedArea{
    Action{"Driving Layup Shot", 121, 97, true, true, false},
    Action{"Running Layup Shot", 58, 31, true, true, false},
    Action{"Cutting Layup Shot", 53, 18, true, false, false},
    Action{"Tip Layup Shot", 35, 36, false, false, true},
    Action{"Layup Shot", 39, 31, true, true, false},
    Action{"Driving Finger Roll Layup Shot", 45, 22, false, true, false},
    Action{"Putback Layup Shot", 34, 15, false, false, true},
    Action{"Cutting Dunk Shot", 46, 3, true, false, false},
    Action{"Running Dunk Shot", 37, 2, true, true, false},
    Action{"Driving Reverse Layup Shot", 18, 14, false, true, false},
    Action{"Driving Dunk Shot", 23, 5, false, true, false},
    Action{"Dunk Shot", 21, 3, true, true, false},
    Action{"Alley Oop Dunk Shot", 21, 2, true, false, false},
    Action{"Running Finger Roll Layup Shot", 16, 5, false, true, false},
    Action{"Reverse Layup Shot", 14, 6, true, true, false},
    Action{"Driving Floating Jump Shot", 6, 9, false, true, false},
    Action{"Tip Dunk Shot", 11, 2, false, false, true},
    Action{"Alley Oop Layup shot", 8, 3, true, false, false},
    Action{"Putback Dunk Shot", 7, 1, false, false, true},
};
constexpr std::array kPaint{
    Action{"Driving Floating Jump Shot", 94, 117, true, true, false},
    Action{"Driving Layup Shot", 35, 80, true, true, false},
    Action{"Pullup Jump shot", 51, 54, true, true, false},
    Action{"Floating Jump shot", 39, 44, true, true, false},
    Action{"Driving Floating Bank Jump Shot", 26, 24, false, true, false},
    Action{"Turnaround Hook Shot", 24, 23, true, true, false},
    Action{"Fadeaway Jump Shot", 18, 25, false, true, false},
    Action{"Turnaround Jump Shot", 18, 23, true, true, false},
    Action{"Turnaround Fadeaway shot", 18, 21, false, true, false},
    Action{"Hook Shot", 15, 16, true, true, false},
    Action{"Layup Shot", 9, 20, true, true, true},
    Action{"Jump Shot", 12, 17, true, true, true},
    Action{"Driving Hook Shot", 11, 16, false, true, false},
    Action{"Cutting Layup Shot", 10, 11, true, false, false},
};
constexpr std::array kMidRange{
    Action{"Pullup Jump shot", 179, 239, true, true, false},
    Action{"Jump Shot", 63, 90, true, true, true},
    Action{"Step Back Jump shot", 57, 76, false, true, false},
    Action{"Fadeaway Jump Shot", 29, 43, true, true, false},
    Action{"Turnaround Fadeaway shot", 23, 36, false, true, false},
    Action{"Driving Floating Jump Shot", 20, 30, false, true, false},
    Action{"Turnaround Jump Shot", 15, 20, true, true, false},
    Action{"Floating Jump shot", 7, 12, false, true, false},
};
constexpr std::array kCorner{
    Action{"Jump Shot", 334, 527, true, true, true},
    Action{"Running Jump Shot", 26, 37, true, true, false},
    Action{"Step Back Jump shot", 15, 27, false, true, false},
    Action{"Pullup Jump shot", 8, 15, false, true, false},
};
constexpr std::array kAboveBreak{
    Action{"Jump Shot", 229, 417, true, true, true},
    Action{"Pullup Jump shot", 62, 119, false, true, false},
    Action{"Step Back Jump shot", 32, 58, false, true, false},
    Action{"Running Jump Shot", 17, 27, true, true, false},
    Action{"Running Pull-Up Jump Shot", 12, 20, false, true, false},
};
constexpr std::array kBackcourt{
    Action{"Jump Shot", 10, 480, true, true, true},
    Action{"Pullup Jump shot", 12, 264, false, true, false},
    Action{"Running Jump Shot", 3, 137, false, true, false},
};

std::span<const Action> actions_of(Zone zone) {
    switch (zone) {
        case Zone::kRestrictedArea: return kRestrictedArea;
        case Zone::kPaint: return kPaint;
        case Zone::kMidRange: return kMidRange;
        case Zone::kLeftCorner3:
        case Zone::kRightCorner3: return kCorner;
        case Zone::kAboveBreak3: return kAboveBreak;
        case Zone::kBackcourt: return kBackcourt;
    }
    return kAboveBreak;
}

std::string_view action_of(const ShotEvent& shot, Random& random) {
    const auto actions = actions_of(shot.zone);
    constexpr std::size_t kMostActions = 24;
    std::array<double, kMostActions> weights{};
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const Action& action = actions[i];
        const bool fits = shot.kind == ShotKind::kSetUp         ? action.set_up
                          : shot.kind == ShotKind::kSelfCreated ? action.self_created
                                                                : action.putback;
        if (fits) weights[i] = shot.made ? action.made : action.missed;
    }
    return actions[random.pick(std::span(weights).first(actions.size()))].name;
}

// The floor, in tenths of a foot around the hoop.
constexpr int kBaseline = -52;
constexpr int kRestrictedRadius = 40;
constexpr int kPaintHalfWidth = 80;
constexpr int kPaintDepth = 137;
constexpr int kCornerWidth = 220;
constexpr int kCornerDepth = 87;
constexpr int kSideline = 250;
constexpr double kArcRadius = 237.5;

struct Spot {
    int x = 0;
    int y = 0;

    [[nodiscard]] double distance() const { return std::sqrt(static_cast<double>(x * x + y * y)); }
};

bool is_behind_arc(const Spot& spot) {
    return spot.y < kCornerDepth ? std::abs(spot.x) >= kCornerWidth : spot.distance() >= kArcRadius;
}

bool is_in_paint(const Spot& spot) {
    return std::abs(spot.x) <= kPaintHalfWidth && spot.y <= kPaintDepth;
}

bool is_in(Zone zone, const Spot& spot) {
    switch (zone) {
        case Zone::kRestrictedArea: return spot.distance() < kRestrictedRadius;
        case Zone::kPaint: return is_in_paint(spot) && spot.distance() >= kRestrictedRadius;
        case Zone::kMidRange: return !is_behind_arc(spot) && !is_in_paint(spot);
        case Zone::kLeftCorner3:
        case Zone::kRightCorner3: return spot.y < kCornerDepth && is_behind_arc(spot);
        case Zone::kAboveBreak3: return spot.y >= kCornerDepth && is_behind_arc(spot);
        case Zone::kBackcourt: return true;
    }
    return false;
}

/// One try at a spot; most are in the zone.
Spot some_spot(Zone zone, Random& random) {
    const auto near = [&](double mean, double sd) {
        return static_cast<int>(random.normal(mean, sd));
    };
    switch (zone) {
        case Zone::kRestrictedArea: return {near(0.0, 14.7), near(11.0, 10.2)};
        case Zone::kPaint: return {near(0.0, 41.0), near(58.0, 34.0)};
        case Zone::kMidRange: return {near(0.0, 108.0), near(92.0, 66.0)};
        case Zone::kLeftCorner3: return {near(231.0, 4.8), near(20.0, 26.0)};
        case Zone::kRightCorner3: return {near(-231.0, 4.8), near(24.0, 26.0)};
        case Zone::kAboveBreak3: {
            // Just behind the arc: a depth beyond it at some place along the baseline.
            // The wings are more frequent than the top of the arc.
            const double wing = random.chance(0.5) ? 148.0 : -148.0;
            const int x = random.chance(0.80) ? near(wing, 48.0) : near(0.0, 55.0);
            const double depth = kArcRadius + 2.0 + std::abs(random.normal(0.0, 25.0));
            const double left = depth * depth - static_cast<double>(x) * x;
            return {x, left > 0.0 ? static_cast<int>(std::sqrt(left)) : 0};
        }
        case Zone::kBackcourt: return {near(0.0, 110.0), random.between(425, 655)};
    }
    return {};
}

Spot spot_in(Zone zone, Random& random) {
    // Most tries succeed; the limit is never met in practice and only bounds the loop.
    constexpr int kTries = 1000;
    for (int i = 0; i < kTries; ++i) {
        const Spot spot = some_spot(zone, random);
        if (spot.y <= kBaseline || std::abs(spot.x) > kSideline) continue;
        if (is_in(zone, spot)) return spot;
    }
    return {};
}

/// The five sectors that shot charts name, by the angle seen from the hoop.
std::string_view side_of_floor(Zone zone, const Spot& spot) {
    if (zone == Zone::kBackcourt) return "Back Court";
    constexpr double kTangent18 = 0.3249196962;
    constexpr double kTangent30 = 0.5773502692;
    constexpr double kTangent54 = 1.3763819205;
    const double ahead = spot.y;
    const double aside = std::abs(spot.x);
    const bool is_left = spot.x > 0;
    const double distance = spot.distance();
    if (distance < 80.0) return "Center";
    if (distance < 160.0) {
        if (ahead > 0.0 && aside < kTangent30 * ahead) return "Center";
        return is_left ? "Left Side" : "Right Side";
    }
    if (ahead > 0.0 && aside < kTangent18 * ahead) return "Center";
    if (zone == Zone::kAboveBreak3 || (ahead > 0.0 && aside < kTangent54 * ahead)) {
        return is_left ? "Left Side Center" : "Right Side Center";
    }
    return is_left ? "Left Side" : "Right Side";
}

std::string_view range_of(Zone zone, const Spot& spot) {
    if (zone == Zone::kBackcourt) return "Back Court Shot";
    if (is_three(zone)) return "24+ ft.";
    const double feet = spot.distance() / 10.0;
    return feet < 8.0 ? "Less Than 8 ft." : feet < 16.0 ? "8-16 ft." : "16-24 ft.";
}

}  // namespace

std::string_view to_string(Zone zone) {
    static constexpr std::array<std::string_view, kZones> kNames{
        "Restricted Area", "In The Paint (Non-RA)", "Mid-Range", "Left Corner 3",
        "Right Corner 3",  "Above the Break 3",     "Backcourt"};
    return kNames[static_cast<std::size_t>(zone)];
}

ShotSpot spot_of(const ShotEvent& shot, Random& random) {
    const std::string_view action = action_of(shot, random);
    const Spot spot = spot_in(shot.zone, random);
    return {.x_tenths = spot.x,
            .y_tenths = spot.y,
            .distance_feet = static_cast<int>(spot.distance() / 10.0),
            .action = action,
            .side_of_floor = side_of_floor(shot.zone, spot),
            .range = range_of(shot.zone, spot)};
}

}  // namespace tipoff::league
