#pragma once
/// The list of commands. A command is a file of this folder and one line here, in the order in
/// which `tipoff --help` shows them.

#include "cli/command_line.h"

#define TIPOFF_COMMANDS(COMMAND) \
    COMMAND(demo)                \
    COMMAND(import)              \
    COMMAND(collect)             \
    COMMAND(parse)               \
    COMMAND(run)                 \
    COMMAND(backfill)            \
    COMMAND(picks)               \
    COMMAND(note)                \
    COMMAND(grade)               \
    COMMAND(evaluate)            \
    COMMAND(train)               \
    COMMAND(coverage)            \
    COMMAND(status)              \
    COMMAND(runs)                \
    COMMAND(schedule)            \
    COMMAND(worker)              \
    COMMAND(alerts)              \
    COMMAND(names)               \
    COMMAND(rebuild)             \
    COMMAND(serve)               \
    COMMAND(token)               \
    COMMAND(league)              \
    COMMAND(sql)                 \
    COMMAND(export)              \
    COMMAND(schema)              \
    COMMAND(doctor)              \
    COMMAND(version)

namespace tipoff::cli {

#define TIPOFF_DECLARE_COMMAND(name) void add_##name##_command(CommandLine& commands);
TIPOFF_COMMANDS(TIPOFF_DECLARE_COMMAND)
#undef TIPOFF_DECLARE_COMMAND

/// Declares them all.
inline void add_commands(CommandLine& commands) {
#define TIPOFF_ADD_COMMAND(name) add_##name##_command(commands);
    TIPOFF_COMMANDS(TIPOFF_ADD_COMMAND)
#undef TIPOFF_ADD_COMMAND
}

}  // namespace tipoff::cli
