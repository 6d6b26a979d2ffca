#include "cli/exit_code.h"

#include <fmt/core.h>

#include <cstdio>

namespace tipoff::cli {

ExitCode exit_code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kUsage: return ExitCode::kUsage;
        case ErrorCode::kBusy:
        case ErrorCode::kRefused: return ExitCode::kRefused;
        case ErrorCode::kInvalidInput:
        case ErrorCode::kNotFound:
        case ErrorCode::kCorrupt:
        case ErrorCode::kFenced:
        case ErrorCode::kIo:
        case ErrorCode::kInternal: return ExitCode::kFailed;
    }
    return ExitCode::kFailed;
}

void print_error(const Error& error) {
    fmt::print(stderr, "tipoff: {}\n", error.message());
    if (!error.hint().empty()) fmt::print(stderr, "  {}\n", error.hint());
}

void print_note(std::string_view text) { fmt::print(stderr, "tipoff: {}\n", text); }

}  // namespace tipoff::cli
