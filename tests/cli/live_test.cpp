/// A note by hand and the board that follows; a backfill's dates, whichever way they are given.

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

const std::string kPlayedThrough = "2025-11-02";
const std::string kTonight = "2025-11-03";
const std::string kBefore = "2025-11-03T19:00:00Z";
/// Between the two nothing else becomes known: no line moves from 18:42 to 21:23.
const std::string kAfterwards = "2025-11-03T19:10:00Z";

Outcome tipoff_in(const fs::path& home, Words words) {
    words.insert(words.begin(), {"--home", home});
    return run_tipoff(words);
}

json document_in(const fs::path& home, Words words, int code = 0) {
    words.insert(words.end(), {"--format", "json"});
    const Outcome outcome = tipoff_in(home, words);
    EXPECT_EQ(outcome.code, code) << outcome.err;
    return outcome.out.empty() ? json() : json::parse(outcome.out);
}

/// The first weeks of the simulated league, imported and computed up to tonight; every test has a
/// copy of its own.
class Live : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        made_ = std::make_unique<TempFolder>();
        const std::string files = *made_ / "season";
        const std::string home = *made_ / "home";
        ASSERT_EQ(run_tipoff({"league", "write", files, "--through", kPlayedThrough}).code, 0);
        ASSERT_EQ(tipoff_in(home, {"import", files}).code, 0);
        ASSERT_EQ(
            tipoff_in(home, {"backfill", "--season", "2025-26", "--only", "conform,features"}).code,
            0);
    }
    static void TearDownTestSuite() { made_.reset(); }

    Live() { home_ = fresh_home("home"); }

    [[nodiscard]] fs::path fresh_home(const std::string& name) {
        const fs::path home = folder_ / name;
        fs::copy(*made_ / "home", home, fs::copy_options::recursive);
        return home;
    }
    Outcome tipoff(Words words) { return tipoff_in(home_, std::move(words)); }
    json document(Words words, int code = 0) { return document_in(home_, std::move(words), code); }

    /// Someone who plays much tonight.
    json someone() {
        const json rows =
            document({"sql",
                      "SELECT c.player_id, c.player_name, c.game_id FROM "
                      "analytics.upcoming_player_game_context c WHERE c.game_date = "
                      "DATE '" +
                          kTonight + "' ORDER BY c.minutes_last_7_days DESC, c.player_id"});
        return rows["rows"][0];
    }

    static std::unique_ptr<TempFolder> made_;
    TempFolder folder_;
    fs::path home_;
};

std::unique_ptr<TempFolder> Live::made_;

TEST_F(Live, ANoteOutIsFollowedByTheBoard) {
    const json player = someone();
    const std::string id = std::to_string(player["player_id"].get<std::int64_t>());
    ASSERT_EQ(tipoff({"backfill", "--dates", kTonight}).code, 0);
    // The first look forecasts all of tonight live.
    const json first =
        document({"note", "--now", kBefore, "--player", id, "--date", kTonight, "minutes", "30"});
    EXPECT_EQ(first["forecast"]["unchanged"], 0);
    const json second =
        document({"note", "--now", kAfterwards, "--player", id, "--date", kTonight, "out"});
    EXPECT_EQ(second["note"], "out");
    EXPECT_TRUE(second["minutes"].is_null());
    ASSERT_EQ(second["forecast"]["changed_games"].size(), 1U) << second["forecast"];
    EXPECT_EQ(second["forecast"]["changed_games"][0], player["game_id"]);
    EXPECT_GT(second["forecast"]["unchanged"], 0);
    EXPECT_LT(second["forecast"]["seconds"], 60.0);
    bool is_told = false;
    for (const json& moved : second["forecast"]["moved"]) {
        if (moved["player_id"] != player["player_id"]) continue;
        is_told = true;
        EXPECT_EQ(moved["player"], player["player_name"]);
        EXPECT_EQ(moved["previous_minutes"], 30.0);
        EXPECT_EQ(moved["p_plays"], 0.0);
    }
    EXPECT_TRUE(is_told);

    const json board = document({"picks", "--date", kTonight});
    for (const json& row : board["rows"]) {
        if (row["player_id"] == player["player_id"]) {
            EXPECT_EQ(row["status"], "out");
            EXPECT_EQ(row["p_plays"], 0.0);
            EXPECT_FALSE(row["changed_since"].is_null());
            EXPECT_GT(row["previous_p_plays"], 0.0);
        } else if (row["game_id"] != player["game_id"]) {
            EXPECT_TRUE(row["changed_since"].is_null());
            EXPECT_TRUE(row["previous_mean"].is_null());
        }
    }
    const Outcome table = tipoff({"picks", "--date", kTonight});
    EXPECT_NE(table.out.find("moved"), std::string::npos);
    EXPECT_NE(table.out.find("-> 0.00"), std::string::npos);
    EXPECT_EQ(tipoff({"rebuild"}).code & ~3, 0);
    EXPECT_EQ(document({"sql", "SELECT count(*) AS n FROM raw.note"})["rows"][0]["n"], 2);
}

TEST_F(Live, EveryMarketOfTheDateIsOnItsBoardAndInItsCoverage) {
    ASSERT_EQ(tipoff({"backfill", "--dates", kTonight, "--market", "points,rebounds"}).code, 0);
    const auto markets_of = [](const json& list) {
        std::set<std::string> markets;
        for (const json& one : list)
            markets.insert(one["market"]);
        return markets;
    };
    const std::set<std::string> both{"points", "rebounds"};
    const json all = document({"picks", "--date", kTonight})["rows"];
    EXPECT_EQ(markets_of(all), both);
    const json points = document({"picks", "--date", kTonight, "--market", "points"})["rows"];
    const json rebounds = document({"picks", "--date", kTonight, "--market", "rebounds"})["rows"];
    EXPECT_EQ(markets_of(rebounds), std::set<std::string>{"rebounds"});
    EXPECT_EQ(all.size(), points.size() + rebounds.size());
    const Outcome table = tipoff({"picks", "--date", kTonight});
    EXPECT_TRUE(table.out.contains(" market ")) << table.out.substr(0, 400);
    EXPECT_FALSE(tipoff({"picks", "--date", kTonight, "--market", "points"})
                     .out.substr(0, 400)
                     .contains(" market "));

    const Words words{"coverage", "--date", kTonight};
    const json coverage =
        json::parse(tipoff({"coverage", "--date", kTonight, "--format", "json"}).out);
    EXPECT_EQ(coverage["market"], "points");
    EXPECT_EQ(markets_of(coverage["markets"]), both);
    for (const json& market : coverage["markets"]) {
        EXPECT_EQ(market["expected"].get<std::size_t>(), market["predicted"].get<std::size_t>() +
                                                             market["voided"].get<std::size_t>() +
                                                             market["gaps"].size());
        EXPECT_GT(market["predicted"], 0) << market["market"];
    }
    EXPECT_FALSE(json::parse(tipoff({"coverage", "--date", kTonight, "--market", "rebounds",
                                     "--format", "json"})
                                 .out)
                     .contains("markets"));
    const std::string sections = tipoff(words).out;
    EXPECT_TRUE(sections.contains(", points: ")) << sections;
    EXPECT_TRUE(sections.contains(", rebounds: ")) << sections;
    // A market that no step has made yet is asked for by its name: all of its players are missing.
    EXPECT_EQ(tipoff({"coverage", "--date", kTonight, "--market", "assists"}).code, 3);
}

TEST_F(Live, AMarketThatWasForecastAfterTheOthersWereGradedIsGradedAsWell) {
    const auto graded = [this](const std::string& market) {
        return document({"grade", "--from", kPlayedThrough, "--to", kPlayedThrough, "--market",
                         market, "--population", "all"})["systems"];
    };
    ASSERT_EQ(tipoff({"backfill", "--dates", kPlayedThrough}).code, 0);
    EXPECT_EQ(graded("points").size(), 2U);
    ASSERT_EQ(tipoff({"backfill", "--dates", kPlayedThrough, "--market", "points,rebounds",
                      "--only", "forecasts"})
                  .code,
              0);
    const json rebounds = graded("rebounds");
    ASSERT_EQ(rebounds.size(), 2U);
    EXPECT_EQ(rebounds[0]["n"], graded("points")[0]["n"]);
}

TEST_F(Live, ANoteBeforeAnyForecastIsKeptForThoseToCome) {
    const json player = someone();
    const std::string id = std::to_string(player["player_id"].get<std::int64_t>());
    const json note =
        document({"note", "--now", kBefore, "--player", id, "--date", kTonight, "out"});
    EXPECT_TRUE(note["forecast"].is_null());
    ASSERT_EQ(tipoff({"backfill", "--dates", kTonight}).code, 0);
    const json board = document({"picks", "--date", kTonight});
    for (const json& row : board["rows"]) {
        if (row["player_id"] == player["player_id"]) {
            EXPECT_EQ(row["p_plays"], 0.0);
        }
    }
}

TEST_F(Live, NotesThatCannotBeMeantAreToldApart) {
    const json player = someone();
    const std::string id = std::to_string(player["player_id"].get<std::int64_t>());
    const auto told = [this](Words words, int code, const std::string& part) {
        words.insert(words.begin(), "note");
        const Outcome outcome = tipoff(words);
        EXPECT_EQ(outcome.code, code) << outcome.err;
        EXPECT_NE(outcome.err.find(part), std::string::npos) << outcome.err;
    };
    const Words when{"--now", kBefore, "--date", kTonight};
    const auto with = [&when](Words words) {
        words.insert(words.end(), when.begin(), when.end());
        return words;
    };
    told(with({"--player", "a", "out"}), 2, "fits");
    told(with({"--player", "a", "out"}), 2, "--player 9");
    told(with({"--player", "zzzz", "out"}), 2, "nobody");
    told(with({"--player", id, "in"}), 2, "clear");
    told(with({"--player", id, "minutes"}), 2, "minutes N");
    told(with({"--player", id, "minutes", "99"}), 2, "minutes N");
    told({"--now", "2025-11-04T12:00:00Z", "--date", kTonight, "--player", id, "out"}, 4,
         "tipped off");
    EXPECT_EQ(document({"sql", "SELECT count(*) AS n FROM raw.note"})["rows"][0]["n"], 0);
}

TEST_F(Live, EveryFlagMeansTheSameForDatesAndForRanges) {
    const std::vector<Words> flags{{},
                                   {"--only", "forecasts"},
                                   {"--only", "forecasts", "--skip-feature-check"},
                                   {"--tables", "player_daily_cache"},
                                   {"--market", "every"},
                                   {"--systems", "moving_average_v1"},
                                   {"--threads", "1"},
                                   {"--dry-run"},
                                   {"--force"},
                                   {"--resume"}};
    int number = 0;
    for (const Words& extra : flags) {
        std::vector<json> reports;
        for (const Words& dates : {Words{"--dates", "2025-10-30,2025-10-31"},
                                   Words{"--from", "2025-10-30", "--to", "2025-10-31"}}) {
            Words words{"backfill"};
            words.insert(words.end(), dates.begin(), dates.end());
            words.insert(words.end(), extra.begin(), extra.end());
            json report = document_in(fresh_home(std::to_string(++number)), words);
            report.erase("seconds");
            report.erase("peak_rss_mib");
            reports.push_back(std::move(report));
        }
        EXPECT_EQ(reports[0], reports[1]) << (extra.empty() ? "no flag" : extra[0]);
    }
}

TEST_F(Live, AFailedDateIsNamedAndTakenUpByResume) {
    // A home that nothing failed in owes nothing.
    json report = document({"backfill", "--resume"});
    EXPECT_TRUE(report["from"].is_null());
    EXPECT_TRUE(report["unfinished"].empty());

    change_database(home_, {"DELETE FROM features.feature_store WHERE game_date = DATE "
                            "'2025-10-30'"});
    const Outcome outcome =
        tipoff({"backfill", "--dates", "2025-10-28,2025-10-30,2025-11-01", "--only", "forecasts"});
    EXPECT_EQ(outcome.code, 3) << outcome.err;
    EXPECT_NE(outcome.err.find("2025-10-30"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("--resume"), std::string::npos) << outcome.err;

    report = document({"backfill", "--resume", "--dry-run"});
    ASSERT_EQ(report["unfinished"].size(), 1U);
    EXPECT_EQ(report["unfinished"][0]["date"], "2025-10-30");
    EXPECT_EQ(report["unfinished"][0]["step"], "forecasts");
    report = document({"backfill", "--resume"});
    EXPECT_EQ(report["from"], "2025-10-30");
    EXPECT_EQ(report["to"], "2025-10-30");
    EXPECT_TRUE(report["unfinished"].empty());
    EXPECT_GT(report["forecasts"], 0);
}

}  // namespace
}  // namespace tipoff::cli_test
