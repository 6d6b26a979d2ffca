#include "collect/settlement.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "collect/known_players.h"
#include "collect/plausibility.h"
#include "collect/standings.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::string_view kWaiting = "waiting:";

std::string outcome_text(const Outcome& outcome, const ResolvedCounts& counts) {
    std::string text = outcome.kind == OutcomeKind::kFresh ? "kept"
                       : outcome.detail.empty()
                           ? std::string(to_string(outcome.kind))
                           : fmt::format("{}: {}", to_string(outcome.kind), outcome.detail);
    if (counts.without_game == 0 && counts.without_player == 0) return text;
    return text + fmt::format("; {} {} rows without their game, {} without their player", kWaiting,
                              counts.without_game, counts.without_player);
}

Document document_of(const ReadAnswer& read, const ResolvedCounts& counts) {
    const auto waiting = counts.without_game + counts.without_player;
    return {.source = read.answer.source,
            .content_hash = read.answer.content_hash,
            .kind = read.answer.source,
            .file_name = read.answer.url,
            .size_bytes = read.answer.size_bytes,
            .outcome = outcome_text(read.reading.outcome, counts),
            .rows_read = counts.kept + waiting + counts.left_out,
            .rows_kept = counts.kept,
            .rows_rejected = waiting + counts.left_out,
            .reader_version = kSourceReaderVersion,
            .received_at = read.answer.answered_at};
}

Expected<std::vector<Document>> waiting_documents(store::Database& database,
                                                  std::string_view source) {
    return store::read_rows(database, kDocument, "WHERE source = $1 AND outcome LIKE '%waiting:%'",
                            {std::string(source)});
}

/// The documents that wait, read again as they were asked for.
Expected<std::vector<ReadAnswer>> read_waiting(const std::filesystem::path& home,
                                               const Source& source,
                                               const std::vector<Document>& documents) {
    std::vector<ReadAnswer> answers;
    for (const Document& document : documents) {
        TIPOFF_TRY(const auto archived,
                   archived_answers(home, source.name, eastern_date(document.received_at)));
        const auto found =
            std::ranges::find(archived, document.content_hash, &ArchivedAnswer::content_hash);
        if (found == archived.end()) continue;  // its record is gone; the row says that it waits
        TIPOFF_TRY(Reading reading, read_archived(home, source, *found));
        answers.push_back({.answer = *found, .reading = std::move(reading), .is_new = false});
    }
    return answers;
}

Expected<PlayerIds> read_player_ids(store::Database& database, std::string_view family) {
    TIPOFF_TRY(const auto rows, store::read_rows(database, kPlayerSourceId, "WHERE source = $1",
                                                 {std::string(family)}));
    PlayerIds ids;
    for (const PlayerSourceId& row : rows)
        ids.emplace(std::pair(row.source, row.source_player_id), row.player_id);
    return ids;
}

/// Rows that were kept without their player and have him now: those of `kept` are changed in place,
/// stored ones are added to it.
template <class Row>
Status take_up_players(store::Database& database, const store::Table<Row>& table,
                       std::string_view source, PlayerFinder& finder, std::vector<Row>& kept,
                       std::int64_t& taken_up) {
    TIPOFF_TRY(auto stored,
               store::read_rows(database, table, "WHERE source = $1 AND player_id IS NULL",
                                {std::string(source)}));
    for (Row& row : stored) {
        const std::optional<TeamId> team = row.team_id;
        if (!team) continue;
        Season season;
        if constexpr (requires { row.season; }) {
            season = row.season;
        } else {
            season = season_of(row.game_date);
        }
        const std::string source_player_id = [&row] {
            if constexpr (requires { row.source_player_id; }) return row.source_player_id;
            return std::string();
        }();
        const std::array teams{*team};
        row.player_id = finder.find({.source = source,
                                     .source_player_id = source_player_id,
                                     .name = row.player_name,
                                     .teams = teams,
                                     .season = season,
                                     .date = eastern_date(row.known_at.at)},
                                    false);
        if (!row.player_id) continue;
        ++taken_up;
        const auto same_key = [&](const Row& other) {
            if constexpr (requires { row.closed_at; }) {
                return std::tie(row.season, row.team_id, row.folded_name, row.revision) ==
                       std::tie(other.season, other.team_id, other.folded_name, other.revision);
            } else if constexpr (requires { row.reported_at; }) {
                return std::tie(row.reported_at, row.team_id, row.folded_name, row.game_date) ==
                       std::tie(other.reported_at, other.team_id, other.folded_name,
                                other.game_date);
            } else if constexpr (requires { row.on_roster; }) {
                return std::tie(row.season, row.source_player_id, row.revision) ==
                       std::tie(other.season, other.source_player_id, other.revision);
            } else {
                return std::tie(row.game_id, row.team_id, row.folded_name, row.revision) ==
                       std::tie(other.game_id, other.team_id, other.folded_name, other.revision);
            }
        };
        const auto found = std::ranges::find_if(kept, same_key);
        if (found != kept.end()) {
            found->player_id = row.player_id;
        } else {
            kept.push_back(std::move(row));
        }
    }
    return {};
}

/// One row a key: the newest of the same.
template <class Row, class Key>
void keep_one(std::vector<Row>& rows, Key key) {
    std::ranges::stable_sort(rows, {}, key);
    const auto last_of_run = [&](std::size_t i) {
        return i + 1 == rows.size() || key(rows[i]) != key(rows[i + 1]);
    };
    std::vector<Row> kept;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (last_of_run(i)) kept.push_back(std::move(rows[i]));
    }
    rows = std::move(kept);
}

/// Adds what was counted before.
Status add_stored_occurrences(store::Database& database, std::string_view source,
                              std::vector<UnresolvedName>& names) {
    if (names.empty()) return {};
    TIPOFF_TRY(const auto stored, store::read_rows(database, kUnresolvedName, "WHERE source = $1",
                                                   {std::string(source)}));
    for (UnresolvedName& name : names) {
        const auto before = std::ranges::find_if(stored, [&](const UnresolvedName& other) {
            return other.folded_name == name.folded_name && other.team_id == name.team_id &&
                   other.season == name.season;
        });
        if (before == stored.end()) continue;
        name.occurrences += before->occurrences;
        name.first_seen = std::min(name.first_seen, before->first_seen);
        name.last_seen = std::max(name.last_seen, before->last_seen);
        name.player_name = std::min(name.player_name, before->player_name);
    }
    return {};
}

/// Adds whoever stands in these rows.
void add_players(const Settled& settled, PlayerIndex& index) {
    for (const ActivePlayer& row : settled.active) {
        if (const auto appearances = appearances_of(row)) index.add(*appearances);
    }
    for (const PlayerBox& row : settled.player_boxes) {
        index.add({.player_id = row.player_id,
                   .team_id = row.team_id,
                   .season = season_of(row.game_id),
                   .source = row.source,
                   .player_name = row.player_name,
                   .first = row.game_date,
                   .last = row.game_date});
    }
}

template <class Row>
Status settle_into(store::Database& database, const store::Table<Row>& table,
                   std::vector<Stated<Row>>& stated, std::vector<Row>& kept) {
    TIPOFF_TRY(kept, new_statements(database, table, std::move(stated)));
    return {};
}

Status settle_rows(store::Database& database, StatedRows& rows, Settled& settled) {
    TIPOFF_CHECK(settle_into(database, kSchedule, rows.schedule, settled.schedule));
    TIPOFF_CHECK(settle_into(database, kPlayerBox, rows.player_boxes, settled.player_boxes));
    TIPOFF_CHECK(settle_into(database, kTeamBox, rows.team_boxes, settled.team_boxes));
    TIPOFF_CHECK(settle_into(database, kShot, rows.shots, settled.shots));
    TIPOFF_CHECK(settle_into(database, kPlay, rows.plays, settled.plays));
    TIPOFF_CHECK(settle_into(database, kInactivePlayer, rows.inactive, settled.inactive));
    TIPOFF_CHECK(settle_into(database, kActivePlayer, rows.active, settled.active));
    TIPOFF_CHECK(settle_into(database, kStanding, rows.standings, settled.standings));
    TIPOFF_CHECK(settle_into(database, kInjuryReport, rows.injuries, settled.injuries));
    TIPOFF_CHECK(settle_into(database, kGameLine, rows.game_lines, settled.game_lines));
    TIPOFF_CHECK(settle_into(database, kPropLine, rows.prop_lines, settled.prop_lines));
    if (rows.rosters.empty()) return {};
    const auto& table = settled.source == "br_rosters" ? kBrRoster : kEspnRoster;
    TIPOFF_TRY(auto rosters, settle_rosters(database, table, rows.rosters));
    settled.rosters = std::move(rosters.rows);
    settled.held = std::move(rosters.held);
    for (Document& document : settled.documents) {
        const auto outcome = rosters.outcomes.find(document.content_hash);
        if (outcome != rosters.outcomes.end()) document.outcome = outcome->second;
    }
    // They were answered before any of these.
    settled.documents.insert(settled.documents.begin(), rosters.documents.begin(),
                             rosters.documents.end());
    return {};
}

/// Derives standings where the upstream had none although games were played.
void derive_standings(const KnownGames& games, const std::vector<ReadAnswer>& answers,
                      StatedRows& rows) {
    for (const ReadAnswer& read : answers) {
        const auto season = read.answer.ask.season;
        if (read.reading.outcome.kind != OutcomeKind::kEmptyUnexpected || !season) continue;
        for (Standing& standing : standings_by_results(games, *season, read.answer.answered_at,
                                                       read.answer.content_hash)) {
            rows.standings.push_back({std::move(standing), read.answer.answered_at});
        }
    }
}

}  // namespace

bool Settled::is_empty() const {
    return documents.empty() && game_aliases.empty() && player_ids.empty() && rosters.empty() &&
           active.empty() && injuries.empty() && inactive.empty() && standings.empty();
}

Expected<bool> may_take_up(store::Database& database, std::string_view source) {
    TIPOFF_TRY(const auto documents, waiting_documents(database, source));
    for (const Document& document : documents) {
        if (document.outcome.find(" 0 rows without their game") == std::string::npos) return true;
    }
    TIPOFF_TRY(const auto names, store::read_rows(database, kUnresolvedName, "WHERE source = $1",
                                                  {std::string(source)}));
    if (names.empty()) return false;
    PlayerIndex index;
    TIPOFF_CHECK(add_known_players(database, index));
    index.finish();
    return std::ranges::any_of(
        names, [&](const UnresolvedName& name) { return may_be_found(index, source, name); });
}

Expected<Settled> settle_answers(store::Database& database, const std::filesystem::path& home,
                                 const Source& source, std::vector<ReadAnswer> answers) {
    Settled settled{.source = std::string(source.name)};
    TIPOFF_TRY(const auto waiting, waiting_documents(database, source.name));
    std::map<std::string, std::int64_t> kept_before;
    for (const Document& document : waiting)
        kept_before.emplace(document.content_hash, document.rows_kept);
    if (!waiting.empty()) {
        TIPOFF_TRY(const bool hope, may_take_up(database, source.name));
        if (hope) {
            TIPOFF_TRY(auto again, read_waiting(home, source, waiting));
            std::ranges::move(again, std::back_inserter(answers));
        }
    }
    std::ranges::stable_sort(answers, {},
                             [](const ReadAnswer& read) { return read.answer.answered_at; });

    TIPOFF_TRY(KnownGames games, KnownGames::load(database));
    TIPOFF_TRY(PlayerIds ids, read_player_ids(database, family_of(source.name)));
    NameRecord names;
    StatedRows rows;
    PlayerIndex players;
    TIPOFF_CHECK(add_known_players(database, players));
    players.finish();
    PlayerFinder finder(players, std::move(ids), names);
    for (ReadAnswer& read : answers) {
        judge(source.name, read.answer.ask, read.answer.answered_at, games, read.reading);
        const ResolvedCounts counts = resolve_stated(read, games, finder, rows);
        settled.documents.push_back(document_of(read, counts));
        settled.records += counts.kept + counts.without_game + counts.without_player;
        settled.waiting_for_games += counts.without_game;
        settled.waiting_for_names += counts.without_player;
        const auto waited = kept_before.find(read.answer.content_hash);
        if (waited != kept_before.end() && counts.kept > waited->second) {
            ++settled.taken_up;
            kept_before.erase(waited);
        }
    }
    if (source.name == "bdl_standings") derive_standings(games, answers, rows);
    const bool has_players = !rows.player_boxes.empty() || !rows.active.empty();
    TIPOFF_CHECK(settle_rows(database, rows, settled));

    TIPOFF_CHECK(take_up_players(database, kActivePlayer, source.name, finder, settled.active,
                                 settled.taken_up));
    TIPOFF_CHECK(take_up_players(database, kInjuryReport, source.name, finder, settled.injuries,
                                 settled.taken_up));
    TIPOFF_CHECK(take_up_players(database, kInactivePlayer, source.name, finder, settled.inactive,
                                 settled.taken_up));
    for (const auto* table : {&kBrRoster, &kEspnRoster}) {
        if (table->spec().name.starts_with(family_of(source.name)))
            TIPOFF_CHECK(take_up_players(database, *table, source.name, finder, settled.rosters,
                                         settled.taken_up));
    }

    settled.game_aliases = std::move(rows.game_aliases);
    settled.player_ids = finder.new_ids();
    keep_one(settled.game_aliases,
             [](const GameAlias& row) { return std::tie(row.source, row.source_game_id); });
    keep_one(settled.player_ids,
             [](const PlayerSourceId& row) { return std::tie(row.source, row.source_player_id); });
    // The first answer of a content stands for it.
    std::ranges::reverse(settled.documents);
    keep_one(settled.documents,
             [](const Document& row) { return std::string_view(row.content_hash); });
    settled.aliases = names.aliases();
    settled.unresolved = names.unresolved();
    TIPOFF_CHECK(add_stored_occurrences(database, source.name, settled.unresolved));
    if (has_players) {
        PlayerIndex with_new;
        TIPOFF_CHECK(add_known_players(database, with_new));
        if (has_league_ids(source.name)) add_players(settled, with_new);
        with_new.finish();
        settled.players = with_new.players();
    }
    return settled;
}

Expected<std::vector<SettledTable>> write_settled(const Settled& settled,
                                                  store::Transaction& transaction) {
    std::vector<SettledTable> tables;
    const auto write = [&](const store::Batch& batch) -> Status {
        if (batch.rows == 0) return {};
        TIPOFF_TRY(const auto count, transaction.merge(batch, std::nullopt));
        tables.push_back({.table = batch.table->qualified_name(),
                          .staged = count.staged,
                          .changed = count.changed});
        return {};
    };
    const auto& rosters = settled.source == "br_rosters" ? kBrRoster : kEspnRoster;
    TIPOFF_CHECK(write(kSchedule.batch(settled.schedule)));
    TIPOFF_CHECK(write(kPlayerBox.batch(settled.player_boxes)));
    TIPOFF_CHECK(write(kTeamBox.batch(settled.team_boxes)));
    TIPOFF_CHECK(write(kShot.batch(settled.shots)));
    TIPOFF_CHECK(write(kPlay.batch(settled.plays)));
    TIPOFF_CHECK(write(kInactivePlayer.batch(settled.inactive)));
    TIPOFF_CHECK(write(kActivePlayer.batch(settled.active)));
    TIPOFF_CHECK(write(kStanding.batch(settled.standings)));
    TIPOFF_CHECK(write(kInjuryReport.batch(settled.injuries)));
    TIPOFF_CHECK(write(kGameLine.batch(settled.game_lines)));
    TIPOFF_CHECK(write(kPropLine.batch(settled.prop_lines)));
    TIPOFF_CHECK(write(rosters.batch(settled.rosters)));
    TIPOFF_CHECK(write(kGameAlias.batch(settled.game_aliases)));
    TIPOFF_CHECK(write(kPlayerSourceId.batch(settled.player_ids)));
    TIPOFF_CHECK(write(kPlayer.batch(settled.players)));
    TIPOFF_CHECK(write(kPlayerAlias.batch(settled.aliases)));
    TIPOFF_CHECK(write(kUnresolvedName.batch(settled.unresolved)));
    TIPOFF_CHECK(remove_resolved_names(transaction));
    TIPOFF_CHECK(write(kTeam.batch(teams())));
    TIPOFF_CHECK(write(kDocument.batch(settled.documents)));
    return tables;
}

}  // namespace tipoff::collect
