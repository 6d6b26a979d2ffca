#include "forecast/reasons.h"

#include <gtest/gtest.h>

#include "feature_row.h"

namespace tipoff::forecast {
namespace {

Forecast made_of(std::initializer_list<Contribution> parts) {
    Forecast forecast;
    forecast.minutes = 31.2;
    for (const Contribution& part : parts)
        forecast.contributions.add(part.part, part.amount);
    forecast.mean = forecast.contributions.sum();
    return forecast;
}

TEST(Reasons, TellTheGreatestWithWhatTheFeaturesSay) {
    TestRow row = starter();
    row.set("minutes_mean_ewm_short", 27).set("minutes_mean_season", 32);
    row.set("opponent_defence_factor", 0.97).set("is_back_to_back", 1).set("teammates_out", 2);
    const Forecast forecast = made_of({{Part::kForm, 18.9},
                                       {Part::kHome, 0.1},
                                       {Part::kOpponent, -0.6},
                                       {Part::kMinutes, -1.2},
                                       {Part::kTeammates, 0.4},
                                       {Part::kSchedule, -0.3}});
    EXPECT_EQ(reasons(row.view(), forecast),
              "form 31 min +18.9, minutes 27 of late and 32 this season -1.2, opponent allows 3% "
              "less -0.6, 2 teammates out +0.4, second night of a back-to-back -0.3");
}

TEST(Reasons, SayNoMoreThanIsKnown) {
    const Forecast forecast = made_of({{Part::kForm, 2.5},
                                       {Part::kMinutes, 0.3},
                                       {Part::kOpponent, 0.2},
                                       {Part::kPace, 0.1},
                                       {Part::kHome, 0.04}});
    EXPECT_EQ(reasons(newcomer().view(), forecast),
              "form 31 min +2.5, minutes and role +0.3, opponent +0.2, pace +0.1");
}

TEST(Reasons, OpponentsAreTheMarketsOwn) {
    TestRow row = starter();
    row.set("opponent_defence_factor", 1.05).set("opponent_assists_factor", 0.9);
    Forecast forecast = made_of({{Part::kForm, 5}, {Part::kOpponent, -0.5}});
    forecast.market = Market::kAssists;
    EXPECT_NE(reasons(row.view(), forecast).find("opponent allows 10% less"), std::string::npos);
    forecast.market = Market::kPra;
    EXPECT_NE(reasons(row.view(), forecast).find("opponent allows 5% more"), std::string::npos);
}

}  // namespace
}  // namespace tipoff::forecast
