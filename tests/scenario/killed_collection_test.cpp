// A collection that is killed at any of its steps: the archive is whole, the next run goes on, and
// what was answered is not asked for again.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>

#include "base/crash_point.h"
#include "collect/answer_archive.h"
#include "scenario/collected_league.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

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

/// The morning after opening night, when schedules and players are known.
void prepare(const std::filesystem::path& folder) {
    CollectedLeague league(nullptr, folder);
    league.collect("nbac_schedule");
    league.collect("nbac_player_list");
}

collect::CollectRequest box_scores() { return {.dates = {opening_night()}}; }

/// Collects and is killed as the `pass`th time at the point comes.
void collect_and_die(const std::filesystem::path& folder, const std::string& point, int pass) {
    support::ChildProcess child([&](support::Channel&) {
        deadly_point = point;
        passes_left = pass;
        CollectedLeague league(nullptr, folder);
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

class AKilledCollection : public testing::TestWithParam<Kill> {};

TEST_P(AKilledCollection, GoesOnWithoutAskingAgain) {
    const support::TempFolder calm;
    prepare(calm.path());
    const auto [games, wanted] = [&] {
        CollectedLeague league(nullptr, calm.path());
        league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 0, .second = 0});
        const auto report = league.collect("nbac_team_boxscore", box_scores());
        EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
        return std::pair(report.asked, league.stated_digest());
    }();
    ASSERT_GE(games, 2);

    const support::TempFolder folder;
    prepare(folder.path());
    collect_and_die(folder.path(), GetParam().point, GetParam().pass);
    const int archived = whole_answers(folder.path(), "nbac_team_boxscore");

    CollectedLeague league(nullptr, folder.path());
    league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 2, .second = 0});
    const auto report = league.collect("nbac_team_boxscore", box_scores());
    EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
    EXPECT_EQ(report.asked, games - archived) << "what was answered is not asked for again";
    EXPECT_EQ(whole_answers(folder.path(), "nbac_team_boxscore"), games);
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
    EXPECT_EQ(to_string(league.stated_digest()), to_string(wanted));
}

INSTANTIATE_TEST_SUITE_P(Points, AKilledCollection,
                         testing::Values(Kill{"collect.started", 1}, Kill{"archive.body_kept", 1},
                                         Kill{"archive.record_kept", 1},
                                         Kill{"collect.answered", 2}, Kill{"collect.read", 1},
                                         Kill{"collect.gathered", 1}, Kill{"collect.settled", 1},
                                         Kill{"collect.before_commit", 1},
                                         Kill{"collect.committed", 1}),
                         [](const auto& of) {
                             std::string name = of.param.point;
                             std::ranges::replace(name, '.', '_');
                             return name;
                         });

}  // namespace
}  // namespace tipoff
