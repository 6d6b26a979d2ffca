#include "operate/importing.h"

#include <fmt/core.h>

#include "ledger/heartbeat.h"
#include "ledger/input_changes.h"

namespace tipoff::operate {
namespace {

using collect::ImportReport;

std::string scope_of(const collect::ImportOptions& options) {
    std::string scope;
    for (const auto& path : options.paths)
        scope += (scope.empty() ? "" : " ") + path.string();
    return scope;
}

ledger::RunOutcome outcome_of(const ImportReport& report) {
    return {
        .state =
            report.files_dropped == 0 ? ledger::RunState::kSucceeded : ledger::RunState::kDegraded,
        .rows = report.rows_kept,
        .merges = report.merges,
        .reason = report.files_dropped == 0 ? "" : "FILES_DROPPED",
        .detail = fmt::format("{} files, {} rows read, {} kept, {} rejected", report.files.size(),
                              report.rows_read, report.rows_kept, report.rows_rejected)};
}

/// The run's end is in the transaction that holds the rows.
Expected<ImportReport> import_within(store::Database& database, ledger::Ledger& ledger,
                                     const ledger::RunHandle& run, const Clock& clock,
                                     const collect::ImportOptions& options) {
    ledger::Heartbeat heartbeat(ledger, run, clock);
    TIPOFF_TRY(auto staged, collect::stage_import(database, clock, options));
    if (staged.is_empty()) {
        TIPOFF_CHECK(ledger.finish(run, {.state = ledger::RunState::kSkipped,
                                         .rows = 0,
                                         .merges = 0,
                                         .reason = "NOTHING_NEW",
                                         .detail = "every file is in the database already"}));
        return staged.report();
    }
    TIPOFF_CHECK(heartbeat.stop_and_prepare_to_write());
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_TRY(auto report, collect::write_import(std::move(staged), *transaction, clock));
    std::vector<std::string> changed;
    for (const collect::TableReport& table : report.tables) {
        if (table.changed > 0) changed.push_back(table.table);
    }
    TIPOFF_CHECK(ledger::note_input_changes(*transaction, run, changed, {}, clock));
    TIPOFF_CHECK(ledger.finish(*transaction, run, outcome_of(report)));
    TIPOFF_CHECK(transaction->commit());
    return report;
}

}  // namespace

Expected<ImportReport> run_import(store::Database& database, ledger::Ledger& ledger,
                                  const Clock& clock, const collect::ImportOptions& options) {
    TIPOFF_TRY(const auto run,
               ledger.start(
                   {.step = "import", .scope = scope_of(options), .dates = {}, .input_hash = ""}));
    auto report = import_within(database, ledger, run, clock, options);
    if (!report) ledger.finish_failed(run, report.error());
    return report;
}

}  // namespace tipoff::operate
