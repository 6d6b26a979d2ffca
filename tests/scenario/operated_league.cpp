#include "scenario/operated_league.h"

#include <algorithm>

#include "support/expected.h"

namespace tipoff::scenario {
namespace {

using support::value_of;

constexpr std::string_view kSentFile = "sent.txt";
constexpr std::chrono::minutes kLongestPause{240};
constexpr std::chrono::seconds kShortestPause{30};

/// What the program's own workflows do, by fewer sources and less often: a season of many lives is
/// shorter by it.
constexpr std::string_view kWorkflows = R"yaml(
jobs:
  - name: morning_operations
    what: schedule, players, the box scores of the night
    cron: "5 6 * * *"
    catch_up: all
    catch_up_within: 7d
    give_up_after: 6h
    tasks:
      - collect: [nbac_schedule, nbac_player_list]
      - collect: [nbac_player_boxscore]
        game_date: yesterday
      - derive: [conform]
        game_date: yesterday
  - name: betting_lines
    what: reports and lines of the day
    before_games: {from: 6h30m, every: 5h}
    catch_up: latest
    catch_up_within: 3h
    give_up_after: 2h
    tasks:
      - collect: [nbac_injury_report, oddsapi_events, oddsapi_game_lines, oddsapi_player_props]
  - name: forecasts
    what: forecasts of the day
    before_games: {from: 6h, every: 5h}
    catch_up: latest
    catch_up_within: 3h
    give_up_after: 2h
    tasks:
      - derive: [conform, features, forecasts]
  - name: post_game
    what: results of the night
    after_games: {after: 2h30m, every: 5h, until: 10h}
    catch_up: all
    catch_up_within: 3d
    give_up_after: 4h
    tasks:
      - collect: [nbac_schedule, nbac_player_boxscore]
  - name: grades
    what: grades of the night
    cron: "30 9 * * *"
    catch_up: all
    catch_up_within: 7d
    give_up_after: 24h
    tasks:
      - grade:
        game_date: yesterday
  - name: daily_summary
    what: one message
    cron: "0 10 * * *"
    catch_up: latest
    catch_up_within: 12h
    give_up_after: 6h
    tasks:
      - summary:
        game_date: yesterday
  - name: upkeep
    what: the run history
    cron: "40 4 * * *"
    catch_up: latest
    catch_up_within: 24h
    give_up_after: 12h
    tasks:
      - upkeep
  - name: alert_test
    what: every channel
    cron: "0 11 * * *"
    catch_up: latest
    catch_up_within: 24h
    give_up_after: 12h
    tasks:
      - test_alerts
)yaml";

}  // namespace

std::expected<void, SendFailure> FileSender::send(const operate::OutboxRow& message) {
    std::ofstream(file_, std::ios::app)
        << to_string(clock_.league_now()) << ' ' << message.message_id << '\n';
    return {};
}

OperatedLeague::OperatedLeague(const support::HomePlace& place, league::FaultPlan* faults,
                               std::string_view workflows)
    : league_(place, faults),
      workflows_(value_of(
          operate::read_workflows(workflows.empty() ? kWorkflows : workflows, "workflows.yaml"))),
      lanes_{&league_.collecting()} {
    channels_.push_back(
        {.policy = {.name = "file"},
         .sender = std::make_unique<FileSender>(league_.folder() / kSentFile, league_.clock())});
    alerts_ = std::make_unique<operate::Alerts>(operate::policies_of(channels_), league_.clock());
    facts_ = std::make_unique<operate::SharedFacts>(league_.database());
    engine_ = std::make_unique<operate::WarmEngine>(*facts_, league_.database(), league_.ledger(),
                                                    league_.clock(), league_.folder());
    executor_ = std::make_unique<operate::Executor>(league_.database(), league_.ledger(),
                                                    league_.clock(), *engine_, lanes_, *alerts_);
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
