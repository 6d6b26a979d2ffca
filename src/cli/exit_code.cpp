#include "cli/exit_code.h"

#include <fmt/core.h>

#include <exception>
#include <new>

#include "cli/caller.h"

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

Expected<ExitCode> reporting_defects(const std::function<Expected<ExitCode>()>& body) {
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::kInternal, "out of memory");
    } catch (const std::exception& error) {
        return fail(ErrorCode::kInternal,
                    fmt::format("this is a defect of tipoff: {}", error.what()),
                    "nothing that was under way is half written; please report it with the "
                    "command");
    }
}

void print_error(const Error& error) {
    std::string text = fmt::format("tipoff: {}\n", error.message());
    if (!error.hint().empty()) text += fmt::format("  {}\n", error.hint());
    caller().write(Stream::kErrors, text);
}

void print_note(std::string_view text) {
    caller().write(Stream::kErrors, fmt::format("tipoff: {}\n", text));
}

}  // namespace tipoff::cli
