#pragma once
/// Messages as they lie in a stream, whoever reads it. Only for sources of jetstream/.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "coordinate/jetstream/connection.h"

namespace tipoff::coordinate::jetstream {

/// The subjects of a stream (`kItems`, ...) that match `filter`.
Expected<std::vector<std::string>> subjects_in(const Connection& connection,
                                               std::string_view stream, const std::string& filter);

/// The last message of a subject; null where there is none.
Expected<MessageHandle> last_of(const Connection& connection, std::string_view stream,
                                const std::string& subject);

/// The message at a place; null where there is none any more.
Expected<MessageHandle> message_at(const Connection& connection, std::string_view stream,
                                   std::uint64_t place);

/// Removes the message at a place, if it is there.
Status remove(const Connection& connection, std::string_view stream, std::uint64_t place);

}  // namespace tipoff::coordinate::jetstream
