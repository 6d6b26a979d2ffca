// I-55: rosters and injuries were of a season one off, for sources call a season by its first year,
// by its last, or by both.

#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::count_rows;
using support::value_of;

TEST(I55SeasonsOfThreeConventions, AreOneInTheNewYear) {
    CollectedLeague league;
    const GameDate date = value_of(parse_date("2026-01-12"));
    league.go_to(date, {.hour = 9, .minute = 0, .second = 0});
    for (const char* source : {"nbac_schedule", "nbac_player_list", "br_rosters", "espn_rosters",
                               "bdl_standings", "bdl_active_players"})
        EXPECT_TRUE(league.collect(source, {.dates = {date}}).is_complete()) << source;
    for (const char* asked : {"/2026.html", "season=2025", "Season=2025-26"}) {
        EXPECT_TRUE(std::ranges::any_of(
            league.server().requests(),
            [&](const league::ServedRequest& request) { return request.path.contains(asked); }))
            << asked;
    }
    for (const char* table :
         {"raw.br_roster", "raw.espn_roster", "raw.standings", "raw.active_player"}) {
        EXPECT_GT(count_rows(league.database(), std::string(table) + " WHERE season = '2025-26'"),
                  0)
            << table;
        EXPECT_EQ(count_rows(league.database(), std::string(table) + " WHERE season <> '2025-26'"),
                  0)
            << table;
    }
}

}  // namespace
}  // namespace tipoff
