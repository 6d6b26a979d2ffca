// A collection that is killed at any of its steps: the archive is whole, the next run goes on, and
// what was answered is not asked for again.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "base/crash_point.h"
#include "collect/answer_archive.h"
#include "scenario/collected_league.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::CollectedLeague;
using scenario::opening_night;
using support::count_rows;
using support::value_of;

std::string deadly_point;
int passes_left = 0;

void die_at(std::string_view point) {
    if (point != deadly_point || --passes_left > 0) return;
    ::kill(::getpid(), SIGKILL);
}

/// The morning after opening night, when schedules and players are known. Made once an engine.
const support::HomePlace& prepared(support::Engine engine) {
    static std::map<support::Engine, support::HomePlace> places;
    const auto [place, is_new] = places.try_emplace(engine, engine);
    if (is_new) {
        CollectedLeague league(place->second);
        league.collect("nbac_schedule");
        league.collect("nbac_player_list");
    }
    return place->second;
}

collect::CollectRequest box_scores() { return {.dates = {opening_night()}}; }

/// Collects and is killed as the `pass`th time at the point comes.
void collect_and_die(const support::HomePlace& place, const std::string& point, int pass) {
    support::ChildProcess child([&](support::Channel&) {
        deadly_point = point;
        passes_left = pass;
        CollectedLeague league(place);
        league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 0, .second = 0});
        set_crash_hook(&die_at);
        league.collect("nbac_team_boxscore", box_scores());
        return 0;
    });
    EXPECT_EQ(child.wait().signal, SIGKILL) << point << " was not passed " << pass << " times";
}

/// Every record of the archive is whole and has its body.
int whole_answers(const std::filesystem::path& folder, std::string_view source) {
    const auto answers = value_of(collect::archived_answers(folder, source));
    for (const auto& answer : answers)
        EXPECT_TRUE(collect::archived_body(folder, answer.content_hash)) << answer.url;
    return static_cast<int>(answers.size());
}

struct Kill {
    const char* point;
    int pass;
};

/// Games that are asked for, and the digest that is stated then, when nobody is killed.
const std::pair<int, Fingerprint>& calm() {
    static const auto games_and_digest = [] {
        const support::HomePlace place = prepared(support::Engine::kDuckDb);
        CollectedLeague league(place);
        league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 0, .second = 0});
        const auto report = league.collect("nbac_team_boxscore", box_scores());
        EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
        return std::pair(static_cast<int>(report.asked), league.stated_digest());
    }();
    return games_and_digest;
}

class AKilledCollection : public testing::TestWithParam<std::tuple<support::Engine, Kill>> {};

TEST_P(AKilledCollection, GoesOnWithoutAskingAgain) {
    const auto& [engine, kill] = GetParam();
    if (!support::is_installed(engine)) GTEST_SKIP() << support::kNotInstalled;
    const auto& [games, wanted] = calm();
    ASSERT_GE(games, 2);

    const support::HomePlace place = prepared(engine);
    collect_and_die(place, kill.point, kill.pass);
    const int archived = whole_answers(place.path(), "nbac_team_boxscore");

    CollectedLeague league(place);
    // No lease of the killed process lives any more.
    league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 5, .second = 0});
    const auto report = league.collect("nbac_team_boxscore", box_scores());
    EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
    EXPECT_EQ(report.asked, games - archived) << "what was answered is not asked for again";
    EXPECT_EQ(whole_answers(place.path(), "nbac_team_boxscore"), games);
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
    EXPECT_EQ(to_string(league.stated_digest()), to_string(wanted));
}

INSTANTIATE_TEST_SUITE_P(
    Points, AKilledCollection,
    testing::Combine(support::kEngines,
                     testing::Values(Kill{"collect.started", 1}, Kill{"archive.body_kept", 1},
                                     Kill{"archive.record_kept", 1}, Kill{"collect.answered", 2},
                                     Kill{"collect.read", 1}, Kill{"collect.gathered", 1},
                                     Kill{"collect.settled", 1}, Kill{"collect.before_commit", 1},
                                     Kill{"collect.committed", 1})),
    [](const auto& of) {
        std::string name =
            testing::PrintToString(std::get<0>(of.param)) + "_" + std::get<1>(of.param).point;
        std::ranges::replace(name, '.', '_');
        return name;
    });

}  // namespace
}  // namespace tipoff
