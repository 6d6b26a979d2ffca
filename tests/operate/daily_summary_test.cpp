// A game date in one message.
#include "operate/daily_summary.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "operate/coverage.h"
#include "operate/mini_home.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using test::MiniHome;

TEST(DailySummaryOf, ADateSaysWhoWasForecastAndHowGoodItWas) {
    MiniHome home;
    const auto covered =
        value_of(coverage(home.database(), {.dates = {home.last_day(), home.last_day()}}));
    ASSERT_GT(covered.predicted, 0);
    const auto best = value_of(home.database().read(
        "SELECT system_id, mae, CAST(n AS BIGINT) FROM predictions.system_performance WHERE "
        "game_date = $1 AND market = 'points' AND population = 'ten_prior_games' AND n > 0 ORDER "
        "BY mae, system_id",
        {home.last_day()}));
    ASSERT_GT(best.rows(), 1U);

    const DailySummary summary = value_of(daily_summary(home.database(), home.last_day()));
    EXPECT_EQ(summary.title, fmt::format("{}: {} of {} players forecast, {} off by {:.2f}",
                                         to_string(home.last_day()), covered.predicted,
                                         covered.expected - covered.voided, best.data[0].text(0),
                                         best.data[1].number(0)));
    for (std::size_t i = 0; i < best.rows(); ++i)
        EXPECT_TRUE(summary.body.contains(fmt::format("  {}: {:.2f} on {} player games",
                                                      best.data[0].text(i), best.data[1].number(i),
                                                      best.data[2].integer(i))))
            << summary.body;
    EXPECT_FALSE(summary.body.contains("did not do what they were for")) << summary.body;
}

TEST(DailySummaryOf, ADateNamesItsGapsAndTheRunsThatWentWrong) {
    MiniHome home;
    home.change(
        "UPDATE ops.expectation SET outcome = 'gap', reason = 'STEP_FAILED' WHERE game_date = $1 "
        "AND player_id = (SELECT min(player_id) FROM ops.expectation WHERE game_date = $1)");
    const auto run = value_of(
        home.ledger().start({.step = "grades",
                             .scope = "one day",
                             .dates = store::DateScope{home.last_day(), home.last_day()}}));
    value_of(home.ledger().finish(
        run, {.state = ledger::RunState::kFailed, .reason = "io", .detail = "the disk is full"}));
    const DailySummary summary = value_of(daily_summary(home.database(), home.last_day()));
    EXPECT_TRUE(summary.body.contains(" 1 without a forecast\n  ")) << summary.body;
    EXPECT_TRUE(summary.body.ends_with(
        fmt::format("\nruns that did not do what they were for\n  {} grades of one day: failed "
                    "io\n",
                    run.run_id)))
        << summary.body;
}

TEST(DailySummaryOf, ADateNamesWhatIsRedInItsStatus) {
    MiniHome home;
    EXPECT_FALSE(value_of(daily_summary(home.database(), home.last_day()))
                     .body.contains("red in the status"));
    home.change(
        "DELETE FROM raw.player_box WHERE game_id = (SELECT min(game_id) FROM raw.player_box WHERE "
        "game_date = $1)");
    const DailySummary summary = value_of(daily_summary(home.database(), home.last_day()));
    EXPECT_TRUE(
        summary.body.contains("\nred in the status of the date\n"
                              "  raw.player_box, completeness: 2 of 4 teams\n"))
        << summary.body;
}

TEST(DailySummaryOf, ADayWithoutGamesSaysSo) {
    MiniHome home;
    const DailySummary summary =
        value_of(daily_summary(home.database(), home.last_day().plus_days(200)));
    EXPECT_TRUE(summary.title.ends_with(": nobody was expected to play")) << summary.title;
    EXPECT_EQ(summary.body, "");
}

}  // namespace
}  // namespace tipoff::operate
