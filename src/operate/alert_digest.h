#pragma once
/// The digest: one message of everything that a channel has not been told of yet.

#include <cstddef>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/alerts.h"
#include "store/database.h"

namespace tipoff::operate {

/// Alerts in one digest; what is beyond it is in the next.
inline constexpr std::size_t kMostInADigest = 200;

/// Puts the channel's digest into its outbox if one is due: something untold is an hour old, no
/// digest was made within the hour and none waits to be sent. Returns whether it did.
Expected<bool> make_due_digest(store::Database& database, const ChannelPolicy& channel,
                               Instant now);

}  // namespace tipoff::operate
