#pragma once
/// `tipoff schedule run` and `schedule trigger`: the controller at work.

#include "cli/command_line.h"

namespace tipoff::cli {

void add_schedule_run_commands(CommandLine& schedule);

}  // namespace tipoff::cli
