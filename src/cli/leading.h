#pragma once
/// Whether this process is the one of several that runs schedule and batches. On a home of its own
/// it always is.

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/ticker.h"
#include "ledger/leadership.h"
#include "store/home.h"

namespace tipoff::cli {

class Leading {
public:
    /// Both outlive it. It leads nothing yet.
    Leading(store::Home& home, const Clock& clock);

    [[nodiscard]] bool leads() const { return leads_; }

    /// Who leads in place of this process; empty where this one does.
    [[nodiscard]] std::string other() const;

    /// As long as it lives this process leads whenever it can.
    class Term {
    public:
        explicit Term(Leading& leading) : leading_(leading) {}
        Term(const Term&) = delete;
        Term& operator=(const Term&) = delete;
        ~Term() { leading_.end(); }

    private:
        Leading& leading_;
    };

    /// `on_lead` is called each time that this process becomes the leader.
    [[nodiscard]] Term begin(std::function<void()> on_lead);

private:
    void end();
    void look();

    std::optional<ledger::Leadership> leadership_;  ///< of a database on a server
    std::function<void()> on_lead_;
    std::atomic<bool> leads_{false};
    mutable std::mutex mutex_;
    std::string leader_;
    std::optional<Ticker> ticker_;  ///< the last member: it uses the others
};

}  // namespace tipoff::cli
