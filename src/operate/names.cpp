#include "operate/names.h"

#include <fmt/core.h>

#include "base/names.h"
#include "collect/import/player_index.h"
#include "collect/name_links.h"
#include "operate/importing.h"

namespace tipoff::operate {
namespace {

Expected<std::vector<collect::UnresolvedName>> names_meant(store::Database& database,
                                                           const LinkRequest& request) {
    // As `NameRecord` notes them: without what stands in parentheses, by the first of two names.
    const auto folded = collect::folded_names(request.name);
    TIPOFF_TRY(auto names,
               store::read_rows(database, collect::kUnresolvedName,
                                "WHERE folded_name = $1 ORDER BY source, team_id, season",
                                {folded.empty() ? fold_name(request.name) : folded.front()}));
    std::erase_if(names, [&](const collect::UnresolvedName& name) {
        return (request.source && name.source != *request.source) ||
               (request.team && name.team_id != *request.team) ||
               (request.season && name.season != *request.season);
    });
    if (names.empty()) {
        return fail(ErrorCode::kNotFound,
                    fmt::format("no name '{}' waits for its player", request.name),
                    "tipoff names unresolved shows those that do");
    }
    return names;
}

Status check_player(store::Database& database, PlayerId player) {
    TIPOFF_TRY(
        const auto found,
        database.read("SELECT count(*) FROM ref.player WHERE player_id = $1", {player.value}));
    if (found.data[0].integer(0) > 0) return {};
    return fail(ErrorCode::kNotFound, fmt::format("no player has the id {}", player.value),
                "tipoff sql \"SELECT player_id, player_name FROM ref.player\" shows them");
}

Status write_links(store::Database& database, ledger::Ledger& ledger, const std::string& scope,
                   const std::vector<collect::PlayerAlias>& aliases) {
    TIPOFF_TRY(
        const auto run,
        ledger.start({.step = "names", .scope = scope, .dates = std::nullopt, .input_hash = ""}));
    const auto written = [&]() -> Status {
        TIPOFF_CHECK(ledger.prepare_to_write(run));
        TIPOFF_TRY(const auto transaction, database.begin());
        TIPOFF_CHECK(transaction->merge(collect::kPlayerAlias.batch(aliases), std::nullopt));
        TIPOFF_CHECK(ledger.finish(*transaction, run,
                                   {.state = ledger::RunState::kSucceeded,
                                    .rows = static_cast<std::int64_t>(aliases.size()),
                                    .merges = transaction->merges(),
                                    .reason = {},
                                    .detail = {}}));
        return transaction->commit();
    }();
    if (!written) ledger.finish_failed(run, written.error());
    return written;
}

/// Files that an import kept with names that no player was found for.
Expected<std::vector<collect::ArchivedFile>> waiting_files(store::Database& database) {
    TIPOFF_TRY(const auto rows,
               store::read_rows(database, collect::kDocument,
                                "WHERE source = 'import' AND outcome LIKE 'kept; unresolved%'"));
    std::vector<collect::ArchivedFile> files;
    for (const collect::Document& row : rows)
        files.push_back({.content_hash = row.content_hash, .file_name = row.file_name});
    return files;
}

}  // namespace

Expected<LinkReport> link_name(store::Database& database, ledger::Ledger& ledger,
                               const Clock& clock, const std::filesystem::path& home,
                               const LinkRequest& request) {
    LinkReport report;
    TIPOFF_TRY(report.linked, names_meant(database, request));
    TIPOFF_CHECK(check_player(database, request.player_id));
    std::vector<collect::PlayerAlias> aliases;
    bool of_imports = false;
    for (const collect::UnresolvedName& name : report.linked) {
        aliases.push_back({.source = name.source,
                           .folded_name = name.folded_name,
                           .team_id = name.team_id,
                           .season = name.season,
                           .player_id = request.player_id,
                           .basis = "manual"});
        TIPOFF_CHECK(collect::archive_link(home, aliases.back(), clock.league_now()));
        of_imports |= collect::find_source(name.source) == nullptr;
    }
    TIPOFF_CHECK(write_links(database, ledger, "link " + request.name, aliases));
    Collecting collecting(database, ledger, nullptr, clock, home, {});
    TIPOFF_TRY(report.taken_up, collecting.take_up_waiting());
    if (of_imports) {
        collect::ImportOptions options;
        options.home = home;
        TIPOFF_TRY(options.archived, waiting_files(database));
        if (!options.archived.empty()) {
            TIPOFF_TRY(const auto imported, run_import(database, ledger, clock, options));
            for (const collect::TableReport& table : imported.tables) {
                if (table.table.starts_with("raw.") && table.table != "raw.document")
                    report.imported += table.changed;
            }
        }
    }
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(collect::remove_resolved_names(*transaction));
    TIPOFF_CHECK(transaction->commit());
    return report;
}

}  // namespace tipoff::operate
