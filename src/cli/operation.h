#pragma once
/// A home at work: what commands that collect, compute by plan and tell somebody have in common.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "cli/context.h"
#include "ledger/ledger.h"
#include "operate/alert_channels.h"
#include "operate/alerts.h"
#include "operate/collecting.h"
#include "serve/listener.h"
#include "store/home.h"

namespace tipoff::cli {

struct OperationOptions {
    /// An address that answers for all upstreams; else `TIPOFF_UPSTREAMS`, else they themselves.
    std::optional<std::string> upstreams;

    /// Where this process answers itself: upstreams that lead there are refused.
    std::optional<serve::ListenAddress> listens_at;

    /// League seconds a second, where `--now` says when it begins.
    double speed = 1;

    /// Sources of so many families are asked side by side.
    std::size_t lanes = 1;
};

class Operation {
public:
    /// Opens the home for writing; runs that a dead process left behind are closed.
    static Expected<std::unique_ptr<Operation>> open(const Context& context,
                                                     const OperationOptions& options);
    ~Operation();

    /// The league's now runs on, from `--now` where that is given: an answer's time is the
    /// league's.
    [[nodiscard]] const Clock& clock() const { return *clock_; }
    /// Whether books are asked for alternate ladders as well.
    [[nodiscard]] bool alternate_lines() const { return alternate_lines_; }
    [[nodiscard]] store::Home& home() { return *home_; }
    [[nodiscard]] store::Database& database() { return home_->database(); }
    [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] std::vector<operate::Collecting*> lanes() const;
    [[nodiscard]] const operate::Alerts& alerts() const { return *alerts_; }
    [[nodiscard]] const std::vector<operate::AlertChannel>& channels() const { return channels_; }

    /// Raises what is wrong, resolves what is not any more, and sends what is due.
    Status tell_of_problems();

private:
    struct Lane;
    Operation();

    std::unique_ptr<Clock> clock_;
    std::unique_ptr<store::Home> home_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::mutex writing_;
    bool alternate_lines_ = false;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::vector<operate::AlertChannel> channels_;
    std::unique_ptr<operate::Alerts> alerts_;
};

}  // namespace tipoff::cli
