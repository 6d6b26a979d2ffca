#pragma once
/// `tipoff runs upkeep`.

#include "cli/command_line.h"

namespace tipoff::cli {

void add_runs_upkeep_command(CommandLine& runs);

}  // namespace tipoff::cli
