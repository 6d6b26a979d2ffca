#include "operate/channel_health.h"

#include <fmt/core.h>

#include <algorithm>

#include "operate/outbox.h"
#include "operate/rows_in.h"

namespace tipoff::operate {
namespace {

struct Waiting {
    std::int64_t messages = 0;
    std::string error;  ///< of one that was tried in vain
};

Expected<Waiting> waiting_of(store::Database& database, const std::string& channel) {
    TIPOFF_TRY(const store::Columns found,
               database.read("SELECT count(*), coalesce(max(error), '') FROM ops.outbox WHERE "
                             "channel = $1 AND state = 'pending'",
                             {channel}));
    return Waiting{found.data[0].integer(0), std::string(found.data[1].text(0))};
}

ChannelState state_of(const AlertChannelRow& row, const Waiting& waiting, Instant now) {
    if (row.failures > 0 || (row.last_test_at && !row.last_test_arrived))
        return ChannelState::kFailing;
    if (!waiting.error.empty()) return ChannelState::kTrying;
    if (!row.last_test_at || *row.last_test_at + kTestOverdue <= now)
        return ChannelState::kUntested;
    return ChannelState::kWorks;
}

std::string reason_of(ChannelState state, const AlertChannelRow& row, const Waiting& waiting) {
    switch (state) {
        case ChannelState::kWorks: return {};
        case ChannelState::kUntested:
            return row.last_test_at
                       ? fmt::format("not tested since {}", to_eastern_string(*row.last_test_at))
                       : "never tested";
        case ChannelState::kTrying: return waiting.error;
        case ChannelState::kFailing: return row.reason;
    }
    throw InvariantBroken("a ChannelState without a reason");
}

Expected<AlertChannelRow> row_in(store::Transaction& transaction, const std::string& channel) {
    TIPOFF_TRY(auto rows, rows_in(transaction, kAlertChannel, "WHERE channel = $1", {channel}));
    if (!rows.empty()) return std::move(rows.front());
    AlertChannelRow fresh;
    fresh.channel = channel;
    fresh.row_version = 0;  // not there yet
    return fresh;
}

store::Value instant_or_null(const std::optional<Instant>& at) {
    return at ? store::Value(*at) : store::Value(nullptr);
}

Status write_row(store::Transaction& transaction, const AlertChannelRow& row) {
    const store::Values values{row.channel,
                               instant_or_null(row.last_test_at),
                               row.last_test_arrived,
                               instant_or_null(row.last_success_at),
                               instant_or_null(row.last_failure_at),
                               row.failures,
                               row.reason,
                               row.row_version};
    if (row.row_version == 0) {
        TIPOFF_CHECK(transaction.execute(
            "INSERT INTO ops.alert_channel (channel, last_test_at, last_test_arrived, "
            "last_success_at, last_failure_at, failures, reason, row_version) VALUES ($1, $2, $3, "
            "$4, $5, $6, $7, $8 + 1)",
            values));
        return {};
    }
    TIPOFF_TRY(const auto changed,
               transaction.execute(
                   "UPDATE ops.alert_channel SET last_test_at = $2, last_test_arrived = $3, "
                   "last_success_at = $4, last_failure_at = $5, failures = $6, reason = $7, "
                   "row_version = row_version + 1 WHERE channel = $1 AND row_version = $8",
                   values));
    return changed_one(changed, row.channel);
}

void note_test(AlertChannelRow& row, const OutboxRow& message, bool arrived, Instant now) {
    if (message.kind != kKindChannelTest) return;
    row.last_test_at = now;
    row.last_test_arrived = arrived;
}

}  // namespace

std::string_view word_of(ChannelState state) {
    switch (state) {
        case ChannelState::kWorks: return "works";
        case ChannelState::kUntested: return "untested";
        case ChannelState::kTrying: return "trying";
        case ChannelState::kFailing: return "failing";
    }
    throw InvariantBroken("a ChannelState without a name");
}

Expected<std::vector<ChannelHealth>> channel_health(store::Database& database,
                                                    std::span<const ChannelPolicy> channels,
                                                    Instant now) {
    TIPOFF_TRY(const auto rows, store::read_rows(database, kAlertChannel, "ORDER BY channel"));
    std::vector<ChannelHealth> all;
    for (const ChannelPolicy& channel : channels) {
        const auto found = std::ranges::find(rows, channel.name, &AlertChannelRow::channel);
        const AlertChannelRow row = found == rows.end() ? AlertChannelRow{} : *found;
        TIPOFF_TRY(const Waiting waiting, waiting_of(database, channel.name));
        const ChannelState state = state_of(row, waiting, now);
        all.push_back({.channel = channel.name,
                       .state = state,
                       .reason = reason_of(state, row, waiting),
                       .last_test_at = row.last_test_at,
                       .last_success_at = row.last_success_at,
                       .last_failure_at = row.last_failure_at,
                       .waiting = waiting.messages});
    }
    return all;
}

std::vector<std::string> weekly_tests_due(std::span<const ChannelPolicy> channels,
                                          std::span<const AlertChannelRow> rows,
                                          std::span<const OutboxRow> waiting, Instant now) {
    std::vector<std::string> due;
    for (const ChannelPolicy& channel : channels) {
        const bool waits = std::ranges::any_of(
            waiting, [&](const OutboxRow& test) { return test.channel == channel.name; });
        const bool is_fresh = std::ranges::any_of(rows, [&](const AlertChannelRow& row) {
            return row.channel == channel.name && row.last_test_at &&
                   *row.last_test_at + kTestEvery > now;
        });
        if (!waits && !is_fresh) due.push_back(channel.name);
    }
    return due;
}

Expected<std::vector<std::string>> weekly_tests_due(store::Database& database,
                                                    std::span<const ChannelPolicy> channels,
                                                    Instant now) {
    TIPOFF_TRY(const auto rows, store::read_rows(database, kAlertChannel, "ORDER BY channel"));
    TIPOFF_TRY(const auto waiting, store::read_rows(database, kOutbox, kWaitingTests));
    return weekly_tests_due(channels, rows, waiting, now);
}

OutboxRow test_message(std::string_view channel, Instant at) {
    OutboxRow message =
        new_message(fmt::format("{}/{}/{}", kKindChannelTest, channel, to_string(at)), channel,
                    kKindChannelTest, "info", at);
    message.subject = "test of this channel";
    message.body =
        fmt::format("Sent {} to see whether alerts arrive here. There is nothing to do.\n",
                    to_eastern_string(at));
    return message;
}

Expected<bool> note_success(store::Transaction& transaction, const OutboxRow& message,
                            Instant now) {
    TIPOFF_TRY(AlertChannelRow row, row_in(transaction, message.channel));
    const bool was_failing = row.failures > 0;
    row.last_success_at = now;
    row.failures = 0;
    note_test(row, message, true, now);
    TIPOFF_CHECK(write_row(transaction, row));
    return was_failing;
}

Status note_failure(store::Transaction& transaction, const OutboxRow& message,
                    const std::string& reason, Instant now) {
    TIPOFF_TRY(AlertChannelRow row, row_in(transaction, message.channel));
    row.last_failure_at = now;
    ++row.failures;
    row.reason = reason;
    note_test(row, message, false, now);
    return write_row(transaction, row);
}

}  // namespace tipoff::operate
