#include "collect/roster_spells.h"

#include <fmt/core.h>

#include <map>
#include <set>
#include <tuple>

#include "collect/raw_tables.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

/// What a list says of a player; a change of it opens a new spell. Who he is, is not the list's
/// word.
auto said_of(const RosterSpell& spell) {
    return std::tie(spell.player_name, spell.source_player_id, spell.jersey_number, spell.position,
                    spell.height_inches, spell.weight_pounds, spell.birth_date, spell.country,
                    spell.experience_years, spell.college, spell.status);
}

using ListKey = std::tuple<Season, TeamId>;

/// The newest spell of each player of a list, open or closed.
using List = std::map<std::string, RosterSpell>;

class Rosters {
public:
    explicit Rosters(std::vector<RosterSpell> stored) {
        for (RosterSpell& spell : stored) {
            List& list = lists_[{spell.season, spell.team_id}];
            const auto [place, added] = list.try_emplace(spell.folded_name, spell);
            if (!added && place->second.revision < spell.revision) place->second = spell;
        }
    }

    [[nodiscard]] std::size_t listed(const RosterSnapshot& snapshot) {
        std::size_t count = 0;
        for (const auto& [name, spell] : lists_[{snapshot.season, snapshot.team_id}])
            count += spell.closed_at ? 0 : 1;
        return count;
    }

    void take(const RosterSnapshot& snapshot) {
        List& list = lists_[{snapshot.season, snapshot.team_id}];
        std::set<std::string_view> seen;
        for (const RosterSpell& stated : snapshot.players) {
            seen.insert(stated.folded_name);
            const auto [place, added] = list.try_emplace(stated.folded_name, stated);
            RosterSpell& newest = place->second;
            if (!added) {
                if (!newest.closed_at && said_of(newest) == said_of(stated)) continue;
                if (!newest.closed_at) close(newest, snapshot.answered_at);
                const std::int32_t revision = newest.revision + 1;
                newest = stated;
                newest.revision = revision;
            }
            write(newest);
        }
        for (auto& [name, spell] : list) {
            if (!spell.closed_at && !seen.contains(name)) close(spell, snapshot.answered_at);
        }
    }

    [[nodiscard]] std::vector<RosterSpell> changed() const {
        std::vector<RosterSpell> rows;
        rows.reserve(changed_.size());
        for (const auto& [key, spell] : changed_)
            rows.push_back(spell);
        return rows;
    }

private:
    void write(const RosterSpell& spell) {
        changed_.insert_or_assign(
            std::tuple(spell.season, spell.team_id, spell.folded_name, spell.revision), spell);
    }
    void close(RosterSpell& spell, Instant at) {
        spell.closed_at = at;
        write(spell);
    }

    std::map<ListKey, List> lists_;
    std::map<std::tuple<Season, TeamId, std::string, std::int32_t>, RosterSpell> changed_;
};

/// When a list of this URL was last held back.
Expected<std::map<std::string, Instant>> read_held(store::Database& database,
                                                   const std::string& source) {
    TIPOFF_TRY(const auto rows,
               store::read_rows(database, kDocument,
                                "WHERE source = $1 AND outcome LIKE '%held back%'", {source}));
    std::map<std::string, Instant> held;
    for (const Document& row : rows) {
        const auto [place, added] = held.try_emplace(row.file_name, row.received_at);
        if (!added) place->second = std::max(place->second, row.received_at);
    }
    return held;
}

}  // namespace

Expected<SettledRosters> settle_rosters(store::Database& database,
                                        const store::Table<RosterSpell>& table,
                                        const std::vector<RosterSnapshot>& snapshots) {
    SettledRosters settled;
    if (snapshots.empty()) return settled;
    TIPOFF_TRY(auto stored, store::read_rows(database, table));
    TIPOFF_TRY(auto held, read_held(database, snapshots.front().source));
    Rosters rosters(std::move(stored));
    for (const RosterSnapshot& snapshot : snapshots) {
        const std::size_t before = rosters.listed(snapshot);
        if (before > snapshot.players.size() + kMostLost) {
            const auto earlier = held.find(snapshot.url);
            const bool is_confirmed = earlier != held.end() &&
                                      earlier->second + kConfirmedAfter <= snapshot.answered_at &&
                                      snapshot.answered_at <= earlier->second + kConfirmedUntil;
            if (!is_confirmed) {
                held.try_emplace(snapshot.url, snapshot.answered_at);
                settled.held.push_back(fmt::format(
                    "{} has {} players where {} stood: held back until another answer says the "
                    "same",
                    find_team(snapshot.team_id)->tricode, snapshot.players.size(), before));
                settled.held_documents.push_back(snapshot.players.front().document_hash);
                continue;
            }
        }
        held.erase(snapshot.url);
        rosters.take(snapshot);
    }
    settled.rows = rosters.changed();
    return settled;
}

}  // namespace tipoff::collect
