// I-18: thirty rosters were written by thirty writers at once, and some of them could not be.

#include <gtest/gtest.h>

#include <utility>

#include "collect/teams.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using support::count_rows;
using support::value_of;

TEST(I18RostersOfOneTeamEach, ThatAreCollectedDuringThatOfAllEndAsOne) {
    CollectedLeague calm;
    CollectedLeague league;
    for (CollectedLeague* each : {&calm, &league}) {
        each->collect("nbac_schedule");
        each->collect("nbac_player_list");
    }
    ASSERT_TRUE(calm.collect("espn_rosters").is_complete());

    const collect::Source& rosters = *collect::find_source("espn_rosters");
    std::size_t inner = 0;
    const auto report = value_of(league.collecting().collect(
        rosters, {}, [&](std::size_t done, std::size_t, std::string_view) {
            if (inner == done) return;  // told by one of those inside
            const auto teams = collect::teams();
            if (inner == teams.size()) return;
            const TeamId team = teams[inner++].team_id;
            const auto one = league.collecting().collect(rosters, {.teams = {team}});
            ASSERT_TRUE(one.has_value()) << one.error().message();
            EXPECT_TRUE(one->is_complete()) << one->outcome.detail;
        }));
    EXPECT_EQ(inner, 30U);
    EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state IN ('failed', 'running')"), 0);
    EXPECT_EQ(league.stated_digests().at("raw.espn_roster"),
              calm.stated_digests().at("raw.espn_roster"));
}

TEST(I18RostersOfAll, AreCollectedByOneAtATime) {
    CollectedLeague league;
    league.collect("nbac_schedule");
    const collect::Source& rosters = *collect::find_source("espn_rosters");
    bool is_told = false;
    const auto report = value_of(
        league.collecting().collect(rosters, {}, [&](std::size_t, std::size_t, std::string_view) {
            if (std::exchange(is_told, true)) return;
            const auto second = league.collecting().collect(rosters, {});
            ASSERT_FALSE(second.has_value());
            EXPECT_EQ(second.error().code(), ErrorCode::kBusy) << second.error().message();
        }));
    EXPECT_TRUE(is_told);
    EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
}

}  // namespace
}  // namespace tipoff
