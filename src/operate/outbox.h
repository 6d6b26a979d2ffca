#pragma once
/// The outbox: messages written in the transaction of what they tell of, and the notices that say
/// what each of them tells.

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/alert_tables.h"
#include "store/database.h"

namespace tipoff::operate {

/// Why a message was dropped.
inline constexpr std::string_view kFoldedIntoDigest = "over the cap: the next digest tells of it";

/// A message as it is before its first try.
[[nodiscard]] OutboxRow new_message(std::string message_id, std::string_view channel,
                                    std::string_view kind, std::string_view severity, Instant now);

Status insert_message(store::Transaction& transaction, const OutboxRow& message);

/// A change of a row that is guarded by how it was; none changed is `kFenced`.
Status changed_one(std::int64_t changed, std::string_view what);

/// What `message_id` was to tell is untold again: the next digest has it.
Status untell(store::Transaction& transaction, std::string_view message_id);

/// What `message_id` was to tell is told.
Status mark_told(store::Transaction& transaction, std::string_view message_id);

}  // namespace tipoff::operate
