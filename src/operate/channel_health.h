#pragma once
/// Whether alerts arrive: what each channel did last, and the test of it that is due every week.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/alert_tables.h"
#include "operate/alerts.h"
#include "store/database.h"

namespace tipoff::operate {

/// How often a channel is tested.
inline constexpr std::chrono::days kTestEvery{7};

/// Without a test that arrived for so long a channel is not known to work: a day more, so that the
/// weekly one is not always just late.
inline constexpr std::chrono::days kTestOverdue{8};

enum class ChannelState : std::uint8_t {
    kWorks,
    kUntested,  ///< no test arrived lately
    kTrying,    ///< messages wait whose tries failed so far
    kFailing,   ///< the last message, or the last test, did not arrive
};

/// "works", "untested", "trying", "failing".
[[nodiscard]] std::string_view word_of(ChannelState state);

struct ChannelHealth {
    std::string channel;
    ChannelState state = ChannelState::kUntested;
    std::string reason;  ///< for a person; empty where it works
    std::optional<Instant> last_test_at;
    std::optional<Instant> last_success_at;
    std::optional<Instant> last_failure_at;
    std::int64_t waiting = 0;  ///< messages that are still to be sent
};

/// Of each channel, in the order given. `now` is the league's.
Expected<std::vector<ChannelHealth>> channel_health(store::Database& database,
                                                    std::span<const ChannelPolicy> channels,
                                                    Instant now);

/// Channels whose last test is a week old, or that never had one; and none of theirs waits to be
/// sent (`waiting`: rows of `kWaitingTests`).
[[nodiscard]] std::vector<std::string> weekly_tests_due(std::span<const ChannelPolicy> channels,
                                                        std::span<const AlertChannelRow> rows,
                                                        std::span<const OutboxRow> waiting,
                                                        Instant now);

inline constexpr std::string_view kWaitingTests =
    "WHERE kind = 'channel_test' AND state = 'pending' ORDER BY message_id";

/// The same, as the database has them.
Expected<std::vector<std::string>> weekly_tests_due(store::Database& database,
                                                    std::span<const ChannelPolicy> channels,
                                                    Instant now);

/// What a test says; `at` tells it from others of the channel.
[[nodiscard]] OutboxRow test_message(std::string_view channel, Instant at);

/// A message arrived. Says whether the channel was failing before.
Expected<bool> note_success(store::Transaction& transaction, const OutboxRow& message, Instant now);

/// A message failed for good.
Status note_failure(store::Transaction& transaction, const OutboxRow& message,
                    const std::string& reason, Instant now);

}  // namespace tipoff::operate
