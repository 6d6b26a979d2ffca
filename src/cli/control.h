#pragma once
/// The controller of a home, for the commands that let it work.

#include <vector>

#include "cli/exit_code.h"
#include "cli/operation.h"
#include "cli/output.h"
#include "operate/controller.h"
#include "operate/workflows.h"

namespace tipoff::cli {

/// Families of sources that are asked side by side.
inline constexpr std::size_t kLanes = 4;

struct Control {
    /// Forecasts are of `markets`; where none is named, of those of the workflows.
    Control(Operation& operation, operate::Workflows known, std::vector<Market> markets = {});

    operate::Workflows workflows;
    std::vector<operate::Collecting*> lanes;
    operate::SharedFacts facts;
    operate::WarmEngine engine;
    operate::Executor executor;
    operate::Controller controller;
};

/// Runs for people in a table, else with every field.
[[nodiscard]] Listing runs_listing(const std::vector<ledger::RunRow>& runs, Format format);

/// Incomplete where one of them failed, lacks something or waits.
[[nodiscard]] ExitCode code_of(const std::vector<ledger::RunRow>& runs);

}  // namespace tipoff::cli
