#include "help.h"

#include <regex>
#include <sstream>

namespace tipoff::cli_test {
namespace {

/// The commands that a page of help lists: the first words of the lines after "Subcommands:".
std::vector<std::string> listed_commands(const std::string& help) {
    std::vector<std::string> names;
    std::istringstream lines(help);
    bool in_list = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("Subcommands:")) {
            in_list = true;
        } else if (in_list && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') {
            names.push_back(line.substr(2, line.find(' ', 2) - 2));
        } else if (in_list && line.empty()) {
            break;
        }
    }
    return names;
}

std::vector<Words> commands_of(const Words& group) {
    std::vector<Words> commands;
    for (const auto& name : listed_commands(help_of(group))) {
        Words command = group;
        command.push_back(name);
        for (auto& inner : commands_of(command))
            commands.push_back(std::move(inner));
        commands.push_back(std::move(command));
    }
    return commands;
}

}  // namespace

const std::vector<Words>& all_commands() {
    static const std::vector<Words> commands = commands_of({});
    return commands;
}

std::string help_of(const Words& command) {
    Words words = command;
    words.push_back("--help");
    return run_tipoff(words).out;
}

std::string reference_of(const Words& command) {
    const std::string help = help_of(command);
    return help.substr(0, help.find("Examples:\n"));
}

bool is_group(const std::string& help) { return help.find("Subcommands:\n") != std::string::npos; }

std::set<std::string> options_in(const std::string& text) {
    const std::regex option("--[a-z][a-z-]*");
    std::set<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), option), end; it != end; ++it) {
        names.insert(it->str());
    }
    return names;
}

}  // namespace tipoff::cli_test
