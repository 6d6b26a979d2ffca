#pragma once
/// What a simulated game leaves behind: one row a player, a team and a shot. Plain values.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tipoff::league {

/// The seven zones of NBA.com's shot charts. Players choose among the first six; the last is for
/// heaves.
enum class Zone : std::uint8_t {
    kRestrictedArea,
    kPaint,
    kMidRange,
    kLeftCorner3,
    kRightCorner3,
    kAboveBreak3,
    kBackcourt,
};
inline constexpr std::size_t kZones = 7;
inline constexpr std::size_t kChosenZones = 6;

[[nodiscard]] constexpr bool is_three(Zone zone) { return zone >= Zone::kLeftCorner3; }

/// Counting statistics, of a player or summed over a team.
struct BoxCounts {
    int points = 0;
    int field_goals_made = 0;
    int field_goals_attempted = 0;
    int threes_made = 0;
    int threes_attempted = 0;
    int free_throws_made = 0;
    int free_throws_attempted = 0;
    int offensive_rebounds = 0;
    int defensive_rebounds = 0;
    int assists = 0;
    int steals = 0;
    int blocks = 0;
    int turnovers = 0;
    int fouls = 0;
    int plus_minus = 0;

    [[nodiscard]] int rebounds() const { return offensive_rebounds + defensive_rebounds; }
    BoxCounts& operator+=(const BoxCounts& other);
    bool operator==(const BoxCounts&) const = default;
};

/// How a shot came about; chooses among the upstream's names of action types.
enum class ShotKind : std::uint8_t { kSetUp, kSelfCreated, kPutback };

struct ShotEvent {
    std::uint32_t player = 0;       ///< index of the player in the league
    std::uint8_t side = 0;          ///< 0 home, 1 away
    std::uint8_t period = 0;        ///< 1 to 4, then overtimes
    std::int16_t seconds_left = 0;  ///< in the period
    Zone zone = Zone::kRestrictedArea;
    ShotKind kind = ShotKind::kSelfCreated;
    bool made = false;
};

/// A free throw, in its place among the shots of the game.
struct FreeThrowEvent {
    std::uint32_t player = 0;        ///< index of the player in the league
    std::uint8_t side = 0;           ///< 0 home, 1 away
    std::uint8_t period = 0;         ///< 1 to 4, then overtimes
    std::int16_t seconds_left = 0;   ///< in the period
    std::uint16_t shots_before = 0;  ///< shots from the field that had been taken by then
    bool made = false;
};

}  // namespace tipoff::league
