#include "coordinate/jetstream/stored.h"

#include <fmt/core.h>

#include <span>

namespace tipoff::coordinate::jetstream {
namespace {

/// What is not there is no failure.
natsStatus or_none(natsStatus status, jsErrCode code) {
    const bool is_none =
        status == NATS_NOT_FOUND || code == JSNoMessageFoundErr || code == JSSequenceNotFoundErr;
    return is_none ? NATS_OK : status;
}

}  // namespace

Expected<std::vector<std::string>> subjects_in(const Connection& connection,
                                               std::string_view stream, const std::string& filter) {
    const std::string name = connection.stream(stream);
    jsOptions options;
    jsOptions_Init(&options);
    options.Stream.Info.SubjectsFilter = filter.c_str();
    StreamInfoHandle info;
    TIPOFF_CHECK(
        connection.persist(fmt::format("looking into the stream {}", name), [&](jsErrCode* code) {
            return into(info, [&](auto** out) {
                return js_GetStreamInfo(out, &connection.context(), name.c_str(), &options, code);
            });
        }));
    std::vector<std::string> subjects;
    if (const jsStreamStateSubjects* const found = info->State.Subjects; found != nullptr) {
        for (const jsStreamStateSubject& one :
             std::span(found->List, static_cast<std::size_t>(found->Count)))
            subjects.emplace_back(one.Subject);
    }
    return subjects;
}

Expected<MessageHandle> last_of(const Connection& connection, std::string_view stream,
                                const std::string& subject) {
    const std::string name = connection.stream(stream);
    MessageHandle message;
    TIPOFF_CHECK(connection.persist(fmt::format("fetching {}", subject), [&](jsErrCode* code) {
        const natsStatus status = into(message, [&](auto** out) {
            return js_GetLastMsg(out, &connection.context(), name.c_str(), subject.c_str(), nullptr,
                                 code);
        });
        return or_none(status, *code);
    }));
    return message;
}

Expected<MessageHandle> message_at(const Connection& connection, std::string_view stream,
                                   std::uint64_t place) {
    const std::string name = connection.stream(stream);
    MessageHandle message;
    TIPOFF_CHECK(
        connection.persist(fmt::format("fetching a message of {}", name), [&](jsErrCode* code) {
            const natsStatus status = into(message, [&](auto** out) {
                return js_GetMsg(out, &connection.context(), name.c_str(), place, nullptr, code);
            });
            return or_none(status, *code);
        }));
    return message;
}

Status remove(const Connection& connection, std::string_view stream, std::uint64_t place) {
    const std::string name = connection.stream(stream);
    const Status removed =
        connection.persist(fmt::format("removing a message of {}", name), [&](jsErrCode* code) {
            const natsStatus status =
                js_DeleteMsg(&connection.context(), name.c_str(), place, nullptr, code);
            return or_none(status, *code);
        });
    if (removed) return {};
    // Settled meanwhile, or removed by a request whose answer was lost: servers have no code for
    // it.
    TIPOFF_TRY(const MessageHandle left, message_at(connection, stream, place));
    return left == nullptr ? Status() : removed;
}

}  // namespace tipoff::coordinate::jetstream
