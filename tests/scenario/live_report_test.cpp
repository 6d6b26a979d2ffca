// A report of injuries arrives in the afternoon: the games of the teams whose players it has as out
// or doubtful are forecast again, as of now, and no others.
#include <gtest/gtest.h>

#include <set>

#include "collect/collected_tables.h"
#include "operate/live.h"
#include "scenario/collected_league.h"
#include "support/expected.h"

namespace tipoff::scenario {
namespace {

using support::value_of;

constexpr int kDays = 10;

class LiveReport : public support::HomeOnEachEngine {};

TEST_P(LiveReport, ReachesTheGamesOfItsTeamsAndNoOthers) {
    CollectedLeague league(place_);
    // Else others have said by then what the report says.
    league.live_through(kDays, false);
    const GameDate today = opening_night().plus_days(kDays - 1);
    operate::LiveRequest request;
    request.date = today;
    const auto look = [&] {
        return value_of(operate::forecast_live(league.database(), league.ledger(), league.clock(),
                                               league.folder(), request));
    };
    const auto collect_report = [&] {
        const auto report = league.collect("nbac_injury_report", {.dates = {today}, .again = true});
        EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
    };
    const operate::LiveReport before = look();
    ASSERT_GT(before.changes.changed.size(), 2U);

    league.go_to(today, {.hour = 16, .minute = 35, .second = 0});
    collect_report();
    league.clock().advance(std::chrono::minutes{1});
    const operate::LiveReport after = look();

    // Who is out or doubtful is taken for one who may not play.
    std::set<TeamId> reported;
    std::set<PlayerId> out;
    for (const collect::InjuryReport& row : value_of(store::read_rows(
             league.database(), collect::kInjuryReport,
             "WHERE known_at >= $1 AND status IN ('out', 'doubtful')", {before.as_of.at}))) {
        reported.insert(row.team_id);
        if (row.player_id) out.insert(*row.player_id);
    }
    ASSERT_FALSE(reported.empty());
    std::set<GameId> theirs;
    for (const collect::Schedule& game : value_of(store::read_rows(
             league.database(), collect::kSchedule, "WHERE game_date = $1", {today}))) {
        if (reported.contains(game.home_team_id) || reported.contains(game.away_team_id))
            theirs.insert(game.game_id);
    }
    std::set<GameId> again;
    for (const auto& [game, market] : after.changes.changed)
        again.insert(game);
    ASSERT_FALSE(again.empty());
    for (const GameId game : again)
        EXPECT_TRUE(theirs.contains(game)) << to_string(game);

    int fell = 0;
    for (const operate::MovedForecast& moved : after.changes.moved) {
        if (!out.contains(moved.after.player_id)) continue;
        EXPECT_LT(moved.after.p_plays, moved.before.p_plays) << moved.player_name;
        ++fell;
    }
    EXPECT_GT(fell, 0);

    // Whoever is forecast anew has both teams' rows under the new instant.
    for (const GameId game : again) {
        const auto teams = value_of(league.database().read(
            "SELECT CAST(count(DISTINCT team_id) AS BIGINT) FROM "
            "predictions.player_prop_prediction WHERE game_id = $1 AND as_of = $2",
            {to_string(game), after.as_of.at}));
        EXPECT_EQ(teams.data[0].integer(0), 2);
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, LiveReport, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::scenario
