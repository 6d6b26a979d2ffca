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

    /// A list says for which team he is. It moves him until he is seen in a later game; one who has
    /// never been seen is not brought in by a list.
    void observe(PlayerNumber player, std::optional<TeamId> team, GameDate listed_on);

    /// The team for which he last appeared, or for which a later list has him; none where that list
    /// has him for no team.
    [[nodiscard]] TeamId team(PlayerNumber player) const { return players_[player].team; }

    /// Put on the injured list, not taken off it, and not seen in a game of a later date.
    [[nodiscard]] bool is_out(PlayerNumber player) const;

    /// The players whose team this is, in no particular order.
    [[nodiscard]] std::span<const PlayerNumber> last_seen_with(TeamId team) const;

private:
    struct Player {
        std::vector<Appearance> appearances;
        const collect::InjuryTransaction* injury = nullptr;
        TeamId team;
        std::optional<GameDate> listed_on;
    };

    void move(PlayerNumber player, TeamId to);

    std::vector<Player> players_;
    std::unordered_map<TeamId, std::vector<PlayerNumber>> rosters_;
};

}  // namespace tipoff::conform
