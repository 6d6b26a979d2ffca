#include "operate/outbox.h"

#include <fmt/core.h>

namespace tipoff::operate {

OutboxRow new_message(std::string message_id, std::string_view channel, std::string_view kind,
                      std::string_view severity, Instant now) {
    return {.message_id = std::move(message_id),
            .channel = std::string(channel),
            .kind = std::string(kind),
            .severity = std::string(severity),
            .subject = {},
            .body = {},
            .state = std::string(kPending),
            .tries = 0,
            .not_before = now,
            .created_at = now,
            .in_flight_since = {},
            .sent_at = {},
            .error = {},
            .row_version = 1};
}

Status insert_message(store::Transaction& transaction, const OutboxRow& message) {
    TIPOFF_CHECK(transaction.execute(
        "INSERT INTO ops.outbox (message_id, channel, kind, severity, subject, body, state, tries, "
        "not_before, created_at, sent_at, error, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, "
        "$8, $9, $10, $11, $12, 1)",
        {message.message_id, message.channel, message.kind, message.severity, message.subject,
         message.body, message.state, std::int64_t{message.tries}, message.not_before,
         message.created_at,
         message.sent_at ? store::Value(*message.sent_at) : store::Value(nullptr), message.error}));
    return {};
}

Status changed_one(std::int64_t changed, std::string_view what) {
    if (changed == 1) return {};
    return fail(ErrorCode::kFenced, fmt::format("{} was changed by another", what));
}

Status untell(store::Transaction& transaction, std::string_view message_id) {
    TIPOFF_CHECK(transaction.execute(
        "UPDATE ops.alert_notice SET telling_by = '', row_version = row_version + 1 WHERE "
        "telling_by = $1",
        {std::string(message_id)}));
    return {};
}

Status mark_told(store::Transaction& transaction, std::string_view message_id) {
    TIPOFF_CHECK(transaction.execute(
        "UPDATE ops.alert_notice SET told_times = telling_times, told_end = telling_end, "
        "telling_by = '', row_version = row_version + 1 WHERE telling_by = $1",
        {std::string(message_id)}));
    return {};
}

}  // namespace tipoff::operate
