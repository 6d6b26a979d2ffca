#pragma once
/// The five groups of shot zones that features use, and a game's attempts and makes in them.
///
/// NBA.com's seven zones, both corners taken together and heaves from the backcourt left out.

#include <array>
#include <cstddef>
#include <optional>

#include "conform/analytics_tables.h"

namespace tipoff::features {

inline constexpr std::size_t kZoneGroups = 5;
enum ZoneGroup : std::size_t { kRestrictedArea, kPaint, kMidRange, kCorner3, kAboveBreak3 };

/// Points of a made shot.
inline constexpr std::array<double, kZoneGroups> kZonePoints{2, 2, 2, 3, 3};

struct ZoneCounts {
    std::array<double, kZoneGroups> attempts{};
    std::array<double, kZoneGroups> makes{};

    void fade(double decay) {
        for (std::size_t z = 0; z < kZoneGroups; ++z) {
            attempts[z] *= decay;
            makes[z] *= decay;
        }
    }
    void add(const ZoneCounts& other) {
        for (std::size_t z = 0; z < kZoneGroups; ++z) {
            attempts[z] += other.attempts[z];
            makes[z] += other.makes[z];
        }
    }
    [[nodiscard]] double total_attempts() const {
        double total = 0;
        for (const double count : attempts)
            total += count;
        return total;
    }
};

/// The zones of a player's or team's game; nothing where the game has no shots on record.
template <class GameRow>
[[nodiscard]] std::optional<ZoneCounts> zone_counts(const GameRow& game) {
    if (!game.restricted_area_attempts) return std::nullopt;
    const auto sum = [](std::optional<std::int32_t> a, std::optional<std::int32_t> b = 0) {
        return static_cast<double>(a.value_or(0) + b.value_or(0));
    };
    return ZoneCounts{
        .attempts = {sum(game.restricted_area_attempts), sum(game.paint_attempts),
                     sum(game.mid_range_attempts),
                     sum(game.left_corner_3_attempts, game.right_corner_3_attempts),
                     sum(game.above_break_3_attempts)},
        .makes = {sum(game.restricted_area_makes), sum(game.paint_makes), sum(game.mid_range_makes),
                  sum(game.left_corner_3_makes, game.right_corner_3_makes),
                  sum(game.above_break_3_makes)},
    };
}

/// Share of recent games with shots on record below which zone features are unknown.
inline constexpr double kZoneCompletenessFloor = 0.5;

}  // namespace tipoff::features
