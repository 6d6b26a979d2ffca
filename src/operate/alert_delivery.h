#pragma once
/// Sending what the outbox holds.
///
/// Each message is claimed in a transaction of its own, sent with none open, and marked in another:
/// a process that dies in between leaves a message that goes out again five minutes later, under
/// the same Message-ID. One may come twice, none is lost. The cap of an hour is counted from the
/// outbox, so it holds across restarts. What is over it, and what failed for good, goes back to be
/// told by the next digest.

#include <chrono>
#include <expected>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/send_failure.h"
#include "operate/alert_channels.h"
#include "store/database.h"

namespace tipoff::operate {

/// Tries of one message, over about an hour.
inline constexpr int kSendTries = 8;

/// A message that was claimed so long ago and not marked is free again.
inline constexpr std::chrono::minutes kClaim{5};

struct DeliveryReport {
    int sent = 0;
    int put_off = 0;  ///< failed for now
    int failed = 0;   ///< failed for good
    int folded = 0;   ///< over the cap, left to the digest
    int waiting = 0;  ///< over the cap, to be sent later
};

/// Sends what is due on each channel, its digest included. A channel on which a message is put off
/// gets no other in this call. That a channel fails is raised once on the others, and resolved when
/// a message arrives again.
Expected<DeliveryReport> deliver(store::Database& database,
                                 const std::vector<AlertChannel>& channels, const Clock& clock);

/// Sends a test at once, whatever the cap says: somebody waits for it. `record_test` keeps what
/// became of it, for health.
[[nodiscard]] std::expected<void, SendFailure> send_test(const AlertChannel& channel,
                                                         const Clock& clock);
Status record_test(store::Database& database, const std::vector<AlertChannel>& channels,
                   const AlertChannel& channel, const std::expected<void, SendFailure>& outcome,
                   const Clock& clock);

}  // namespace tipoff::operate
