#pragma once
/// What the simulated books say of a game at an instant: for each book and market the lines of its
/// last look. A player whose lines a book has taken down is not in it.

#include <vector>

#include "league/upstreams/almanac.h"

namespace tipoff::league {

struct Quotation {
    const PropLine* line = nullptr;
    bool is_main = true;  ///< not of a ladder
};

/// In the order of books, looks and players.
[[nodiscard]] std::vector<Quotation> prop_quotations(const Almanac& almanac, std::size_t game,
                                                     Instant now);

/// When a book first looked at a game; nothing before it has. From then on it quotes the game.
[[nodiscard]] std::optional<Instant> first_look(const Almanac& almanac, std::size_t game,
                                                std::size_t book, Instant now);

}  // namespace tipoff::league
