#include "cli/command_line.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/version_info.h"
#include "cli/commands/commands.h"

namespace tipoff::cli {
namespace {

constexpr std::string_view kGlobalGroup = "Options of every command";
constexpr std::size_t kMostCommandText = 200;
constexpr std::size_t kHelpWidth = 100;

/// Lines of at most `kHelpWidth` columns, broken at spaces.
std::string wrapped(std::string_view text) {
    std::string lines;
    while (text.size() > kHelpWidth) {
        const auto space = text.rfind(' ', kHelpWidth);
        if (space == std::string_view::npos) break;
        lines += fmt::format("{}\n", text.substr(0, space));
        text.remove_prefix(space + 1);
    }
    return lines + std::string(text);
}

std::string footer(const CommandDoc& doc) {
    std::string text;
    if (!doc.description.empty()) text += wrapped(doc.description) + "\n\n";
    text += "Examples:\n";
    for (const Example& example : doc.examples) {
        text += fmt::format("  tipoff {}\n      {}\n", example.command, example.does);
    }
    return text + "\nOptions of every command (--home, --wait, --now, ...): tipoff --help\n";
}

/// Checks against a list of words that the help states in its own words.
CLI::Validator one_of(std::vector<std::string> words) {
    CLI::Validator check = CLI::IsMember(std::move(words));
    check.description("");
    return check;
}

CLI::App* add_subcommand(CLI::App& parent, const CommandDoc& doc) {
    CLI::App* app = parent.add_subcommand(std::string(doc.name), std::string(doc.summary));
    app->footer(footer(doc));
    app->fallthrough();
    app->get_formatter()->column_width(28);
    app->get_formatter()->label("REQUIRED", "(required)");
    return app;
}

template <class T>
CLI::Option* add_optional(CLI::App& app, std::string_view names, std::optional<T>& target,
                          std::string_view help) {
    return app.add_option_function<T>(
        std::string(names), [&target](const T& value) { target = value; }, std::string(help));
}

void add_globals(CLI::App& app, GlobalArguments& globals) {
    const auto add = [&app](const char* name, std::optional<std::string>& target, const char* kind,
                            const char* help) {
        add_optional(app, name, target, help)->type_name(kind)->group(std::string(kGlobalGroup));
    };
    add("--home", globals.home, "DIR",
        "Folder of the database, the archive and the models; else $TIPOFF_HOME, else ~/.tipoff");
    add("--database", globals.database, "URL",
        "postgresql://USER@HOST/NAME in place of the home's own file; else $TIPOFF_DATABASE");
    add("--config", globals.config, "FILE",
        "YAML file of settings (tipoff schema --configuration); options go before it");
    add("--wait", globals.wait, "SECONDS", "How long to wait for another process that writes (30)");
    add("--now", globals.now, "INSTANT", "The league's clock, for replays: 2022-10-18T23:30:00Z");
    add("--seed", globals.seed, "N", "Seed of whatever is random");
    add("--log-level", globals.log_level, "LEVEL",
        "debug, info, warn (as a rule), error or off; on standard error");
}

std::size_t edit_distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> previous(other.size() + 1);
    for (std::size_t j = 0; j <= other.size(); ++j)
        previous[j] = j;
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::vector<std::size_t> current(other.size() + 1, i + 1);
        for (std::size_t j = 0; j < other.size(); ++j) {
            const std::size_t replaced = previous[j] + (one[i] == other[j] ? 0 : 1);
            current[j + 1] = std::min({replaced, previous[j + 1] + 1, current[j] + 1});
        }
        previous = std::move(current);
    }
    return previous.back();
}

/// The innermost command that was named, and the words up to it: "runs list"; none for the program
/// itself.
struct Chosen {
    CLI::App* app;
    std::string words;

    /// In front of a message: "runs list: ", or nothing.
    [[nodiscard]] std::string prefix() const { return words.empty() ? "" : words + ": "; }

    /// "tipoff runs list --help says more".
    [[nodiscard]] std::string help(std::string_view says) const {
        return fmt::format("tipoff {}{}--help {}", words, words.empty() ? "" : " ", says);
    }
};

Chosen innermost(CLI::App& app) {
    Chosen chosen{&app, ""};
    while (!chosen.app->get_subcommands().empty()) {
        chosen.app = chosen.app->get_subcommands().front();
        chosen.words += (chosen.words.empty() ? "" : " ") + chosen.app->get_name();
    }
    return chosen;
}

/// The command whose name is a slip of the keyboard away; empty when none is.
std::string nearest_command(const CLI::App& app, std::string_view word) {
    constexpr std::size_t kClose = 2;
    std::string nearest;
    std::size_t least = kClose + 1;
    for (const CLI::App* command : app.get_subcommands({})) {
        const std::size_t distance = edit_distance(word, command->get_name());
        if (distance < least) {
            least = distance;
            nearest = command->get_name();
        }
    }
    return nearest;
}

Error missing_command(CLI::App& app) {
    const Chosen chosen = innermost(app);
    const std::string help = chosen.help("lists the commands");
    const auto extras = app.remaining(true);
    if (extras.empty()) return {ErrorCode::kUsage, chosen.prefix() + "which command?", help};
    const std::string& word = extras.front();
    if (word.starts_with('-'))
        return {ErrorCode::kUsage, fmt::format("{}there is no option '{}'", chosen.prefix(), word),
                help};
    const std::string nearest = nearest_command(*chosen.app, word);
    return {ErrorCode::kUsage, fmt::format("{}there is no command '{}'", chosen.prefix(), word),
            nearest.empty() ? help : fmt::format("did you mean '{}'?", nearest)};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text.substr(0, kMostCommandText);
}

}  // namespace

Options& Options::flag(std::string_view names, bool& target, std::string_view help) {
    app_.add_flag(std::string(names), target, std::string(help));
    return *this;
}

Options& Options::text(std::string_view names, std::string& target, std::string_view help,
                       Need need) {
    app_.add_option(std::string(names), target, std::string(help))
        ->required(need == Need::kRequired);
    return *this;
}

Options& Options::text(std::string_view names, std::optional<std::string>& target,
                       std::string_view help) {
    add_optional(app_, names, target, help);
    return *this;
}

Options& Options::integer(std::string_view names, std::optional<std::int64_t>& target,
                          std::string_view help) {
    add_optional(app_, names, target, help);
    return *this;
}

Options& Options::number(std::string_view names, std::optional<double>& target,
                         std::string_view help) {
    add_optional(app_, names, target, help);
    return *this;
}

Options& Options::list(std::string_view names, std::vector<std::string>& target,
                       std::string_view help, Need need) {
    CLI::Option* option = app_.add_option(std::string(names), target, std::string(help));
    option->required(need == Need::kRequired);
    // Not for positional arguments: a path may hold a comma.
    if (names.starts_with('-')) option->delimiter(',');
    return *this;
}

Options& Options::choice(std::string_view names, std::optional<std::string>& target,
                         std::vector<std::string> words, std::string_view help) {
    std::string listed;
    for (const auto& word : words)
        listed += (listed.empty() ? ": " : ", ") + word;
    add_optional(app_, names, target, std::string(help) + listed)
        ->check(one_of(std::move(words)))
        ->type_name("WORD");
    return *this;
}

Options& Options::format(Format& target) {
    const auto set = [&target](const std::string& word) {
        target = word == "json" ? Format::kJson : word == "csv" ? Format::kCsv : Format::kTable;
    };
    app_.add_option_function<std::string>("--format", set, "table (as a rule), json or csv")
        ->check(one_of({"table", "json", "csv"}))
        ->type_name("FORMAT");
    return *this;
}

Options& Options::exclusive(std::string_view one, std::string_view other) {
    app_.get_option(std::string(one))->excludes(app_.get_option(std::string(other)));
    return *this;
}

Options CommandLine::command(const CommandDoc& doc, HomeUse use, Action action) {
    CLI::App* app = add_subcommand(app_, doc);
    app->callback([chosen = chosen_, use, action = std::move(action)] {
        *chosen = {.use = use, .action = action};
    });
    return Options(*app);
}

CommandLine CommandLine::group(const CommandDoc& doc) {
    CLI::App* app = add_subcommand(app_, doc);
    app->require_subcommand(0, 1);
    return {*app, chosen_};
}

Expected<ParsedLine> parse_line(const std::vector<std::string>& words) {
    ParsedLine line;
    line.command = joined(words);
    CLI::App app("Forecasts NBA player props, and grades them when the games are over.", "tipoff");
    app.require_subcommand(0, 1);
    app.get_formatter()->column_width(28);
    app.footer(
        "Examples:\n"
        "  tipoff demo\n"
        "      A simulated season from files to graded forecasts, in a temporary home.\n"
        "  tipoff --home nba import data/\n"
        "      Reads a folder of box scores, schedules, shots and lines into the home 'nba'.\n\n"
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but incomplete, 4 refused (not safe "
        "now).\n");
    add_globals(app, line.globals);
    app.set_version_flag("--version", fmt::format("tipoff {} ({})", version(), git_commit()));
    const auto chosen = std::make_shared<CommandLine::Chosen>();
    CommandLine commands(app, chosen);
    add_commands(commands);

    std::vector<std::string> reversed(words.rbegin(), words.rend());
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        line.text = app.help();
        return line;
    } catch (const CLI::CallForVersion& asked) {
        line.text = std::string(asked.what()) + "\n";
        return line;
    } catch (const CLI::ExtrasError&) {
        const Chosen last = innermost(app);
        if (!last.app->get_subcommands({}).empty()) return std::unexpected(missing_command(app));
        const auto extras = app.remaining(true);
        return fail(ErrorCode::kUsage,
                    fmt::format("{} does not take '{}'", last.words, extras.front()),
                    last.help("says what it takes"));
    } catch (const CLI::ParseError& error) {
        const Chosen last = innermost(app);
        return fail(ErrorCode::kUsage, last.prefix() + error.what(),
                    last.help("says what it takes"));
    }
    if (!chosen->action) return std::unexpected(missing_command(app));
    line.use = chosen->use;
    line.action = std::move(chosen->action);
    return line;
}

}  // namespace tipoff::cli
