#include "cli/operation.h"

#include <fmt/core.h>

#include "base/curl_transport.h"
#include "base/rerouted_transport.h"
#include "base/running_clock.h"
#include "base/secret.h"
#include "cli/caller.h"
#include "cli/config_keys.h"
#include "cli/installation.h"
#include "operate/alert_delivery.h"
#include "operate/problems.h"

namespace tipoff::cli {
namespace {

/// The key of each source that needs one: of the environment, else of a file of its name in the
/// home's folder `keys`, which only its owner may read.
Expected<collect::Keys> read_upstream_keys(const std::filesystem::path& home) {
    collect::Keys keys;
    for (const collect::Source& source : collect::sources()) {
        const std::string variable(source.asking.key.variable);
        if (variable.empty() || keys.contains(variable)) continue;
        if (auto value = caller().variable(variable)) {
            keys[variable] = *std::move(value);
            continue;
        }
        const auto of_file = read_secret_file(home / kKeysFolder / variable);
        if (of_file) {
            keys[variable] = of_file->reveal();
        } else if (of_file.error().code() != ErrorCode::kNotFound) {
            return std::unexpected(of_file.error());
        }
    }
    return keys;
}

std::optional<std::string> upstreams_of(const OperationOptions& options) {
    if (options.upstreams) return options.upstreams;
    const auto from_environment = caller().variable(std::string(kUpstreamsVariable));
    return from_environment.value_or("").empty() ? std::nullopt : from_environment;
}

}  // namespace

/// A connection to the upstreams, and what asks over it.
struct Operation::Lane {
    Lane(Operation& operation, const std::optional<std::string>& upstreams,
         const collect::Keys& keys, std::uint64_t seed)
        : network(*operation.clock_),
          fetcher(reroute(upstreams), *operation.clock_, waiter, operation.home_->folder(), seed),
          collecting(operation.home_->database(), *operation.ledger_, &fetcher, *operation.clock_,
                     operation.home_->folder(), keys, &operation.writing_) {}

    Transport& reroute(const std::optional<std::string>& upstreams) {
        if (!upstreams) return network;
        return rerouted.emplace(network, *upstreams);
    }

    CurlTransport network;
    std::optional<ReroutedTransport> rerouted;
    SleepingWaiter waiter;
    collect::Fetcher fetcher;
    operate::Collecting collecting;
};

Operation::Operation() = default;
Operation::~Operation() = default;

Expected<std::unique_ptr<Operation>> Operation::open(const Context& context,
                                                     const OperationOptions& options) {
    const auto upstreams = upstreams_of(options);
    if (upstreams && options.listens_at && options.listens_at->is_reached_by(*upstreams)) {
        return fail(ErrorCode::kUsage,
                    fmt::format("{} is where this very process answers: it would ask itself for "
                                "what upstreams say",
                                *upstreams),
                    "another --upstreams (TIPOFF_UPSTREAMS), or another --listen");
    }
    std::unique_ptr<Operation> operation(new Operation);
    if (const auto now = context.settings().now) {
        operation->clock_ = std::make_unique<RunningClock>(*now, options.speed);
    } else {
        operation->clock_ = std::make_unique<SystemClock>();
    }
    operation->alternate_lines_ = context.settings().alternate_lines;
    TIPOFF_TRY(operation->home_, context.open_home(store::Access::kReadWrite));
    operation->ledger_ =
        std::make_unique<ledger::Ledger>(operation->database(), operation->clock());
    TIPOFF_CHECK(operation->ledger_->abandon_expired(operation->home_->holds_lock()));
    const auto seed = context.settings().seed.value_or(
        static_cast<std::uint64_t>(operation->clock().wall_now().time_since_epoch().count()));
    TIPOFF_TRY(const collect::Keys keys, read_upstream_keys(operation->home().folder()));
    for (std::size_t lane = 0; lane < options.lanes; ++lane)
        operation->lanes_.push_back(
            std::make_unique<Lane>(*operation, upstreams, keys, seed + lane));
    operation->channels_ = alert_channels(context.settings().alerts);
    operation->alerts_ = std::make_unique<operate::Alerts>(
        operate::policies_of(operation->channels_), operation->clock());
    return operation;
}

std::vector<operate::Collecting*> Operation::lanes() const {
    std::vector<operate::Collecting*> lanes;
    lanes.reserve(lanes_.size());
    for (const auto& lane : lanes_)
        lanes.push_back(&lane->collecting);
    return lanes;
}

Status Operation::tell_of_problems() {
    TIPOFF_TRY(const auto transaction, database().begin());
    TIPOFF_CHECK(operate::note_problems(database(), *transaction, *alerts_, *clock_));
    TIPOFF_CHECK(transaction->commit());
    TIPOFF_CHECK(operate::deliver(database(), channels_, *clock_));
    return {};
}

}  // namespace tipoff::cli
