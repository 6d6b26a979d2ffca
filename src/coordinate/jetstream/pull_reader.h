#pragma once
/// A durable reader of a stream: asks for messages and settles them. Only for sources of
/// jetstream/.

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "coordinate/jetstream/connection.h"

namespace tipoff::coordinate::jetstream {

class PullReader {
public:
    /// `connection` outlives it.
    static Expected<std::unique_ptr<PullReader>> open(const Connection& connection,
                                                      const std::string& stream,
                                                      const char* durable);

    /// What there is, up to `most`; waits up to `wait` for the first. Where nobody answers there is
    /// nothing, and an error once that has been so for the options' patience.
    Expected<std::vector<MessageHandle>> fetch(std::size_t most, std::chrono::milliseconds wait);

    /// Messages that have come in since and that nobody has fetched.
    std::vector<MessageHandle> rest();

private:
    explicit PullReader(const Connection& connection) : connection_(connection) {}

    const Connection& connection_;
    SubscriptionHandle subscription_;
    std::optional<std::chrono::microseconds> silent_since_;
};

/// A message of a stream in the hands of its reader.
struct Held {
    MessageHandle message;
    int times = 1;
    std::uint64_t stream_sequence = 0;
};

/// `kInternal` for a message that no reader took out of a stream.
Expected<Held> held(MessageHandle message);

}  // namespace tipoff::coordinate::jetstream
