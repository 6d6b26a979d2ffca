#pragma once
/// Who called a command: where its words go, and what it finds around itself.
///
/// As a rule that is the process: its standard output and error, its environment and its working
/// directory. A command that another process handed over (`handed_command.h`) is bound to that
/// one's on its thread, so that it prints and looks up there without knowing of it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cli/log.h"
#include "cli/terminal.h"

namespace tipoff::cli {

enum class Stream : std::uint8_t { kOut, kErrors };

/// Thrown to break off a command that only reads and that nobody waits for any more; only what
/// hands commands to threads catches it.
struct CommandStopped {};

class Caller {
public:
    virtual ~Caller() = default;

    /// Standard output may be held back until there is more of it or the command ends; standard
    /// error is not. A caller that does not listen any more is no error.
    virtual void write(Stream stream, std::string_view text) = 0;

    [[nodiscard]] virtual Terminal terminal(Stream stream) const = 0;

    /// A variable of the environment, one of those of `config_keys.h`; nothing where it is not set.
    [[nodiscard]] virtual std::optional<std::string> variable(const std::string& name) const = 0;

    /// A path as the caller means it: relative ones are of its working directory.
    [[nodiscard]] virtual std::filesystem::path path(const std::filesystem::path& given) const = 0;

    /// The same path for its eyes again, as it may have given it.
    [[nodiscard]] virtual std::filesystem::path shown(const std::filesystem::path& path) const = 0;

    /// Long commands pass here now and then: throws `CommandStopped` where it is time to stop.
    virtual void look_whether_to_stop() const {}

    [[nodiscard]] LogLevel log_level() const { return log_level_; }
    void set_log_level(LogLevel level) { log_level_ = level; }

private:
    LogLevel log_level_ = LogLevel::kWarn;
};

/// This thread's caller: the process, unless another is bound.
[[nodiscard]] Caller& caller();

/// Binds a caller to this thread for as long as it lives.
class CallerBinding {
public:
    explicit CallerBinding(Caller& bound);
    CallerBinding(const CallerBinding&) = delete;
    CallerBinding& operator=(const CallerBinding&) = delete;
    ~CallerBinding();

private:
    Caller* before_;
};

}  // namespace tipoff::cli
