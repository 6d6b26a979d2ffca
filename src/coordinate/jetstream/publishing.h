#pragma once
/// Messages into streams, asynchronously, each acknowledged by the quorum. Only for sources of
/// jetstream/.

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "coordinate/jetstream/connection.h"

namespace tipoff::coordinate::jetstream {

/// A message to be published; what it points at outlives the call.
struct Outgoing {
    std::string subject;
    std::string id;  ///< none where it is empty
    std::string_view body;
    std::string_view why = {};  ///< of a dead letter
};

/// The header with the reason of a dead letter.
inline constexpr const char* kWhyHeader = "Tipoff-Why";

/// What a message of this id is known by to the servers. `desk` is of who published the item: a
/// database that is made anew has the batch ids of the one before, and is not it.
[[nodiscard]] std::string known_as(std::string_view id, std::string_view desk);

/// The id of a message, as it was published.
[[nodiscard]] std::string id_of(natsMsg& message);

/// Returns when a quorum has acknowledged each. What is not acknowledged in time is published
/// again with its id; `kIo`, saying how many are missing, once the patience is over.
Status publish_all(const Connection& connection, std::span<const Outgoing> messages);

}  // namespace tipoff::coordinate::jetstream
