#pragma once
/// The log: on the standard error of whoever called the command.

#include <cstdint>

namespace tipoff::cli {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError, kOff };

/// Makes the program's log. What a caller hears of it is as much as its level says (`caller.h`).
void set_up_log();

}  // namespace tipoff::cli
