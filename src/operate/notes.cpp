#include "operate/notes.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <tuple>

#include "base/names.h"
#include "base/parse.h"
#include "ledger/input_changes.h"

namespace tipoff::operate {
namespace {

/// Whoever last appeared for one of the date's teams, this season or last, and whoever the contexts
/// of the date expect besides.
constexpr std::string_view kPlayersOfDate = R"sql(
WITH stated AS (
    SELECT *, row_number() OVER (PARTITION BY game_id ORDER BY known_at DESC, revision DESC, source) AS place
    FROM raw.schedule
), games AS (
    SELECT home_team_id, away_team_id, tip_off FROM stated WHERE place = 1 AND game_date = $1
), playing AS (
    SELECT home_team_id AS team_id, tip_off FROM games UNION SELECT away_team_id, tip_off FROM games
), last_game AS (
    SELECT player_id, team_id, row_number() OVER (PARTITION BY player_id ORDER BY game_date DESC, game_id) AS place
    FROM raw.player_box WHERE game_date < $1 AND game_date > $2
), expected AS (
    SELECT player_id, team_id FROM analytics.upcoming_player_game_context WHERE game_date = $1
    UNION SELECT player_id, team_id FROM last_game l WHERE place = 1 AND NOT EXISTS (
        SELECT 1 FROM analytics.upcoming_player_game_context c WHERE c.game_date = $1 AND c.player_id = l.player_id)
)
SELECT DISTINCT e.player_id, n.player_name, e.team_id, p.tip_off FROM expected e
JOIN playing p ON p.team_id = e.team_id JOIN ref.player n ON n.player_id = e.player_id
ORDER BY n.player_name, e.player_id
)sql";

/// This season and last.
constexpr int kDaysBack = 600;

Status store_note(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                  const collect::Note& note) {
    TIPOFF_TRY(const auto run,
               ledger.start({.step = "note",
                             .scope = fmt::format("{} {}", note.player_id.value,
                                                  tipoff::to_string(note.game_date)),
                             .dates = store::DateScope{note.game_date, note.game_date},
                             .input_hash = ""}));
    const auto written = [&]() -> Status {
        TIPOFF_CHECK(ledger.prepare_to_write(run));
        TIPOFF_TRY(const auto transaction, database.begin());
        TIPOFF_CHECK(transaction->merge(collect::kNote.batch(std::vector{note}), std::nullopt));
        TIPOFF_CHECK(ledger::note_input_changes(*transaction, run,
                                                std::vector{collect::kNote.spec().qualified_name()},
                                                std::vector{note.game_date}, clock));
        TIPOFF_CHECK(ledger.finish(*transaction, run,
                                   {.state = ledger::RunState::kSucceeded,
                                    .rows = 1,
                                    .merges = transaction->merges(),
                                    .reason = {},
                                    .detail = note.kind}));
        return transaction->commit();
    }();
    if (!written) ledger.finish_failed(run, written.error());
    return written;
}

}  // namespace

Expected<std::vector<NotedPlayer>> players_meant(store::Database& database, GameDate date,
                                                 const std::string& player) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(kPlayersOfDate, {date, date.plus_days(-kDaysBack)}));
    const auto id = parse_integer(player);
    const std::string part = fold_name(player);
    std::vector<NotedPlayer> meant;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        NotedPlayer one{.player_id = PlayerId{rows.data[0].integer(i)},
                        .player_name = std::string(rows.data[1].text(i)),
                        .team_id = TeamId{rows.data[2].integer(i)},
                        .tip_off = store::ColumnCodec<Instant>::get(rows.data[3], i)};
        const bool is_meant = id ? one.player_id.value == *id
                                 : fold_name(one.player_name).find(part) != std::string::npos;
        if (is_meant) meant.push_back(std::move(one));
    }
    return meant;
}

Expected<collect::Note> write_note(store::Database& database, ledger::Ledger& ledger,
                                   const Clock& clock, const std::filesystem::path& home,
                                   const NoteRequest& request) {
    const Instant now = clock.league_now();
    if (now >= request.player.tip_off) {
        return fail(ErrorCode::kRefused,
                    fmt::format("the game of {} tipped off {}", request.player.player_name,
                                to_eastern_string(request.player.tip_off)),
                    "a note reaches no game that has begun");
    }
    TIPOFF_TRY(const store::Columns earlier,
               database.read("SELECT CAST(count(*) AS BIGINT) FROM raw.note WHERE player_id = $1 "
                             "AND game_date = $2",
                             {request.player.player_id.value, request.date}));
    TIPOFF_TRY(const collect::Note note,
               collect::archive_note(
                   home, {.player_id = request.player.player_id,
                          .game_date = request.date,
                          .revision = static_cast<std::int32_t>(earlier.data[0].integer(0)),
                          .kind = request.kind,
                          .minutes = request.minutes,
                          .player_name = request.player.player_name,
                          .known_at = KnownAt{now},
                          .known_at_basis = {},
                          .document_hash = {}}));
    TIPOFF_CHECK(store_note(database, ledger, clock, note));
    return note;
}

}  // namespace tipoff::operate
