#include "cli/caller.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/error.h"
#include "cli/config_keys.h"

namespace tipoff::cli {
namespace {

class Process final : public Caller {
public:
    void write(Stream stream, std::string_view text) override {
        std::fwrite(text.data(), 1, text.size(), stream == Stream::kOut ? stdout : stderr);
    }

    [[nodiscard]] Terminal terminal(Stream stream) const override {
        const int descriptor = stream == Stream::kOut ? STDOUT_FILENO : STDERR_FILENO;
        Terminal terminal;
        terminal.is_terminal = ::isatty(descriptor) == 1;
        if (!terminal.is_terminal) return terminal;
        const auto term = variable("TERM");
        terminal.has_colours = variable("NO_COLOR").value_or("").empty() && term && *term != "dumb";
        winsize size{};
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0) terminal.width = size.ws_col;
        return terminal;
    }

    [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override {
        require(is_variable(name), "a variable of the environment that is not declared");
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    }

    [[nodiscard]] std::filesystem::path path(const std::filesystem::path& given) const override {
        return given;
    }

    [[nodiscard]] std::filesystem::path shown(const std::filesystem::path& path) const override {
        return path;
    }
};

Process& process() {
    static Process process;
    return process;
}

thread_local Caller* bound_caller = nullptr;

}  // namespace

Caller& caller() { return bound_caller == nullptr ? process() : *bound_caller; }

CallerBinding::CallerBinding(Caller& bound) : before_(std::exchange(bound_caller, &bound)) {}

CallerBinding::~CallerBinding() { bound_caller = before_; }

}  // namespace tipoff::cli
