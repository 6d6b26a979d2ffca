#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <vector>

#include "coordinate/jetstream/connection.h"
#include "coordinate/jetstream/jetstream_queue.h"
#include "coordinate/jetstream/lent_models.h"
#include "coordinate/jetstream/publishing.h"
#include "coordinate/jetstream/pull_reader.h"
#include "coordinate/jetstream/streams.h"

namespace tipoff::coordinate::jetstream {
namespace {

using std::chrono::milliseconds;

/// Signs of life in the time after which an item goes to another: two may be lost.
constexpr int kSignsOfLife = 3;

/// What a program that ends waits for its last words to go out.
constexpr milliseconds kFarewell{1'000};

}  // namespace

struct Source::Parts {
    std::unique_ptr<Connection> connection;
    std::unique_ptr<PullReader> items;
    milliseconds keep_every{};
    std::mutex mutex;  ///< of what follows: beats come from another thread
    std::map<std::uint64_t, Held> in_hand;
    std::uint64_t next_tag = 1;

    /// What an item in hand is known by; nothing where it is not in hand any more.
    std::optional<std::string> known_by(std::uint64_t tag) {
        const std::lock_guard lock(mutex);
        const auto found = in_hand.find(tag);
        if (found == in_hand.end()) return std::nullopt;
        return header_of(*found->second.message, kIdHeader);
    }

    /// Settles what was taken, once: nothing where it is not in hand any more.
    template <class Settle>
    void settle(std::uint64_t tag, Settle&& call) {
        const std::lock_guard lock(mutex);
        if (auto found = in_hand.extract(tag)) call(*found.mapped().message);
    }
};

Source::Source(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Source::~Source() {
    for (const auto& [tag, item] : parts_->in_hand)
        natsMsg_Nak(item.message.get(), nullptr);
    for (const MessageHandle& item : parts_->items->rest())
        natsMsg_Nak(item.get(), nullptr);
    if (parts_->connection->is_up())
        natsConnection_FlushTimeout(&parts_->connection->get(), kFarewell.count());
}

Expected<std::unique_ptr<Source>> Source::open(const Options& options, const Clock& clock) {
    auto parts = std::make_unique<Parts>();
    TIPOFF_TRY(parts->connection, Connection::open(options, clock));
    TIPOFF_CHECK(make_streams(*parts->connection));
    TIPOFF_TRY(parts->items,
               PullReader::open(*parts->connection, parts->connection->stream(kItems), kWorkers));
    TIPOFF_TRY(const milliseconds loses_after, silent_worker_loses(*parts->connection));
    parts->keep_every = loses_after / kSignsOfLife;
    return std::unique_ptr<Source>(new Source(std::move(parts)));
}

Expected<std::vector<Delivery>> Source::take(std::size_t most, milliseconds wait) {
    TIPOFF_TRY(auto messages, parts_->items->fetch(most, wait));
    std::vector<Delivery> items;
    items.reserve(messages.size());
    const std::lock_guard lock(parts_->mutex);
    for (MessageHandle& message : messages) {
        TIPOFF_TRY(Held one, held(std::move(message)));
        const std::uint64_t tag = parts_->next_tag++;
        items.push_back({.tag = tag,
                         .times = one.times,
                         .id = id_of(*one.message),
                         .body = std::string(body_of(*one.message))});
        parts_->in_hand.emplace(tag, std::move(one));
    }
    return items;
}

Status Source::answer(std::span<const Answer> answers) {
    std::vector<Outgoing> messages;
    messages.reserve(answers.size());
    for (const Answer& answer : answers) {
        const std::string& id = answer.result.id;
        messages.push_back(
            {.subject = parts_->connection->subject(kResultSubject, subject_of_id(id)),
             .id = parts_->known_by(answer.item).value_or(id),
             .body = answer.result.body});
    }
    const Status published = publish_all(*parts_->connection, messages);
    for (const Answer& answer : answers) {
        parts_->settle(answer.item, [&](natsMsg& item) {
            // An acknowledgement that is lost, or not given, brings the item again.
            if (published) natsMsg_Ack(&item, nullptr);
        });
    }
    return published;
}

Status Source::keep(std::span<const std::uint64_t> items) {
    const std::lock_guard lock(parts_->mutex);
    for (const std::uint64_t tag : items) {
        const auto found = parts_->in_hand.find(tag);
        if (found != parts_->in_hand.end())
            natsMsg_InProgress(found->second.message.get(), nullptr);
    }
    return {};
}

milliseconds Source::keep_every() const { return parts_->keep_every; }

Status Source::give_back(const Delivery& item, std::string_view why) {
    const Connection& connection = *parts_->connection;
    const auto known_by = parts_->known_by(item.tag);
    if (!known_by) return {};
    if (item.times < kMostDeliveries) {
        const milliseconds delay = connection.options().again_after * item.times;
        spdlog::debug("item {} is given back: {}", item.id, why);
        parts_->settle(item.tag, [&](natsMsg& message) {
            natsMsg_NakWithDelay(&message, delay.count(), nullptr);
        });
        return {};
    }
    spdlog::warn("item {} is given up: {}", item.id, why);
    const Outgoing letter{.subject = connection.subject(kDeadSubject, subject_of_id(item.id)),
                          .id = *known_by,
                          .body = item.body,
                          .why = why};
    TIPOFF_CHECK(publish_all(connection, {&letter, 1}));
    parts_->settle(item.tag, [](natsMsg& message) { natsMsg_Term(&message, nullptr); });
    return {};
}

Expected<std::shared_ptr<const forecast::TrainedCount>> Source::trained(Fingerprint hash) {
    return find_model(*parts_->connection, hash);
}

}  // namespace tipoff::coordinate::jetstream
