// I-20: forecasts were there twice and their measures a fifth too good, since each attempt drew new
// ids. I-24: lines of 24.5 and 25 became one. I-26: forecasts of all systems but one were put out
// of force. I-29: 36 of 211 players were forecast, since who had missed a game counted as
// incomplete.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "collect/raw_tables.h"
#include "forecast/systems.h"
#include "operate/board.h"
#include "operate/coverage.h"
#include "operate/live.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using support::count_rows;
using support::value_of;

/// The steps of the home's last day, once more.
void again(test::MiniHome& home, BackfillRequest request = {}) {
    const auto facts = value_of(Facts::load(home.database()));
    Backfill backfill(home.database(), home.ledger(), home.clock(), *facts);
    request.dates = {home.last_day(), home.last_day()};
    request.force = true;
    request.threads = 1;
    value_of(backfill.run(request));
}

TEST_P(TableIncident, I20ASecondAttemptAddsNoForecastAndMovesNoMeasure) {
    const auto standing = [&] {
        std::string all;
        for (const char* table :
             {"predictions.player_prop_prediction", "predictions.pick", "ops.expectation",
              "predictions.prediction_accuracy", "predictions.system_performance"})
            all += std::to_string(count_rows(home_.database(), table)) + " " + table + "\n";
        const auto measured = value_of(home_.database().read(
            "SELECT system_id, population, n, mae FROM predictions.system_performance WHERE "
            "game_date = $1 AND market = 'points' ORDER BY system_id, population",
            {home_.last_day()}));
        for (std::size_t i = 0; i < measured.rows(); ++i) {
            all += std::string(measured.data[0].text(i)) + " " +
                   std::string(measured.data[1].text(i)) + " " +
                   std::to_string(measured.data[2].integer(i)) + " " +
                   std::to_string(store::ColumnCodec<double>::get(measured.data[3], i)) + "\n";
        }
        return all;
    };
    again(home_);
    const std::string before = standing();
    again(home_);
    again(home_);
    EXPECT_EQ(standing(), before);
}

TEST_P(TableIncident, I24LinesHalfAPointApartAreTwo) {
    auto line = value_of(store::read_rows(home_.database(), collect::kPropLine,
                                          "WHERE game_date = $1 AND market = 'points' AND NOT "
                                          "in_play ORDER BY player_id, known_at LIMIT 1",
                                          {home_.last_day()}))
                    .at(0);
    std::vector<collect::PropLine> lines;
    for (const double value : {24.5, 25.0, 25.5}) {
        line.book = "one book";
        line.line_value = value;
        lines.push_back(line);
    }
    support::merge_rows(home_.database(), collect::kPropLine, lines);
    again(home_);
    const auto picked = value_of(home_.database().read(
        "SELECT DISTINCT line_value FROM predictions.pick WHERE game_date = $1 AND book = 'one "
        "book' AND market = 'points' ORDER BY line_value",
        {home_.last_day()}));
    std::vector<double> values;
    for (std::size_t i = 0; i < picked.rows(); ++i)
        values.push_back(picked.data[0].number(i));
    EXPECT_EQ(values, (std::vector<double>{24.5, 25.0, 25.5}));
}

TEST_P(TableIncident, I26ALookByOneSystemLeavesTheOthersOnTheBoard) {
    home_.go_to(eastern_instant(home_.last_day(), {.hour = 12, .minute = 0, .second = 0}));
    const auto systems_on_board = [&] {
        std::set<std::string> systems;
        for (const BoardRow& row :
             value_of(board(home_.database(), {.date = home_.last_day()})).rows)
            systems.insert(row.system_id);
        return systems;
    };
    const auto look = [&](std::set<std::string> systems) {
        BackfillRequest request;
        request.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
        request.origin = forecast::kOriginLive;
        request.as_of = live_as_of(home_.clock());
        for (const std::string& system : systems)
            request.systems.insert(system);
        again(home_, request);
        home_.clock().advance(std::chrono::minutes{5});
    };
    look({});
    const auto all = systems_on_board();
    ASSERT_GT(all.size(), 1U);
    const std::int64_t rows = static_cast<std::int64_t>(
        value_of(board(home_.database(), {.date = home_.last_day()})).rows.size());
    // A line moves, and a batch asks for one system.
    support::execute(home_.database(),
                     "UPDATE raw.prop_line SET line_value = line_value + 2 WHERE game_date = $1",
                     {home_.last_day()});
    look({std::string(forecast::kMovingAverageId)});
    EXPECT_EQ(systems_on_board(), all);
    const auto board_now = value_of(board(home_.database(), {.date = home_.last_day()}));
    EXPECT_EQ(static_cast<std::int64_t>(board_now.rows.size()), rows);
}

TEST_P(TableIncident, I29WhoMissedGamesOfTheWeekIsForecastAllTheSame) {
    const std::string missed =
        " WHERE game_date BETWEEN CAST($1 AS DATE) - 9 AND CAST($1 AS DATE) - 1 AND player_id % "
        "2 = 0";
    ASSERT_GT(home_.change("DELETE FROM raw.player_box" + missed), 20);
    home_.change("DELETE FROM predictions.player_prop_prediction WHERE game_date = $1");
    again(home_);
    const CoverageReport report =
        value_of(coverage(home_.database(), {.dates = {home_.last_day(), home_.last_day()}}));
    EXPECT_GT(report.expected, 20);
    EXPECT_TRUE(report.gaps.empty()) << report.gaps.size() << " of " << report.expected;
    EXPECT_EQ(report.played_ten_minutes.predicted, report.played_ten_minutes.n);
}

}  // namespace
}  // namespace tipoff::operate
