#pragma once
/// Names that were looked up, and what came of it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "collect/raw_tables.h"
#include "store/database.h"

namespace tipoff::collect {

/// Names that were looked up, for ref.player_alias and ref.unresolved_name.
class NameRecord {
public:
    void found(std::string_view source, std::string_view name, TeamId team, Season season,
               PlayerId player, std::string_view basis);
    /// `name` as it was written; `date` of the statement.
    void not_found(std::string_view source, std::string_view name, TeamId team, Season season,
                   GameDate date);

    /// The player that one of these names was found to be elsewhere in this import, for the same
    /// team and season.
    [[nodiscard]] std::optional<PlayerId> known(std::string_view source, std::string_view name,
                                                TeamId team, Season season) const;

    [[nodiscard]] std::vector<PlayerAlias> aliases() const;
    [[nodiscard]] std::vector<UnresolvedName> unresolved() const;

private:
    using Key = std::tuple<std::string, std::string, TeamId, Season>;

    std::map<Key, PlayerAlias> aliases_;
    std::map<Key, UnresolvedName> unresolved_;
};

/// Takes names off the list of those that no player was found for, once they have an alias.
Status remove_resolved_names(store::Transaction& transaction);

}  // namespace tipoff::collect
