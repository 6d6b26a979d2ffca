#include "cli/hand_over.h"

#include <fmt/core.h>

#include <chrono>
#include <utility>

#include "cli/caller.h"
#include "cli/handed_request.h"
#include "serve/home_socket.h"
#include "store/home.h"

namespace tipoff::cli {
namespace {

using serve::Frame;
using serve::FrameKind;

/// An owner says that it is there before it does anything else.
constexpr std::chrono::seconds kOwnerPatience{10};
constexpr std::chrono::seconds kWithoutEnd{0};

Error silent(const std::filesystem::path& home) {
    return {ErrorCode::kBusy,
            fmt::format("{} is held by {}, which does not answer", home.string(),
                        store::lock_holder(home)),
            "look what that process does; tipoff doctor tells more"};
}

Error cut_off(const std::string& owner) {
    return {ErrorCode::kIo, fmt::format("{} ended before it had answered", owner),
            "what it had written stands; call the command again, and it goes on from there"};
}

std::unexpected<Error> no_answer() {
    return fail(ErrorCode::kInvalidInput, "what came over the socket is no answer");
}

/// What a command prints, in its order. Progress, before there is a result, is shown as it comes;
/// the result is kept until it is whole, so that whoever reads ours slowly holds up nobody but us,
/// and half a result is never shown.
class Printed {
public:
    void add(Stream stream, std::string text) {
        if (stream == Stream::kErrors && kept_.empty()) {
            caller().write(stream, text);
        } else {
            kept_.emplace_back(stream, std::move(text));
        }
    }

    void show() {
        for (const auto& [stream, text] : kept_)
            caller().write(stream, text);
    }

private:
    std::vector<std::pair<Stream, std::string>> kept_;
};

Expected<ExitCode> exit_code_in(const std::string& payload) {
    if (payload.size() != 1 || payload[0] < 0 || payload[0] > static_cast<char>(ExitCode::kRefused))
        return no_answer();
    return static_cast<ExitCode>(payload[0]);
}

Expected<Answer> listen_to(serve::HomeConnection& connection, const std::string& owner) {
    Printed printed;
    while (true) {
        TIPOFF_TRY(auto frame, connection.receive());
        if (!frame) return std::unexpected(cut_off(owner));
        switch (frame->kind) {
            case FrameKind::kOut: printed.add(Stream::kOut, std::move(frame->payload)); break;
            case FrameKind::kErrors: printed.add(Stream::kErrors, std::move(frame->payload)); break;
            case FrameKind::kEnd: {
                TIPOFF_TRY(const ExitCode code, exit_code_in(frame->payload));
                printed.show();
                return code;
            }
            case FrameKind::kNotNow: {
                TIPOFF_TRY(Error why, unpacked_error(frame->payload));
                return NotNow{owner, std::move(why)};
            }
            default: return no_answer();
        }
    }
}

/// An owner that has taken the words.
struct Taken {
    serve::HomeConnection connection;
    std::string owner;
};

/// Calls the owner and hands it the words; nothing where nobody is there.
Expected<std::optional<Taken>> call_owner(const std::filesystem::path& home,
                                          const std::vector<std::string>& words) {
    const Frame request{FrameKind::kRequest, packed(request_of(words))};
    auto called = serve::call_home(home);
    if (!called && called.error().code() == ErrorCode::kBusy) return std::unexpected(silent(home));
    TIPOFF_TRY(auto connection, std::move(called));
    if (!connection) return std::nullopt;
    if (request.payload.size() > serve::kMaxPayload)
        return fail(ErrorCode::kRefused,
                    fmt::format("{} has the home open, and so long a command cannot be handed over",
                                store::lock_holder(home)),
                    "name a folder in place of its files, or wait for that process to end");
    connection->be_patient(kOwnerPatience);
    // One that refuses may do so before it has read what is asked.
    (void)connection->send(request).has_value();
    const auto first = connection->receive();
    if (!first && first.error().code() == ErrorCode::kBusy) return std::unexpected(silent(home));
    TIPOFF_TRY(const auto& frame, first);
    if (!frame) return std::nullopt;  // it was just about to end
    if (frame->kind == FrameKind::kRefused) {
        TIPOFF_TRY(Error why, unpacked_error(frame->payload));
        return std::unexpected(std::move(why));
    }
    if (frame->kind != FrameKind::kAccepted) return no_answer();
    connection->be_patient(kWithoutEnd);
    return Taken{*std::move(connection), frame->payload};
}

}  // namespace

Expected<Answer> hand_over(const std::filesystem::path& home,
                           const std::vector<std::string>& words) {
    TIPOFF_TRY(auto taken, call_owner(home, words));
    if (!taken) return NobodyAnswers{};
    return listen_to(taken->connection, taken->owner);
}

Expected<std::optional<std::string>> answering_owner(const std::filesystem::path& home) {
    TIPOFF_TRY(auto taken, call_owner(home, {"version"}));
    return taken ? std::optional(std::move(taken->owner)) : std::nullopt;
}

}  // namespace tipoff::cli
