#pragma once
/// The queue seam: items from a coordinator to workers, and what they say back to it.
///
/// Every item is handed out at least once, and again when its worker falls silent or gives it back:
/// at most `kMostDeliveries` times, then it is a dead letter. Results may come twice. So whoever
/// gathers them goes by the items' keys, never by a count.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "forecast/trained_count.h"

namespace tipoff::coordinate {

/// An item that failed so often fails for a reason of its own.
inline constexpr int kMostDeliveries = 5;

/// A worker that has been silent for so long is taken for dead: its items go to others.
inline constexpr std::chrono::seconds kSilentWorkerLoses{30};

struct Message {
    std::string id;  ///< published twice with one id, it is there once
    std::string body;
};

/// A message in the hands of who took it, until it is settled.
struct Delivery {
    std::uint64_t tag = 0;  ///< of this delivery, for who settles it
    int times = 1;          ///< delivered so often, this time counted
    std::string id;
    std::string body;
};

/// An item that was given up.
struct DeadLetter {
    std::string id;
    std::string body;
    std::string why;
};

/// The coordinator's end. One thread at a time.
class WorkDesk {
public:
    virtual ~WorkDesk() = default;

    /// Durable when it returns, as far as this queue is.
    virtual Status publish(std::span<const Message> items) = 0;

    /// The next results, as many as `most`; waits up to `wait` for the first, and none is no error.
    virtual Expected<std::vector<Delivery>> results(std::size_t most,
                                                    std::chrono::milliseconds wait) = 0;

    /// The results were taken in: they are not delivered again.
    virtual Status confirm(std::span<const Delivery> results) = 0;

    /// Items that were given up since the last call.
    virtual Expected<std::vector<DeadLetter>> dead_letters() = 0;

    /// Items whose id begins so, up to a '/', and which nobody has begun, are not handed out any
    /// more.
    virtual Status withdraw(std::string_view id_prefix) = 0;

    /// Lends what was trained to workers, who find it by its hash.
    virtual Status lend(std::shared_ptr<const forecast::TrainedCount> trained) = 0;
};

/// What a worker says of an item.
struct Answer {
    std::uint64_t item = 0;  ///< the tag of its delivery
    Message result;
};

/// A worker's end. One thread at a time; only `keep` may be called beside the others.
class WorkSource {
public:
    virtual ~WorkSource() = default;

    /// The next items, as many as `most`; waits up to `wait` for the first, and none is no error.
    virtual Expected<std::vector<Delivery>> take(std::size_t most,
                                                 std::chrono::milliseconds wait) = 0;

    /// Answers items, as many as go together: a queue that is far away makes all of them durable in
    /// the time of one. Durable before the items are settled.
    virtual Status answer(std::span<const Answer> answers) = 0;

    /// A sign of life for items that take long, by their tags. Those that are settled already are
    /// left alone.
    virtual Status keep(std::span<const std::uint64_t> items) = 0;

    /// How often items in hand want a sign of life; zero: never.
    [[nodiscard]] virtual std::chrono::milliseconds keep_every() const = 0;

    /// Gives an item back, to be tried again.
    virtual Status give_back(const Delivery& item, std::string_view why) = 0;

    /// What a coordinator has lent. `kNotFound` for a hash that nobody lends.
    virtual Expected<std::shared_ptr<const forecast::TrainedCount>> trained(Fingerprint hash) = 0;
};

}  // namespace tipoff::coordinate
