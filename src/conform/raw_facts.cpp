#include "conform/raw_facts.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "conform/injury_reports.h"

namespace tipoff::conform {
namespace {

/// The rows in key order. The document's hash is 64 bytes that nobody here asks for.
template <class Row>
Expected<std::vector<Row>> read_facts(store::Database& database, const store::Table<Row>& table,
                                      std::string_view where = "",
                                      const store::Values& values = {}) {
    std::string columns, keys;
    for (const auto& column : table.spec().columns) {
        if (!columns.empty()) columns += ", ";
        columns += column.name == "document_hash" ? "'' AS document_hash" : column.name;
        if (!column.is_key) continue;
        if (!keys.empty()) keys += ", ";
        keys += column.name;
    }
    std::string sql = "SELECT " + columns + " FROM " + table.spec().qualified_name();
    if (!where.empty()) sql.append(" WHERE ").append(where);
    sql += " ORDER BY " + keys;
    TIPOFF_TRY(const store::Columns rows, database.read(sql, values));
    return table.to_rows(rows);
}

/// Whole numbers only: their sum is the same whatever the order in which the engine adds.
std::string shot_count_sql() {
    std::string sums;
    for (std::size_t zone = 0; zone < collect::kShotZones; ++zone) {
        const std::string number = std::to_string(zone);
        sums += ", CAST(sum(CASE WHEN zone = " + number + " THEN step ELSE 0 END) AS BIGINT)";
        sums +=
            ", CAST(sum(CASE WHEN zone = " + number + " AND made THEN step ELSE 0 END) AS BIGINT)";
    }
    return "SELECT source, game_id, player_id, known_at" + sums +
           " FROM (SELECT source, game_id, player_id, known_at, zone, made, 1 AS step"
           " FROM raw.shot"
           " UNION ALL"
           " SELECT newer.source, newer.game_id, older.player_id, newer.known_at, older.zone,"
           " older.made, -1 AS step"
           " FROM raw.shot newer JOIN raw.shot older ON older.source = newer.source"
           " AND older.game_id = newer.game_id AND older.event = newer.event"
           " AND older.revision = newer.revision - 1"
           " WHERE newer.revision > 0) AS stated"
           " GROUP BY source, game_id, player_id, known_at"
           " ORDER BY game_id, player_id, source, known_at";
}

Expected<std::vector<ShotCount>> read_shots(store::Database& database) {
    TIPOFF_TRY(const store::Columns columns, database.read(shot_count_sql(), {}));
    const auto& data = columns.data;
    std::vector<ShotCount> shots(columns.rows());
    for (std::size_t row = 0; row < shots.size(); ++row) {
        ShotCount& shot = shots[row];
        shot.source = data[0].text(row);
        shot.game_id = store::ColumnCodec<GameId>::get(data[1], row);
        shot.player_id = store::ColumnCodec<PlayerId>::get(data[2], row);
        shot.known_at = store::ColumnCodec<KnownAt>::get(data[3], row);
        for (std::size_t zone = 0; zone < collect::kShotZones; ++zone) {
            shot.counts.attempts[zone] = static_cast<std::int32_t>(data[4 + 2 * zone].integer(row));
            shot.counts.makes[zone] = static_cast<std::int32_t>(data[5 + 2 * zone].integer(row));
        }
    }
    return shots;
}

/// A player's name comes onto a team's roster, or goes.
struct RosterChange {
    KnownAt at{};
    bool is_on = false;
    Season season;
    PlayerId player_id;
    TeamId team_id;

    [[nodiscard]] auto order() const { return std::tie(at, is_on, season, player_id, team_id); }
};

std::vector<RosterChange> changes_of(const std::vector<collect::RosterSpell>& spells) {
    std::vector<RosterChange> changes;
    for (const collect::RosterSpell& row : spells) {
        // A page of a season gone by says nothing of where he is now.
        if (!row.player_id || row.season < season_of(eastern_date(row.known_at.at))) continue;
        const auto add = [&](KnownAt at, bool is_on) {
            changes.push_back({at, is_on, row.season, *row.player_id, row.team_id});
        };
        add(row.known_at, true);
        if (row.closed_at) add({*row.closed_at}, false);
    }
    std::ranges::sort(changes, {}, &RosterChange::order);
    return changes;
}

/// Whether who goes comes onto the same roster in the same answer, with another number, say.
bool comes_again(const RosterChange& gone, std::span<const RosterChange> later) {
    const auto at_once =
        std::ranges::find_if(later, [&](const RosterChange& next) { return next.at != gone.at; });
    return std::ranges::any_of(later.begin(), at_once, [&](const RosterChange& next) {
        return next.is_on && next.season == gone.season && next.player_id == gone.player_id &&
               next.team_id == gone.team_id;
    });
}

/// Adds who is where by the rosters of one source. Who goes from the one that had him last, and
/// still stands on another, is back there: an old page that was given again put him onto it. One
/// who stands on none has only been left out by a list, which is no word of where he is.
void add_rosters(const std::vector<collect::RosterSpell>& spells,
                 std::vector<ListedPlayer>& listed) {
    const std::vector<RosterChange> changes = changes_of(spells);
    std::map<std::pair<Season, PlayerId>, std::vector<TeamId>> standing;  // the newest last
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const RosterChange& change = changes[i];
        std::vector<TeamId>& teams = standing[{change.season, change.player_id}];
        const bool was_newest = !teams.empty() && teams.back() == change.team_id;
        std::erase(teams, change.team_id);
        if (change.is_on) teams.push_back(change.team_id);
        const bool goes = !change.is_on && was_newest && !teams.empty() &&
                          !comes_again(change, std::span(changes).subspan(i + 1));
        if (change.is_on || goes) listed.push_back({change.player_id, teams.back(), change.at});
    }
}

/// Who is where, by the lists of players and rosters.
Expected<std::vector<ListedPlayer>> read_listed(store::Database& database) {
    std::vector<ListedPlayer> listed;
    TIPOFF_TRY(const auto players,
               read_facts(database, collect::kActivePlayer, "source = 'nbac_player_list'"));
    for (const collect::ActivePlayer& row : players) {
        if (!row.player_id) continue;
        listed.push_back(
            {*row.player_id, row.on_roster ? row.team_id : std::nullopt, row.known_at});
    }
    for (const auto* roster : {&collect::kEspnRoster, &collect::kBrRoster}) {
        TIPOFF_TRY(const auto spells, read_facts(database, *roster));
        add_rosters(spells, listed);
    }
    std::ranges::sort(listed, {}, [](const ListedPlayer& row) {
        return std::tuple(row.known_at, row.player_id, row.team_id.value_or(TeamId{}));
    });
    return listed;
}

}  // namespace

Expected<RawFacts> read_raw(store::Database& database) {
    RawFacts facts;
    TIPOFF_TRY(facts.schedule, read_facts(database, collect::kSchedule));
    TIPOFF_TRY(facts.player_boxes, read_facts(database, collect::kPlayerBox));
    TIPOFF_TRY(facts.team_boxes, read_facts(database, collect::kTeamBox));
    TIPOFF_TRY(facts.shots, read_shots(database));
    TIPOFF_TRY(facts.game_lines, read_facts(database, collect::kGameLine, "NOT in_play"));
    TIPOFF_TRY(facts.prop_lines, read_facts(database, collect::kPropLine, "NOT in_play"));
    TIPOFF_TRY(facts.injuries, read_facts(database, collect::kInjuryTransaction));
    TIPOFF_TRY(const auto reports, read_facts(database, collect::kInjuryReport));
    std::ranges::move(transactions_of_reports(reports), std::back_inserter(facts.injuries));
    TIPOFF_TRY(facts.listed, read_listed(database));
    TIPOFF_TRY(facts.positions, read_facts(database, collect::kPosition));
    TIPOFF_TRY(facts.players, read_facts(database, collect::kPlayer));
    TIPOFF_TRY(facts.notes, read_facts(database, collect::kNote));
    return facts;
}

Expected<RawFacts> read_box_scores(store::Database& database, const store::DateScope& dates) {
    RawFacts facts;
    TIPOFF_TRY(facts.schedule,
               read_facts(database, collect::kSchedule, "game_date <= $1", {dates.to}));
    TIPOFF_TRY(facts.player_boxes,
               read_facts(database, collect::kPlayerBox,
                          "game_date <= $2 AND player_id IN (SELECT player_id FROM raw.player_box "
                          "WHERE game_date BETWEEN $1 AND $2)",
                          {dates.from, dates.to}));
    return facts;
}

}  // namespace tipoff::conform
