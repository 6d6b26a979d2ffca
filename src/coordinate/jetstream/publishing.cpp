#include "coordinate/jetstream/publishing.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/parse.h"

namespace tipoff::coordinate::jetstream {
namespace {

/// Messages that wait for their acknowledgement at one time.
constexpr std::size_t kWindow = 256;

/// Nothing acknowledged for so long: what is missing is published again.
constexpr std::chrono::milliseconds kAcknowledged{3'000};

/// Between an id, which has none of it, and whose it is.
constexpr char kOfDesk = '@';

struct InboxDeleter {
    void operator()(natsInbox* inbox) const { natsInbox_Destroy(inbox); }
};
using Inbox = std::unique_ptr<natsInbox, InboxDeleter>;

/// One line, as a header takes it.
std::string in_one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return line;
}

class Publishing {
public:
    Publishing(const Connection& connection, std::span<const Outgoing> messages)
        : connection_(connection),
          messages_(messages),
          is_acknowledged_(messages.size()),
          missing_(messages.size()) {}

    Status run() {
        if (missing_ == 0) return {};
        const natsStatus status = open_inbox();
        if (status != NATS_OK) return std::unexpected(error_of(status, {}, "publishing"));
        const auto start = connection_.clock().elapsed();
        while (true) {
            TIPOFF_CHECK(round());
            if (missing_ == 0) return {};
            if (connection_.clock().elapsed() - start >= connection_.options().patience) break;
            Connection::pause();
        }
        return fail(ErrorCode::kIo,
                    fmt::format("{} of {} messages were not acknowledged by {}: {}", missing_,
                                messages_.size(), to_string(connection_.options().address), why_));
    }

private:
    natsStatus open_inbox() {
        natsStatus status = into(inbox_, natsInbox_Create);
        if (status == NATS_OK) {
            status = into(replies_, [&](auto** out) {
                return natsConnection_SubscribeSync(out, &connection_.get(),
                                                    fmt::format("{}.*", inbox_.get()).c_str());
            });
        }
        // However slow this thread is, no acknowledgement is to be dropped.
        if (status == NATS_OK) status = natsSubscription_SetPendingLimits(replies_.get(), -1, -1);
        return status;
    }

    /// Publishes what is missing, and waits until all is told of or nothing is told any more.
    Status round() {
        std::size_t told_of = 0;
        std::size_t published = 0;
        std::size_t next = 0;
        while (true) {
            for (; next < messages_.size() && published - told_of < kWindow; ++next) {
                if (is_acknowledged_[next]) continue;
                TIPOFF_TRY(const bool is_out, publish(next));
                if (!is_out) return {};
                ++published;
            }
            if (told_of == published) return {};
            MessageHandle reply;
            const natsStatus status = into(reply, [&](auto** out) {
                return natsSubscription_NextMsg(out, replies_.get(), kAcknowledged.count());
            });
            if (status != NATS_OK && status != NATS_NO_RESPONDERS) {
                why_ = natsStatus_GetText(status);
                return {};
            }
            ++told_of;
            if (status == NATS_OK) take_in(*reply);
        }
    }

    /// Whether it could be handed to the library; an error where it never will be.
    Expected<bool> publish(std::size_t i) {
        const Outgoing& out = messages_[i];
        const std::span<const char> body(out.body);
        MessageHandle message;
        natsStatus status = into(message, [&](auto** made) {
            return natsMsg_Create(made, out.subject.c_str(),
                                  fmt::format("{}.{}", inbox_.get(), i).c_str(), body.data(),
                                  static_cast<int>(body.size()));
        });
        if (status == NATS_OK && !out.id.empty())
            status = natsMsgHeader_Set(message.get(), kIdHeader, out.id.c_str());
        if (status == NATS_OK && !out.why.empty())
            status = natsMsgHeader_Set(message.get(), kWhyHeader, in_one_line(out.why).c_str());
        if (status == NATS_OK)
            status = natsConnection_PublishMsg(&connection_.get(), message.get());
        if (status == NATS_OK) return true;
        why_ = natsStatus_GetText(status);
        if (passes(status, {})) return false;
        return std::unexpected(error_of(status, {}, fmt::format("publishing {}", out.subject)));
    }

    void take_in(natsMsg& reply) {
        if (natsMsg_IsNoResponders(&reply)) return;
        const std::string_view subject = natsMsg_GetSubject(&reply);
        const auto place = parse_integer(subject.substr(subject.rfind('.') + 1));
        const auto said = nlohmann::json::parse(body_of(reply), nullptr, false);
        if (!place || *place < 0 || std::cmp_greater_equal(*place, messages_.size())) return;
        if (!said.is_object() || said.contains("error")) {
            why_ = said.is_object() ? said["error"].value("description", "an error") : "no answer";
            return;
        }
        const auto i = static_cast<std::size_t>(*place);
        if (!is_acknowledged_[i]) --missing_;
        is_acknowledged_[i] = true;
    }

    const Connection& connection_;
    std::span<const Outgoing> messages_;
    std::vector<bool> is_acknowledged_;
    std::size_t missing_;
    Inbox inbox_;
    SubscriptionHandle replies_;
    std::string why_;  ///< the last that went wrong
};

}  // namespace

std::string known_as(std::string_view id, std::string_view desk) {
    return fmt::format("{}{}{}", id, kOfDesk, desk);
}

std::string id_of(natsMsg& message) {
    const std::string known = header_of(message, kIdHeader);
    return known.substr(0, known.find(kOfDesk));
}

Status publish_all(const Connection& connection, std::span<const Outgoing> messages) {
    return Publishing(connection, messages).run();
}

}  // namespace tipoff::coordinate::jetstream
