// I-23: rows of a part of a team were written, with usage above a half. I-63: what was graded was
// not what is stored.

#include <gtest/gtest.h>

#include "grade/report.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using test::told;

TEST_P(TableIncident, I23APartOfATeamIsNoBoxScoreAndWhatCannotBeIsRed) {
    const std::string teams = "(SELECT min(team_id) FROM raw.player_box WHERE game_date = $1)";
    home_.change("DELETE FROM raw.player_box WHERE game_date = $1 AND team_id = " + teams +
                 " AND player_id > (SELECT min(player_id) + 2 FROM raw.player_box WHERE game_date "
                 "= $1 AND team_id = " +
                 teams + ")");
    EXPECT_EQ(told(home_.lights("raw.player_box").completeness), "yellow: 3 of 4 teams");
    EXPECT_EQ(home_.lights("analytics.player_game_summary").sanity.light, Light::kGreen);
    home_.change("UPDATE analytics.player_game_summary SET usage_rate = 5.5 WHERE game_date = $1");
    EXPECT_TRUE(told(home_.lights("analytics.player_game_summary").sanity)
                    .starts_with("red: usage_rate: impossible: 5.5 is not from 0 to 5"))
        << told(home_.lights("analytics.player_game_summary").sanity);
}

TEST_P(TableIncident, I63GradesOfOtherForecastsThanAreStoredAreFoundAndMadeAgain) {
    const store::DateScope day{home_.last_day(), home_.last_day()};
    const auto stale = [&] { return value_of(grade::stale_grades(home_.database(), day)); };
    const auto error = [&] {
        return value_of(home_.database().read("SELECT sum(absolute_error_mean) FROM "
                                              "predictions.prediction_accuracy WHERE game_date = "
                                              "$1 AND revision = 0",
                                              {home_.last_day()}))
            .data[0]
            .number(0);
    };
    EXPECT_EQ(stale(), 0);
    const double before = error();
    EXPECT_EQ(home_.change("UPDATE predictions.player_prop_prediction SET mean = mean + 9 "
                           "WHERE game_date = $1 AND player_id = (SELECT "
                           "min(player_id) FROM predictions.player_prop_prediction WHERE game_date "
                           "= $1) AND system_id = 'moving_average_v1'"),
              1);
    EXPECT_EQ(stale(), 1);
    const auto facts = value_of(Facts::load(home_.database()));
    Backfill backfill(home_.database(), home_.ledger(), home_.clock(), *facts);
    BackfillRequest request;
    request.dates = day;
    request.steps = {Step::kGrades};
    request.force = true;
    request.threads = 1;
    value_of(backfill.run(request));
    EXPECT_EQ(stale(), 0);
    EXPECT_NE(error(), before);
}

}  // namespace
}  // namespace tipoff::operate
