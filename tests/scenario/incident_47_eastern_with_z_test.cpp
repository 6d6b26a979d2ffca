// I-47: games of Christmas Day were shown at 7 PM, for a field has Eastern time with a Z behind it.

#include <gtest/gtest.h>

#include <map>

#include "collect/answer_archive.h"
#include "collect/raw_tables.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::value_of;

/// The tip-off of each game of the schedule.
std::map<GameId, collect::Schedule> scheduled(CollectedLeague& league) {
    std::map<GameId, collect::Schedule> games;
    for (collect::Schedule& game :
         value_of(store::read_rows(league.database(), collect::kSchedule, "ORDER BY revision")))
        games.insert_or_assign(game.game_id, std::move(game));
    return games;
}

TEST(I47EasternTimeWithAZ, IsOfNoGameOfTheSeasonTakenForUtc) {
    CollectedLeague league;
    league.collect("nbac_schedule");
    const auto games = scheduled(league);
    const league::Almanac& almanac = first_weeks().almanac();
    ASSERT_EQ(games.size(), almanac.season().fixtures.size());
    const Instant now = league.clock().league_now();
    bool has_afternoon = false;
    bool is_past_midnight_utc = false;
    for (std::size_t game = 0; game < games.size(); ++game) {
        const league::GameNow played = almanac.at(game, now);
        const collect::Schedule& stated = games.at(almanac.fixture(game).game_id);
        ASSERT_EQ(stated.tip_off, played.tip_off) << to_string(stated.game_id);
        ASSERT_EQ(stated.game_date, played.date) << to_string(stated.game_id);
        const Instant noon = eastern_instant(played.date, {.hour = 12, .minute = 0, .second = 0});
        has_afternoon |= played.tip_off < noon + std::chrono::hours{5};
        is_past_midnight_utc |= played.tip_off >= noon + std::chrono::hours{8};
    }
    EXPECT_TRUE(has_afternoon && is_past_midnight_utc) << "a date of UTC would not be seen";
}

TEST(I47EasternTimeWithAZ, EverySourceSaysTheSameHourOfAGame) {
    CollectedLeague league;
    league.collect("nbac_schedule");
    const GameDate date = opening_night();
    std::map<TeamId, Instant> tip_offs;
    for (const auto& [id, game] : scheduled(league)) {
        if (game.game_date == date) tip_offs[game.home_team_id] = game.tip_off;
    }
    ASSERT_GE(tip_offs.size(), 2U);
    for (const char* name :
         {"espn_scoreboard", "bdl_games", "oddsapi_events", "bettingpros_events"}) {
        ASSERT_TRUE(league.collect(name, {.dates = {date}}).is_complete()) << name;
        std::size_t said = 0;
        const collect::Source& source = *collect::find_source(name);
        for (const auto& answer : value_of(collect::archived_answers(league.folder(), name))) {
            const auto reading = value_of(collect::read_archived(league.folder(), source, answer));
            for (const collect::StatedGame& game : reading.records.games) {
                if (game.game_date != date) continue;
                EXPECT_EQ(game.tip_off, tip_offs.at(game.home_team_id)) << name;
                ++said;
            }
        }
        EXPECT_EQ(said, tip_offs.size()) << name;
    }
}

}  // namespace
}  // namespace tipoff
