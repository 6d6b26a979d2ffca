#include "cli/app.h"

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "cli/caller.h"
#include "cli/command_line.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/hand_over.h"
#include "cli/output.h"

namespace tipoff::cli {
namespace {

/// Between two looks at a home whose owner is just coming or going.
constexpr std::chrono::milliseconds kLook{50};

/// A command that another process may do in our place: that one is asked; where there is none the
/// command is done here; and where one comes up in between, it is asked after all.
Expected<ExitCode> run_shared(const std::vector<std::string>& words, const ParsedLine& line,
                              Context& context) {
    const auto home = context.settings().home;
    const auto deadline = context.clock().elapsed() + context.settings().wait;
    while (home) {
        TIPOFF_TRY(const Answer answer, hand_over(*home, words));
        if (const auto* code = std::get_if<ExitCode>(&answer)) return *code;
        if (const auto* not_now = std::get_if<NotNow>(&answer))
            context.wait_for_owner(not_now->owner);
        auto code = line.action(context);
        if (code || !context.found_owner() || context.clock().elapsed() >= deadline) return code;
        std::this_thread::sleep_for(kLook);
    }
    return line.action(context);
}

Expected<ExitCode> run(const std::vector<std::string>& words) {
    TIPOFF_TRY(const ParsedLine line, parse_line(words));
    if (!line.action) {
        print(line.text);
        return ExitCode::kDone;
    }
    TIPOFF_TRY(Settings settings, resolve_settings(line.globals));
    set_up_log();
    caller().set_log_level(settings.log_level);
    Context context(std::move(settings), line.command, line.use);
    return line.use == HomeUse::kShared ? run_shared(words, line, context) : line.action(context);
}

ExitCode run_reporting(const std::vector<std::string>& words) {
    const auto code = reporting_defects([&] { return run(words); });
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
    const std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
    return static_cast<int>(run_reporting(words));
}

}  // namespace tipoff::cli
