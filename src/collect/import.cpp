#include "collect/import.h"

#include <algorithm>
#include <set>

#include "collect/answer_archive.h"
#include "collect/import/contents.h"
#include "collect/import/kind.h"
#include "collect/import/league_sort.h"
#include "collect/import/player_index.h"
#include "collect/import/read_all.h"
#include "collect/import/resolve.h"
#include "collect/import/schedule_index.h"
#include "collect/import/settle.h"
#include "collect/import/settle_injuries.h"
#include "collect/import/settle_shots.h"
#include "collect/known_players.h"
#include "collect/raw_tables.h"

namespace tipoff::collect {
namespace {

double seconds_between(std::chrono::microseconds from, std::chrono::microseconds to) {
    return std::chrono::duration<double>(to - from).count();
}

Expected<KnownDocuments> read_documents(store::Database& database) {
    TIPOFF_TRY(const auto rows,
               store::read_rows(database, kDocument, "WHERE source = $1", {std::string("import")}));
    KnownDocuments known;
    for (const Document& row : rows) {
        known[row.content_hash] = {
            .kind = row.kind, .outcome = row.outcome, .reader_version = row.reader_version};
    }
    return known;
}

/// Rows of a document that disagreed with another one when both came together stay refused when it
/// is read again without it.
Status refuse_known_disagreements(store::Database& database, const KnownDocuments& known,
                                  std::vector<StagedFile>& files) {
    for (StagedFile& file : files) {
        if (!known.contains(file.content_hash)) continue;
        TIPOFF_TRY(const auto rows,
                   store::read_rows(
                       database, kRejectedRow,
                       "WHERE document_hash = $1 AND reason LIKE 'disagrees with another file%'",
                       {file.content_hash}));
        std::set<std::int64_t> lines;
        for (const RejectedRow& row : rows) {
            lines.insert(row.line);
            file.rejections.add({.line = row.line,
                                 .column = row.column_name,
                                 .rule = row.reason,
                                 .detail = {},
                                 .value = row.value,
                                 .rejection_class = RejectionClass::kContradiction});
        }
        if (lines.empty()) continue;
        for_each_sort(file.records, [&](auto& records) {
            std::erase_if(records, [&](const auto& record) { return lines.contains(record.line); });
        });
    }
    return {};
}

/// What a rebuild needs to read the files once more: their names, and which came together when.
Status record_files(const ReadFiles& files, const std::filesystem::path& home, Instant now) {
    for (const std::size_t found : files.found_file) {
        const FoundFile& file = files.found[found];
        TIPOFF_CHECK(archive_record(home, {.source = "import",
                                           .url = file.file_name,
                                           .ask = {},
                                           .status = 0,
                                           .headers = {},
                                           .asked_at = now,
                                           .answered_at = now,
                                           .content_hash = file.content_hash,
                                           .size_bytes = file.size_bytes}));
    }
    return {};
}

Expected<ScheduleIndex> make_schedule_index(store::Database& database,
                                            const Facts<Schedule>& staged) {
    TIPOFF_TRY(const auto stored,
               store::read_rows(
                   database, kSchedule,
                   "WHERE source IN ('schedule', 'nbac_schedule') ORDER BY known_at, revision"));
    ScheduleIndex index;
    for (const Schedule& row : stored)
        index.add(row);
    for (const Schedule& row : staged.rows)
        index.add(row);
    return index;
}

void add_staged_appearances(const Facts<PlayerBox>& boxes, PlayerIndex& index) {
    std::map<std::tuple<PlayerId, TeamId, Season, std::string_view, std::string_view>, Appearances>
        appearances;
    for (const PlayerBox& row : boxes.rows) {
        const Season season = season_of(row.game_id);
        auto [place, added] = appearances.try_emplace(
            {row.player_id, row.team_id, season, row.source, row.player_name});
        Appearances& entry = place->second;
        if (added) {
            entry = {.player_id = row.player_id,
                     .team_id = row.team_id,
                     .season = season,
                     .source = row.source,
                     .player_name = row.player_name,
                     .first = row.game_date,
                     .last = row.game_date};
        }
        entry.first = std::min(entry.first, row.game_date);
        entry.last = std::max(entry.last, row.game_date);
    }
    for (const auto& [key, entry] : appearances)
        index.add(entry);
}

Expected<PlayerIndex> make_player_index(store::Database& database, const Facts<PlayerBox>& boxes) {
    PlayerIndex index;
    TIPOFF_CHECK(add_known_players(database, index));
    add_staged_appearances(boxes, index);
    index.finish();
    return index;
}

/// Settles everything but what the files' rejections say about it.
Status settle_all(store::Database& database, StagedImport::Contents& contents) {
    auto& files = contents.files;
    const Instant now = contents.now;
    contents.schedule = take_schedule(files);
    TIPOFF_CHECK(settle(database, kSchedule, files, contents.schedule, now));
    TIPOFF_TRY(const ScheduleIndex schedule, make_schedule_index(database, contents.schedule));

    contents.player_boxes = take_player_boxes(files, schedule);
    TIPOFF_CHECK(settle(database, kPlayerBox, files, contents.player_boxes, now));
    contents.team_boxes = take_team_boxes(files, schedule);
    TIPOFF_CHECK(settle(database, kTeamBox, files, contents.team_boxes, now));

    NameRecord names;
    TIPOFF_TRY(const PlayerIndex players, make_player_index(database, contents.player_boxes));
    contents.game_lines = take_game_lines(files, schedule);
    TIPOFF_CHECK(settle(database, kGameLine, files, contents.game_lines, now));
    contents.prop_lines = take_prop_lines(files, schedule, players, names);
    TIPOFF_CHECK(settle(database, kPropLine, files, contents.prop_lines, now));
    contents.injuries = take_injuries(files, players, names);
    TIPOFF_CHECK(settle_injuries(database, files, contents.injuries));
    contents.positions = take_positions(files);
    TIPOFF_CHECK(settle(database, kPosition, files, contents.positions, now));
    contents.shots = take_shots(files, schedule);
    TIPOFF_CHECK(settle_shots(database, files, contents.shots));

    contents.players = players.players();
    contents.aliases = names.aliases();
    contents.unresolved = names.unresolved();
    return {};
}

/// One merge of one table, when there is something to merge.
class Writer {
public:
    Writer(store::Transaction& transaction, ImportReport& report)
        : transaction_(transaction), report_(report) {}

    template <class Row>
    Status write(const store::Table<Row>& table, const std::vector<Row>& rows) {
        return write(table.batch(rows));
    }

    Status write(const store::Batch& batch) {
        if (batch.rows == 0) return {};
        TIPOFF_TRY(const auto count, transaction_.merge(batch, std::nullopt));
        report_.tables.push_back({.table = batch.table->qualified_name(),
                                  .staged = count.staged,
                                  .changed = count.changed});
        ++report_.merges;
        return {};
    }

private:
    store::Transaction& transaction_;
    ImportReport& report_;
};

/// Removes what an earlier reading of these documents refused and this one did not.
Status remove_settled_rejections(store::Transaction& transaction,
                                 const StagedImport::Contents& contents) {
    using Key = std::tuple<std::string_view, std::int64_t, std::string_view>;
    std::set<Key> refused;
    for (const RejectedRow& row : contents.rejected) {
        refused.insert({row.document_hash, row.line, row.column_name});
    }
    for (const std::string& hash : contents.read_again) {
        TIPOFF_TRY(
            const auto before,
            transaction.read(
                "SELECT line, column_name FROM raw.rejected_row WHERE document_hash = $1", {hash}));
        for (std::size_t row = 0; row < before.rows(); ++row) {
            const std::int64_t line = before.data[0].integer(row);
            const std::string column(before.data[1].text(row));
            if (refused.contains({hash, line, column})) continue;
            TIPOFF_CHECK(
                transaction.execute("DELETE FROM raw.rejected_row WHERE document_hash = $1 "
                                    "AND line = $2 AND column_name = $3",
                                    {hash, line, column}));
        }
    }
    return {};
}

}  // namespace

std::string_view name_of(FileOutcome outcome) {
    switch (outcome) {
        case FileOutcome::kKept: return "kept";
        case FileOutcome::kDropped: return "dropped";
        case FileOutcome::kAlreadyImported: return "already_imported";
    }
    throw InvariantBroken("a FileOutcome without a name");
}

StagedImport::StagedImport(std::unique_ptr<Contents> contents) : contents_(std::move(contents)) {}
StagedImport::StagedImport(StagedImport&&) noexcept = default;
StagedImport& StagedImport::operator=(StagedImport&&) noexcept = default;
StagedImport::~StagedImport() = default;

const ImportReport& StagedImport::report() const { return contents_->report; }

bool StagedImport::is_empty() const { return contents_->files.empty(); }

Expected<StagedImport> stage_import(store::Database& database, const Clock& clock,
                                    const ImportOptions& options) {
    auto contents = std::make_unique<StagedImport::Contents>();
    contents->now = clock.league_now();
    const auto started = clock.elapsed();
    TIPOFF_TRY(const KnownDocuments known, read_documents(database));
    TIPOFF_TRY(ReadFiles files, read_all(options, known));
    if (options.archived.empty()) TIPOFF_CHECK(record_files(files, options.home, contents->now));
    contents->files = std::move(files.staged);
    const auto read = clock.elapsed();

    TIPOFF_CHECK(drop_other_sort(database, contents->files));
    TIPOFF_CHECK(refuse_known_disagreements(database, known, contents->files));
    TIPOFF_CHECK(settle_all(database, *contents));
    make_reports(files, known, clock.wall_now(), *contents);
    contents->report.read_seconds = seconds_between(started, read);
    contents->report.resolve_seconds = seconds_between(read, clock.elapsed());
    return StagedImport(std::move(contents));
}

Expected<ImportReport> write_import(StagedImport staged, store::Transaction& transaction,
                                    const Clock& clock) {
    StagedImport::Contents& contents = staged.contents();
    if (staged.is_empty()) return std::move(contents.report);
    const auto started = clock.elapsed();
    Writer writer(transaction, contents.report);
    TIPOFF_CHECK(remove_settled_rejections(transaction, contents));
    TIPOFF_CHECK(writer.write(shot_batch(contents.shots, contents.files, contents.now)));
    std::vector<ShotFact>().swap(contents.shots);  // a third of the memory
    TIPOFF_CHECK(writer.write(kPlayerBox, contents.player_boxes.rows));
    TIPOFF_CHECK(writer.write(kPropLine, contents.prop_lines.rows));
    TIPOFF_CHECK(writer.write(kGameLine, contents.game_lines.rows));
    TIPOFF_CHECK(writer.write(kInjuryTransaction, contents.injuries.rows));
    TIPOFF_CHECK(writer.write(kTeamBox, contents.team_boxes.rows));
    TIPOFF_CHECK(writer.write(kSchedule, contents.schedule.rows));
    TIPOFF_CHECK(writer.write(kPosition, contents.positions.rows));
    TIPOFF_CHECK(writer.write(kPlayer, contents.players));
    TIPOFF_CHECK(writer.write(kPlayerAlias, contents.aliases));
    TIPOFF_CHECK(writer.write(kUnresolvedName, contents.unresolved));
    TIPOFF_CHECK(remove_resolved_names(transaction));
    TIPOFF_CHECK(writer.write(kTeam.batch(teams())));
    TIPOFF_CHECK(writer.write(kRejectedRow, contents.rejected));
    TIPOFF_CHECK(writer.write(kDocument, contents.documents));
    contents.report.write_seconds = seconds_between(started, clock.elapsed());
    return std::move(contents.report);
}

}  // namespace tipoff::collect
