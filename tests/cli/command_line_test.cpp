/// What everybody meets first: help, exit codes, settings.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "help.h"
#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::TempFolder;
using ::testing::TestWithParam;

TEST(Help, EveryCommandExplainsItselfWithTwoExamples) {
    const auto commands = all_commands();
    ASSERT_GE(commands.size(), 8U);
    for (Words words : commands) {
        words.push_back("--help");
        const Outcome help = run_tipoff(words);
        std::string name = "tipoff";
        for (const auto& word : words)
            name += " " + word;
        EXPECT_EQ(help.code, 0) << name;
        EXPECT_EQ(help.err, "") << name;
        const auto examples = help.out.find("Examples:\n");
        ASSERT_NE(examples, std::string::npos) << name;
        const std::regex example("\n  tipoff [^\n]+\n      [^\n]+");
        const std::string text = help.out.substr(examples);
        EXPECT_EQ(std::distance(std::sregex_iterator(text.begin(), text.end(), example),
                                std::sregex_iterator()),
                  2)
            << name;
        EXPECT_GT(help.out.find('\n'), 15U) << name << " says what it does in its first line";
    }
}

TEST(Help, ExamplesNameRealOptions) {
    // An example that the parser refuses would be the first thing that a newcomer copies.
    const std::set<std::string> global = options_in(reference_of({}));
    for (const Words& command : all_commands()) {
        const std::string help = help_of(command);
        const auto examples = help.find("Examples:\n");
        const std::set<std::string> own = options_in(help.substr(0, examples));
        for (const auto& name : options_in(help.substr(examples))) {
            EXPECT_TRUE(is_group(help) || own.contains(name) || global.contains(name))
                << command.front() << " shows " << name;
        }
    }
}

TEST(ExitCode, NoCommandIsWrongUsage) {
    const Outcome outcome = run_tipoff({});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "tipoff: which command?\n  tipoff --help lists the commands\n");
}

TEST(ExitCode, AnUnknownCommandIsWrongUsageAndTheNearestIsNamed) {
    const Outcome outcome = run_tipoff({"exprot"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "tipoff: there is no command 'exprot'\n  did you mean 'export'?\n");
}

TEST(ExitCode, AnUnknownCommandOfAGroupIsWrongUsage) {
    const Outcome outcome = run_tipoff({"runs", "nonsense"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(
        outcome.err,
        "tipoff: runs: there is no command 'nonsense'\n  tipoff runs --help lists the commands\n");
}

TEST(ExitCode, AnUnknownOptionIsWrongUsage) {
    const Outcome outcome = run_tipoff({"doctor", "--colour"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(
        outcome.err,
        "tipoff: doctor does not take '--colour'\n  tipoff doctor --help says what it takes\n");
}

TEST(ExitCode, AMissingArgumentIsWrongUsage) {
    const Outcome outcome = run_tipoff({"sql"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("QUERY"), std::string::npos) << outcome.err;
}

TEST(ExitCode, AnUnknownFormatIsWrongUsageAndTheFormatsAreListed) {
    const Outcome outcome = run_tipoff({"version", "--format", "xml"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("table,json,csv"), std::string::npos) << outcome.err;
}

TEST(ExitCode, AHomeWithoutADatabaseFailsAndSaysHowToMakeOne) {
    const TempFolder folder;
    const Outcome outcome = run_tipoff({"--home", folder.path(), "sql", "SELECT 1"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("has no database\n  tipoff import PATH makes one"),
              std::string::npos)
        << outcome.err;
}

TEST(ExitCode, AFullDiskBehindStandardOutputIsAFailure) {
    const Outcome outcome = run_tipoff({"schema"});
    ASSERT_EQ(outcome.code, 0);
    const std::string command = "exec '" TIPOFF_PROGRAM "' schema > /dev/full 2> /dev/null";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
}

TEST(Season, ABareYearIsWrongUsageWithBothReadings) {
    const TempFolder folder;
    const Outcome outcome = run_tipoff({"league", "write", folder.path(), "--season", "2025"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("2025-26 or 2024-25"), std::string::npos) << outcome.err;
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Dates, ADateThatTheCalendarDoesNotHaveIsWrongUsage) {
    const TempFolder folder;
    const Outcome outcome =
        run_tipoff({"league", "write", folder.path(), "--through", "2026-02-30"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("2026-02-30"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("today, yesterday or tomorrow"), std::string::npos) << outcome.err;
}

TEST(Version, IsOneJsonDocumentWithTheEngines) {
    const Outcome outcome = run_tipoff({"version", "--format", "json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    const json document = json::parse(outcome.out);
    EXPECT_TRUE(
        std::regex_match(document["version"].get<std::string>(), std::regex("\\d+\\.\\d+\\.\\d+")));
    EXPECT_FALSE(document["commit"].get<std::string>().empty());
    EXPECT_EQ(document["engines"][0]["engine"], "DuckDB");
    EXPECT_TRUE(document["engines"][0]["version"].get<std::string>().starts_with("v1."));
    EXPECT_EQ(document["engines"][1]["engine"], "XGBoost");
    EXPECT_TRUE(std::regex_match(document["engines"][1]["version"].get<std::string>(),
                                 std::regex("\\d+\\.\\d+\\.\\d+")));
}

TEST(Version, LeavesNoFileBehind) {
    const TempFolder folder;
    const std::string command =
        "cd '" + folder.path().string() + "' && " + TIPOFF_PROGRAM + " version > /dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

class HomeSetting : public ::testing::Test {
protected:
    /// The folder that an error about a missing database names.
    std::string home_named_by(const Words& words, const Variables& variables = {}) {
        const Outcome outcome = run_tipoff(words, variables);
        EXPECT_EQ(outcome.code, 1) << outcome.err;
        const std::regex message("tipoff: (.*) has no database\n[\\s\\S]*");
        std::smatch match;
        return std::regex_match(outcome.err, match, message) ? match[1].str() : outcome.err;
    }

    TempFolder folder_;
};

TEST_F(HomeSetting, TheOptionIsTakenBeforeAndAfterTheCommand) {
    const std::string home = folder_ / "nba";
    EXPECT_EQ(home_named_by({"--home", home, "sql", "SELECT 1"}), home);
    EXPECT_EQ(home_named_by({"sql", "SELECT 1", "--home", home}), home);
    EXPECT_EQ(home_named_by({"runs", "list", "--home", home}), home);
    EXPECT_EQ(home_named_by({"runs", "--home", home, "list"}), home);
}

TEST_F(HomeSetting, TheOptionGoesBeforeTheEnvironmentAndThatBeforeTheFileAndThatBeforeTheDefault) {
    const std::string file = folder_ / "tipoff.yaml";
    support::write_file(file, "home: from_file\nwait: 0\nlog-level: error\n");
    const Variables user{{"HOME", "/nowhere"}};
    EXPECT_EQ(home_named_by({"runs", "list"}, user), "/nowhere/.tipoff");
    EXPECT_EQ(home_named_by({"runs", "list", "--config", file}, user),
              (folder_ / "from_file").string());
    const Variables both{{"HOME", "/nowhere"}, {"TIPOFF_HOME", "/from_environment"}};
    EXPECT_EQ(home_named_by({"runs", "list", "--config", file}, both), "/from_environment");
    EXPECT_EQ(home_named_by({"runs", "list", "--config", file, "--home", "/from_option"}, both),
              "/from_option");
}

TEST_F(HomeSetting, WithoutAnyItIsWrongUsage) {
    const Outcome outcome = run_tipoff({"runs", "list"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("--home"), std::string::npos) << outcome.err;
}

struct BadSetting {
    std::string name;
    Words words;
    std::string config;  ///< the text of a file for --config; empty for none
    std::string told;    ///< must be in the message
};

class RefusedSetting : public TestWithParam<BadSetting> {};

TEST_P(RefusedSetting, IsWrongUsageAndNamed) {
    const TempFolder folder;
    Words words{"--home", folder.path(), "runs", "list"};
    words.insert(words.end(), GetParam().words.begin(), GetParam().words.end());
    if (!GetParam().config.empty()) {
        support::write_file(folder / "c.yaml", GetParam().config);
        words.insert(words.end(), {"--config", folder / "c.yaml"});
    }
    const Outcome outcome = run_tipoff(words);
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find(GetParam().told), std::string::npos) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    , RefusedSetting,
    ::testing::Values(
        BadSetting{"UnknownKey", {}, "hoem: /x\n", "the key 'hoem' is not known"},
        BadSetting{"NoMap", {}, "- home\n", "not a file of keys and values"},
        BadSetting{"BrokenYaml", {}, "home: [\n", "c.yaml"},
        BadSetting{"AList", {}, "home: [a, b]\n", "c.yaml:1:7: one value is needed here"},
        BadSetting{
            "MissingFile", {"--config", "/nowhere.yaml"}, "", "/nowhere.yaml cannot be read"},
        BadSetting{"Wait", {"--wait", "soon"}, "", "'soon' is not a number of seconds"},
        BadSetting{"NegativeWait", {"--wait=-1"}, "", "'-1' is not a number of seconds"},
        BadSetting{"NowWithoutOffset", {"--now", "2022-10-18T19:30:00"}, "", "--now"},
        BadSetting{"Database", {"--database", "mysql://nba"}, "", "the URL of the database"},
        BadSetting{"Seed", {"--seed", "1e3"}, "", "'1e3' is not a seed"},
        BadSetting{"LogLevel", {"--log-level", "loud"}, "", "'loud' is not a log level"},
        BadSetting{"AlternateLines", {}, "alternate-lines: maybe\n", "c.yaml:1:18"},
        BadSetting{"Since", {"--since", "24x"}, "", "neither a span nor a date"},
        BadSetting{"State", {"--state", "sleeping"}, "", "abandoned"},
        BadSetting{"Limit", {"--limit", "0"}, "", "at least one run"}),
    [](const auto& test) { return test.param.name; });

TEST(Terminal, HeadingsAreColouredThereAndNowhereElse) {
    const std::string escape = "\033[1m";
    EXPECT_NE(run_on_terminal({"schema"}).out.find(escape), std::string::npos);
    EXPECT_EQ(run_on_terminal({"schema"}, {{"NO_COLOR", "1"}}).out.find('\033'), std::string::npos);
    EXPECT_EQ(run_on_terminal({"schema"}, {{"TERM", "dumb"}}).out.find('\033'), std::string::npos);
    EXPECT_EQ(run_tipoff({"schema"}).out.find('\033'), std::string::npos);
}

TEST(Terminal, ARowIsOneLineThereAndWholeInAPipe) {
    std::istringstream lines(run_on_terminal({"schema"}, {{"NO_COLOR", "1"}}).out);
    std::size_t cut = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.ends_with("…")) ++cut;
        EXPECT_LE(line.size(), 60 + 2 * std::string_view("…").size()) << line;
    }
    EXPECT_GT(cut, 5U);
    EXPECT_EQ(run_tipoff({"schema"}).out.find("…"), std::string::npos);
}

}  // namespace
}  // namespace tipoff::cli_test
