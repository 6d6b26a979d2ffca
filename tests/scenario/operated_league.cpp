#include "scenario/operated_league.h"

#include <algorithm>

#include "support/expected.h"

namespace tipoff::scenario {
namespace {

using support::value_of;

constexpr std::string_view kSentFile = "sent.txt";
constexpr std::chrono::minutes kLongestPause{60};
constexpr std::chrono::seconds kShortestPause{30};

/// The program's own workflows, but every three hours what they do every hour: a season of many
/// lives is a minute shorter by it.
std::string three_hourly(std::string_view text) {
    std::string changed(text);
    constexpr std::string_view kHourly = "every: 60m";
    for (auto at = changed.find(kHourly); at != std::string::npos; at = changed.find(kHourly, at))
        changed.replace(at, kHourly.size(), "every: 180m");
    return changed;
}

}  // namespace

std::expected<void, SendFailure> FileSender::send(const operate::OutboxRow& message) {
    std::ofstream(file_, std::ios::app)
        << to_string(clock_.league_now()) << ' ' << message.message_id << '\n';
    return {};
}

OperatedLeague::OperatedLeague(league::FaultPlan* faults, const std::filesystem::path& folder)
    : league_(faults, folder),
      workflows_(value_of(
          operate::read_workflows(operate::default_workflows_text(), "config/workflows.yaml"))),
      lanes_{&league_.collecting()} {
    channels_.push_back(
        {.policy = {.name = "file"},
         .sender = std::make_unique<FileSender>(league_.folder() / kSentFile, league_.clock())});
    alerts_ = std::make_unique<operate::Alerts>(operate::policies_of(channels_), league_.clock());
    executor_ = std::make_unique<operate::Executor>(
        league_.database(), league_.ledger(), league_.clock(), league_.folder(), lanes_, *alerts_);
    controller_ = std::make_unique<operate::Controller>(
        league_.database(), league_.clock(), workflows_, *executor_, *alerts_, channels_);
}

operate::PassReport OperatedLeague::pass() { return value_of(controller_->pass()); }

void OperatedLeague::operate_until(Instant end, const std::function<void(Instant)>& before_pass) {
    while (clock().league_now() < end) {
        if (before_pass) before_pass(clock().league_now());
        const operate::PassReport report = pass();
        const Instant now = clock().league_now();
        Instant next = now + kLongestPause;
        if (report.next) next = std::min(next, *report.next);
        next = std::max(next, now + kShortestPause);
        clock().advance(std::min(next, std::max(end, now + kShortestPause)) - now);
    }
}

std::vector<SentMessage> OperatedLeague::sent() const {
    std::vector<SentMessage> messages;
    std::ifstream file(league_.folder() / kSentFile);
    std::string at;
    std::string message_id;
    while (file >> at && std::getline(file >> std::ws, message_id))
        messages.push_back({value_of(parse_instant(at)), message_id});
    return messages;
}

}  // namespace tipoff::scenario
