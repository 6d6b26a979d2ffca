#pragma once
/// The `ops` tables of alerts: what is wrong, who is told of it, and whether the telling works.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "store/table.h"

namespace tipoff::operate {

/// One thing that is or was wrong, from its first sign until it is resolved. The same again later
/// is the next episode. Instants are the league's.
struct AlertRow {
    std::string signature;  ///< stable: "run.collect.espn_rosters.incomplete"
    std::int32_t episode = 1;
    std::string severity;
    std::string title;
    std::string body;
    std::optional<GameDate> game_date;
    std::string state;  ///< "open" or "resolved"
    Instant first_raised_at{};
    Instant last_raised_at{};
    std::int64_t times_raised = 1;
    std::optional<Instant> resolved_at;
    std::int64_t row_version = 1;
};

/// A message of one channel, written with what it tells of and sent after that is committed.
struct OutboxRow {
    std::string message_id;  ///< "alert/email/run.collect.espn_rosters.incomplete/1"
    std::string channel;
    std::string kind;      ///< "alert", "resolved", "digest", "daily_summary" or "channel_test"
    std::string severity;  ///< of a digest, that of its gravest alert
    std::string subject;
    std::string body;
    std::string state;  ///< "pending", "sent", "failed" or "dropped"
    std::int32_t tries = 0;
    Instant not_before{};
    Instant created_at{};
    std::optional<Instant> in_flight_since;  ///< a try of which it is not known what became
    std::optional<Instant> sent_at;
    std::string error;  ///< of the last try, or why it was dropped
    std::int64_t row_version = 1;
};

/// What a channel has been told of an alert. Untold is what `times_raised` has beyond `told_times`,
/// and an end with `told_end` unset, unless a message is on its way that tells of it.
struct AlertNoticeRow {
    std::string channel;
    std::string signature;
    std::int32_t episode = 1;
    std::int64_t told_times = 0;
    bool told_end = false;
    std::string telling_by;  ///< the message on its way; empty for none
    std::int64_t telling_times = 0;
    bool telling_end = false;
    std::int64_t row_version = 1;
};

/// How a channel does: what health shows of it.
struct AlertChannelRow {
    std::string channel;
    std::optional<Instant> last_test_at;
    bool last_test_arrived = false;
    std::optional<Instant> last_success_at;
    std::optional<Instant> last_failure_at;
    std::int64_t failures = 0;  ///< messages in a row that failed for good
    std::string reason;         ///< of the last failure
    std::int64_t row_version = 1;
};

inline constexpr std::string_view kOpen = "open";
inline constexpr std::string_view kResolved = "resolved";

inline constexpr std::string_view kPending = "pending";
inline constexpr std::string_view kSent = "sent";
inline constexpr std::string_view kFailedToSend = "failed";
inline constexpr std::string_view kDropped = "dropped";

inline constexpr std::string_view kKindAlert = "alert";
inline constexpr std::string_view kKindResolved = "resolved";
inline constexpr std::string_view kKindDigest = "digest";
inline constexpr std::string_view kKindDailySummary = "daily_summary";
inline constexpr std::string_view kKindChannelTest = "channel_test";

extern const store::Table<AlertRow> kAlert;
extern const store::Table<OutboxRow> kOutbox;
extern const store::Table<AlertNoticeRow> kAlertNotice;
extern const store::Table<AlertChannelRow> kAlertChannel;

[[nodiscard]] std::vector<const store::TableSpec*> alert_tables();

}  // namespace tipoff::operate
