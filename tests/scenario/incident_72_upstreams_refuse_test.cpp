// I-72: every upstream answered 403, since a range of addresses was blocked. I-74: a report came in
// another form, and nothing said that it was not read.

#include <gtest/gtest.h>

#include "collect/raw_tables.h"
#include "scenario/incidents.h"

namespace tipoff {
namespace {

using namespace scenario;
using support::count_rows;
using namespace std::chrono_literals;

league::FaultPlan always(league::FaultKind kind, std::string address) {
    return league::FaultPlan(
        {.seed = 1, .share = 0, .kinds = {kind}, .never = {std::move(address)}});
}

TEST(I72UpstreamsThatAllRefuse, AreLeftAloneAndToldOfAndNothingIsMadeUp) {
    const support::HomePlace place;
    {
        league::FaultPlan faults = always(league::FaultKind::kForbidden, "/");
        IncidentLeague league(place, &faults);
        league.pass();
        league.operate_until(on_day(0, 20));
        EXPECT_EQ(count_rows(league.database(), "raw.schedule"), 0);
        EXPECT_EQ(count_rows(league.database(), "ref.player"), 0);
        EXPECT_EQ(count_rows(league.database(), "predictions.player_prop_prediction"), 0);
        EXPECT_TRUE(runs_where(league, "step = 'collect' AND state = 'succeeded'").empty())
            << "no data is no success";
        EXPECT_FALSE(runs_where(league, "step = 'collect' AND state = 'failed'").empty());
        EXPECT_LT(asked(league, "/"), 500) << "fourteen hours of a locked door";
        EXPECT_GT(count_rows(league.database(),
                             "ops.alert WHERE state = 'open' AND signature LIKE "
                             "'%nbac_schedule%'"),
                  0);
        const auto sent = league.sent();
        EXPECT_FALSE(sent.empty());
        for (std::size_t i = 0; i + 10 < sent.size(); ++i)
            EXPECT_GT(sent[i + 10].at - sent[i].at, 59min) << sent[i + 10].message_id;
    }
    IncidentLeague league(place);
    sleep_until(league, on_day(1, 5));
    league.operate_until(on_day(1, 9));
    EXPECT_GT(count_rows(league.database(), "raw.schedule"), 0);
    EXPECT_EQ(count_rows(league.database(),
                         "ops.alert WHERE state = 'open' AND signature LIKE '%nbac_schedule%'"),
              0);
}

TEST(I74AReportOfAnotherForm, IsNoSuccessAndIsToldOf) {
    const support::HomePlace place;
    league::FaultPlan faults = always(league::FaultKind::kRenamedField, "player_injuries");
    IncidentLeague league(place, &faults);
    league.operate_until(on_day(0, 9));
    ASSERT_GT(asked(league, "player_injuries"), 0);
    const auto runs = runs_where(league, "scope LIKE 'bdl_injuries %' AND job <> ''");
    ASSERT_FALSE(runs.empty());
    for (const ledger::RunRow& run : runs) {
        EXPECT_NE(run.state, "succeeded");
        EXPECT_NE(run.state, "empty_ok");
    }
    EXPECT_GT(count_rows(league.database(),
                         "ops.alert WHERE state = 'open' AND signature LIKE '%bdl_injuries%'"),
              0);
    EXPECT_EQ(count_rows(league.database(), "raw.injury_report WHERE source = 'bdl_injuries'"), 0);
}

}  // namespace
}  // namespace tipoff
