/// docs/operations.md: each of its commands is run, on a small home.

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using support::TempFolder;

const std::string kMorning = "2025-11-03T15:00:00Z";

/// The words of the lines that begin with "$ tipoff ".
std::vector<Words> commands_of(const std::string& page) {
    constexpr std::string_view kPrompt = "$ tipoff ";
    std::vector<Words> commands;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(kPrompt)) continue;
        std::istringstream words(line.substr(kPrompt.size()));
        commands.emplace_back();
        for (std::string word; words >> word;)
            commands.back().push_back(word);
    }
    return commands;
}

TEST(OperationsPage, EveryCommandOfItRuns) {
    const std::filesystem::path root = TIPOFF_SOURCE_DIR;
    const auto commands = commands_of(support::read_file(root / "docs/operations.md"));
    ASSERT_GE(commands.size(), 13U);
    const TempFolder folder;
    const std::string home = folder / "home";
    ASSERT_EQ(run_tipoff({"league", "write", folder / "season", "--through", "2025-11-02"}).code,
              0);
    ASSERT_EQ(run_tipoff({"--home", home, "import", folder / "season"}).code, 0);
    ASSERT_EQ(
        run_tipoff({"--home", home, "backfill", "--from", "2025-10-21", "--to", "2025-11-03"}).code,
        0);
    // Thirty pages at 3.5 seconds are not asked for: the source is left alone at this time.
    change_database(home, {"INSERT INTO ops.source_breaker VALUES ('br_rosters', 3, "
                           "'2025-11-03T16:00:00Z', 'HTTP 503', '2025-11-03T14:00:00Z')"});
    for (Words words : commands) {
        std::string line;
        for (const std::string& word : words)
            line += " " + word;
        words.insert(words.begin(), {"--home", home, "--now", kMorning});
        const Outcome outcome = run_tipoff(words, {{"TIPOFF_UPSTREAMS", "http://127.0.0.1:9"}});
        const int code = line == " schedule trigger rosters"       ? 3
                         : line.starts_with(" collect br_rosters") ? 4
                                                                   : 0;
        const bool may_have_gaps = line.starts_with(" coverage");
        EXPECT_TRUE(outcome.code == code || (may_have_gaps && outcome.code == 3))
            << line << "\n"
            << outcome.code << outcome.err << outcome.out.substr(0, 1000);
        EXPECT_FALSE(outcome.out.empty() && outcome.err.empty()) << line;
    }
}

}  // namespace
}  // namespace tipoff::cli_test
