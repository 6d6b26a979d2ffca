#include "cli/handed_command.h"

#include <fmt/core.h>

#include "cli/command_line.h"
#include "cli/context.h"

namespace tipoff::cli {
namespace {

using serve::FrameKind;

/// A caller that says nothing for so long is none.
constexpr std::chrono::seconds kRequestPatience{10};

Error other_version(const HomeOwner& owner, const HandedRequest& request) {
    return {ErrorCode::kRefused,
            fmt::format("{} has the home open, of tipoff {}; this is tipoff {}", owner.name,
                        talking_version(), request.version),
            "call the same tipoff, or start that process again with this one"};
}

Error stopped() { return {ErrorCode::kBusy, "the process that has the home open ends"}; }

}  // namespace

void HandedCommand::run() noexcept {
    // One that asks wrongly, or leaves, is not answered: there is nobody to tell.
    (void)answer().has_value();
    connection_.shut_down();
}

void HandedCommand::stop() { home_.stop(); }

Expected<ExitCode> HandedCommand::act(const HandedRequest& request, HandedCaller& caller) {
    TIPOFF_TRY(const ParsedLine line, parse_line(request.words));
    if (line.use != HomeUse::kShared)
        return fail(ErrorCode::kRefused, "this command is not done for others");
    TIPOFF_TRY(Settings settings, resolve_settings(line.globals));
    settings.home = owner_.home.folder();
    caller.set_log_level(settings.log_level);
    home_.set_command(line.command);
    Context context(std::move(settings), line.command, home_);
    return line.action(context);
}

Status HandedCommand::answer() {
    connection_.be_patient(kRequestPatience);
    TIPOFF_TRY(const auto asked, connection_.receive());
    if (!asked) return {};  // one who only looked whether somebody listens
    if (asked->kind != FrameKind::kRequest)
        return fail(ErrorCode::kInvalidInput, "the caller asks nothing");
    TIPOFF_TRY(const HandedRequest request, unpacked_request(asked->payload));
    if (request.version != talking_version())
        return connection_.send({FrameKind::kRefused, packed(other_version(owner_, request))});
    TIPOFF_CHECK(connection_.send({FrameKind::kAccepted, owner_.name}));

    HandedCaller caller(connection_, request, home_);
    const CallerBinding binding(caller);
    Expected<ExitCode> code = std::unexpected(stopped());
    try {
        code = reporting_defects([&] { return act(request, caller); });
    } catch (const CommandStopped&) {
        code = std::unexpected(stopped());
    }
    const bool may_ask_again = home_.was_refused() || home_.is_stopped();
    if (!code && may_ask_again && !caller.has_output())
        return connection_.send({FrameKind::kNotNow, packed(code.error())});
    if (!code) print_error(code.error());
    caller.flush();
    const ExitCode ended = code ? *code : exit_code_of(code.error().code());
    return connection_.send({FrameKind::kEnd, std::string(1, static_cast<char>(ended))});
}

}  // namespace tipoff::cli
