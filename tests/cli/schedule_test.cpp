/// The scheduler's commands as people and scripts meet them.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::TempFolder;

/// A home with two games on 20 January 2026, the later one in Los Angeles, and a scheduler that has
/// been at work since the first of the month.
class Schedule : public ::testing::Test {
protected:
    Schedule() {
        make_home(folder_.path());
        change_database(
            folder_.path(),
            {game("0022500600", "2026-01-21T00:30:00Z"), game("0022500601", "2026-01-21T03:30:00Z"),
             seen("betting_lines"), seen("post_game"), seen("morning_operations")});
    }

    Outcome run(Words words, std::string_view now = "2026-01-20T23:40:00Z") {
        words.insert(words.begin(),
                     {"--home", folder_.path().string(), "--now", std::string(now), "schedule"});
        return run_tipoff(words);
    }
    json answer(Words words, std::string_view now = "2026-01-20T23:40:00Z") {
        words.insert(words.end(), {"--format", "json"});
        const Outcome outcome = run(words, now);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return json::parse(outcome.out);
    }
    /// The first decision on a job; and the first that is due.
    static json row_of(const json& rows, std::string_view job) {
        for (const json& row : rows) {
            if (row["job"] == job) return row;
        }
        throw std::runtime_error("no row of " + std::string(job));
    }
    static json due_row_of(const json& rows, std::string_view job) {
        for (const json& row : rows) {
            if (row["job"] == job && row["verdict"] == "due") return row;
        }
        throw std::runtime_error("not due: " + std::string(job));
    }

    TempFolder folder_;

private:
    static std::string game(std::string_view id, std::string_view tip_off) {
        return "INSERT INTO raw.schedule (source, game_id, revision, game_date, tip_off, status, "
               "home_team_id, away_team_id, arena, city, known_at, known_at_basis, document_hash) "
               "VALUES ('nbac_schedule', '" +
               std::string(id) + "', 0, '2026-01-20', '" + std::string(tip_off) +
               "', 'scheduled', 1610612738, 1610612747, '', '', '2025-08-01T00:00:00Z', "
               "'observed', '')";
    }
    static std::string seen(std::string_view job) {
        return "INSERT INTO ops.schedule_state (job, paused, paused_by, first_seen_at, "
               "row_version) VALUES ('" +
               std::string(job) + "', false, '', '2026-01-20T20:00:00Z', 1)";
    }
};

TEST_F(Schedule, DueSaysWhatWouldRunAndWhyAndWhatNotAndWhyNot) {
    const json due = answer({"due"});
    EXPECT_EQ(due["now"], "2026-01-20T23:40:00Z");
    // Windows of the afternoon, for which the newest one stands.
    EXPECT_EQ(row_of(due["decisions"], "betting_lines")["verdict"], "missed");
    const json run = due_row_of(due["decisions"], "betting_lines");
    EXPECT_EQ(run["logical_time"], "2026-01-20T23:30:00Z");
    EXPECT_EQ(run["game_date"], "2026-01-20");
    EXPECT_EQ(run["tasks"][0]["task"], "collect");
    EXPECT_EQ(run["tasks"][0]["name"], "nbac_schedule");
    EXPECT_EQ(run["tasks"][0]["game_date"], "2026-01-20");
    EXPECT_EQ(run["next_run"], "2026-01-21T00:20:00Z");  // ten minutes before the first tip-off
    EXPECT_EQ(run["deadline"], "2026-01-21T00:20:00Z");

    const json post_game = row_of(due["decisions"], "post_game");
    EXPECT_EQ(post_game["verdict"], "not_due");
    EXPECT_EQ(post_game["why"],
              "next at 2026-01-20 22:00 ET; 2 games of 2026-01-20: 2 not yet final with box "
              "scores");
    EXPECT_TRUE(post_game["tasks"].empty());
    EXPECT_TRUE(post_game["deadline"].is_null());
    EXPECT_EQ(row_of(due["decisions"], "early_games")["verdict"], "no_games");
    // Of a job that no scheduler has seen the past does not count.
    EXPECT_EQ(row_of(due["decisions"], "br_rosters")["verdict"], "not_due");
}

TEST_F(Schedule, DueAfterMidnightIsForTheNightBefore) {
    const json late = answer({"due"}, "2026-01-21T06:10:00Z");
    const json run = due_row_of(late["decisions"], "post_game");
    EXPECT_EQ(run["logical_time"], "2026-01-21T06:00:00Z");
    for (const json& task : run["tasks"])
        EXPECT_EQ(task["game_date"], "2026-01-20") << task;
    // The table is for people: Eastern, and the tasks of one date together.
    const Outcome table = run_tipoff(
        {"--home", folder_.path().string(), "--now", "2026-01-21T06:10:00Z", "schedule", "due"});
    EXPECT_NE(table.out.find("2026-01-21 01:00 ET"), std::string::npos) << table.out;
    EXPECT_NE(table.out.find("bdl_box_scores for 2026-01-20; derive conform for 2026-01-20"),
              std::string::npos)
        << table.out;
}

TEST_F(Schedule, ListNamesTheFileAndItsVersion) {
    const json list = answer({"list"});
    EXPECT_EQ(list["file"], "workflows.yaml of the program");
    EXPECT_EQ(list["version"].get<std::string>().size(), 12U);
    const json rosters = row_of(list["jobs"], "br_rosters");
    EXPECT_EQ(rosters["state"], "enabled");
    EXPECT_EQ(rosters["trigger"], "cron 30 6 * * *");
    EXPECT_TRUE(rosters["last_run"].is_null());
    EXPECT_EQ(rosters["next_run"], "2026-01-21T11:30:00Z");
    EXPECT_EQ(row_of(list["jobs"], "post_game")["next_run"], "2026-01-21T03:00:00Z");
}

TEST_F(Schedule, AJobIsPausedAndResumedByAnyOfItsNames) {
    EXPECT_EQ(run({"pause", "lines"}).out, "betting_lines is paused\n");
    EXPECT_EQ(run({"pause", "betting_lines"}).out, "betting_lines was paused already\n");
    EXPECT_EQ(row_of(answer({"list"})["jobs"], "betting_lines")["state"], "paused");
    EXPECT_EQ(row_of(answer({"due"})["decisions"], "betting_lines")["verdict"], "paused");
    EXPECT_EQ(run({"resume", "lines"}).out, "betting_lines goes on\n");
    EXPECT_EQ(run({"resume", "lines"}).out, "betting_lines was not paused\n");
    EXPECT_EQ(row_of(answer({"list"})["jobs"], "betting_lines")["state"], "enabled");
    const Outcome unknown = run({"pause", "evening"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("no job is called 'evening'"), std::string::npos) << unknown.err;
    EXPECT_NE(unknown.err.find("post_game"), std::string::npos) << unknown.err;
}

TEST_F(Schedule, TheLogIsNarrowedDownByTimeAndJob) {
    const auto decision = [](std::string_view at, std::string_view job, std::string_view verdict) {
        return "INSERT INTO ops.schedule_decision VALUES ('" + std::string(job) + "', '" +
               std::string(at) + "', 0, NULL, NULL, '" + std::string(verdict) +
               "', 'said so', NULL, 'abc')";
    };
    change_database(folder_.path(), {decision("2026-01-18T12:00:00Z", "grades", "due"),
                                     decision("2026-01-20T12:00:00Z", "grades", "already_ran"),
                                     decision("2026-01-20T13:00:00Z", "upkeep", "missed")});
    const json log = answer({"log", "--since", "2026-01-19"});
    ASSERT_EQ(log["decisions"].size(), 2U);
    EXPECT_EQ(log["decisions"][0]["job"], "upkeep");
    EXPECT_EQ(log["decisions"][0]["decided_at"], "2026-01-20T13:00:00Z");
    EXPECT_EQ(log["decisions"][0]["version"], "abc");
    EXPECT_EQ(log["decisions"][1]["verdict"], "already_ran");
    const json grades = answer({"log", "--since", "2026-01-01", "--job", "grades"});
    EXPECT_EQ(grades["decisions"].size(), 2U);
    // Of a replay: the day before its now, not before the machine's.
    EXPECT_EQ(answer({"log", "--since", "24h"})["decisions"].size(), 2U);
    EXPECT_EQ(answer({"log", "--since", "11h"})["decisions"].size(), 1U);
}

TEST_F(Schedule, AHomesOwnFileIsCheckedBeforeAnythingRuns) {
    support::write_file(folder_ / "workflows.yaml",
                        "jobs:\n  - name: mine\n    what: it\n    cron: 0 6 * * *\n    tasks:\n"
                        "      - collect: nbac_shedule\n");
    const std::string told =
        (folder_ / "workflows.yaml").string() + ":6:18: there is no source 'nbac_shedule'";
    for (const Words& words : {Words{"due"}, Words{"list"}, Words{"pause", "mine"}}) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.code, 1);
        EXPECT_EQ(outcome.err, "tipoff: " + told + "\n");
    }
    const Outcome doctor = run_tipoff({"--home", folder_.path().string(), "doctor"});
    EXPECT_EQ(doctor.code, 1);
    EXPECT_NE(doctor.out.find(told), std::string::npos) << doctor.out;
}

TEST_F(Schedule, TheConfigurationMayNameAnotherFile) {
    support::write_file(folder_ / "jobs.yaml",
                        "jobs:\n  - name: mine\n    what: it\n    cron: 0 6 * * *\n    tasks: "
                        "[upkeep]\n");
    support::write_file(folder_ / "tipoff.yaml", "home: .\nworkflows: jobs.yaml\n");
    const Outcome list = run_tipoff(
        {"--config", (folder_ / "tipoff.yaml").string(), "schedule", "list", "--format", "json"});
    ASSERT_EQ(list.code, 0) << list.err;
    EXPECT_EQ(json::parse(list.out)["file"], (folder_ / "jobs.yaml").string());
    EXPECT_EQ(json::parse(list.out)["jobs"][0]["job"], "mine");
}

}  // namespace
}  // namespace tipoff::cli_test
