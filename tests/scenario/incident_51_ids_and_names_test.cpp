// I-51: forecasts were ungraded for days, for box scores came by other ids of their games. I-52: 37
// of 87 players with a line were found, for each source has its own rules of suffixes. I-21: games
// stood in the schedule as often as it was asked for.

#include <gtest/gtest.h>

#include <set>

#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::count_rows;
using support::value_of;

constexpr int kDays = 6;

class CollectedDays : public testing::Test {
protected:
    static void SetUpTestSuite() {
        league_ = std::make_unique<CollectedLeague>();
        league_->live_through(kDays);
        league_->derive(kDays);
    }
    static void TearDownTestSuite() { league_.reset(); }

    static store::Database& database() { return league_->database(); }
    static std::int64_t number(const std::string& sql) {
        return value_of(database().read(sql, {})).data[0].integer(0);
    }
    static std::string on_opening_night() {
        return "game_date = DATE '" + to_string(opening_night()) + "'";
    }

    static inline std::unique_ptr<CollectedLeague> league_;
};

TEST_F(CollectedDays, I51BoxScoresAndLinesOfEverySourceAreOfTheGamesOfTheSchedule) {
    const std::int64_t games =
        number("SELECT count(DISTINCT game_id) FROM raw.schedule WHERE " + on_opening_night());
    ASSERT_GE(games, 2);
    for (const char* source :
         {"nbac_player_boxscore", "nbac_team_boxscore", "bdl_box_scores", "espn_boxscore"}) {
        EXPECT_EQ(number("SELECT count(DISTINCT game_id) FROM raw.player_box WHERE " +
                         on_opening_night() + " AND source = '" + source + "'"),
                  games)
            << source;
    }
    for (const char* table : {"raw.player_box", "raw.team_box", "raw.prop_line", "raw.game_line"}) {
        EXPECT_EQ(count_rows(database(), std::string(table) +
                                             " WHERE game_id NOT IN (SELECT game_id FROM "
                                             "raw.schedule)"),
                  0)
            << table;
    }
    EXPECT_EQ(count_rows(database(),
                         "raw.player_box WHERE player_name = '' OR player_id NOT IN "
                         "(SELECT player_id FROM ref.player)"),
              0);
    // Whoever was forecast and has a box row by any source is graded.
    const std::string forecast_and_played =
        "predictions.player_prop_prediction p WHERE EXISTS (SELECT 1 FROM raw.player_box b WHERE "
        "b.game_id = p.game_id AND b.player_id = p.player_id)";
    EXPECT_GT(count_rows(database(), forecast_and_played), 100);
    EXPECT_EQ(count_rows(database(),
                         forecast_and_played +
                             " AND NOT EXISTS (SELECT 1 FROM predictions.prediction_accuracy a "
                             "WHERE a.game_id = p.game_id AND a.player_id = p.player_id AND "
                             "a.market = p.market AND a.system_id = p.system_id)"),
              0);
}

TEST_F(CollectedDays, I52EveryPlayerWithALineIsFoundByAnyBooksSpelling) {
    const league::Almanac& almanac = first_weeks().almanac();
    std::set<league::PlayerIndex> lined;
    for (int day = 0; day < kDays; ++day) {
        const GameDate date = opening_night().plus_days(day);
        const Instant last_look = eastern_instant(date, {.hour = 14, .minute = 5, .second = 0});
        for (const league::GameNow& game : almanac.on(date, last_look)) {
            for (const league::PropLine& line : almanac.prop_lines_of(game.fixture)) {
                if (line.captured_at <= last_look) lined.insert(line.player);
            }
        }
    }
    std::size_t suffixed = 0;
    std::size_t accented = 0;
    for (const league::PlayerIndex player : lined) {
        const league::PlayerName& name = almanac.player(player).name;
        accented += name.display != name.plain ? 1 : 0;
        suffixed += name.plain.ends_with(" Jr.") || name.plain.ends_with(" II") ||
                            name.plain.ends_with(" III")
                        ? 1
                        : 0;
    }
    ASSERT_GT(suffixed, 0U);
    ASSERT_GT(accented, 0U);
    for (const char* source : {"oddsapi_player_props", "bettingpros_player_props"}) {
        EXPECT_EQ(number("SELECT count(DISTINCT player_id) FROM raw.prop_line WHERE source = '" +
                         std::string(source) + "'"),
                  static_cast<std::int64_t>(lined.size()))
            << source;
        EXPECT_EQ(count_rows(database(),
                             "ref.unresolved_name WHERE source = '" + std::string(source) + "'"),
                  0)
            << source;
    }
}

TEST_F(CollectedDays, I21AScheduleThatIsAskedForEveryMorningHasEachGameOnce) {
    ASSERT_GE(count_rows(database(),
                         "ops.run WHERE step = 'collect' AND scope LIKE "
                         "'nbac_schedule%' AND state = 'succeeded'"),
              kDays);
    EXPECT_EQ(number("SELECT count(*) - count(DISTINCT game_id) FROM analytics.game"), 0);
    EXPECT_EQ(count_rows(database(),
                         "raw.schedule WHERE source = 'nbac_schedule' AND revision > 0 "
                         "AND status = 'scheduled'"),
              0)
        << "what was said before is not said again";
}

}  // namespace
}  // namespace tipoff
