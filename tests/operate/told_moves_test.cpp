// What bettors are told of a board that moves, whoever published it.
#include <gtest/gtest.h>

#include "operate/controlled_home.h"

namespace tipoff::operate {
namespace {

using ledger::RunRow;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

class ToldMoves : public test::ControlledHome {};

TEST_F(ToldMoves, WhatMovedOnAnyBoardOfAPassIsToldOf) {
    go_to(date(), 13);
    const auto lines = two_lines();
    forecast_live_in(std::array{Market::kPoints});
    home_.clock().advance(5min);
    move_line(lines[0], 3);
    // Something else of a later date, which is begun when the first board is made.
    const Instant now = home_.clock().league_now();
    const auto plan = planned_run({.kind = TaskKind::kDerive,
                                   .step = Step::kConform,
                                   .game_date = date().plus_days(1),
                                   .is_live = true},
                                  "by test", now, now + 1h);
    const auto transaction = value_of(database().begin());
    value_of(ledger::RunQueue(database(), home_.clock()).plan(*transaction, {&plan, 1}));
    value_of(transaction->commit());
    value_of(controller_.pass([&](const RunRow& run) {
        if (run.game_date != date().plus_days(1)) return;
        home_.clock().advance(1min);
        move_line(lines[1], 3);
    }));
    EXPECT_EQ(count_rows(database(),
                         "(SELECT DISTINCT as_of FROM predictions.player_prop_prediction WHERE "
                         "origin = 'live')"),
              3)
        << "one before the pass, two in it";
    const std::string told = board_moves_told();
    EXPECT_NE(told.find(name_of(lines[0])), std::string::npos) << told;
    EXPECT_NE(told.find(name_of(lines[1])), std::string::npos) << told;
}

TEST_F(ToldMoves, WhatADayByHandMovesIsToldOf) {
    go_to(date(), 13);
    const auto lines = two_lines();
    value_of(controller_.run_day(date(), Collect::kNothing));
    EXPECT_EQ(board_moves_told(), "") << "there was no board before";
    home_.clock().advance(5min);
    move_line(lines[0], 3);
    value_of(controller_.run_day(date(), Collect::kNothing));
    EXPECT_NE(board_moves_told().find(name_of(lines[0])), std::string::npos);
    home_.clock().advance(5min);
    move_line(lines[1], 3);
    value_of(controller_.trigger("forecasts"));
    EXPECT_NE(board_moves_told().find(name_of(lines[1])), std::string::npos);
}

TEST_F(ToldMoves, WhatABatchMovesBetweenTwoPassesIsToldOfOnce) {
    go_to(date(), 13);
    const auto lines = two_lines();
    value_of(controller_.run_day(date(), Collect::kNothing));
    home_.clock().advance(5min);
    move_line(lines[0], 3);
    forecast_live_in(std::array{Market::kPoints});
    EXPECT_TRUE(board_alerts().empty()) << "nobody has looked at it yet";
    home_.clock().advance(1min);
    value_of(controller_.pass());
    const auto told = board_alerts();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(told.begin()->find(name_of(lines[0])), std::string::npos) << *told.begin();
    home_.clock().advance(1min);
    value_of(controller_.pass());
    EXPECT_EQ(board_alerts(), told) << "it has been told of";

    // Nor does another scheduler tell of it, which knows nothing but what is stored.
    Controller other{database(), home_.clock(), workflows_, executor_, alerts_, channels_};
    value_of(other.pass());
    EXPECT_EQ(board_alerts(), told);
    home_.clock().advance(1min);
    move_line(lines[1], 3);
    forecast_live_in(std::array{Market::kPoints});
    value_of(other.pass());
    auto later = board_alerts();
    ASSERT_EQ(later.size(), 2U);
    later.erase(*told.begin());
    EXPECT_NE(later.begin()->find(name_of(lines[1])), std::string::npos) << *later.begin();
    EXPECT_EQ(later.begin()->find(name_of(lines[0])), std::string::npos) << *later.begin();
    EXPECT_EQ(count_rows(database(), "ops.alert WHERE times_raised > 1"), 0);
}

}  // namespace
}  // namespace tipoff::operate
