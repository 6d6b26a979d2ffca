#pragma once
/// The schedule of a home at work, for the commands that stay.

#include <functional>
#include <optional>

#include "base/error.h"
#include "cli/control.h"
#include "cli/home_listener.h"
#include "cli/interrupts.h"

namespace tipoff::cli {

/// Of `--speed`: `kUsage` where it is out of range, or no replay was asked for.
Status check_speed(std::optional<double> speed, const Context& context);

struct ScheduleHooks {
    /// Whether it is this process's turn to run what is due, of several on one database.
    std::function<bool()> leads = [] { return true; };

    /// Called after each look.
    std::function<void()> after_pass = [] {};
};

/// Runs what is due, tells on standard output what ended, and looks again, until it is interrupted
/// (`looks.h`: what else ends it).
/// Its writing takes turns with that of others (`HomeListener::turn`).
Status run_schedule(Operation& operation, Control& control, HomeListener& listener,
                    const Interrupts& interrupts, double speed,
                    const operate::RunProgress& progress, const ScheduleHooks& hooks = {});

/// Runs that were planned by a job, or ended, since then.
Expected<std::vector<ledger::RunRow>> ended_since(store::Database& database, Instant start);

}  // namespace tipoff::cli
