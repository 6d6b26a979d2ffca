/// The walk of a user with files: import, backfill, board, grades, coverage, status; and the JSON
/// that scripts read of it.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::TempFolder;

/// Opening weeks of the simulated league: 2025-10-21 up to this day are played, the next one is
/// tonight.
const std::string kFirstDay = "2025-10-21";
const std::string kPlayedThrough = "2025-11-20";

class Pipeline : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TempFolder>();
        written_ = run_tipoff(
            {"league", "write", files(), "--through", kPlayedThrough, "--format", "json"});
        imported_ = tipoff({"import", files(), "--format", "json"});
        backfilled_ =
            tipoff({"backfill", "--from", kFirstDay, "--to", tonight(), "--format", "json"});
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static std::string files() { return *folder_ / "season"; }
    static std::string home() { return *folder_ / "home"; }

    static Outcome tipoff(Words words) {
        words.insert(words.begin(), {"--home", home()});
        return run_tipoff(words);
    }

    /// The document of a command that ends with `code`.
    static json document(Words words, int code = 0) {
        words.insert(words.end(), {"--format", "json"});
        const Outcome outcome = tipoff(words);
        EXPECT_EQ(outcome.code, code) << outcome.err;
        return json::parse(outcome.out);
    }

    /// The first game day after the last one played.
    static std::string tonight() {
        const Outcome outcome = tipoff({"sql",
                                        "SELECT CAST(min(game_date) AS VARCHAR) AS d FROM "
                                        "raw.schedule WHERE status = 'scheduled'",
                                        "--format", "json"});
        return json::parse(outcome.out)["rows"][0]["d"];
    }

    static void expect_fields(const json& object, const std::vector<std::string>& names) {
        for (const auto& name : names)
            EXPECT_TRUE(object.contains(name)) << name << " in " << object.dump().substr(0, 200);
    }

    static std::unique_ptr<TempFolder> folder_;
    static Outcome written_, imported_, backfilled_;
};

std::unique_ptr<TempFolder> Pipeline::folder_;
Outcome Pipeline::written_, Pipeline::imported_, Pipeline::backfilled_;

TEST_F(Pipeline, TheLeagueIsMarkedAsSimulatedAndItsFilesAreThere) {
    ASSERT_EQ(written_.code, 0) << written_.err;
    const json report = json::parse(written_.out);
    EXPECT_TRUE(report["simulated"].get<bool>());
    EXPECT_EQ(report["season"], "2025-26");
    EXPECT_EQ(report["seed"], 7);
    EXPECT_EQ(report["through"], kPlayedThrough);
    ASSERT_EQ(report["files"].size(), 8U);
    for (const auto& file : report["files"]) {
        EXPECT_EQ(fs::file_size(file["file"].get<std::string>()),
                  file["bytes"].get<std::uintmax_t>());
    }
}

TEST_F(Pipeline, ImportReportsEveryFile) {
    ASSERT_EQ(imported_.code, 0) << imported_.err;
    const json report = json::parse(imported_.out);
    EXPECT_TRUE(report["complete"].get<bool>());
    EXPECT_EQ(report["rows_rejected"], 0);
    EXPECT_EQ(report["rows_read"], report["rows_kept"]);
    std::set<std::string> kinds;
    for (const auto& file : report["files"]) {
        EXPECT_EQ(file["outcome"], "kept") << file;
        kinds.insert(file["kind"]);
    }
    EXPECT_EQ(kinds.size(), 8U);
    std::set<std::string> tables;
    for (const auto& table : report["tables"])
        EXPECT_TRUE(tables.insert(table["table"]).second) << "merged twice: " << table;
    EXPECT_EQ(report["merges"], tables.size());
}

TEST_F(Pipeline, AFileThatIsDroppedIsExitCodeThreeAndTheReportSaysWhy) {
    const std::string file = *folder_ / "other.csv";
    support::write_file(file, "name,number\nx,1\n");
    const Outcome outcome = tipoff({"import", file, "--format", "json"});
    EXPECT_EQ(outcome.code, 3);
    EXPECT_NE(outcome.err.find("1 of 1 files were dropped"), std::string::npos) << outcome.err;
    const json report = json::parse(outcome.out);
    EXPECT_FALSE(report["complete"].get<bool>());
    EXPECT_EQ(report["files"][0]["outcome"], "dropped");
    EXPECT_NE(report["files"][0]["reason"], "");
}

TEST_F(Pipeline, APathThatIsNotThereFails) {
    const Outcome outcome = tipoff({"import", *folder_ / "nothing"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "");
}

TEST_F(Pipeline, BackfillSaysWhatItDid) {
    ASSERT_EQ(backfilled_.code, 0) << backfilled_.err;
    const json report = json::parse(backfilled_.out);
    expect_fields(report, {"from", "to", "dates", "player_games", "forecasts", "merges", "seconds",
                           "peak_rss_mib", "digest"});
    expect_fields(report["seconds"],
                  {"read", "conform", "features", "forecasts", "grades", "write", "total"});
    EXPECT_EQ(report["from"], kFirstDay);
    EXPECT_EQ(report["to"], tonight());
    EXPECT_GT(report["player_games"].get<int>(), 4000);
    EXPECT_GT(report["forecasts"].get<int>(), 8000);
    EXPECT_EQ(report["digest"].get<std::string>().size(), 32U);
}

TEST_F(Pipeline, BackfillingAgainChangesNothingAndForcingItGivesTheSameDigest) {
    const json first = json::parse(backfilled_.out);
    const json again = document({"backfill", "--from", kFirstDay, "--to", tonight()});
    EXPECT_EQ(again["merges"], 0);
    EXPECT_EQ(again["digest"], first["digest"]);
    for (const auto& step : again["steps"])
        EXPECT_EQ(step["state"], "unchanged") << step;
    const json forced =
        document({"backfill", "--from", kFirstDay, "--to", tonight(), "--force", "--threads", "1"});
    EXPECT_GT(forced["merges"].get<int>(), 0);
    EXPECT_EQ(forced["digest"], first["digest"]);
}

TEST_F(Pipeline, BackfillOfASeasonIsThatOfItsDates) {
    const auto digest_of = [](Words dates) {
        const TempFolder home;
        EXPECT_EQ(run_tipoff({"--home", home.path(), "import", files()}).code, 0);
        Words words{"--home", home.path(), "backfill"};
        words.insert(words.end(), dates.begin(), dates.end());
        words.insert(words.end(), {"--format", "json"});
        return json::parse(run_tipoff(words).out)["digest"];
    };
    EXPECT_EQ(digest_of({"--season", "2025-26"}),
              digest_of({"--from", "2025-10-01", "--to", "2026-06-30"}));
}

TEST_F(Pipeline, ADryRunSaysWhatIsDueAndWritesNothing) {
    const json report =
        document({"backfill", "--dates", "2025-11-01,2025-11-03", "--dry-run", "--force"});
    EXPECT_EQ(report["merges"], 0);
    EXPECT_TRUE(report["digest"].is_null());
    ASSERT_FALSE(report["steps"].empty());
    EXPECT_EQ(report["steps"][0]["state"], "due");
}

TEST_F(Pipeline, TheBoardHasWhatScriptsRead) {
    const json board = document({"picks", "--date", tonight()});
    expect_fields(board, {"date", "as_of", "rows"});
    ASSERT_FALSE(board["rows"].empty());
    std::size_t lined = 0;
    for (const json& row : board["rows"]) {
        expect_fields(row, {"game_id",
                            "tip_off",
                            "player_id",
                            "player",
                            "team",
                            "opponent",
                            "status",
                            "p_plays",
                            "minutes",
                            "market",
                            "book",
                            "line",
                            "over_price",
                            "under_price",
                            "p_no_vig",
                            "system",
                            "mean",
                            "median",
                            "sd",
                            "p_over",
                            "p_push",
                            "edge",
                            "ev",
                            "fair_line",
                            "grade",
                            "recommendation",
                            "reason",
                            "changed_since",
                            "previous_mean",
                            "previous_p_plays",
                            "previous_line",
                            "previous_recommendation"});
        if (row["book"].is_null()) {
            EXPECT_TRUE(row["line"].is_null() && row["p_over"].is_null() &&
                        row["recommendation"].is_null())
                << row;
            continue;
        }
        ++lined;
        EXPECT_TRUE(row["recommendation"] == "OVER" || row["recommendation"] == "UNDER" ||
                    row["recommendation"] == "PASS")
            << row;
        EXPECT_NE(row["reason"], "");
    }
    EXPECT_GT(lined, 50U);
}

TEST_F(Pipeline, TheBoardIsNarrowedDown) {
    const json board = document(
        {"picks", "--date", tonight(), "--system", "moving_average_v1", "--min-edge", "0.05"});
    ASSERT_FALSE(board["rows"].empty());
    for (const json& row : board["rows"]) {
        EXPECT_EQ(row["system"], "moving_average_v1");
        EXPECT_GE(std::abs(row["edge"].get<double>()), 0.05);
    }
    EXPECT_EQ(tipoff({"picks", "--date", tonight(), "--system", "crystal_ball"}).code, 2);
    EXPECT_EQ(tipoff({"picks", "--date", tonight(), "--market", "dunks"}).code, 2);
    EXPECT_EQ(tipoff({"picks", "--date", tonight(), "--as-of", "noon"}).code, 2);
}

TEST_F(Pipeline, TheDaysOfTheLeagueFollowItsClock) {
    // An hour before midnight in New York it is tomorrow in UTC.
    const json board = document({"picks", "--date", "today", "--now", "2025-11-06T04:00:00Z"});
    EXPECT_EQ(board["date"], "2025-11-05");
}

TEST_F(Pipeline, GradesHaveWhatScriptsRead) {
    const json report = document({"grade", "--from", kFirstDay, "--to", kPlayedThrough});
    expect_fields(report,
                  {"from", "to", "market", "population", "undated_lines", "systems", "references"});
    expect_fields(report["population"], {"name", "definition", "n"});
    EXPECT_EQ(report["population"]["name"], "ten_prior_games");
    EXPECT_EQ(report["market"], "points");
    ASSERT_GE(report["systems"].size(), 2U);
    for (const json& system : report["systems"]) {
        expect_fields(system, {"system", "n", "mae", "rmse", "bias", "crps", "coverage_80",
                               "coverage_95", "brier", "log_loss", "hit_rate", "hit_rate_low",
                               "hit_rate_high", "picks", "roi", "edges", "clv"});
        expect_fields(system["clv"], {"n", "points", "prob"});
        for (const json& edge : system["edges"]) {
            expect_fields(edge, {"min_edge", "n", "hit_rate", "low", "high", "break_even", "roi",
                                 "roi_best_price"});
        }
        EXPECT_GT(system["n"].get<int>(), 500);
        EXPECT_GT(system["mae"].get<double>(), 2.0);
        EXPECT_LT(system["mae"].get<double>(), 8.0);
    }
    std::set<std::string> references;
    for (const json& reference : report["references"]) {
        expect_fields(reference, {"name", "n", "mae"});
        references.insert(reference["name"]);
    }
    EXPECT_EQ(references, (std::set<std::string>{"last_10_mean", "season_mean", "line"}));
}

TEST_F(Pipeline, GradesAndGapsOfAFewDaysAreTheSameWhereNothingElseWasDerived) {
    const Words dates{"--from", "2025-11-17", "--to", kPlayedThrough};
    const TempFolder few_days;
    const auto done_in = [](const std::string& home, const std::string& command,
                            const Words& options) {
        Words words{"--home", home, command, "--format", "json"};
        words.insert(words.end(), options.begin(), options.end());
        const Outcome outcome = run_tipoff(words);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return json::parse(outcome.out);
    };
    done_in(few_days.path(), "import", {files()});
    done_in(few_days.path(), "backfill", dates);
    const json report = done_in(few_days.path(), "grade", dates);
    EXPECT_GT(report["population"]["n"].get<int>(), 50);
    EXPECT_EQ(report, done_in(home(), "grade", dates));
    const Words last_day{"--date", kPlayedThrough};
    EXPECT_EQ(done_in(few_days.path(), "coverage", last_day),
              done_in(home(), "coverage", last_day));
}

TEST_F(Pipeline, GradesOfAPopulationThatDoesNotExistAreWrongUsageWithTheList) {
    const Outcome outcome =
        tipoff({"grade", "--from", kFirstDay, "--to", kPlayedThrough, "--population", "everyone"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("ten_prior_games"), std::string::npos) << outcome.err;
}

TEST_F(Pipeline, EvaluatingNeedsMoreGamesThanAMonthHas) {
    const Outcome outcome = tipoff({"evaluate", "--from", "2025-11-15", "--to", kPlayedThrough});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.err.find("too few to train on"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("import earlier seasons"), std::string::npos) << outcome.err;
}

TEST_F(Pipeline, EvaluatingAsksForDaysBetweenFittingsInDays) {
    for (const std::string every : {"7", "d", "0d", "-3d", "weekly"}) {
        const Outcome outcome = tipoff(
            {"evaluate", "--from", kFirstDay, "--to", kPlayedThrough, "--retrain-every", every});
        EXPECT_EQ(outcome.code, 2) << every;
        EXPECT_NE(outcome.err.find("write 7d or 30d"), std::string::npos) << outcome.err;
    }
}

TEST_F(Pipeline, CoverageAddsUp) {
    for (const std::string& day : {tonight(), kPlayedThrough}) {
        Words words{"coverage", "--date", day, "--format", "json"};
        const Outcome outcome = tipoff(words);
        const json report = json::parse(outcome.out);
        expect_fields(report, {"date", "expected", "predicted", "voided", "gaps", "reasons"});
        EXPECT_EQ(report["expected"].get<std::size_t>(), report["predicted"].get<std::size_t>() +
                                                             report["voided"].get<std::size_t>() +
                                                             report["gaps"].size());
        std::size_t by_reason = 0;
        for (const auto& [reason, count] : report["reasons"].items())
            by_reason += count.get<std::size_t>();
        EXPECT_EQ(by_reason, report["gaps"].size());
        for (const json& gap : report["gaps"])
            expect_fields(gap, {"player_id", "player", "team", "reason", "detail"});
        EXPECT_EQ(outcome.code, report["gaps"].empty() ? 0 : 3);
    }
}

TEST_F(Pipeline, CoverageWritesItsGapsAsAFile) {
    const std::string file = *folder_ / "gaps.csv";
    const Outcome outcome = tipoff({"coverage", "--from", kFirstDay, "--to", kPlayedThrough,
                                    "--csv", file, "--format", "csv"});
    EXPECT_EQ(outcome.code, 3) << outcome.err;
    EXPECT_EQ(support::read_file(file), outcome.out);
    EXPECT_TRUE(
        outcome.out.starts_with("date,game_id,player_id,player,team,reason,detail,market\n"));
}

TEST_F(Pipeline, CoverageHasTheTrendTheVoidedAndWhoPlayedLong) {
    const Outcome outcome = tipoff({"coverage", "--from", kFirstDay, "--to", kPlayedThrough,
                                    "--trend", "--detailed", "--format", "json"});
    const json report = json::parse(outcome.out);
    std::int64_t expected = 0;
    for (const json& day : report["trend"])
        expected += day["expected"].get<std::int64_t>();
    EXPECT_EQ(expected, report["expected"]);
    EXPECT_EQ(report["voids"].size(), report["voided"]);
    EXPECT_GT(report["played_ten_minutes"]["n"].get<int>(), 100);
    // A league of which nothing was known on its first days.
    EXPECT_GT(report["played_ten_minutes"]["share"].get<double>(), 0.5);
    const Outcome unknown =
        tipoff({"coverage", "--date", kPlayedThrough, "--system", "tea_leaves"});
    EXPECT_EQ(unknown.code, 2);
}

TEST_F(Pipeline, StatusHasWhatScriptsRead) {
    const json report = document({"status", "--date", kPlayedThrough});
    expect_fields(report, {"date", "feature_store", "predictions", "composite_factors",
                           "daily_cache", "lights"});
    EXPECT_GT(report["feature_store"]["players"].get<int>(), 50);
    EXPECT_EQ(report["predictions"]["systems"], 2);
    expect_fields(report["daily_cache"], {"passed", "failed", "reasons"});
    ASSERT_FALSE(report["lights"].empty());
    for (const json& light : report["lights"])
        expect_fields(light, {"step", "table", "job", "age", "completeness", "sanity", "held",
                              "expected", "unit", "findings"});
}

TEST_F(Pipeline, EveryRunIsOnRecordAndNoneIsLeftRunning) {
    const json runs = document({"runs", "list"})["runs"];
    std::set<std::string> steps;
    for (const json& run : runs) {
        EXPECT_NE(run["state"], "running") << run;
        steps.insert(run["step"]);
    }
    for (const char* step : {"import", "conform", "features", "forecasts", "grades"})
        EXPECT_TRUE(steps.contains(step)) << step;
}

TEST_F(Pipeline, TablesAreForPeople) {
    for (const Words& words :
         {Words{"picks", "--date", tonight()}, Words{"grade", "--season", "2025-26", "--detailed"},
          Words{"coverage", "--date", tonight(), "--detailed"},
          Words{"status", "--date", kPlayedThrough}, Words{"runs", "list"}, Words{"doctor"}}) {
        const Outcome outcome = tipoff(words);
        EXPECT_TRUE(outcome.code == 0 || outcome.code == 3) << words.front() << ": " << outcome.err;
        EXPECT_GT(outcome.out.size(), 100U) << words.front();
        EXPECT_EQ(outcome.out.find("nan"), std::string::npos) << words.front();
    }
}

TEST_F(Pipeline, RangesThatCannotBeMeantAreWrongUsage) {
    const auto told = [](Words words, const std::string& part) {
        const Outcome outcome = tipoff(words);
        EXPECT_EQ(outcome.code, 2) << outcome.err;
        EXPECT_EQ(outcome.out, "");
        EXPECT_NE(outcome.err.find(part), std::string::npos) << outcome.err;
    };
    told({"backfill"}, "which dates?");
    told({"backfill", "--season", "2025"}, "2025-26 or 2024-25");
    told({"grade", "--seasons", "2024-25,2025"}, "2025-26 or 2024-25");
    told({"backfill", "--from", kFirstDay}, "--from and --to go together");
    told({"backfill", "--from", kPlayedThrough, "--to", kFirstDay}, "is before --from");
    told({"backfill", "--season", "2025-26", "--dates", kFirstDay}, "more than one form");
    told({"grade", "--seasons", "2022-23,2024-25"}, "one unbroken range");
    told({"coverage", "--date", "2025-13-01"}, "2025-13-01");
    told({"backfill", "--date", kFirstDay}, "--date");
    told({"backfill", "--season", "2025-26", "--only", "dreams"}, "'dreams' is not a step");
    told({"backfill", "--season", "2025-26", "--tables", "dreams"},
         "no derived table is called 'dreams'");
    told({"backfill", "--season", "2025-26", "--threads", "0"}, "1 to 64");
}

TEST(Demo, EndsWithGradesAndABoardAndLeavesNothingBehind) {
    const TempFolder folder;
    const Outcome outcome = run_tipoff({"demo"}, {{"TMPDIR", folder.path()}});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    for (const char* part : {"SIMULATED LEAGUE", "moving_average_v1", "last_10_mean",
                             "Tonight, 2026-02-01", "Next:"}) {
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
    }
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace tipoff::cli_test
