// A collection that is killed at any of its steps: the archive is whole, the next run goes on, and
// what was answered is not asked for again.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>

#include "base/crash_point.h"
#include "collect/answer_archive.h"
#include "operate/rebuild.h"
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

/// One document a game; and a list in pages, each asked for with what the one before says.
constexpr std::string_view kBoxScores = "nbac_team_boxscore";
constexpr std::string_view kPages = "bdl_active_players";

struct Kill {
    const char* point;
    int pass;
    std::string_view source = kBoxScores;
};

collect::CollectRequest of_opening_night() { return {.dates = {opening_night()}}; }

/// Collects the morning after and is killed as the `pass`th time at the point comes.
void collect_and_die(const support::HomePlace& place, const Kill& kill, int hour = 7) {
    support::ChildProcess child([&](support::Channel&) {
        deadly_point = kill.point;
        passes_left = kill.pass;
        CollectedLeague league(place);
        league.go_to(opening_night().plus_days(1), {.hour = hour, .minute = 0, .second = 0});
        set_crash_hook(&die_at);
        league.collect(kill.source, of_opening_night());
        return 0;
    });
    EXPECT_EQ(child.wait().signal, SIGKILL)
        << kill.point << " was not passed " << kill.pass << " times";
}

/// Every record of the archive is whole and has its body.
int whole_answers(const std::filesystem::path& folder, std::string_view source) {
    const auto answers = value_of(collect::archived_answers(folder, source));
    for (const auto& answer : answers)
        EXPECT_TRUE(collect::archived_body(folder, answer.content_hash)) << answer.url;
    return static_cast<int>(answers.size());
}

/// Files that a killed process has left half written.
std::size_t unfinished_files(const std::filesystem::path& home) {
    const std::filesystem::directory_iterator files(home / "archive" / "unfinished");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

struct Calm {
    int documents = 0;
    std::map<std::string, std::string> digests;
};

/// Documents that are asked for, and what is stated then, when nobody is killed.
const Calm& calm(std::string_view source) {
    static std::map<std::string_view, Calm> known;
    if (const auto found = known.find(source); found != known.end()) return found->second;
    const support::HomePlace place = prepared(support::Engine::kDuckDb);
    CollectedLeague league(place);
    league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 0, .second = 0});
    const auto report = league.collect(source, of_opening_night());
    EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
    return known.emplace(source, Calm{report.asked, league.stated_digests()}).first->second;
}

class AKilledCollection : public testing::TestWithParam<std::tuple<support::Engine, Kill>> {};

TEST_P(AKilledCollection, GoesOnWithoutAskingAgain) {
    const auto& [engine, kill] = GetParam();
    if (!support::is_installed(engine)) GTEST_SKIP() << support::kNotInstalled;
    const auto& [documents, wanted] = calm(kill.source);
    ASSERT_GE(documents, 2);

    const support::HomePlace place = prepared(engine);
    collect_and_die(place, kill);
    const int archived = whole_answers(place.path(), kill.source);
    const bool is_between = std::string_view(kill.point) == "archive.file_written";
    EXPECT_EQ(unfinished_files(place.path()), is_between ? 1U : 0U);

    CollectedLeague league(place);
    // No lease of the killed process lives any more.
    league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 5, .second = 0});
    const auto report = league.collect(kill.source, of_opening_night());
    EXPECT_TRUE(report.is_complete()) << report.outcome.detail;
    EXPECT_EQ(report.asked, documents - archived) << "what was answered is not asked for again";
    EXPECT_EQ(whole_answers(place.path(), kill.source), documents);
    EXPECT_EQ(unfinished_files(place.path()), 0U);
    EXPECT_EQ(count_rows(league.database(), "ops.run WHERE state = 'running'"), 0);
    EXPECT_EQ(league.stated_digests(), wanted);
}

class AnAnswerThatWasNeverWritten : public support::HomeOnEachEngine {};

/// Standings that stand are a statement of their own each time they are looked at.
TEST_P(AnAnswerThatWasNeverWritten, IsReadDaysLaterAlsoWhereItsBytesWereKnown) {
    {
        CollectedLeague league(place_);
        league.collect("nbac_schedule");
        league.go_to(opening_night().plus_days(1), {.hour = 7, .minute = 0, .second = 0});
        EXPECT_TRUE(league.collect("bdl_standings").is_complete());
    }
    collect_and_die(place_, {"collect.gathered", 1, "bdl_standings"}, 10);
    ASSERT_EQ(whole_answers(place_.path(), "bdl_standings"), 2);
    CollectedLeague league(place_);
    league.go_to(opening_night().plus_days(5), {.hour = 7, .minute = 0, .second = 0});
    EXPECT_TRUE(league.collect("bdl_standings").is_complete());
    const Fingerprint before = league.stated_digest();
    value_of(operate::rebuild(league.database(), league.ledger(), league.clock(), place_.path()));
    EXPECT_EQ(to_string(league.stated_digest()), to_string(before));
}

INSTANTIATE_TEST_SUITE_P(Engines, AnAnswerThatWasNeverWritten, support::kEngines,
                         support::engine_name);

INSTANTIATE_TEST_SUITE_P(
    Points, AKilledCollection,
    testing::Combine(
        support::kEngines,
        testing::Values(Kill{"collect.started", 1}, Kill{"archive.file_written", 1},
                        Kill{"archive.file_written", 2}, Kill{"collect.answered", 2, kPages},
                        Kill{"collect.read", 4, kPages}, Kill{"collect.settled", 1, kPages},
                        Kill{"archive.body_kept", 1}, Kill{"archive.record_kept", 1},
                        Kill{"collect.answered", 2}, Kill{"collect.read", 1},
                        Kill{"collect.gathered", 1}, Kill{"collect.settled", 1},
                        Kill{"collect.before_commit", 1}, Kill{"collect.committed", 1})),
    [](const auto& of) {
        std::string name = testing::PrintToString(std::get<0>(of.param)) + "_" +
                           std::get<1>(of.param).point + "_" +
                           std::to_string(std::get<1>(of.param).pass) + "_" +
                           std::string(std::get<1>(of.param).source);
        std::ranges::replace(name, '.', '_');
        return name;
    });

}  // namespace
}  // namespace tipoff
