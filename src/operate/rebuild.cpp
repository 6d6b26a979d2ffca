#include "operate/rebuild.h"

#include <fmt/core.h>

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "collect/name_links.h"
#include "collect/notes.h"
#include "collect/raw_tables.h"
#include "forecast/models_in_service.h"
#include "ledger/heartbeat.h"
#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/collecting.h"
#include "operate/facts.h"
#include "operate/importing.h"

namespace tipoff::operate {
namespace {

/// The files of each import, by its instant on the league's clock.
using Imports = std::map<Instant, std::vector<collect::ArchivedFile>>;

Expected<Imports> recorded_imports(store::Database& database, const std::filesystem::path& home) {
    TIPOFF_TRY(const auto records, collect::archived_answers(home, "import"));
    Imports imports;
    std::set<std::string> recorded;
    for (const collect::ArchivedAnswer& record : records) {
        recorded.insert(record.content_hash);
        imports[record.asked_at].push_back(
            {.content_hash = record.content_hash, .file_name = record.url});
    }
    TIPOFF_TRY(const auto documents,
               store::read_rows(database, collect::kDocument,
                                "WHERE source = 'import' ORDER BY file_name"));
    for (const collect::Document& document : documents) {
        if (recorded.contains(document.content_hash)) continue;
        return fail(
            ErrorCode::kRefused,
            fmt::format("the archive has no record of {}, which was imported", document.file_name),
            "it was imported by an older version; import it into a new home");
    }
    return imports;
}

/// The dates that a table holds; nothing where it is empty.
Expected<std::optional<store::DateScope>> dates_of(store::Database& database,
                                                   const std::string& table,
                                                   const std::string& where = "") {
    TIPOFF_TRY(const auto range,
               database.read("SELECT min(game_date), max(game_date) FROM " + table + where, {}));
    if (range.data[0].is_null(0)) return std::nullopt;
    return store::DateScope{store::ColumnCodec<GameDate>::get(range.data[0], 0),
                            store::ColumnCodec<GameDate>::get(range.data[1], 0)};
}

/// What the derived tables held.
struct Derived {
    std::map<Step, store::DateScope> dates;
    std::vector<Market> markets;
};

Expected<Derived> read_derived(store::Database& database) {
    Derived derived;
    const std::map<Step, std::string> tables{
        {Step::kConform, "analytics.game"},
        {Step::kFeatures, "features.feature_store"},
        {Step::kForecasts, "predictions.player_prop_prediction"},
        {Step::kGrades, "predictions.prediction_accuracy"}};
    for (const auto& [step, table] : tables) {
        const bool has_live = step == Step::kForecasts;  // which are not made again
        TIPOFF_TRY(const auto dates,
                   dates_of(database, table, has_live ? " WHERE origin = 'backfill'" : ""));
        if (dates) derived.dates.emplace(step, *dates);
    }
    TIPOFF_TRY(const auto names,
               database.read("SELECT DISTINCT market FROM predictions.player_prop_prediction "
                             "ORDER BY market",
                             {}));
    for (std::size_t row = 0; row < names.rows(); ++row) {
        if (const auto market = parse_market(names.data[0].text(row)))
            derived.markets.push_back(*market);
    }
    return derived;
}

std::vector<const store::TableSpec*> stated_tables() { return collect::raw_tables(); }

Status empty_tables(store::Database& database) {
    TIPOFF_TRY(const auto transaction, database.begin());
    for (const store::TableSpec* table : stated_tables()) {
        if (table == &collect::kTeam.spec()) continue;  // no document states them
        TIPOFF_CHECK(transaction->execute("DELETE FROM " + table->qualified_name(), {}));
    }
    return transaction->commit();
}

Status write_links(store::Database& database, const std::vector<collect::PlayerAlias>& links) {
    if (links.empty()) return {};
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->merge(collect::kPlayerAlias.batch(links), std::nullopt));
    return transaction->commit();
}

Status write_notes(store::Database& database, const std::vector<collect::Note>& notes) {
    if (notes.empty()) return {};
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->merge(collect::kNote.batch(notes), std::nullopt));
    return transaction->commit();
}

Status compute_derived(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                       const std::filesystem::path& home, const Derived& derived) {
    if (derived.dates.empty()) return {};
    TIPOFF_TRY(const auto facts, Facts::load(database));
    TIPOFF_TRY(auto models, forecast::ModelsInService::open(home, database));
    Backfill backfill(database, ledger, clock, *facts, std::move(models));
    for (const auto& [step, dates] : derived.dates) {
        BackfillRequest request;
        request.dates = dates;
        request.steps = {step};
        if (!derived.markets.empty()) request.markets = derived.markets;
        request.force = true;
        TIPOFF_CHECK(backfill.run(request));
    }
    return {};
}

Status rebuild_stated(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                      const std::filesystem::path& home, const Imports& imports,
                      const RebuildProgress& progress, RebuildReport& report) {
    TIPOFF_TRY(const auto links, collect::archived_links(home));
    TIPOFF_CHECK(empty_tables(database));
    TIPOFF_CHECK(write_links(database, links));
    report.links = static_cast<std::int64_t>(links.size());
    for (const auto& [at, files] : imports) {
        if (progress) progress(fmt::format("{} imported files", files.size()));
        const SystemClock as_of_import(at);
        collect::ImportOptions options;
        options.home = home;
        options.archived = files;
        TIPOFF_CHECK(run_import(database, ledger, as_of_import, options));
        report.files += static_cast<std::int64_t>(files.size());
    }
    Collecting collecting(database, ledger, nullptr, clock, home, {});
    std::vector<const collect::Source*> sources;
    for (const collect::Source& source : collect::sources())
        sources.push_back(&source);
    for (const collect::Source* source : in_collecting_order(std::move(sources))) {
        TIPOFF_TRY(const auto answers, collect::archived_answers(home, source->name));
        if (answers.empty()) continue;
        if (progress) progress(source->name);
        TIPOFF_TRY(const auto collected, collecting.collect_from_archive(*source, {}));
        report.answers += static_cast<std::int64_t>(collected.requests.size());
    }
    TIPOFF_CHECK(collecting.take_up_waiting());
    TIPOFF_TRY(const auto notes, collect::archived_notes(home));
    TIPOFF_CHECK(write_notes(database, notes));
    report.notes = static_cast<std::int64_t>(notes.size());
    return {};
}

}  // namespace

Expected<RebuildReport> rebuild(store::Database& database, ledger::Ledger& ledger,
                                const Clock& clock, const std::filesystem::path& home,
                                const RebuildProgress& progress) {
    RebuildReport report;
    TIPOFF_TRY(const Imports imports, recorded_imports(database, home));
    TIPOFF_TRY(const Derived derived, read_derived(database));
    TIPOFF_TRY(report.raw_before, store::digest(database, stated_tables()));
    TIPOFF_TRY(report.derived_before, store::digest(database, derived_tables()));
    TIPOFF_TRY(
        const auto run,
        ledger.start({.step = "rebuild", .scope = "", .dates = std::nullopt, .input_hash = ""}));
    const auto done = [&]() -> Status {
        const ledger::Heartbeat heartbeat(ledger, run, clock);
        TIPOFF_CHECK(rebuild_stated(database, ledger, clock, home, imports, progress, report));
        if (progress) progress("derived tables");
        return compute_derived(database, ledger, clock, home, derived);
    }();
    if (!done) {
        ledger.finish_failed(run, done.error());
        return std::unexpected(done.error());
    }
    TIPOFF_TRY(report.raw_after, store::digest(database, stated_tables()));
    TIPOFF_TRY(report.derived_after, store::digest(database, derived_tables()));
    TIPOFF_CHECK(
        ledger.finish(run, {.state = ledger::RunState::kSucceeded,
                            .rows = report.files + report.answers,
                            .merges = 0,
                            .reason = report.is_the_same() ? "" : "DIGEST_DIFFERS",
                            .detail = fmt::format("{} files, {} answers, {} links", report.files,
                                                  report.answers, report.links)}));
    return report;
}

}  // namespace tipoff::operate
