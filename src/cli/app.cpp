#include "cli/app.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/output.h"

namespace tipoff::cli {
namespace {

void set_up_log(LogLevel level) {
    auto logger = spdlog::stderr_logger_mt("tipoff");
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    switch (level) {
        case LogLevel::kDebug: logger->set_level(spdlog::level::debug); break;
        case LogLevel::kInfo: logger->set_level(spdlog::level::info); break;
        case LogLevel::kWarn: logger->set_level(spdlog::level::warn); break;
        case LogLevel::kError: logger->set_level(spdlog::level::err); break;
        case LogLevel::kOff: logger->set_level(spdlog::level::off); break;
    }
    spdlog::set_default_logger(std::move(logger));
}

Expected<ExitCode> run(const std::vector<std::string>& words) {
    TIPOFF_TRY(const ParsedLine line, parse_line(words));
    if (!line.action) {
        print(line.text);
        return ExitCode::kDone;
    }
    TIPOFF_TRY(Settings settings, resolve_settings(line.globals));
    set_up_log(settings.log_level);
    Context context(std::move(settings), line.command);
    return line.action(context);
}

ExitCode run_reporting(const std::vector<std::string>& words) {
    const auto code = run(words);
    if (!code) {
        print_error(code.error());
        return exit_code_of(code.error().code());
    }
    // A full disk behind a redirection shows only now.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        print_error({ErrorCode::kIo, "standard output could not be written", "is the disk full?"});
        return ExitCode::kFailed;
    }
    return *code;
}

}  // namespace

int run_program(int count, const char* const* arguments) {
    try {
        const std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
        return static_cast<int>(run_reporting(words));
    } catch (const std::bad_alloc&) {
        print_error({ErrorCode::kInternal, "out of memory"});
    } catch (const std::exception& error) {
        print_error(
            {ErrorCode::kInternal, std::string("this is a defect of tipoff: ") + error.what(),
             "nothing that was under way is half written; please report it with the command"});
    }
    return static_cast<int>(ExitCode::kFailed);
}

}  // namespace tipoff::cli
