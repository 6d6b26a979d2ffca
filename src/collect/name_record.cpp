#include "collect/name_record.h"

#include <algorithm>

#include "base/names.h"
#include "collect/import/player_index.h"

namespace tipoff::collect {

void NameRecord::found(std::string_view source, std::string_view name, TeamId team, Season season,
                       PlayerId player, std::string_view basis) {
    if (basis == "manual") return;  // a document of its own states it
    for (const auto& folded : folded_names(name)) {
        PlayerAlias alias{.source = std::string(source),
                          .folded_name = folded,
                          .team_id = team,
                          .season = season,
                          .player_id = player,
                          .basis = std::string(basis)};
        aliases_.try_emplace({alias.source, folded, team, season}, alias);
    }
}

void NameRecord::not_found(std::string_view source, std::string_view name, TeamId team,
                           Season season, GameDate date) {
    const auto folded = folded_names(name);
    const std::string key = folded.empty() ? fold_name(name) : folded.front();
    auto [place, added] = unresolved_.try_emplace({std::string(source), key, team, season});
    UnresolvedName& entry = place->second;
    if (added) {
        entry = {.source = std::string(source),
                 .folded_name = key,
                 .team_id = team,
                 .season = season,
                 .player_name = std::string(name),
                 .occurrences = 0,
                 .first_seen = date,
                 .last_seen = date};
    }
    ++entry.occurrences;
    entry.first_seen = std::min(entry.first_seen, date);
    entry.last_seen = std::max(entry.last_seen, date);
    // The same folded name may be written in several ways: one of them, whatever the order.
    if (name < entry.player_name) entry.player_name = name;
}

std::optional<PlayerId> NameRecord::known(std::string_view source, std::string_view name,
                                          TeamId team, Season season) const {
    for (const auto& folded : folded_names(name)) {
        const auto alias = aliases_.find({std::string(source), folded, team, season});
        if (alias != aliases_.end()) return alias->second.player_id;
    }
    return std::nullopt;
}

std::vector<PlayerAlias> NameRecord::aliases() const {
    std::vector<PlayerAlias> rows;
    rows.reserve(aliases_.size());
    for (const auto& [key, alias] : aliases_)
        rows.push_back(alias);
    return rows;
}

std::vector<UnresolvedName> NameRecord::unresolved() const {
    std::vector<UnresolvedName> rows;
    rows.reserve(unresolved_.size());
    for (const auto& [key, name] : unresolved_)
        rows.push_back(name);
    return rows;
}

Status remove_resolved_names(store::Transaction& transaction) {
    TIPOFF_CHECK(transaction.execute(
        "DELETE FROM ref.unresolved_name AS u WHERE EXISTS (SELECT 1 FROM ref.player_alias AS a "
        "WHERE a.source = u.source AND a.folded_name = u.folded_name AND a.team_id = u.team_id "
        "AND a.season = u.season)",
        {}));
    return {};
}

}  // namespace tipoff::collect
