#include "collect/roster_spells.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

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
        if (!snapshot.is_whole) return;
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

/// Lists that were held back, and neither confirmed nor refuted since.
class Doubts {
public:
    Status read(store::Database& database, const std::string& source) {
        TIPOFF_TRY(const auto rows,
                   store::read_rows(database, kDocument, "WHERE source = $1 AND outcome = $2",
                                    {source, std::string(kHeldBack)}));
        for (const Document& row : rows)
            by_url_[row.file_name].push_back({row.received_at, row.content_hash, row});
        return {};
    }

    /// Whether a list of before says the same as this one, neither too soon nor too long ago.
    [[nodiscard]] bool confirm(const RosterSnapshot& snapshot) const {
        const auto found = by_url_.find(snapshot.url);
        return found != by_url_.end() &&
               std::ranges::any_of(found->second, [&](const Doubt& doubt) {
                   return doubt.at + kConfirmedAfter <= snapshot.answered_at &&
                          snapshot.answered_at <= doubt.at + kConfirmedUntil;
               });
    }

    void add(const RosterSnapshot& snapshot, SettledRosters& settled) {
        const std::string& document = snapshot.players.front().document_hash;
        by_url_[snapshot.url].push_back({snapshot.answered_at, document, std::nullopt});
        settled.outcomes[document] = kHeldBack;
    }

    /// A list was taken: what was held back before is settled by it.
    void settle(const RosterSnapshot& snapshot, std::string_view how, SettledRosters& settled) {
        const auto found = by_url_.find(snapshot.url);
        if (found == by_url_.end()) return;
        for (Doubt& doubt : found->second) {
            if (doubt.document == snapshot.players.front().document_hash) {
                settled.outcomes.erase(doubt.document);
                continue;
            }
            settled.outcomes[doubt.document] = how;
            if (!doubt.stored) continue;
            doubt.stored->outcome = how;
            settled.documents.push_back(*doubt.stored);
        }
        by_url_.erase(found);
    }

private:
    struct Doubt {
        Instant at{};
        std::string document;
        std::optional<Document> stored;
    };
    std::map<std::string, std::vector<Doubt>> by_url_;
};

}  // namespace

Expected<SettledRosters> settle_rosters(store::Database& database,
                                        const store::Table<RosterSpell>& table,
                                        const std::vector<RosterSnapshot>& snapshots) {
    SettledRosters settled;
    if (snapshots.empty()) return settled;
    TIPOFF_TRY(auto stored, store::read_rows(database, table));
    Doubts doubts;
    TIPOFF_CHECK(doubts.read(database, snapshots.front().source));
    Rosters rosters(std::move(stored));
    std::map<std::string, std::string> held;  // sentences by URL
    for (const RosterSnapshot& snapshot : snapshots) {
        if (!snapshot.is_whole) {
            rosters.take(snapshot);
            continue;
        }
        const std::size_t before = rosters.listed(snapshot);
        const bool is_doubtful = before > snapshot.players.size() + kMostLost;
        if (is_doubtful && !doubts.confirm(snapshot)) {
            doubts.add(snapshot, settled);
            held[snapshot.url] = fmt::format(
                "{} has {} players where {} stood: held back until another answer says the same",
                find_team(snapshot.team_id)->tricode, snapshot.players.size(), before);
            continue;
        }
        doubts.settle(snapshot,
                      is_doubtful ? "partial: confirmed later" : "partial: not said again",
                      settled);
        held.erase(snapshot.url);
        rosters.take(snapshot);
    }
    for (auto& [url, sentence] : held)
        settled.held.push_back(std::move(sentence));
    settled.rows = rosters.changed();
    return settled;
}

}  // namespace tipoff::collect
