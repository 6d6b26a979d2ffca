#include "operate/alerts.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "operate/channel_health.h"
#include "operate/outbox.h"
#include "operate/rows_in.h"

namespace tipoff::operate {
namespace {

constexpr std::array<std::string_view, 4> kSeverities{"info", "warning", "error", "critical"};

/// Why a message was dropped.
constexpr std::string_view kOvertaken = "resolved before it was sent: a digest tells of both";

store::Value date_or_null(const std::optional<GameDate>& date) {
    return date ? store::Value(*date) : store::Value(nullptr);
}

/// Messages of alerts that one channel may have made in any hour; beyond it they are left to the
/// digest, which takes the last place. Critical ones are counted by themselves, so that none of
/// them is left out because of lesser ones.
Expected<bool> is_flooded(store::Transaction& transaction, const ChannelPolicy& channel,
                          std::string_view severity, Instant now) {
    const bool is_critical = severity == word_of(Severity::kCritical);
    TIPOFF_TRY(const store::Columns made,
               transaction.read("SELECT count(*) FROM ops.outbox WHERE channel = $1 AND kind IN "
                                "('alert', 'resolved') AND created_at > $2 AND (severity = "
                                "'critical' OR NOT $3)",
                                {channel.name, now - kDigestAfter, is_critical}));
    return made.data[0].integer(0) >= single_messages(channel);
}

std::string subject_of(const AlertRow& alert, bool is_end) {
    return is_end ? fmt::format("resolved: {}", alert.title)
                  : fmt::format("{}: {}", alert.severity, alert.title);
}

std::string body_of(const AlertRow& alert, bool is_end) {
    std::string text = alert.body;
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    if (!text.empty()) text += '\n';
    text += alert.signature;
    if (alert.game_date) text += fmt::format(" · {}", to_string(*alert.game_date));
    text += fmt::format("\nfirst {}", to_eastern_string(alert.first_raised_at));
    if (alert.times_raised > 1) {
        text += fmt::format(", last {}, {} times", to_eastern_string(alert.last_raised_at),
                            alert.times_raised);
    }
    if (is_end && alert.resolved_at)
        text += fmt::format("\nresolved {}", to_eastern_string(*alert.resolved_at));
    return text + '\n';
}

/// The message that tells one channel of an alert's beginning or end, or the mark that it was left
/// to the digest. The one place that decides between the two when something is raised.
Expected<OutboxRow> write_single(store::Transaction& transaction, const ChannelPolicy& channel,
                                 const AlertRow& alert, bool is_end, Instant now) {
    const std::string_view kind = is_end ? kKindResolved : kKindAlert;
    OutboxRow message =
        new_message(fmt::format("{}/{}/{}/{}", kind, channel.name, alert.signature, alert.episode),
                    channel.name, kind, alert.severity, now);
    message.subject = subject_of(alert, is_end);
    message.body = body_of(alert, is_end);
    TIPOFF_TRY(const bool is_over, is_flooded(transaction, channel, alert.severity, now));
    if (is_over) {
        message.state = kDropped;
        message.error = kFoldedIntoDigest;
    }
    TIPOFF_CHECK(insert_message(transaction, message));
    return message;
}

/// What the notice says of it: a message that was dropped tells nothing.
std::string telling_by(const OutboxRow& message) {
    return message.state == kPending ? message.message_id : std::string();
}

Status tell_beginning(store::Transaction& transaction, const ChannelPolicy& channel,
                      const AlertRow& alert, bool is_event, Instant now) {
    TIPOFF_TRY(const OutboxRow message, write_single(transaction, channel, alert, false, now));
    TIPOFF_CHECK(transaction.execute(
        "INSERT INTO ops.alert_notice (channel, signature, episode, told_times, told_end, "
        "telling_by, telling_times, telling_end, row_version) VALUES ($1, $2, $3, 0, $4, $5, $6, "
        "$4, 1)",
        // An event has no end to be told of.
        {channel.name, alert.signature, std::int64_t{alert.episode}, is_event, telling_by(message),
         alert.times_raised}));
    return {};
}

Status tell_end(store::Transaction& transaction, const ChannelPolicy& channel,
                const AlertRow& alert, const AlertNoticeRow& notice, Instant now) {
    TIPOFF_TRY(const OutboxRow message, write_single(transaction, channel, alert, true, now));
    TIPOFF_TRY(const auto changed,
               transaction.execute(
                   "UPDATE ops.alert_notice SET telling_by = $1, telling_times = $2, telling_end = "
                   "TRUE, row_version = row_version + 1 WHERE channel = $3 AND signature = $4 AND "
                   "episode = $5 AND row_version = $6",
                   {telling_by(message), alert.times_raised, channel.name, alert.signature,
                    std::int64_t{alert.episode}, notice.row_version}));
    return changed_one(changed, alert.signature);
}

/// Takes back the message of an alert's beginning, if it has not been tried or is known not to have
/// arrived. Nothing otherwise.
Status overtake(store::Transaction& transaction, const AlertNoticeRow& notice) {
    TIPOFF_TRY(const auto changed,
               transaction.execute(
                   "UPDATE ops.outbox SET state = $1, error = $2, row_version = row_version + 1 "
                   "WHERE message_id = $3 AND kind = 'alert' AND state = 'pending' AND "
                   "in_flight_since IS NULL",
                   {std::string(kDropped), std::string(kOvertaken), notice.telling_by}));
    if (changed == 1) return untell(transaction, notice.telling_by);
    return {};
}

Expected<std::optional<AlertRow>> newest_episode(store::Transaction& transaction,
                                                 std::string_view signature) {
    TIPOFF_TRY(auto rows,
               rows_in(transaction, kAlert, "WHERE signature = $1 ORDER BY episode DESC LIMIT 1",
                       {std::string(signature)}));
    if (rows.empty()) return std::optional<AlertRow>();
    return std::optional(std::move(rows.front()));
}

Status insert_alert(store::Transaction& transaction, const AlertRow& row) {
    TIPOFF_CHECK(transaction.execute(
        "INSERT INTO ops.alert (signature, episode, severity, title, body, game_date, state, "
        "first_raised_at, last_raised_at, times_raised, resolved_at, row_version) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8, $8, 1, $9, 1)",
        {row.signature, std::int64_t{row.episode}, row.severity, row.title, row.body,
         date_or_null(row.game_date), row.state, row.first_raised_at,
         row.resolved_at ? store::Value(*row.resolved_at) : store::Value(nullptr)}));
    return {};
}

Status update_alert(store::Transaction& transaction, const AlertRow& row) {
    TIPOFF_TRY(const auto changed,
               transaction.execute(
                   "UPDATE ops.alert SET severity = $1, title = $2, body = $3, game_date = $4, "
                   "state = $5, last_raised_at = $6, times_raised = $7, resolved_at = $8, "
                   "row_version = row_version + 1 WHERE signature = $9 AND episode = $10 AND "
                   "row_version = $11",
                   {row.severity, row.title, row.body, date_or_null(row.game_date), row.state,
                    row.last_raised_at, row.times_raised,
                    row.resolved_at ? store::Value(*row.resolved_at) : store::Value(nullptr),
                    row.signature, std::int64_t{row.episode}, row.row_version}));
    return changed_one(changed, row.signature);
}

AlertRow first_row(const Alert& alert, std::int32_t episode, Instant now) {
    return {.signature = alert.signature,
            .episode = episode,
            .severity = std::string(word_of(alert.severity)),
            .title = alert.title,
            .body = alert.body,
            .game_date = alert.game_date,
            .state = std::string(alert.is_event ? kResolved : kOpen),
            .first_raised_at = now,
            .last_raised_at = now,
            .times_raised = 1,
            .resolved_at = alert.is_event ? std::optional(now) : std::nullopt,
            .row_version = 1};
}

/// The same again: the newest words, and the gravest severity so far.
void count_again(AlertRow& row, const Alert& alert, Instant now) {
    const Severity before = find_severity(row.severity).value_or(Severity::kInfo);
    row.severity = word_of(std::max(before, alert.severity));
    row.title = alert.title;
    row.body = alert.body;
    row.game_date = alert.game_date;
    row.last_raised_at = now;
    ++row.times_raised;
}

/// Writes the row of an alert that is raised, and returns it as it then is.
Expected<AlertRow> record(store::Transaction& transaction, const Alert& alert, Instant now) {
    TIPOFF_TRY(auto known, newest_episode(transaction, alert.signature));
    if (known && (known->state == kOpen || alert.is_event)) {
        count_again(*known, alert, now);
        TIPOFF_CHECK(update_alert(transaction, *known));
        return *std::move(known);
    }
    AlertRow row = first_row(alert, known ? known->episode + 1 : 1, now);
    TIPOFF_CHECK(insert_alert(transaction, row));
    return row;
}

Expected<std::vector<AlertNoticeRow>> notices_of(store::Transaction& transaction,
                                                 const AlertRow& alert) {
    return rows_in(transaction, kAlertNotice,
                   "WHERE signature = $1 AND episode = $2 ORDER BY channel",
                   {alert.signature, std::int64_t{alert.episode}});
}

}  // namespace

std::string_view word_of(Severity severity) {
    return kSeverities.at(static_cast<std::size_t>(severity));
}

std::optional<Severity> find_severity(std::string_view text) {
    const auto found = std::ranges::find(kSeverities, text);
    if (found == kSeverities.end()) return std::nullopt;
    return static_cast<Severity>(found - kSeverities.begin());
}

int single_messages(const ChannelPolicy& channel) { return std::max(1, channel.cap_per_hour - 1); }

Alerts::Alerts(std::vector<ChannelPolicy> channels, const Clock& clock)
    : channels_(std::move(channels)), clock_(clock) {}

Status Alerts::raise(store::Transaction& transaction, const Alert& alert) const {
    return raise_elsewhere(transaction, alert, {});
}

Status Alerts::raise_elsewhere(store::Transaction& transaction, const Alert& alert,
                               std::string_view channel_left_out) const {
    require(!alert.signature.empty(), "an alert without a signature");
    const Instant now = clock_.league_now();
    TIPOFF_TRY(const AlertRow row, record(transaction, alert, now));
    TIPOFF_TRY(const auto notices, notices_of(transaction, row));
    const auto severity = find_severity(row.severity);
    for (const ChannelPolicy& channel : channels_) {
        const bool has_notice =
            std::ranges::find(notices, channel.name, &AlertNoticeRow::channel) != notices.end();
        if (has_notice || channel.name == channel_left_out || severity < channel.least_severity)
            continue;
        TIPOFF_CHECK(tell_beginning(transaction, channel, row, alert.is_event, now));
    }
    return {};
}

Status Alerts::resolve(store::Transaction& transaction, std::string_view signature) const {
    const Instant now = clock_.league_now();
    TIPOFF_TRY(auto alert, newest_episode(transaction, signature));
    if (!alert || alert->state != kOpen) return {};
    alert->state = kResolved;
    alert->resolved_at = now;
    TIPOFF_CHECK(update_alert(transaction, *alert));
    TIPOFF_TRY(const auto notices, notices_of(transaction, *alert));
    for (const AlertNoticeRow& notice : notices) {
        const auto channel = std::ranges::find(channels_, notice.channel, &ChannelPolicy::name);
        if (!notice.telling_by.empty()) {
            TIPOFF_CHECK(overtake(transaction, notice));
        } else if (notice.told_times > 0 && channel != channels_.end()) {
            TIPOFF_CHECK(tell_end(transaction, *channel, *alert, notice, now));
        }
    }
    return {};
}

Status Alerts::daily_summary(store::Transaction& transaction, GameDate date,
                             const std::string& title, const std::string& body) const {
    for (const ChannelPolicy& channel : channels_) {
        if (!channel.daily_summary) continue;
        OutboxRow message = new_message(
            fmt::format("daily_summary/{}/{}", channel.name, to_string(date)), channel.name,
            kKindDailySummary, word_of(Severity::kInfo), clock_.league_now());
        TIPOFF_TRY(const auto made,
                   rows_in(transaction, kOutbox, "WHERE message_id = $1", {message.message_id}));
        if (!made.empty()) continue;
        message.subject = title;
        message.body = body;
        TIPOFF_CHECK(insert_message(transaction, message));
    }
    return {};
}

Status Alerts::test_weekly(store::Transaction& transaction) const {
    const Instant now = clock_.league_now();
    TIPOFF_TRY(const auto rows, rows_in(transaction, kAlertChannel, "ORDER BY channel", {}));
    TIPOFF_TRY(const auto waiting, rows_in(transaction, kOutbox, kWaitingTests, {}));
    for (const std::string& channel : weekly_tests_due(channels_, rows, waiting, now))
        TIPOFF_CHECK(insert_message(transaction, test_message(channel, now)));
    return {};
}

}  // namespace tipoff::operate
