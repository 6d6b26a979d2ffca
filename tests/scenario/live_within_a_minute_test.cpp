// What a document says of games to come is forecast within a minute of it, while another source
// holds its lane up for minutes.

#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::value_of;
using namespace std::chrono_literals;

/// By then some players are hurt.
constexpr int kDay = 12;

/// From when on the live forecasts of a day look, in order.
std::vector<Instant> looks_at(OperatedLeague& league, int day) {
    std::vector<Instant> looks;
    for (const ledger::RunRow& run :
         runs_where(league,
                    "step = 'forecasts' AND scope LIKE '% live' AND state = 'succeeded' AND "
                    "game_date = " +
                        sql_day(day))) {
        looks.push_back(value_of(parse_instant(run.detail)));
    }
    std::ranges::sort(looks);
    return looks;
}

/// In the afternoon injuries are asked for beside thirty pages of rosters, three and a half seconds
/// each.
constexpr std::string_view kWorkflows = R"yaml(
jobs:
  - name: morning
    what: schedule and players
    cron: "5 6 * * *"
    tasks:
      - collect: [nbac_schedule, nbac_player_list]
      - collect: nbac_player_boxscore
        game_date: yesterday
  - name: forecasts
    what: forecasts of the day
    cron: "0 12 * * *"
    tasks:
      - derive: [conform, features, forecasts]
  - name: news
    what: who is hurt, and who is where
    cron: "0 13 * * *"
    tasks:
      - collect: [bdl_injuries, br_rosters]
)yaml";

TEST(AStatusChange, IsForecastWithinAMinuteWhateverElseIsBeingCollected) {
    const support::HomePlace place;
    OperatedLeague league(place, nullptr, kWorkflows);
    league.pass();
    sleep_until(league, on_day(kDay, 6));
    league.operate_until(on_day(kDay, 13));
    ASSERT_EQ(looks_at(league, kDay).size(), 1U);
    sleep_until(league, on_day(kDay, 13));
    const Instant begun = league.clock().league_now();
    league.pass();
    ASSERT_GT(league.clock().league_now() - begun, 90s) << "the rosters hold their lane up";

    const auto looks = looks_at(league, kDay);
    const auto reports = value_of(league.database().read(
        "SELECT DISTINCT known_at FROM raw.injury_report WHERE known_at >= $1 ORDER BY known_at",
        {begun}));
    ASSERT_GT(reports.rows(), 0U) << "nothing was said of anybody";
    for (std::size_t i = 0; i < reports.rows(); ++i) {
        const Instant known = store::ColumnCodec<Instant>::get(reports.data[0], i);
        const auto next = std::ranges::lower_bound(looks, known);
        ASSERT_NE(next, looks.end()) << to_string(known);
        EXPECT_LE(*next - known, 60s) << to_string(known);
    }
}

}  // namespace
}  // namespace tipoff
