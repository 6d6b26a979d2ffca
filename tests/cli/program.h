#pragma once
/// The built program, run as a process of its own.

#include <sys/types.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace tipoff::cli_test {

/// What became of a run: exit code (128 + signal when a signal ended it), and what it wrote.
struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
};

using Words = std::vector<std::string>;
using Variables = std::vector<std::pair<std::string, std::string>>;

/// Runs `tipoff words...` and waits for its end. Standard input is empty. The environment is only
/// PATH, TERM and `variables`, so that settings of whoever runs the tests have no part in it. A run
/// that hangs is ended after two minutes.
[[nodiscard]] Outcome run_tipoff(const Words& words, const Variables& variables = {});

/// Starts it with standard output on a descriptor and standard error into a file; for `started.h`.
[[nodiscard]] pid_t start_tipoff(const Words& words, const Variables& variables, int out,
                                 const std::filesystem::path& err);

/// Waits for the end of a process: its exit code, or 128 + signal.
[[nodiscard]] int wait_for(pid_t child);

/// The same with standard output and error on one terminal, 60 columns wide; `out` is what the
/// terminal received.
[[nodiscard]] Outcome run_on_terminal(const Words& words, const Variables& variables = {});

/// What a shell says to a line, which has to end well.
[[nodiscard]] std::string said_by_shell(const std::string& line);

/// A fresh home with an empty database of the program's schema.
void make_home(const std::filesystem::path& folder);

/// Runs statements on the home's database, in one transaction.
void change_database(const std::filesystem::path& folder,
                     std::initializer_list<std::string> statements);

}  // namespace tipoff::cli_test
