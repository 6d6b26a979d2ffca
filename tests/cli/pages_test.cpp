/// docs/commands.md says the same as the program.

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "cli/config_keys.h"
#include "collect/source.h"
#include "help.h"
#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

TEST(CommandsPage, NamesEveryCommandAndEveryOption) {
    const std::filesystem::path root = TIPOFF_SOURCE_DIR;
    const std::string page = support::read_file(root / "docs/commands.md");
    const std::set<std::string> on_page = options_in(page);
    std::set<std::string> missing;
    const auto expect_options = [&](const Words& command) {
        for (const auto& option : options_in(reference_of(command))) {
            if (option != "--help" && !on_page.contains(option)) missing.insert(option);
        }
    };
    for (const Words& command : all_commands()) {
        std::string name = "`tipoff";
        for (const auto& word : command)
            name += " " + word;
        if (page.find(name) == std::string::npos && !is_group(help_of(command)))
            missing.insert(name);
        expect_options(command);
    }
    expect_options({});
    EXPECT_EQ(missing, std::set<std::string>{});
}

TEST(ConfigurationPage, IsMadeFromTheDeclarations) {
    const std::filesystem::path root = TIPOFF_SOURCE_DIR;
    EXPECT_EQ(support::read_file(root / "docs/configuration.md"), cli::configuration_page())
        << "make it again: tipoff schema --configuration > docs/configuration.md";
}

TEST(ConfigurationPage, HasTheKeyOfEverySource) {
    std::set<std::string_view> asked_for;
    for (const collect::Source& source : collect::sources())
        asked_for.insert(source.asking.key.variable);
    asked_for.erase("");
    std::set<std::string_view> declared;
    for (const cli::UpstreamKey& key : cli::upstream_keys())
        declared.insert(key.variable);
    EXPECT_EQ(asked_for, declared);
}

TEST(CommandsPage, NamesNoOptionThatIsNotThere) {
    const std::filesystem::path root = TIPOFF_SOURCE_DIR;
    std::set<std::string> known = options_in(reference_of({}));
    for (const Words& command : all_commands())
        known.merge(options_in(reference_of(command)));
    for (const char* page : {"docs/commands.md", "README.md"}) {
        const std::string text = support::read_file(root / page);
        for (const auto& option : options_in(text))
            EXPECT_TRUE(known.contains(option)) << page << " names " << option;
    }
}

}  // namespace
}  // namespace tipoff::cli_test
