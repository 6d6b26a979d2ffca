#pragma once
/// What is known of the players so far: where they appeared, for whom, and who is on the injured
/// list. Grows by observations; a copy stands where the original stood.

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"

namespace tipoff::conform {

/// A player's number in a `PlayerHistory`: 0, 1, 2, ...
using PlayerNumber = std::uint32_t;

struct Appearance {
    std::uint32_t game = 0;  ///< the game's place in game order
    GameDate game_date{};
    Season season;
    TeamId team_id;
    std::int32_t minutes = 0;
    const PlayerGame* row = nullptr;
};

class PlayerHistory {
public:
    explicit PlayerHistory(std::size_t players) : players_(players) {}

    /// A statement of a player's game; it takes the place of an earlier one of the same game.
    void observe(PlayerNumber player, std::uint32_t game, const PlayerGame& row);

    /// The newest by date, then ordinal, counts, in whatever order they are observed.
    void observe(PlayerNumber player, const collect::InjuryTransaction& transaction);

    /// In game order.
    [[nodiscard]] std::span<const Appearance> appearances(PlayerNumber player) const {
        return players_[player].appearances;
    }

    /// Put on the injured list, not taken off it, and not seen in a game of a later date.
    [[nodiscard]] bool is_out(PlayerNumber player) const;

    /// The players whose newest appearance was for this team, in no particular order.
    [[nodiscard]] std::span<const PlayerNumber> last_seen_with(TeamId team) const;

private:
    struct Player {
        std::vector<Appearance> appearances;
        const collect::InjuryTransaction* injury = nullptr;
    };

    void move(PlayerNumber player, TeamId from, TeamId to);

    std::vector<Player> players_;
    std::unordered_map<TeamId, std::vector<PlayerNumber>> rosters_;
};

}  // namespace tipoff::conform
