#pragma once
/// Whom a name of a source means.
///
/// A player is found by the league's own id; else by the id under which the source was matched
/// before; else by name, among the players of the teams that are meant, in that season. A roster, a
/// report or a list may be ahead of the box scores by a trade, so it may also find the one player
/// of that name in the league; a box score may not: who played is of the team by then, and the one
/// whom the league has may be another of that name. Never by guess: a name that fits nobody, or
/// two, is unresolved.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/collected_tables.h"
#include "collect/import/player_index.h"
#include "collect/name_record.h"

namespace tipoff::collect {

/// A name as a source has it.
struct NamedPlayer {
    std::string_view source;
    std::string_view source_player_id;  ///< empty where there is none
    std::string_view name;
    std::span<const TeamId> teams;  ///< that he may be of
    Season season;
    GameDate date{};  ///< of the statement
};

/// The player of an id that is the league's; nothing for text that is none.
[[nodiscard]] std::optional<PlayerId> league_player(std::string_view source_player_id);

/// The one player whom the name of a source fits; `finish`ed players alone.
[[nodiscard]] std::optional<NameMatch> match_by_name(const PlayerIndex& players,
                                                     const NamedPlayer& named);

/// Whether the name of a source may fit somebody by now, whatever the teams were that it was looked
/// up with: the database has the first of them alone.
[[nodiscard]] bool may_be_found(const PlayerIndex& players, std::string_view source,
                                const UnresolvedName& name);

/// Ids under which players were matched before, by family and the source's id.
using PlayerIds = std::map<std::pair<std::string, std::string>, PlayerId, std::less<>>;

class PlayerFinder {
public:
    /// All outlive it.
    PlayerFinder(const PlayerIndex& players, PlayerIds ids, NameRecord& names);

    /// How he was found is noted, and the source's id of him is kept; whoever is not found is noted
    /// where the statement `is_new`.
    std::optional<PlayerId> find(const NamedPlayer& named, bool is_new);

    /// The ids that were matched here for the first time.
    [[nodiscard]] const std::vector<PlayerSourceId>& new_ids() const { return new_ids_; }

private:
    const PlayerIndex& players_;
    PlayerIds ids_;
    NameRecord& names_;
    std::vector<PlayerSourceId> new_ids_;
};

}  // namespace tipoff::collect
