#include "program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "base/clock.h"
#include "operate/catalogue.h"
#include "store/duckdb/duckdb_database.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using support::value_of;

constexpr unsigned kLongestRunSeconds = 120;

/// Pointers for exec, ended by a null; `strings` outlive them.
std::vector<char*> pointers(const std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (const auto& text : strings)
        result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
}

std::vector<std::string> arguments_of(const Words& words) {
    std::vector<std::string> arguments{TIPOFF_PROGRAM};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return arguments;
}

std::vector<std::string> environment_of(const Variables& variables) {
    std::vector<std::string> environment;
    for (const auto& [name, value] : variables)
        environment.push_back(name + "=" + value);
    // What sanitizers are told holds for the program as for the tests.
    for (const std::string name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (const char* value = std::getenv(name.c_str()); value != nullptr)
            environment.push_back(name + "=" + value);
    }
    // Behind those, as the first of a name counts.
    environment.insert(environment.end(), {"PATH=/usr/bin:/bin", "TERM=xterm"});
    return environment;
}

[[noreturn]] void execute(const std::vector<char*>& arguments,
                          const std::vector<char*>& environment) {
    ::alarm(kLongestRunSeconds);
    ::execve(arguments.front(), arguments.data(), environment.data());
    ::_exit(127);
}

void redirect(int descriptor, const std::string& file, int flags) {
    const int opened = ::open(file.c_str(), flags, 0600);
    if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(126);
}

}  // namespace

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) throw std::runtime_error("waitpid failed");
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

pid_t start_tipoff(const Words& words, const Variables& variables, int out,
                   const std::filesystem::path& err) {
    const auto arguments = arguments_of(words);
    const auto environment = environment_of(variables);
    const auto argument_pointers = pointers(arguments);
    const auto environment_pointers = pointers(environment);
    const std::string err_file = err;
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child == 0) {
        redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
        if (::dup2(out, STDOUT_FILENO) < 0) ::_exit(126);
        redirect(STDERR_FILENO, err_file, O_WRONLY | O_CREAT);
        execute(argument_pointers, environment_pointers);
    }
    return child;
}

Outcome run_tipoff(const Words& words, const Variables& variables) {
    const support::TempFolder folder;
    const std::string out = folder / "out";
    const int descriptor = ::open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error("no file for the output");
    const pid_t child = start_tipoff(words, variables, descriptor, folder / "err");
    ::close(descriptor);
    const int code = wait_for(child);
    return {code, support::read_file(out), support::read_file(folder / "err")};
}

Outcome run_on_terminal(const Words& words, const Variables& variables) {
    const auto arguments = arguments_of(words);
    const auto environment = environment_of(variables);
    const auto argument_pointers = pointers(arguments);
    const auto environment_pointers = pointers(environment);
    winsize size{};
    size.ws_row = 50;
    size.ws_col = 60;
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child < 0) throw std::runtime_error("forkpty failed");
    if (child == 0) execute(argument_pointers, environment_pointers);
    Outcome outcome;
    std::array<char, 4096> bytes{};
    // The terminal reports an error instead of an end when the program has closed its side.
    while (true) {
        const auto size_read = ::read(terminal, bytes.data(), bytes.size());
        if (size_read <= 0) break;
        outcome.out.append(bytes.data(), static_cast<std::size_t>(size_read));
    }
    ::close(terminal);
    outcome.code = wait_for(child);
    return outcome;
}

std::string said_by_shell(const std::string& line) {
    std::FILE* const shell = ::popen(line.c_str(), "r");
    std::string said;
    std::array<char, 4096> part{};
    while (std::fgets(part.data(), part.size(), shell) != nullptr)
        said += part.data();
    EXPECT_EQ(::pclose(shell), 0) << line << said;
    return said;
}

void make_home(const std::filesystem::path& folder) {
    const SystemClock clock;
    (void)value_of(store::open_home(folder, operate::catalogue(), {}, clock));
}

void change_database(const std::filesystem::path& folder,
                     std::initializer_list<std::string> statements) {
    const auto database = value_of(store::open_duckdb(folder / "tipoff.duckdb", {}));
    const auto transaction = value_of(database->begin());
    for (const auto& statement : statements)
        (void)value_of(transaction->execute(statement, {}));
    value_of(transaction->commit());
}

}  // namespace tipoff::cli_test
