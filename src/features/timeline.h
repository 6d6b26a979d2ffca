#pragma once
/// The past in the order in which it is folded: nights of games, with every statement of their
/// results.
///
/// Players and teams get small dense numbers here. A timeline holds pointers into the summaries
/// that it is made from.

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"
#include "conform/summaries.h"
#include "features/matchup.h"

namespace tipoff::features {

/// One game of a night: its rows in the summaries, all statements of each.
struct GameEntry {
    const conform::Game* game = nullptr;
    std::span<const conform::PlayerGame> player_statements;  ///< by player id, then revision
    std::span<const conform::TeamOffense> team_statements;   ///< by team id, then revision
    std::size_t first_player_statement = 0;                  ///< its place in the summaries
};

struct Night {
    GameDate date;
    std::vector<GameEntry> games;
};

/// A player's position from the instant at which it is known.
struct PositionFact {
    KnownAt known_at;
    PlayerIndex player_index;
    std::string position;
};

class Timeline {
public:
    Timeline(const conform::Summaries& summaries, std::span<const collect::Position> positions);

    [[nodiscard]] std::span<const Night> nights() const { return nights_; }
    [[nodiscard]] std::span<const PositionFact> positions() const { return positions_; }

    /// A player who was never seen gets a number of his own at once: it has no past.
    [[nodiscard]] PlayerIndex index_of(PlayerId id) const;
    [[nodiscard]] TeamIndex index_of(TeamId id) const;

    /// The content of a player statement, by its place in the summaries.
    [[nodiscard]] Fingerprint statement_fingerprint(std::size_t place) const {
        return fingerprints_[place];
    }

private:
    std::vector<Night> nights_;
    std::vector<PositionFact> positions_;
    std::vector<Fingerprint> fingerprints_;
    mutable std::unordered_map<PlayerId, PlayerIndex> players_;
    mutable std::unordered_map<TeamId, TeamIndex> teams_;
};

}  // namespace tipoff::features
