#pragma once
/// The queue of many machines: both ends of one in NATS JetStream.
///
/// What is published or answered is acknowledged by a quorum of the servers' copies before the call
/// returns; docs/scale.md says what that promises. A server that is lost is replaced by the
/// library, and calls wait for it as long as `Options::patience`. Neither end's destructor waits
/// for more than a moment.

#include <map>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "coordinate/jetstream/options.h"
#include "coordinate/work_queue.h"

namespace tipoff::coordinate::jetstream {

class Desk final : public WorkDesk {
public:
    /// Makes the queue's streams where they are missing. `clock` outlives it.
    static Expected<std::unique_ptr<Desk>> open(const Options& options, const Clock& clock);
    ~Desk() override;

    Status publish(std::span<const Message> items) override;
    Expected<std::vector<Delivery>> results(std::size_t most,
                                            std::chrono::milliseconds wait) override;
    Status confirm(std::span<const Delivery> results) override;
    Expected<std::vector<DeadLetter>> dead_letters() override;
    Status withdraw(std::string_view id_prefix) override;
    Status lend(std::shared_ptr<const forecast::TrainedCount> trained) override;

private:
    struct Parts;
    explicit Desk(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

class Source final : public WorkSource {
public:
    /// Makes the queue's streams where they are missing. `clock` outlives it.
    static Expected<std::unique_ptr<Source>> open(const Options& options, const Clock& clock);

    /// Gives back what it still holds.
    ~Source() override;

    Expected<std::vector<Delivery>> take(std::size_t most, std::chrono::milliseconds wait) override;
    Status answer(std::span<const Answer> answers) override;
    Status keep(std::span<const std::uint64_t> items) override;
    [[nodiscard]] std::chrono::milliseconds keep_every() const override;
    Status give_back(const Delivery& item, std::string_view why) override;
    Expected<std::shared_ptr<const forecast::TrainedCount>> trained(Fingerprint hash) override;

private:
    struct Parts;
    explicit Source(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tipoff::coordinate::jetstream
