#pragma once
/// A database with the tables of alerts, channels that keep what they are given, and a clock that
/// is moved by hand.

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "operate/alert_delivery.h"
#include "operate/alert_tables.h"
#include "operate/alerts.h"
#include "support/engines.h"
#include "support/expected.h"

namespace tipoff::operate::test {

/// What came out of a channel, and when.
struct Received {
    Instant at{};
    OutboxRow message;
};

/// What a channel says to a message; nothing said is delivered.
using Answer = std::function<std::expected<void, SendFailure>(const OutboxRow&)>;

struct Inbox {
    std::vector<Received> received;
    Answer answer = [](const OutboxRow&) { return std::expected<void, SendFailure>(); };

    [[nodiscard]] std::vector<std::string> subjects() const {
        std::vector<std::string> all;
        all.reserve(received.size());
        for (const Received& one : received)
            all.push_back(one.message.subject);
        return all;
    }
    [[nodiscard]] bool mentions(std::string_view text) const {
        return std::ranges::any_of(received, [&](const Received& one) {
            return one.message.body.contains(text) || one.message.subject.contains(text);
        });
    }
};

class InboxSender final : public MessageSender {
public:
    InboxSender(Inbox& inbox, const Clock& clock) : inbox_(inbox), clock_(clock) {}

    std::expected<void, SendFailure> send(const OutboxRow& message) override {
        auto outcome = inbox_.answer(message);
        if (outcome) inbox_.received.push_back({clock_.league_now(), message});
        return outcome;
    }

private:
    Inbox& inbox_;
    const Clock& clock_;
};

inline std::expected<void, SendFailure> for_now(const OutboxRow&) {
    return std::unexpected(
        SendFailure{.is_permanent = false, .detail = "no connection", .retry_after = {}});
}

inline std::expected<void, SendFailure> for_good(const OutboxRow&) {
    return std::unexpected(
        SendFailure{.is_permanent = true, .detail = "HTTP 404", .retry_after = {}});
}

inline std::expected<void, SendFailure> delivered(const OutboxRow&) { return {}; }

class AlertHome {
public:
    explicit AlertHome(const std::vector<ChannelPolicy>& policies = {{.name = "email"}},
                       support::Engine engine = support::Engine::kDuckDb)
        : test_database_(engine, alert_tables()) {
        for (const ChannelPolicy& policy : policies) {
            inboxes_.push_back(std::make_unique<Inbox>());
            channels_.push_back({policy, std::make_unique<InboxSender>(*inboxes_.back(), clock_)});
        }
    }

    /// The process ends and another begins: all that is left is the database.
    void restart() { test_database_.reopen(); }

    [[nodiscard]] Alerts alerts() const { return {policies_of(channels_), clock_}; }

    void raise(const Alert& alert) {
        const auto transaction = support::value_of(database().begin());
        support::value_of(alerts().raise(*transaction, alert));
        support::value_of(transaction->commit());
    }
    void raise(const std::string& signature, Severity severity = Severity::kError) {
        raise({.signature = signature,
               .severity = severity,
               .title = signature + " is wrong",
               .body = "because",
               .game_date = {},
               .is_event = false});
    }
    void resolve(const std::string& signature) {
        const auto transaction = support::value_of(database().begin());
        support::value_of(alerts().resolve(*transaction, signature));
        support::value_of(transaction->commit());
    }
    DeliveryReport deliver() {
        return support::value_of(operate::deliver(database(), channels_, clock_));
    }
    /// Delivers every minute of a span.
    void deliver_for(std::chrono::minutes span) {
        for (std::chrono::minutes left = span; left.count() > 0; --left) {
            clock_.advance(std::chrono::minutes{1});
            deliver();
        }
    }

    template <class Row>
    [[nodiscard]] std::vector<Row> rows(const store::Table<Row>& table,
                                        std::string_view tail = "ORDER BY 1, 2, 3") {
        return support::value_of(store::read_rows(database(), table, tail));
    }
    [[nodiscard]] AlertRow newest(const std::string& signature) {
        return support::value_of(store::read_rows(database(), kAlert,
                                                  "WHERE signature = $1 ORDER BY episode DESC",
                                                  {signature}))
            .at(0);
    }

    [[nodiscard]] store::Database& database() { return test_database_.get(); }
    [[nodiscard]] const std::vector<AlertChannel>& channels() const { return channels_; }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] Inbox& inbox(std::size_t channel = 0) { return *inboxes_.at(channel); }

private:
    support::TestDatabase test_database_;
    ManualClock clock_{support::value_of(parse_instant("2026-01-05T15:00:00Z"))};  // 10:00 ET
    std::vector<std::unique_ptr<Inbox>> inboxes_;
    std::vector<AlertChannel> channels_;
};

/// Messages in the fullest hour, each counted once however often it came.
[[nodiscard]] inline std::size_t most_in_an_hour(const std::vector<Received>& received) {
    std::vector<std::string> seen;
    std::vector<Instant> times;
    for (const Received& one : received) {
        if (std::ranges::find(seen, one.message.message_id) != seen.end()) continue;
        seen.push_back(one.message.message_id);
        times.push_back(one.at);
    }
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
        while (times[first] + std::chrono::hours{1} <= times[last])
            ++first;
        most = std::max(most, last - first + 1);
    }
    return most;
}

}  // namespace tipoff::operate::test
