#pragma once
/// Strong ids: a player's id is not a team's.
///
/// An id is a 64-bit whole number in memory. `PlayerId` and `TeamId` are NBA.com's ids where there
/// is one and negative otherwise. `GameId` is NBA.com's ten-character game id ("0022200001") read
/// as a number: digits 1-3 are the season type (002 regular season, 004 playoffs, 005 play-in, 006
/// Cup final), digits 4-5 the year in which the season starts. Ids of a simulated league are told
/// apart: a simulated game id starts with 9, a simulated player id is `kFirstSimulatedPlayer` or
/// above.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tipoff {

template <class Tag>
struct Id {
    std::int64_t value = 0;
    auto operator<=>(const Id&) const = default;
};

using PlayerId = Id<struct PlayerTag>;
using TeamId = Id<struct TeamTag>;
using GameId = Id<struct GameTag>;

inline constexpr std::int64_t kFirstSimulatedPlayer = 90'000'001;
inline constexpr std::int64_t kFirstSimulatedGame = 9'000'000'000;

[[nodiscard]] constexpr bool is_simulated(GameId id) { return id.value >= kFirstSimulatedGame; }
[[nodiscard]] constexpr bool is_simulated(PlayerId id) { return id.value >= kFirstSimulatedPlayer; }

/// The ten characters of a game id, leading zeros kept.
[[nodiscard]] std::string to_string(GameId id);

/// Reads a game id in any of NBA.com's forms: ten characters, or without its leading zeros (eight
/// digits). Anything else is `kInvalidInput`.
[[nodiscard]] Expected<GameId> parse_game_id(std::string_view text);

}  // namespace tipoff

template <class Tag>
struct std::hash<tipoff::Id<Tag>> {
    std::size_t operator()(const tipoff::Id<Tag>& id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
