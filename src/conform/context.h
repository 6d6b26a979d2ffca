#pragma once
/// A game's teams and expected players, as they stood before it.
///
/// Two rules keep the future out. A fact is used only if `ContextOptions::admissible` lets its
/// `known_at` before the as-of instant; and no result of a game date is seen by a game of that
/// date. The as-of instant of a game is its tip-off, or the one asked for where that is earlier.
///
/// A player is expected for the team for which he last appeared in any game, or for which a later
/// list of players has him (so a trade moves him as soon as a list says so), if he appeared this
/// season or last; and, where one of the two teams is his, whenever a book offers a line for him.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conform/analytics_tables.h"
#include "conform/raw_facts.h"
#include "conform/schedule.h"
#include "conform/summaries.h"

namespace tipoff::conform {

struct ContextOptions {
    /// Look from this instant at games that tip off after it.
    std::optional<AsOf> as_of;

    /// The guard between the future and a context. A test takes it out to see that it is needed.
    Admissible admissible = &is_admissible;
};

/// A player for whom a book offers a line, and whose team only a roster could tell: he last
/// appeared for a third team, or never.
struct UnplacedPlayer {
    GameId game_id;
    PlayerId player_id;
    GameDate game_date{};
    AsOf as_of{};
    std::string player_name;  ///< empty when no source names him
};

/// In game order, then by team or player id.
struct Contexts {
    std::vector<TeamContext> teams;
    std::vector<PlayerContext> players;
    std::vector<UnplacedPlayer> unplaced;
};

/// The state of the league, walked forward game by game. A copy stands where the original stood.
/// The summaries and facts must outlive it and stay as they are.
class ContextFold {
public:
    ContextFold(const Summaries& summaries, const RawFacts& facts, const ContextOptions& options);
    ContextFold(const ContextFold&);
    ContextFold& operator=(const ContextFold&);
    ContextFold(ContextFold&&) noexcept;
    ContextFold& operator=(ContextFold&&) noexcept;
    ~ContextFold();

    /// Adds the rows of a game of the summaries: two teams and their players, or none where the
    /// game is known to be postponed. Quick when games are asked for in game order; any may be left
    /// out, and the rows of a game are the same to the bit whichever were. An earlier game starts
    /// over.
    void emit(const Game& game, Contexts& out);

    /// Another `ContextOptions::as_of` from here on. A later one goes on from where the walk is.
    void look_from(std::optional<AsOf> as_of) { as_of_ = as_of; }

private:
    struct Facts;
    struct State;
    std::shared_ptr<const Facts> facts_;
    std::optional<AsOf> as_of_;
    std::unique_ptr<State> state_;
};

/// The contexts of all games of the dates, both included, past or next.
[[nodiscard]] Contexts contexts(const Summaries& summaries, const RawFacts& facts, GameDate from,
                                GameDate to, const ContextOptions& options = {});

}  // namespace tipoff::conform
