#include "cli/run_listing.h"

#include "serve/documents/runs.h"

namespace tipoff::cli {

using ledger::RunRow;
using serve::state_cell;
using serve::text_or_null;

Listing run_table(const std::vector<RunRow>& runs) {
    Listing listing{.columns = {"run_id", "step", "scope", "state", "attempt", "started", "seconds",
                                "rows", "merges", "reason"},
                    .rows = {}};
    for (const RunRow& run : runs) {
        Cell seconds;
        if (run.finished_at && run.started_at) {
            seconds = Cell::number(
                std::chrono::duration<double>(*run.finished_at - *run.started_at).count(), 2);
        }
        listing.rows.push_back(
            {Cell::text(run.run_id), Cell::text(run.step), Cell::text(run.scope),
             state_cell(run.state), Cell::integer(run.attempt),
             run.started_at ? Cell::text(to_eastern_string(*run.started_at)) : Cell(), seconds,
             Cell::integer(run.rows), Cell::integer(run.merges),
             text_or_null(run.waits_for.empty() ? run.reason : "waits for " + run.waits_for)});
    }
    return listing;
}

}  // namespace tipoff::cli
