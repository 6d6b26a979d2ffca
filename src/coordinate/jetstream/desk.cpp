#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "coordinate/jetstream/connection.h"
#include "coordinate/jetstream/jetstream_queue.h"
#include "coordinate/jetstream/lent_models.h"
#include "coordinate/jetstream/publishing.h"
#include "coordinate/jetstream/pull_reader.h"
#include "coordinate/jetstream/stored.h"
#include "coordinate/jetstream/streams.h"

namespace tipoff::coordinate::jetstream {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLettersAtOnce = 256;

/// Word of a dead letter comes by itself; that one was missed is noticed within so long.
constexpr std::chrono::seconds kLookForLettersEvery{2};

constexpr std::string_view kNobodyAnswered = "no worker answered";

/// The place of an item in its stream, of the server's advisory; nothing where it says none.
std::optional<std::uint64_t> place_in_stream(natsMsg& advisory) {
    const auto said = nlohmann::json::parse(body_of(advisory), nullptr, false);
    if (!said.is_object() || !said.contains("stream_seq")) return std::nullopt;
    const auto& place = said["stream_seq"];
    if (!place.is_number_unsigned()) return std::nullopt;
    return place.get<std::uint64_t>();
}

}  // namespace

struct Desk::Parts {
    std::unique_ptr<Connection> connection;
    std::unique_ptr<PullReader> results;
    std::unique_ptr<PullReader> given_up;
    std::unique_ptr<PullReader> dead;
    SubscriptionHandle word_of_given_up;  ///< tells that there is something to read
    SubscriptionHandle word_of_dead;
    std::map<std::uint64_t, MessageHandle> unconfirmed;  ///< results, by tag
    std::uint64_t next_tag = 1;
    std::string name;  ///< unlike that of any desk before
    std::optional<std::chrono::microseconds> looked_at;

    /// Whether a letter may have come since the last look.
    bool has_word() {
        bool has = false;
        for (natsSubscription* const word : {word_of_given_up.get(), word_of_dead.get()}) {
            MessageHandle message;
            std::uint64_t waiting = 0;
            while (natsSubscription_QueuedMsgs(word, &waiting) == NATS_OK && waiting > 0 &&
                   into(message, [&](auto** out) {
                       return natsSubscription_NextMsg(out, word, 1);
                   }) == NATS_OK)
                has = true;
        }
        const auto now = connection->clock().elapsed();
        const bool is_due = !looked_at || now - *looked_at >= kLookForLettersEvery;
        if (has || is_due) looked_at = now;
        return has || is_due;
    }

    Status listen(SubscriptionHandle& word, const std::string& subject) const {
        const natsStatus status = into(word, [&](auto** out) {
            return natsConnection_SubscribeSync(out, &connection->get(), subject.c_str());
        });
        if (status == NATS_OK) return {};
        return std::unexpected(error_of(status, {}, fmt::format("listening for {}", subject)));
    }

    /// An item whose workers all fell silent becomes a dead letter.
    Status bury(std::uint64_t place) const {
        TIPOFF_TRY(const MessageHandle item, message_at(*connection, kItems, place));
        // Withdrawn, answered after all, or buried before the advisory was confirmed.
        if (item == nullptr) return {};
        const std::string id = id_of(*item);
        spdlog::warn("item {} was handed out {} times, and no worker answered it", id,
                     kMostDeliveries);
        const Outgoing letter{.subject = connection->subject(kDeadSubject, subject_of_id(id)),
                              .id = header_of(*item, kIdHeader),
                              .body = body_of(*item),
                              .why = kNobodyAnswered};
        TIPOFF_CHECK(publish_all(*connection, {&letter, 1}));
        return remove(*connection, kItems, place);
    }
};

Desk::Desk(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Desk::~Desk() = default;

Expected<std::unique_ptr<Desk>> Desk::open(const Options& options, const Clock& clock) {
    auto parts = std::make_unique<Parts>();
    TIPOFF_TRY(parts->connection, Connection::open(options, clock));
    parts->name = fmt::format("{:x}", clock.wall_now().time_since_epoch().count());
    const Connection& connection = *parts->connection;
    TIPOFF_CHECK(make_streams(connection));
    TIPOFF_TRY(parts->results,
               PullReader::open(connection, connection.stream(kResults), kCoordinator));
    TIPOFF_TRY(parts->given_up,
               PullReader::open(connection, connection.stream(kGivenUp), kCoordinator));
    TIPOFF_TRY(parts->dead, PullReader::open(connection, connection.stream(kDead), kCoordinator));
    TIPOFF_CHECK(parts->listen(parts->word_of_given_up, given_up_subject(connection)));
    TIPOFF_CHECK(parts->listen(parts->word_of_dead, connection.subject(kDeadSubject, ">")));
    return std::unique_ptr<Desk>(new Desk(std::move(parts)));
}

Status Desk::publish(std::span<const Message> items) {
    std::vector<Outgoing> messages;
    messages.reserve(items.size());
    for (const Message& item : items) {
        messages.push_back(
            {.subject = parts_->connection->subject(kItemSubject, subject_of_id(item.id)),
             .id = known_as(item.id, parts_->name),
             .body = item.body});
    }
    return publish_all(*parts_->connection, messages);
}

Expected<std::vector<Delivery>> Desk::results(std::size_t most, milliseconds wait) {
    TIPOFF_TRY(auto messages, parts_->results->fetch(most, wait));
    std::vector<Delivery> results;
    results.reserve(messages.size());
    for (MessageHandle& message : messages) {
        TIPOFF_TRY(Held one, held(std::move(message)));
        const std::uint64_t tag = parts_->next_tag++;
        results.push_back({.tag = tag,
                           .times = one.times,
                           .id = id_of(*one.message),
                           .body = std::string(body_of(*one.message))});
        parts_->unconfirmed.emplace(tag, std::move(one.message));
    }
    return results;
}

Status Desk::confirm(std::span<const Delivery> results) {
    for (const Delivery& result : results) {
        // One whose acknowledgement is lost comes again, and is known by its key.
        if (auto found = parts_->unconfirmed.extract(result.tag))
            natsMsg_Ack(found.mapped().get(), nullptr);
    }
    return {};
}

Expected<std::vector<DeadLetter>> Desk::dead_letters() {
    std::vector<DeadLetter> letters;
    if (!parts_->has_word()) return letters;
    TIPOFF_TRY(const auto advisories, parts_->given_up->fetch(kLettersAtOnce, milliseconds{0}));
    for (const MessageHandle& advisory : advisories) {
        if (const auto place = place_in_stream(*advisory)) TIPOFF_CHECK(parts_->bury(*place));
        natsMsg_Ack(advisory.get(), nullptr);
    }
    TIPOFF_TRY(const auto dead, parts_->dead->fetch(kLettersAtOnce, milliseconds{0}));
    for (const MessageHandle& letter : dead) {
        letters.push_back({.id = id_of(*letter),
                           .body = std::string(body_of(*letter)),
                           .why = header_of(*letter, kWhyHeader)});
        natsMsg_Ack(letter.get(), nullptr);
    }
    return letters;
}

Status Desk::withdraw(std::string_view id_prefix) {
    if (!id_prefix.ends_with('/')) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' is not the beginning of ids up to a '/'", id_prefix));
    }
    const Connection& connection = *parts_->connection;
    const std::string all = connection.subject(kItemSubject, subject_of_id(id_prefix) + ">");
    // One by one: a purge of these subjects makes a server of version 2.9 pass over the items of
    // others.
    TIPOFF_TRY(const auto subjects, subjects_in(connection, kItems, all));
    for (const std::string& subject : subjects) {
        TIPOFF_TRY(const MessageHandle item, last_of(connection, kItems, subject));
        if (item != nullptr)
            TIPOFF_CHECK(remove(connection, kItems, natsMsg_GetSequence(item.get())));
    }
    return {};
}

Status Desk::lend(std::shared_ptr<const forecast::TrainedCount> trained) {
    return lend_model(*parts_->connection, *trained);
}

}  // namespace tipoff::coordinate::jetstream
