#include "operate/alert_digest.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "operate/outbox.h"

namespace tipoff::operate {
namespace {

/// Alerts with something in them that the channel does not know and no message on its way tells.
/// An event's end is known from the start: it is untold only as long as the whole of it is.
constexpr std::string_view kUntold = R"sql(
FROM ops.alert_notice n JOIN ops.alert a ON a.signature = n.signature AND a.episode = n.episode
WHERE n.channel = $1 AND n.telling_by = ''
  AND (n.told_times = 0 OR (NOT n.told_end AND (a.times_raised > n.told_times OR a.state = 'resolved')))
)sql";

constexpr std::string_view kLines = R"sql(
SELECT a.signature, a.episode, a.severity, a.title, a.state = 'resolved' AND NOT n.told_end AS is_ended, a.times_raised,
       n.told_times, a.first_raised_at, a.last_raised_at, n.row_version
)sql";

constexpr std::string_view kGravestFirst = R"sql(
ORDER BY CASE a.severity WHEN 'critical' THEN 0 WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
         a.first_raised_at, a.signature, a.episode LIMIT
)sql";

struct Line {
    std::string signature;
    std::string severity;
    std::string title;
    bool is_ended = false;
    std::int64_t times_raised = 0;
    std::int64_t told_times = 0;
    Instant first_raised_at{};
    Instant last_raised_at{};
};

/// The alerts of the next digest, `$1` the channel.
std::string lines_sql() {
    return fmt::format("{}{}{}{}", kLines, kUntold, kGravestFirst, kMostInADigest);
}

Expected<bool> is_due(store::Transaction& transaction, const ChannelPolicy& channel, Instant now) {
    TIPOFF_TRY(const store::Columns made,
               transaction.read("SELECT count(*) FROM ops.outbox WHERE channel = $1 AND kind = "
                                "'digest' AND (state = 'pending' OR created_at > $2)",
                                {channel.name, now - kDigestAfter}));
    if (made.data[0].integer(0) > 0) return false;
    TIPOFF_TRY(
        const store::Columns old,
        transaction.read("SELECT count(*) " + std::string(kUntold) + " AND a.first_raised_at <= $2",
                         {channel.name, now - kDigestAfter}));
    return old.data[0].integer(0) > 0;
}

Expected<std::vector<Line>> untold(store::Transaction& transaction, const ChannelPolicy& channel) {
    TIPOFF_TRY(
        const store::Columns found,
        transaction.read(fmt::format("{}{}{}{}", kLines, kUntold, kGravestFirst, kMostInADigest),
                         {channel.name}));
    std::vector<Line> lines;
    for (std::size_t i = 0; i < found.rows(); ++i) {
        const auto& data = found.data;
        lines.push_back({.signature = std::string(data[0].text(i)),
                         .severity = std::string(data[2].text(i)),
                         .title = std::string(data[3].text(i)),
                         .is_ended = data[4].integer(i) != 0,
                         .times_raised = data[5].integer(i),
                         .told_times = data[6].integer(i),
                         .first_raised_at = store::ColumnCodec<Instant>::get(data[7], i),
                         .last_raised_at = store::ColumnCodec<Instant>::get(data[8], i)});
    }
    return lines;
}

std::string count_in_words(const Line& line) {
    const std::int64_t more = line.times_raised - line.told_times;
    if (line.told_times == 0) return more == 1 ? "new" : fmt::format("new, {} times", more);
    return more == 0 ? "" : fmt::format("{} more {}", more, more == 1 ? "time" : "times");
}

std::string text_of(const Line& line) {
    std::string text = fmt::format("- {}: {}\n  {}", line.severity, line.title, line.signature);
    if (const std::string count = count_in_words(line); !count.empty()) text += " · " + count;
    text += fmt::format(" · last {}", to_eastern_string(line.last_raised_at));
    if (line.is_ended) text += " · resolved";
    return text + '\n';
}

OutboxRow digest_of(const ChannelPolicy& channel, const std::vector<Line>& lines, Instant now) {
    OutboxRow message =
        new_message(fmt::format("{}/{}/{}", kKindDigest, channel.name, to_string(now)),
                    channel.name, kKindDigest, lines.front().severity, now);
    std::int64_t times = 0;
    for (const Line& line : lines) {
        times += line.times_raised - line.told_times;
        message.body += text_of(line);
    }
    message.subject =
        fmt::format("digest: {} {}, raised {} {}", lines.size(),
                    lines.size() == 1 ? "alert" : "alerts", times, times == 1 ? "time" : "times");
    if (lines.size() == kMostInADigest) message.body += "The next digest has the rest, if any.\n";
    return message;
}

/// Marks what the message tells. One statement for all of them: a hundred single updates in one
/// transaction take DuckDB more than a hundred mebibytes.
Status tell_by(store::Transaction& transaction, const ChannelPolicy& channel,
               const std::string& message_id, std::size_t lines) {
    TIPOFF_TRY(
        const auto changed,
        transaction.execute(
            fmt::format("UPDATE ops.alert_notice AS t SET telling_by = $2, telling_times = "
                        "u.times_raised, telling_end = u.is_ended OR t.told_end, row_version = "
                        "t.row_version + 1 FROM ({}) AS u WHERE t.channel = $1 AND t.signature = "
                        "u.signature AND t.episode = u.episode AND t.row_version = u.row_version",
                        lines_sql()),
            {channel.name, message_id}));
    require(static_cast<std::size_t>(changed) == lines, "a digest that tells other than it says");
    return {};
}

}  // namespace

Expected<bool> make_due_digest(store::Database& database, const ChannelPolicy& channel,
                               Instant now) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_TRY(const bool due, is_due(*transaction, channel, now));
    if (!due) return false;
    TIPOFF_TRY(const std::vector<Line> lines, untold(*transaction, channel));
    const OutboxRow message = digest_of(channel, lines, now);
    TIPOFF_CHECK(insert_message(*transaction, message));
    TIPOFF_CHECK(tell_by(*transaction, channel, message.message_id, lines.size()));
    TIPOFF_CHECK(transaction->commit());
    return true;
}

}  // namespace tipoff::operate
