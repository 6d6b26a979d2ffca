/// One document through its parser, for a script.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

#include "operate/catalogue.h"
#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;

json injury(int id, const char* last, const char* status) {
    return {{"player", {{"id", id}, {"first_name", "Jo"}, {"last_name", last}, {"team_id", 2}}},
            {"return_date", "Nov 9"},
            {"description", "the knee"},
            {"status", status}};
}

class Parse : public ::testing::Test {
protected:
    Outcome parse(const json& document, const Words& more = {}) {
        const auto file = folder_ / "document.json";
        support::write_file(file, document.dump());
        Words words{"parse", "bdl_injuries", file.string(), "--format", "json"};
        words.insert(words.end(), more.begin(), more.end());
        return run_tipoff(words);
    }
    static json two(const char* status) {
        return {{"data", json::array({injury(7, "Doe", "Out"), injury(8, "Roe", status)})},
                {"meta", {{"per_page", 100}}}};
    }

    support::TempFolder folder_;
};

TEST_F(Parse, JsonHasTheRowsByTheirTables) {
    const Outcome outcome = parse(two("Doubtful"));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const json document = json::parse(outcome.out);
    EXPECT_EQ(document["source"], "bdl_injuries");
    EXPECT_EQ(document["outcome"], "fresh");
    EXPECT_EQ(document["problems"], json::array());
    ASSERT_EQ(document["tables"].size(), 1U);
    const json& rows = document["tables"]["raw.injury_report"];
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["player_name"], "Jo Doe");
    EXPECT_EQ(rows[1]["status"], "doubtful");
    EXPECT_EQ(document["counts"]["injury"], 2);
    EXPECT_EQ(
        json::parse(parse(two("Out"), {"--limit", "1"}).out)["tables"]["raw.injury_report"].size(),
        1U);
}

TEST_F(Parse, JsonSaysWhereAProblemIsAndWhatItIs) {
    const auto problems_of = [&](const json& document, int code) {
        const Outcome outcome = parse(document);
        EXPECT_EQ(outcome.code, code) << outcome.err;
        const json said = json::parse(outcome.out);
        EXPECT_EQ(said["tables"], json::object());
        return said["problems"];
    };
    EXPECT_EQ(
        problems_of(two("Tired"), 1),
        json::array({{{"where", "data[1]"}, {"what", "has status 'Tired', which nobody knows"}}}));
    json nulled = two("Out");
    nulled["data"][1]["player"]["first_name"] = nullptr;
    EXPECT_EQ(
        problems_of(nulled, 1),
        json::array({{{"where", "data[1].player.first_name"}, {"what", "is null, to be text"}}}));
    json none = two("Out");
    none["data"] = json::array();
    const json empty = problems_of(none, 3);
    ASSERT_EQ(empty.size(), 1U);
    EXPECT_EQ(empty[0]["where"], "");
    EXPECT_NE(empty[0]["what"], "");
}

/// Whatever a source states is for a table that there is.
TEST_F(Parse, EveryKindOfRecordHasItsTable) {
    const auto corpus = std::filesystem::path(TIPOFF_SOURCE_DIR) / "tests/fuzz/corpus";
    std::set<std::string> catalogue, seen;
    for (const store::TableSpec* table : operate::catalogue())
        catalogue.insert(table->qualified_name());
    for (const auto& folder : std::filesystem::directory_iterator(corpus)) {
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            const std::string name = file.path().filename();
            if (!name.starts_with("fresh_1.")) continue;
            const Outcome outcome = run_tipoff({"parse", folder.path().filename().string(),
                                                file.path().string(), "--format", "json"});
            EXPECT_EQ(outcome.code, 0) << file.path() << outcome.err;
            const json document = json::parse(outcome.out);
            for (const auto& [table, rows] : document["tables"].items()) {
                EXPECT_TRUE(catalogue.contains(table)) << table;
                seen.insert(table);
            }
        }
    }
    for (const char* table : {"raw.schedule", "raw.player_box", "raw.br_roster", "raw.espn_roster",
                              "raw.game_line", "raw.prop_line", "ref.game_alias"})
        EXPECT_TRUE(seen.contains(table)) << table;
}

}  // namespace
}  // namespace tipoff::cli_test
