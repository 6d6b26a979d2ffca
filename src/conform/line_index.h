#pragma once
/// Lines by game and player, and what the books said at an instant.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "conform/lines.h"
#include "conform/raw_facts.h"
#include "conform/schedule.h"

namespace tipoff::conform {

struct GameLines {
    std::optional<Consensus> total;
    std::optional<Consensus> home_spread;  ///< the home side's handicap
};

/// A player of whom some book offers some line.
struct PlayerLine {
    PlayerId player_id;
    std::optional<Consensus> points;
};

/// Only lines that are admissible and not taken in play are seen. Holds pointers into the facts.
class LineIndex {
public:
    LineIndex(const RawFacts& facts, Admissible admissible);

    [[nodiscard]] GameLines of_game(GameId game, AsOf as_of) const;

    /// By player id.
    [[nodiscard]] std::vector<PlayerLine> of_players(GameId game, AsOf as_of) const;

private:
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    Admissible admissible_;
    std::vector<const collect::GameLine*> game_lines_;
    std::vector<const collect::PropLine*> prop_lines_;
    std::unordered_map<GameId, Range> game_ranges_;
    std::unordered_map<GameId, Range> prop_ranges_;
};

}  // namespace tipoff::conform
