#include "coordinate/jetstream/pull_reader.h"

#include <fmt/core.h>

#include <algorithm>

namespace tipoff::coordinate::jetstream {
namespace {

using std::chrono::milliseconds;

/// A round trip to the servers: less would never hear of what is there.
constexpr milliseconds kLeastWait{25};

/// More at once would not fit into what the library keeps for a reader.
constexpr std::size_t kMostAtOnce = 1'000;

}  // namespace

Expected<std::unique_ptr<PullReader>> PullReader::open(const Connection& connection,
                                                       const std::string& stream,
                                                       const char* durable) {
    std::unique_ptr<PullReader> made(new PullReader(connection));
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = stream.c_str();
    options.Consumer = durable;
    TIPOFF_CHECK(
        connection.persist(fmt::format("reading the stream {}", stream), [&](jsErrCode* code) {
            return into(made->subscription_, [&](auto** out) {
                return js_PullSubscribe(out, &connection.context(), nullptr, durable, nullptr,
                                        &options, code);
            });
        }));
    return made;
}

Expected<std::vector<MessageHandle>> PullReader::fetch(std::size_t most, milliseconds wait) {
    // "No wait" with an end: the server gives what there is, or waits for the first.
    jsFetchRequest request;
    jsFetchRequest_Init(&request);
    request.Batch = static_cast<int>(std::min(most, kMostAtOnce));
    request.Expires = std::chrono::nanoseconds(std::max(wait, kLeastWait)).count();
    request.NoWait = true;
    natsMsgList list{};
    const natsStatus status = natsSubscription_FetchRequest(&list, subscription_.get(), &request);
    std::vector<MessageHandle> messages;
    messages.reserve(static_cast<std::size_t>(list.Count));
    for (int i = 0; i < list.Count; ++i)
        messages.emplace_back(std::exchange(list.Msgs[i], nullptr));
    natsMsgList_Destroy(&list);

    const bool is_answered = status == NATS_OK || status == NATS_NOT_FOUND ||
                             (status == NATS_TIMEOUT && connection_.is_up());
    if (is_answered) {
        silent_since_.reset();
        return messages;
    }
    const auto now = connection_.clock().elapsed();
    if (!silent_since_) silent_since_ = now;
    if (now - *silent_since_ >= connection_.options().patience)
        return std::unexpected(error_of(status, {}, to_string(connection_.options().address)));
    Connection::pause();
    return messages;
}

std::vector<MessageHandle> PullReader::rest() {
    std::vector<MessageHandle> messages;
    MessageHandle message;
    while (into(message, [&](auto** out) {
               return natsSubscription_NextMsg(out, subscription_.get(), 1);
           }) == NATS_OK)
        messages.push_back(std::move(message));
    return messages;
}

Expected<Held> held(MessageHandle message) {
    MetaDataHandle data;
    const natsStatus status =
        into(data, [&](auto** out) { return natsMsg_GetMetaData(out, message.get()); });
    if (status != NATS_OK)
        return fail(ErrorCode::kInternal, "a message that no reader took out of a stream");
    return Held{.message = std::move(message),
                .times = static_cast<int>(data->NumDelivered),
                .stream_sequence = data->Sequence.Stream};
}

}  // namespace tipoff::coordinate::jetstream
