// What upstreams see of a collection: one request at a time, no sooner than they like, over one
// connection a host, and nothing asked twice.

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <map>
#include <set>

#include "collect/teams.h"
#include "scenario/collected_league.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using scenario::opening_night;
using support::count_rows;

std::chrono::milliseconds spacing_of(std::string_view source) {
    return collect::find_source(source)->asking.spacing;
}

/// No two requests to one host overlap or lie closer together than `spacing`.
void expect_spaced(const std::vector<league::ServedRequest>& requests, std::string_view host,
                   std::chrono::milliseconds spacing) {
    const league::ServedRequest* before = nullptr;
    for (const league::ServedRequest& request : requests) {
        if (request.host != host) continue;
        if (before != nullptr) {
            EXPECT_GE(request.began - before->ended, spacing) << before->path << request.path;
        }
        before = &request;
    }
}

/// Whether the client has to open another connection after an answer with this fault.
bool ends_connection(const league::ServedRequest& request) {
    return request.fault && *request.fault <= league::FaultKind::kTooShort;
}

/// A connection stays in use until it breaks, and another one takes its place only then.
void expect_one_connection_at_a_time(const std::vector<league::ServedRequest>& requests) {
    const league::ServedRequest* before = nullptr;
    for (const league::ServedRequest& request : requests) {
        if (before != nullptr && request.connection != before->connection) {
            EXPECT_GT(request.connection, before->connection) << "two are open: " << request.path;
            EXPECT_TRUE(ends_connection(*before)) << before->path << " " << request.path;
        }
        before = &request;
    }
}

std::map<std::string, std::set<int>> connections_of(
    const std::vector<league::ServedRequest>& requests) {
    std::map<std::string, std::set<int>> connections;
    for (const league::ServedRequest& request : requests)
        connections[request.host].insert(request.connection);
    return connections;
}

TEST(APoliteCollection, I17ThirtyRostersAreAskedForThreeAndAHalfSecondsApartAndMergedOnce) {
    CollectedLeague league;
    league.collect("nbac_schedule");
    league.collect("nbac_player_list");
    const auto report = league.collect("br_rosters");
    EXPECT_EQ(report.outcome.kind, collect::OutcomeKind::kFresh) << report.outcome.detail;
    EXPECT_EQ(report.asked, 30);

    const auto requests = league.server().requests();
    expect_spaced(requests, "www.basketball-reference.com", std::chrono::milliseconds{3'500});
    EXPECT_EQ(connections_of(requests)["www.basketball-reference.com"].size(), 1U);
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE scope = 'br_rosters'"), 1);
    const auto merged =
        std::ranges::count(report.tables, "raw.br_roster", &collect::SettledTable::table);
    EXPECT_EQ(merged, 1) << "one merge, whatever the number of teams";
    EXPECT_EQ(count_rows(league.database(), "(SELECT DISTINCT team_id FROM raw.br_roster)"), 30);
    EXPECT_EQ(count_rows(league.database(), "raw.br_roster WHERE player_id IS NULL"), 0);
    EXPECT_EQ(count_rows(league.database(),
                         "raw.br_roster WHERE birth_date IS NULL OR height_inches IS NULL OR "
                         "position = '' OR country = ''"),
              0);
}

TEST(APoliteCollection, KeepsTheSpacingOfEachHostUnderFaults) {
    league::FaultPlan faults({.seed = 3, .share = 0.3, .kinds = {}});
    CollectedLeague league(&faults);
    league.live_through(3);
    const auto requests = league.server().requests();
    ASSERT_GT(faults.struck().size(), 20U);
    std::set<std::string> broken;
    for (const league::ServedRequest& request : requests) {
        if (ends_connection(request)) broken.insert(request.host);
    }
    const std::map<std::string, std::string> hosts{{"stats.nba.com", "nbac_schedule"},
                                                   {"cdn.nba.com", "nbac_play_by_play"},
                                                   {"ak-static.cms.nba.com", "nbac_injury_report"},
                                                   {"statsdmz.nba.com", "nbac_gamebook"},
                                                   {"api.the-odds-api.com", "oddsapi_events"},
                                                   {"api.balldontlie.io", "bdl_games"},
                                                   {"api.bettingpros.com", "bettingpros_events"},
                                                   {"site.api.espn.com", "espn_scoreboard"},
                                                   {"www.espn.com", "espn_boxscore"},
                                                   {"www.basketball-reference.com", "br_rosters"}};
    for (const auto& [host, source] : hosts) {
        EXPECT_TRUE(broken.contains(host)) << host << " was never asked over a broken connection";
        expect_spaced(requests, host, spacing_of(source));
    }
    expect_one_connection_at_a_time(requests);
}

TEST(APoliteCollection, AsksNothingTwiceThatIsYoungOrSettled) {
    CollectedLeague league;
    league.live_through(2);
    const GameDate date = opening_night();
    EXPECT_GT(league.collect("nbac_team_boxscore", {.dates = {date}}).asked, 0);
    EXPECT_GT(league.collect("nbac_play_by_play", {.dates = {date}}).asked, 0);
    const auto before = league.server().requests().size();
    EXPECT_EQ(league.collect("nbac_team_boxscore", {.dates = {date}}).asked, 0) << "young";
    EXPECT_EQ(league.collect("nbac_play_by_play", {.dates = {date}}).asked, 0) << "young";
    EXPECT_EQ(league.server().requests().size(), before);

    league.go_to(date.plus_days(3), {.hour = 9, .minute = 0, .second = 0});
    EXPECT_GT(league.collect("nbac_team_boxscore", {.dates = {date}}).asked, 0) << "corrections";
    league.go_to(date.plus_days(9), {.hour = 9, .minute = 0, .second = 0});
    EXPECT_EQ(league.collect("nbac_team_boxscore", {.dates = {date}}).asked, 0) << "settled";
}

TEST(APoliteCollection, LeavesASourceAloneThatGivesNothing) {
    league::FaultPlan faults({.seed = 1, .share = 0, .kinds = {}, .never = {"/v1/standings"}});
    CollectedLeague league(&faults);
    league.collect("nbac_schedule");
    for (int i = 0; i < operate::kFailuresBeforeOpen; ++i) {
        EXPECT_FALSE(league.collect("bdl_standings").is_complete());
        league.clock().advance(std::chrono::minutes{20});
    }
    const auto asked = league.server().requests().size();
    league.clock().advance(-std::chrono::minutes{20});
    EXPECT_EQ(league.collect("bdl_standings").outcome.kind, collect::OutcomeKind::kRefused);
    EXPECT_EQ(league.server().requests().size(), asked);
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
}

}  // namespace
}  // namespace tipoff
