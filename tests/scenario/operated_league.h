#pragma once
/// A simulated league under the controller, in virtual time: what `tipoff schedule run` does, hour
/// after hour.

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "operate/alert_channels.h"
#include "operate/controller.h"
#include "scenario/collected_league.h"

namespace tipoff::scenario {

/// A channel whose messages are lines of a file, which outlives the process.
class FileSender final : public operate::MessageSender {
public:
    FileSender(std::filesystem::path file, const Clock& clock)
        : file_(std::move(file)), clock_(clock) {}

    std::expected<void, SendFailure> send(const operate::OutboxRow& message) override;

private:
    std::filesystem::path file_;
    const Clock& clock_;
};

struct SentMessage {
    Instant at{};
    std::string message_id;
};

class OperatedLeague {
public:
    /// In a place that outlives it. `workflows` is the text of a workflows file; without it fewer
    /// sources are asked, less often.
    explicit OperatedLeague(const support::HomePlace& place, league::FaultPlan* faults = nullptr,
                            std::string_view workflows = {});

    /// Pass after pass until then: each time something is due, and once an hour at least. Told the
    /// instant before each pass.
    void operate_until(Instant end, const std::function<void(Instant)>& before_pass = {});

    operate::PassReport pass();

    [[nodiscard]] CollectedLeague& league() { return league_; }
    [[nodiscard]] store::Database& database() { return league_.database(); }
    [[nodiscard]] ManualClock& clock() { return league_.clock(); }
    [[nodiscard]] operate::Controller& controller() { return *controller_; }
    [[nodiscard]] std::vector<SentMessage> sent() const;

private:
    CollectedLeague league_;
    operate::Workflows workflows_;
    std::vector<operate::AlertChannel> channels_;
    std::unique_ptr<operate::Alerts> alerts_;
    std::vector<operate::Collecting*> lanes_;
    std::unique_ptr<operate::SharedFacts> facts_;
    std::unique_ptr<operate::WarmEngine> engine_;
    std::unique_ptr<operate::Executor> executor_;
    std::unique_ptr<operate::Controller> controller_;
};

}  // namespace tipoff::scenario
