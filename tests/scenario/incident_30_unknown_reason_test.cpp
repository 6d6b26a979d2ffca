// I-30: 47 players were reported as UNKNOWN_REASON, since the tool knew six reasons and the
// pipeline had twelve ways out. Whatever is on record of whom, each player who is expected has one
// outcome, and each gap one reason of the closed list, with its detail.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "operate/made_grid.h"
#include "support/engines.h"

namespace tipoff::operate {
namespace {

using namespace test;

/// What may be on record of one player; any of it, in any combination.
struct OnRecord {
    bool context, features, forecast, grid_predicted, grid_gap, played, before_here,
        before_elsewhere, long_ago, rostered, roster_late, reported, line, unresolved;
};

OnRecord any_record() {
    const auto maybe = [] { return *rc::gen::arbitrary<bool>(); };
    OnRecord record{};
    for (bool* fact : {&record.context, &record.features, &record.forecast, &record.grid_predicted,
                       &record.grid_gap, &record.played, &record.before_here,
                       &record.before_elsewhere, &record.long_ago, &record.rostered,
                       &record.roster_late, &record.reported, &record.line, &record.unresolved})
        *fact = maybe();
    return record;
}

void put_down(MadeGrid& made, PlayerId player, const OnRecord& record) {
    const std::string name = "Player " + std::to_string(player.value);
    if (record.context) made.context(player, name);
    if (record.features) made.features(player);
    if (record.forecast) made.forecast(player, "moving_average_v1");
    if (record.grid_predicted) {
        made.grid(player, "predicted");
    } else if (record.grid_gap) {
        made.grid(player, "gap");
    }
    if (record.played) made.played(player, static_cast<std::int32_t>(player.value % 30));
    if (record.before_here) made.played_before(player, kHome, 3);
    if (record.before_elsewhere) made.played_before(player, kThird, 6);
    if (record.long_ago) made.played_before(player, kHome, 800);
    if (record.rostered)
        made.rostered(name, kHome, player, std::chrono::hours{record.roster_late ? -5 : 5});
    if (record.reported) made.reported(player, "out", "knee");
    if (record.line) made.line(player);
    if (record.unresolved) made.unresolved("br_rosters", name, kHome);
}

void expect_every_way_out_to_have_its_reason(store::Database& database) {
    const auto status = *rc::gen::element<std::string>("scheduled", "final", "postponed");
    const bool conformed = *rc::gen::arbitrary<bool>();
    const bool contexts = *rc::gen::arbitrary<bool>();
    MadeGrid made(status, conformed, contexts, &database);
    const int players = *rc::gen::inRange(1, 12);
    for (int i = 0; i < players; ++i)
        put_down(made, PlayerId{200 + i}, any_record());
    for (const char* step : {"conform", "features", "forecasts"}) {
        if (*rc::gen::arbitrary<bool>())
            made.run(step, "2022-23", *rc::gen::element<std::string>("failed", "succeeded"), "io");
    }
    if (*rc::gen::arbitrary<bool>()) made.breaker("br_rosters", "no answer");

    CoverageRequest request;
    if (*rc::gen::arbitrary<bool>()) request.system_id = "moving_average_v1";
    const CoverageReport report = made.coverage(request);
    RC_ASSERT(report.expected ==
              report.predicted + report.voided + static_cast<std::int64_t>(report.gaps.size()));
    std::map<GapReason, std::int64_t> reasons;
    std::map<std::pair<GameId, PlayerId>, int> times;
    for (const CoverageGap& gap : report.gaps) {
        ++reasons[gap.reason];
        ++times[{gap.game_id, gap.player_id}];
        RC_ASSERT(parse_gap_reason(to_string(gap.reason)).has_value());
        RC_ASSERT(!gap.detail.empty());
    }
    for (const CoverageVoid& bet : report.voids) {
        ++times[{bet.game_id, bet.player_id}];
        RC_ASSERT(!bet.detail.empty());
    }
    for (const auto& [player, count] : times)
        RC_ASSERT(count == 1);
    RC_ASSERT(reasons == report.reasons);
    RC_ASSERT(static_cast<std::int64_t>(report.voids.size()) == report.voided);
    std::int64_t of_days = 0;
    for (const CoverageDay& day : report.days) {
        of_days += day.expected;
        RC_ASSERT(day.expected == day.predicted + day.voided + day.gaps);
        RC_ASSERT(day.top_reason.has_value() == (day.gaps > 0));
    }
    RC_ASSERT(of_days == report.expected);
    RC_ASSERT(report.lines.lined + report.lines.no_line + report.lines.no_line_yet ==
              report.predicted);
}

// A database a case would take most of the time.

RC_GTEST_PROP(Incident30, EveryWayOutHasItsReason, ()) {
    static support::TestDatabase database(support::Engine::kDuckDb, catalogue());
    expect_every_way_out_to_have_its_reason(database.get());
}

RC_GTEST_PROP(Incident30, EveryWayOutOnAServerHasItsReason, ()) {
    if (!support::is_installed(support::Engine::kPostgres)) return;
    static support::TestDatabase database(support::Engine::kPostgres, catalogue());
    expect_every_way_out_to_have_its_reason(database.get());
}

}  // namespace
}  // namespace tipoff::operate
