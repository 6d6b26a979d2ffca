#include "cli/control.h"

#include <algorithm>

#include "cli/run_listing.h"
#include "ledger/run_state.h"
#include "serve/documents/runs.h"

namespace tipoff::cli {

Control::Control(Operation& operation, operate::Workflows known, std::vector<Market> markets)
    : workflows(std::move(known)),
      lanes(operation.lanes()),
      facts(operation.database()),
      engine(facts, operation.database(), operation.ledger(), operation.clock(),
             operation.home().folder()),
      executor(operation.database(), operation.ledger(), operation.clock(), engine, lanes,
               operation.alerts(),
               {.markets = markets.empty() ? workflows.markets : std::move(markets),
                .alternate_lines = operation.alternate_lines()}),
      controller(operation.database(), operation.clock(), workflows, executor, operation.alerts(),
                 operation.channels()) {}

Listing runs_listing(const std::vector<ledger::RunRow>& runs, Format format) {
    return format == Format::kTable ? run_table(runs) : serve::run_fields(runs);
}

ExitCode code_of(const std::vector<ledger::RunRow>& runs) {
    const bool is_complete = std::ranges::all_of(runs, [](const ledger::RunRow& run) {
        const auto state = ledger::parse_run_state(run.state);
        return state &&
               (*state == ledger::RunState::kSucceeded || *state == ledger::RunState::kEmptyOk ||
                *state == ledger::RunState::kSkipped);
    });
    return is_complete ? ExitCode::kDone : ExitCode::kIncomplete;
}

}  // namespace tipoff::cli
