#pragma once
/// How a command declares itself: its name, what it does, two examples, its options and the
/// function that runs it.
///
/// CLI11 stands behind it and is included in command_line.cpp only. Options that belong to every
/// command (`--home` and its kin) are taken before and after the command's name. A value that
/// cannot be read as its option's type is a usage error before anything runs.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "cli/exit_code.h"
#include "cli/output.h"

namespace CLI {
class App;
}

namespace tipoff::cli {

class Context;

/// What a command needs a home for: what becomes of it where another process has the home open for
/// writing. Which of the two a shared command does, reads or writes, it says when it opens the
/// home.
enum class HomeUse : std::uint8_t {
    kNone,    ///< nothing, or it makes one of its own, or it only looks whether one is well
    kShared,  ///< reads it or writes it: that other process does it, where it can
    kAlone,   ///< holds it for long or changes it as a whole: not beside another process
};

/// Runs a command. An error is printed and decides the exit code (`exit_code_of`).
using Action = std::function<Expected<ExitCode>(Context&)>;

struct Example {
    std::string_view
        command;  ///< without the program's name: "sql 'SELECT count(*) FROM analytics.game'"
    std::string_view does;
};

struct CommandDoc {
    std::string_view name;
    std::string_view summary;      ///< one line, for the list of commands
    std::string_view description;  ///< what more there is to know; may be empty
    std::array<Example, 2> examples;
};

enum class Need : std::uint8_t { kOptional, kRequired };

/// The options of one command. `names` is "--long", "-s,--long" or, for a positional argument,
/// "NAME". Targets outlive the parsing.
class Options {
public:
    explicit Options(CLI::App& app) : app_(app) {}

    Options& flag(std::string_view names, bool& target, std::string_view help);
    Options& text(std::string_view names, std::string& target, std::string_view help,
                  Need need = Need::kOptional);
    Options& text(std::string_view names, std::optional<std::string>& target,
                  std::string_view help);
    Options& integer(std::string_view names, std::optional<std::int64_t>& target,
                     std::string_view help);
    Options& number(std::string_view names, std::optional<double>& target, std::string_view help);

    /// Several values, given apart by spaces, by commas or by repeating the option.
    Options& list(std::string_view names, std::vector<std::string>& target, std::string_view help,
                  Need need = Need::kOptional);

    /// One of a closed set of words, which the help lists after a colon.
    Options& choice(std::string_view names, std::optional<std::string>& target,
                    std::vector<std::string> words, std::string_view help);

    /// `--format table|json|csv`.
    Options& format(Format& target);

    /// Two options that exclude each other.
    Options& exclusive(std::string_view one, std::string_view other);

private:
    CLI::App& app_;
};

/// The program's commands, or those of a group ("runs list", "runs show").
class CommandLine {
public:
    /// The command that parsing chose.
    struct Chosen {
        HomeUse use = HomeUse::kNone;
        Action action;
    };

    CommandLine(CLI::App& app, std::shared_ptr<Chosen> chosen)
        : app_(app), chosen_(std::move(chosen)) {}

    Options command(const CommandDoc& doc, HomeUse use, Action action);

    /// A command that is nothing without one of its own commands.
    CommandLine group(const CommandDoc& doc);

private:
    CLI::App& app_;
    std::shared_ptr<Chosen> chosen_;
};

/// Options of every command, as they were written.
struct GlobalArguments {
    std::optional<std::string> home;
    std::optional<std::string> database;
    std::optional<std::string> config;
    std::optional<std::string> wait;
    std::optional<std::string> now;
    std::optional<std::string> seed;
    std::optional<std::string> log_level;
};

struct ParsedLine {
    Action action;  ///< nothing when `text` is the whole answer
    HomeUse use = HomeUse::kNone;
    std::string text;  ///< of --help or --version, for standard output
    GlobalArguments globals;
    std::string command;  ///< the words as typed, for those who find the home locked
};

/// Parses the words after the program's name. `kUsage` says what is wrong, and in its hint where to
/// read on.
Expected<ParsedLine> parse_line(const std::vector<std::string>& words);

}  // namespace tipoff::cli
