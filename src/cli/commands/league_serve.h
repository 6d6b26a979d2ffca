#pragma once
/// `tipoff league serve`: the simulated league as upstreams.

#include "cli/command_line.h"

namespace tipoff::cli {

void add_league_serve_command(CommandLine& league);

}  // namespace tipoff::cli
