// I-67: an alarm about grades that were missing was false: it counted forecasts of games that
// nobody could grade yet. What can be graded is what is expected.

#include <gtest/gtest.h>

#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using test::told;

TEST_P(TableIncident, I67ForecastsOfGamesWithoutABoxScoreAreNotGradable) {
    const Completeness whole = home_.lights("predictions.prediction_accuracy").counts;
    EXPECT_GT(whole.expected, 0);
    EXPECT_EQ(whole.held, whole.expected);
    // One of the two games has no box score yet.
    const char* const one_game = " (SELECT min(game_id) FROM analytics.game WHERE game_date = $1)";
    home_.change("DELETE FROM predictions.prediction_accuracy WHERE game_id =" +
                 std::string(one_game));
    home_.change("UPDATE analytics.game SET player_rows = 0 WHERE game_id =" +
                 std::string(one_game));
    const StatusLights lights = home_.lights("predictions.prediction_accuracy");
    EXPECT_EQ(lights.completeness.light, Light::kGreen) << told(lights.completeness);
    EXPECT_LT(lights.counts.expected, whole.expected);
    EXPECT_EQ(lights.counts.held, lights.counts.expected);
}

TEST_P(TableIncident, I67GradesThatAreMissingAreSeen) {
    home_.change("DELETE FROM predictions.prediction_accuracy WHERE game_date = $1");
    EXPECT_TRUE(told(home_.lights("predictions.prediction_accuracy").completeness)
                    .starts_with("red: 0 of "));
}

}  // namespace
}  // namespace tipoff::operate
