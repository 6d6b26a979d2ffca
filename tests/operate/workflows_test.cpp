// The workflows file: what it says, and what is told of one that is wrong.
#include "operate/workflows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::outcome_of;
using support::told;
using support::value_of;
using namespace std::chrono_literals;

Workflows shipped() { return value_of(read_workflows(default_workflows_text(), "shipped")); }

GameDate date(std::string_view text) { return value_of(parse_date(text)); }

/// A job of these lines, which are indented by four.
std::string with_job(std::string_view lines) {
    return "jobs:\n  - name: one\n    what: something\n" + std::string(lines);
}
std::string with_task(std::string_view lines, std::string_view trigger = "cron: 0 6 * * *") {
    return with_job("    " + std::string(trigger) + "\n    tasks:\n" + std::string(lines));
}

Workflows read(const std::string& text) { return value_of(read_workflows(text, "w.yaml")); }
std::string fault(const std::string& text) { return told(read_workflows(text, "w.yaml")); }

TEST(ShippedWorkflows, HaveEveryJobThatADayNeeds) {
    const Workflows workflows = shipped();
    std::vector<std::string> names;
    for (const Job& job : workflows.jobs) {
        names.push_back(job.name);
        EXPECT_TRUE(job.enabled) << job.name;
        EXPECT_GT(job.give_up_after, 0s) << job.name;
    }
    EXPECT_EQ(names, (std::vector<std::string>{
                         "morning_operations", "br_rosters", "nightly_features", "grades",
                         "daily_summary", "injury_reports", "betting_lines", "forecasts",
                         "early_games", "post_game", "weekly_training", "upkeep", "alert_test"}));
    EXPECT_EQ(workflows.version.size(), 12U);
    EXPECT_EQ(std::get<Cron>(workflows.find("br_rosters")->trigger).text(), "30 6 * * *");
}

TEST(ShippedWorkflows, ForecastFiveMarkets) {
    EXPECT_EQ(shipped().markets, (std::vector{Market::kPoints, Market::kRebounds, Market::kAssists,
                                              Market::kThrees, Market::kPra}));
}

TEST(Workflows, SayWhatIsForecast) {
    const std::string job = with_task("      - upkeep\n");
    EXPECT_EQ(read(job).markets, std::vector{Market::kPoints}) << "a file that does not say";
    EXPECT_EQ(read("markets: [pra, threes]\n" + job).markets,
              (std::vector{Market::kPra, Market::kThrees}));
    EXPECT_EQ(fault("markets: []\n" + job),
              "w.yaml:1:10: 'markets' is a list of: " + market_names());
    EXPECT_EQ(fault("markets: points\n" + job),
              "w.yaml:1:10: 'markets' is a list of: " + market_names());
    EXPECT_EQ(fault(job + "markets:\n  - points\n  - dunks\n"),
              "w.yaml:9:5: there is no market 'dunks'; it is one of " + market_names());
    EXPECT_EQ(fault("markets: [points, pra, points]\n" + job),
              "w.yaml:1:24: the market 'points' is there twice");
}

TEST(ShippedWorkflows, AreFoundByTheNamesOfOld) {
    const Workflows workflows = shipped();
    const std::map<std::string, std::string> names{{"morning", "morning_operations"},
                                                   {"lines", "betting_lines"},
                                                   {"post_game", "post_game"},
                                                   {"rosters", "br_rosters"}};
    for (const auto& [alias, name] : names) {
        ASSERT_NE(workflows.find(alias), nullptr) << alias;
        EXPECT_EQ(workflows.find(alias)->name, name);
    }
    EXPECT_EQ(workflows.find("evening"), nullptr);
}

TEST(ShippedWorkflows, AreTheFileInTheRepository) {
    EXPECT_EQ(
        default_workflows_text(),
        support::read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "config/workflows.yaml"));
}

TEST(ShippedWorkflows, EveryTaskCarriesItsGameDate) {
    // I-48: the night's box scores are those of its game date, however late the window is.
    const Workflows workflows = shipped();
    const Instant late = value_of(parse_instant("2026-01-21T07:30:00Z"));  // 02:30 Eastern
    for (const Task& task : tasks_of(*workflows.find("post_game"), late, date("2026-01-20")))
        EXPECT_EQ(task.game_date, date("2026-01-20")) << task.name;
    const Instant morning = value_of(parse_instant("2026-01-21T11:05:00Z"));
    for (const Task& task : tasks_of(*workflows.find("morning"), morning, std::nullopt)) {
        const bool is_of_the_night = task.name.find("box") != std::string::npos ||
                                     task.name == "nbac_gamebook" || task.name == "bdl_games" ||
                                     task.name == "espn_scoreboard" ||
                                     task.name == "nbac_play_by_play";
        EXPECT_EQ(task.game_date, date(is_of_the_night ? "2026-01-20" : "2026-01-21")) << task.name;
    }
    EXPECT_EQ(tasks_of(*workflows.find("grades"), morning, std::nullopt),
              (std::vector<Task>{{TaskKind::kGrade, "", date("2026-01-20")}}));
}

TEST(ShippedWorkflows, TodayIsTheLeaguesDay) {
    // I-49: at 00:30 UTC it is still the evening before in the league.
    const Workflows workflows =
        read(with_task("      - collect: bdl_games\n"
                       "      - grade:\n        game_date: yesterday\n"
                       "      - train:\n        game_date: tomorrow\n"));
    const Instant evening = value_of(parse_instant("2026-01-21T00:30:00Z"));
    EXPECT_EQ(tasks_of(workflows.jobs[0], evening, std::nullopt),
              (std::vector<Task>{{TaskKind::kCollect, "bdl_games", date("2026-01-20")},
                                 {TaskKind::kGrade, "", date("2026-01-19")},
                                 {TaskKind::kTrain, "", date("2026-01-21")}}));
}

TEST(Workflows, ReadsEverythingAJobMaySay) {
    const Workflows workflows = read(R"(jobs:
  - name: evening
    aliases: [late, later]
    what: something
    enabled: no
    after_games: {after: 2h30m, every: 45m, until: 10h}
    catch_up: all
    catch_up_within: 3d
    give_up_after: 90m
    tasks:
      - collect: [espn_scoreboard, oddsa_events_his]
      - {derive: conform, game_date: tomorrow}
      - upkeep
)");
    const Job& job = workflows.jobs.at(0);
    EXPECT_EQ(workflows.find("later"), &job);
    EXPECT_FALSE(job.enabled);
    const auto& windows = std::get<AfterGames>(job.trigger);
    EXPECT_EQ(windows.after, 150min);
    EXPECT_EQ(windows.every, 45min);
    EXPECT_EQ(windows.until, 10h);
    EXPECT_EQ(job.catch_up, CatchUp::kAll);
    EXPECT_EQ(job.catch_up_within, 72h);
    EXPECT_EQ(job.give_up_after, 90min);
    ASSERT_EQ(job.tasks.size(), 4U);
    EXPECT_EQ(job.tasks[0].name, "espn_scoreboard");
    EXPECT_EQ(job.tasks[0].day, TaskDay::kOfTrigger);
    EXPECT_EQ(job.tasks[1].name, "oddsapi_events");  // by another of its names
    EXPECT_EQ(job.tasks[2].kind, TaskKind::kDerive);
    EXPECT_EQ(job.tasks[2].day, TaskDay::kTomorrow);
    EXPECT_EQ(job.tasks[3].kind, TaskKind::kUpkeep);
}

TEST(Workflows, WhatIsNotSaidHasItsUsualValue) {
    const Job job = read(with_task("      - upkeep\n")).jobs.at(0);
    EXPECT_TRUE(job.enabled);
    EXPECT_EQ(job.catch_up, CatchUp::kNone);
    EXPECT_EQ(job.catch_up_within, 0s);
    EXPECT_EQ(job.give_up_after, 6h);
    EXPECT_EQ(job.tasks.at(0).day, TaskDay::kToday);
    const Job latest =
        read(with_job("    cron: 0 6 * * *\n    catch_up: latest\n    tasks: [upkeep]\n"))
            .jobs.at(0);
    EXPECT_EQ(latest.catch_up_within, 24h);
}

TEST(Workflows, EarlyGamesAreGamesBeforeAnHour) {
    const Job job = read(with_task("      - upkeep\n",
                                   "early_games: {before_hour: 17, from: 8h, every: 30m, closing: "
                                   "10m}"))
                        .jobs.at(0);
    const auto& early = std::get<BeforeGames>(job.trigger);
    EXPECT_EQ(early.before_hour, 17);
    EXPECT_EQ(early.from, 8h);
    EXPECT_EQ(early.every, 30min);
    EXPECT_EQ(early.closing, 10min);
    EXPECT_EQ(to_string(job.trigger),
              "8h before the first tip-off before 17:00, every 30m to the last, and 10m before "
              "each");
}

TEST(Workflows, AFaultIsToldWithItsLineAndColumn) {
    const std::map<std::string, std::string> faults{
        {"jobs:\n  - name: [one\n", "w.yaml:3:1: "},
        {"jobs:\n  - name: one\n   what: x\n", "w.yaml:3:4: "},
        {"", "w.yaml:1:1: one document"},
        {"just words", "w.yaml:1:1: the file has keys and values"},
        {"other: 1\n", "w.yaml:1:1: the key 'other' of the file is not known"},
        {"jobs: []\n", "w.yaml:1:7: 'jobs' is a list of jobs"},
        {"jobs:\n  - 5\n", "w.yaml:2:5: a job has keys and values"},
        {with_job("    corn: 5\n"), "w.yaml:4:5: the key 'corn' of a job is not known"},
        {with_job("    what: again\n"), "w.yaml:4:5: the key 'what' is there twice"},
        {with_job("    cron: 0 6 * * *\n"), "w.yaml:2:5: a job needs 'tasks'"},
        {with_job("    tasks: [upkeep]\n"), "w.yaml:2:5: nothing says when the job is due"},
        {with_job("    cron: 0 6 * * *\n    before_games: {from: 6h}\n    tasks: [upkeep]\n"),
         "w.yaml:5:19: a job is due by 'cron' or by 'before_games'"},
        {with_task("      - upkeep\n", "cron: 0 25 * * *"),
         "w.yaml:4:11: cron: hour: '25' is not from 0 to 23"},
        {with_task("      - upkeep\n", "cron: 0 0 30 2 *"),
         "w.yaml:4:11: cron: '0 0 30 2 *' never comes"},
        {with_task("      - upkeep\n", "before_games: {from: soon}"),
         "w.yaml:4:26: from: 'soon' is not a duration"},
        {with_task("      - upkeep\n", "before_games: {from: 0h}"),
         "w.yaml:4:26: from: '0h' is not a duration"},
        {with_task("      - upkeep\n", "before_games: {from: 61d}"),
         "w.yaml:4:26: from: '61d' is not a duration"},
        {with_task("      - upkeep\n", "before_games: {every: 5m}"),
         "w.yaml:4:19: 'from' says how long before"},
        {with_task("      - upkeep\n", "before_games: {from: 6h, every: 10s}"),
         "w.yaml:4:37: every: 1m at least"},
        {with_task("      - upkeep\n", "before_games: {from: 6h, before_hour: 17}"),
         "w.yaml:4:30: the key 'before_hour' of before_games is not known"},
        {with_task("      - upkeep\n", "early_games: {from: 6h}"),
         "w.yaml:4:18: 'before_hour' says which tip-offs are early"},
        {with_task("      - upkeep\n", "early_games: {from: 6h, before_hour: noon}"),
         "w.yaml:4:42: before_hour: an hour from 1 to 23"},
        {with_task("      - upkeep\n", "after_games: {after: 2h, every: 1h}"),
         "w.yaml:4:18: 'until' is missing"},
        {with_task("      - upkeep\n", "after_games: {after: 2h, every: 1h, until: 1h}"),
         "w.yaml:4:48: windows end after they begin"},
        {with_job("    cron: 0 6 * * *\n    enabled: perhaps\n    tasks: [upkeep]\n"),
         "w.yaml:5:14: 'enabled' is true or false"},
        {with_job("    cron: 0 6 * * *\n    catch_up: some\n    tasks: [upkeep]\n"),
         "w.yaml:5:15: catch_up: 'some' is not none, latest or all"},
        {with_job("    cron: 0 6 * * *\n    catch_up_within: 2h\n    tasks: [upkeep]\n"),
         "w.yaml:5:22: catch_up_within means nothing without"},
        {with_job("    aliases: [two, one]\n    cron: 0 6 * * *\n    tasks: [upkeep]\n"),
         "w.yaml:4:20: two jobs are called 'one'"},
        {with_job("    aliases: [a b]\n    cron: 0 6 * * *\n    tasks: [upkeep]\n"),
         "w.yaml:4:15: 'a b' is not a name"},
        {with_task("      - collect: espn_scores\n"),
         "w.yaml:6:18: there is no source 'espn_scores'"},
        {with_task("      - collect: [bdl_games, TODAY]\n"),
         "w.yaml:6:30: there is no source 'TODAY'"},
        {with_task("      - derive: [conform, grades]\n"),
         "w.yaml:6:27: there is no step 'grades'"},
        {with_task("      - derive:\n"), "w.yaml:6:9: 'derive' needs a name"},
        {with_task("      - sing\n"), "w.yaml:6:9: there is no task 'sing'"},
        {with_task("      - collect\n"), "w.yaml:6:9: 'collect' needs a name"},
        {with_task("      - grade: 2026-01-20\n"), "w.yaml:6:16: 'grade' takes no value"},
        {with_task("      - {grade: , train: }\n"), "w.yaml:6:9: a task does one thing"},
        {with_task("      - {grade: , game_date: YESTERDAY}\n"),
         "w.yaml:6:30: game_date: 'YESTERDAY' is not today"},
        {with_task("      - {grade: , game_date: of_trigger}\n"),
         "w.yaml:6:30: game_date: no game makes a cron job due"},
        {with_task("      - upkeep\n") + "  - name: one\n    what: again\n    cron: 0 7 * * *\n    "
                                         "tasks: [upkeep]\n",
         "w.yaml:7:11: two jobs are called 'one'"},
        {with_task("      - upkeep\n") + "---\njobs: []\n", "w.yaml:1:1: one document"},
        {std::string(2'000'000, '#'), "w.yaml:1:1: longer than a mebibyte"},
    };
    for (const auto& [text, what] : faults) {
        EXPECT_EQ(fault(text).substr(0, what.size()), what) << text.substr(0, 200);
        EXPECT_EQ(outcome_of(read_workflows(text, "w.yaml")), "invalid input");
    }
}

TEST(Workflows, OfAHomeTakeThePlaceOfTheProgramsOwn) {
    const support::TempFolder home;
    EXPECT_EQ(value_of(workflows_of(home.path())).jobs.size(), shipped().jobs.size());
    support::write_file(home / "workflows.yaml", with_task("      - upkeep\n"));
    const Workflows own = value_of(workflows_of(home.path()));
    EXPECT_EQ(own.jobs.size(), 1U);
    EXPECT_EQ(own.file_name, (home / "workflows.yaml").string());
    EXPECT_NE(own.version, shipped().version);

    support::write_file(home / "other.yaml", with_task("      - sing\n"));
    EXPECT_EQ(told(workflows_of(home.path(), home / "other.yaml")),
              (home / "other.yaml").string() + ":6:9: there is no task 'sing'");
    EXPECT_EQ(outcome_of(workflows_of(home.path(), home / "none.yaml")), "input/output");
}

TEST(Durations, AreReadInLargeUnitsThenSmall) {
    EXPECT_EQ(parse_duration("2h30m"), 150min);
    EXPECT_EQ(parse_duration("7d"), 168h);
    EXPECT_EQ(parse_duration("1d1h1m1s"), 25h + 61s);
    for (const char* text : {"", "5", "h", "30m2h", "1h1h", "-1h", "1.5h", "1w", "0m", "1h ",
                             "99999999999999999999h", "9999999d"})
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    EXPECT_EQ(to_words(150min), "2h30m");
    EXPECT_EQ(to_words(168h), "7d");
    EXPECT_EQ(to_words(0s), "0s");
}

}  // namespace
}  // namespace tipoff::operate
