#include "operate/alert_delivery.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "base/crash_point.h"
#include "base/hash.h"
#include "base/retry.h"
#include "operate/alert_digest.h"
#include "operate/alert_kinds.h"
#include "operate/channel_health.h"
#include "operate/outbox.h"

namespace tipoff::operate {
namespace {

using Outcome = std::expected<void, SendFailure>;

constexpr RetryPolicy kRetries{
    .tries = kSendTries, .first = std::chrono::minutes{1}, .cap = std::chrono::minutes{60}};

/// Between two tries at least, also where the jitter is small.
constexpr std::chrono::seconds kLeastDelay{10};

/// How often a mark is tried that met another change.
constexpr int kMarkTries = 5;

Alert failing_alert(const OutboxRow& message, const std::string& reason) {
    Alert alert = alert_of(AlertKind::kChannelFailing, message.channel);
    alert.title = fmt::format("alerts do not arrive by {}", message.channel);
    alert.body = fmt::format("{}\nThe last that failed: {}", reason, message.subject);
    return alert;
}

/// What a message's end says of its channel, and of the alert that it fails.
Status note_outcome(store::Transaction& transaction, const Alerts& alerts, const OutboxRow& message,
                    const Outcome& outcome, Instant now) {
    if (!outcome) {
        const std::string& reason = outcome.error().detail;
        TIPOFF_CHECK(note_failure(transaction, message, reason, now));
        return alerts.raise_elsewhere(transaction, failing_alert(message, reason), message.channel);
    }
    TIPOFF_TRY(const bool was_failing, note_success(transaction, message, now));
    if (!was_failing) return {};
    return alerts.resolve(transaction, signature_of(AlertKind::kChannelFailing, message.channel));
}

bool is_single(const OutboxRow& message) {
    return message.kind == kKindAlert || message.kind == kKindResolved;
}

bool is_critical(const OutboxRow& message) {
    return is_single(message) && message.severity == word_of(Severity::kCritical);
}

/// Critical ones first, then the digest, then the others as they were made.
int rank_of(const OutboxRow& message) {
    if (is_critical(message)) return 0;
    return message.kind == kKindDigest ? 1 : 2;
}

enum class Admission : std::uint8_t { kSend, kFold, kWait };

/// One channel's part of a delivery.
class ChannelDelivery {
public:
    ChannelDelivery(store::Database& database, const AlertChannel& channel, const Alerts& alerts,
                    const Clock& clock, DeliveryReport& report)
        : database_(database), channel_(channel), alerts_(alerts), clock_(clock), report_(report) {}

    Status run() {
        const auto made = make_due_digest(database_, channel_.policy, clock_.league_now());
        // Something was raised meanwhile: the next delivery makes it.
        if (!made && made.error().code() != ErrorCode::kFenced)
            return std::unexpected(made.error());
        TIPOFF_TRY(auto due, store::read_rows(database_, kOutbox,
                                              "WHERE channel = $1 AND state = 'pending' AND "
                                              "not_before <= $2",
                                              {channel_.policy.name, clock_.league_now()}));
        std::ranges::sort(due, {}, [](const OutboxRow& message) {
            return std::tuple(rank_of(message), message.created_at, message.message_id);
        });
        for (OutboxRow& message : due) {
            TIPOFF_TRY(const bool goes_on, handle(message));
            if (!goes_on) break;
        }
        return {};
    }

private:
    /// False where nothing more should be sent on this channel now.
    Expected<bool> handle(OutboxRow& message) {
        TIPOFF_TRY(const Admission admission, admission_of(message));
        switch (admission) {
            case Admission::kWait: ++report_.waiting; return true;
            case Admission::kFold: return fold(message);
            case Admission::kSend: break;
        }
        TIPOFF_TRY(const bool is_ours, claim(message));
        if (!is_ours) return true;
        crash_point("alert_claimed");
        const Outcome outcome = channel_.sender->send(message);
        crash_point("alert_sent");
        return mark(message, outcome);
    }

    /// What the cap says, by the messages that went out, or may have, in the hour until now. The
    /// last place is left to a digest, or to what is critical.
    Expected<Admission> admission_of(const OutboxRow& message) {
        TIPOFF_TRY(
            const store::Columns gone,
            database_.read(
                "SELECT count(*), count(*) FILTER (WHERE kind <> 'digest') FROM ops.outbox "
                "WHERE channel = $1 AND message_id <> $2 AND ((state = 'sent' AND "
                "sent_at > $3) OR (state = 'pending' AND in_flight_since > $3))",
                {channel_.policy.name, message.message_id, clock_.league_now() - kDigestAfter}));
        const bool may_take_last = is_critical(message) || message.kind == kKindDigest;
        const bool has_place =
            gone.data[0].integer(0) < channel_.policy.cap_per_hour &&
            (may_take_last || gone.data[1].integer(0) < single_messages(channel_.policy));
        if (has_place) return Admission::kSend;
        return is_single(message) ? Admission::kFold : Admission::kWait;
    }

    Expected<bool> fold(const OutboxRow& message) {
        TIPOFF_TRY(const auto transaction, database_.begin());
        TIPOFF_TRY(const auto changed,
                   transaction->execute(
                       "UPDATE ops.outbox SET state = 'dropped', error = $1, in_flight_since = "
                       "NULL, row_version = row_version + 1 WHERE message_id = $2 AND state = "
                       "'pending' AND row_version = $3",
                       {std::string(kFoldedIntoDigest), message.message_id, message.row_version}));
        if (changed == 0) return true;
        TIPOFF_CHECK(untell(*transaction, message.message_id));
        TIPOFF_CHECK(transaction->commit());
        ++report_.folded;
        return true;
    }

    /// Begins a try. False where another has it, or has taken it back.
    Expected<bool> claim(OutboxRow& message) {
        const Instant now = clock_.league_now();
        TIPOFF_TRY(const auto transaction, database_.begin());
        TIPOFF_TRY(const auto changed,
                   transaction->execute(
                       "UPDATE ops.outbox SET tries = tries + 1, in_flight_since = $1, not_before "
                       "= $2, row_version = row_version + 1 WHERE message_id = $3 AND state = "
                       "'pending' AND row_version = $4",
                       {now, now + kClaim, message.message_id, message.row_version}));
        if (changed == 0) return false;
        const Status committed = transaction->commit();
        if (!committed && committed.error().code() == ErrorCode::kFenced) return false;
        TIPOFF_CHECK(committed);
        ++message.tries;
        ++message.row_version;
        return true;
    }

    /// Writes down what became of a try, again where it met another change.
    Expected<bool> mark(const OutboxRow& message, const Outcome& outcome) {
        const bool is_final =
            outcome || outcome.error().is_permanent || message.tries >= kSendTries;
        for (int left = kMarkTries; left > 0; --left) {
            const Status marked =
                is_final ? end(message, outcome) : put_off(message, outcome.error());
            if (marked) break;
            // At the worst the message goes out again when its claim is over.
            if (marked.error().code() != ErrorCode::kFenced) return std::unexpected(marked.error());
        }
        ++(outcome ? report_.sent : is_final ? report_.failed : report_.put_off);
        return is_final;
    }

    Status end(const OutboxRow& message, const Outcome& outcome) {
        const Instant now = clock_.league_now();
        TIPOFF_TRY(const auto transaction, database_.begin());
        TIPOFF_CHECK(settle(*transaction, message, outcome, now));
        TIPOFF_CHECK(outcome ? mark_told(*transaction, message.message_id)
                             : untell(*transaction, message.message_id));
        TIPOFF_CHECK(note_outcome(*transaction, alerts_, message, outcome, now));
        return transaction->commit();
    }

    Status put_off(const OutboxRow& message, const SendFailure& failure) {
        TIPOFF_TRY(const auto transaction, database_.begin());
        TIPOFF_TRY(const auto changed,
                   transaction->execute(
                       "UPDATE ops.outbox SET error = $1, not_before = $2, in_flight_since = NULL, "
                       "row_version = row_version + 1 WHERE message_id = $3 AND state = 'pending' "
                       "AND row_version = $4",
                       {failure.detail, clock_.league_now() + delay_after(message, failure),
                        message.message_id, message.row_version}));
        TIPOFF_CHECK(changed_one(changed, message.message_id));
        return transaction->commit();
    }

    static Status settle(store::Transaction& transaction, const OutboxRow& message,
                         const Outcome& outcome, Instant now) {
        TIPOFF_TRY(const auto changed,
                   transaction.execute(
                       "UPDATE ops.outbox SET state = $1, error = $2, sent_at = $3, "
                       "in_flight_since = NULL, row_version = row_version + 1 WHERE message_id = "
                       "$4 AND state = 'pending' AND row_version = $5",
                       {std::string(outcome ? kSent : kFailedToSend),
                        outcome ? std::string() : outcome.error().detail,
                        outcome ? store::Value(now) : store::Value(nullptr), message.message_id,
                        message.row_version}));
        return changed_one(changed, message.message_id);
    }

    /// The same for the same message and try, so that a replay waits as long.
    static std::chrono::milliseconds delay_after(const OutboxRow& message,
                                                 const SendFailure& failure) {
        RetryDelays delays(kRetries, fingerprint_of(message.message_id).low);
        const auto at_least = std::max<std::chrono::milliseconds>(kLeastDelay, failure.retry_after);
        std::chrono::milliseconds delay = at_least;
        for (int tried = 0; tried < message.tries; ++tried)
            delay = delays.next(at_least).value_or(kRetries.cap);
        return delay;
    }

    store::Database& database_;
    const AlertChannel& channel_;
    const Alerts& alerts_;
    const Clock& clock_;
    DeliveryReport& report_;
};

}  // namespace

Expected<DeliveryReport> deliver(store::Database& database,
                                 const std::vector<AlertChannel>& channels, const Clock& clock) {
    DeliveryReport report;
    const Alerts alerts(policies_of(channels), clock);
    for (const AlertChannel& channel : channels)
        TIPOFF_CHECK(ChannelDelivery(database, channel, alerts, clock, report).run());
    return report;
}

std::expected<void, SendFailure> send_test(const AlertChannel& channel, const Clock& clock) {
    return channel.sender->send(test_message(channel.policy.name, clock.wall_now()));
}

Status record_test(store::Database& database, const std::vector<AlertChannel>& channels,
                   const AlertChannel& channel, const Outcome& outcome, const Clock& clock) {
    const Instant now = clock.league_now();
    const Alerts alerts(policies_of(channels), clock);
    // Named by the machine's clock: the league's may stand still.
    OutboxRow message = test_message(channel.policy.name, clock.wall_now());
    message.state = outcome ? kSent : kFailedToSend;
    message.tries = 1;
    if (outcome) message.sent_at = now;
    if (!outcome) message.error = outcome.error().detail;
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(insert_message(*transaction, message));
    TIPOFF_CHECK(note_outcome(*transaction, alerts, message, outcome, now));
    return transaction->commit();
}

}  // namespace tipoff::operate
