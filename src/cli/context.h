#pragma once
/// What a command is handed: the settings that hold for every command, the clock, and the home.
///
/// Settings come, in this order, from the option, the environment (`TIPOFF_HOME`,
/// `TIPOFF_DATABASE`), the file of `--config`, and the default.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/error.h"
#include "cli/alert_settings.h"
#include "cli/command_line.h"
#include "cli/home_source.h"
#include "cli/log.h"
#include "cli/serve_settings.h"
#include "operate/workflows.h"
#include "store/home.h"

namespace tipoff::cli {

struct Settings {
    std::optional<std::filesystem::path>
        home;              ///< nothing where no setting names one, which some commands do not mind
    std::string database;  ///< URL of a server; empty where the home has a file of its own
    std::chrono::seconds wait{30};
    std::optional<Instant> now;
    std::optional<std::uint64_t> seed;
    LogLevel log_level = LogLevel::kWarn;
    std::optional<std::filesystem::path> workflows;  ///< a file of the configuration's own
    bool alternate_lines = false;                    ///< books are asked for ladders as well
    AlertSettings alerts;
    ServeSettings serve;
};

/// The settings of a command line. `kUsage` for a value that cannot be read or a key that the file
/// should not have, `kIo` for a file that cannot be read.
Expected<Settings> resolve_settings(const GlobalArguments& arguments);

class Context {
public:
    Context(Settings settings, std::string command, HomeUse use);

    /// Of a command of another process: its home comes from `source`, which outlives it.
    Context(Settings settings, std::string command, HomeSource& source);

    [[nodiscard]] const Settings& settings() const { return settings_; }
    /// `kUsage` where no setting names one.
    [[nodiscard]] Expected<std::filesystem::path> home_folder() const;

    [[nodiscard]] const Clock& clock() const { return clock_; }

    /// The league's day.
    [[nodiscard]] GameDate today() const { return eastern_date(clock_.league_now()); }

    /// Reads `YYYY-MM-DD`, `today`, `yesterday` or `tomorrow`; anything else is `kUsage`, naming
    /// the option.
    [[nodiscard]] Expected<GameDate> date(std::string_view option, std::string_view text) const;

    /// Reads ISO 8601 with an offset; anything else is `kUsage`, naming the option.
    [[nodiscard]] static Expected<Instant> instant(std::string_view option, std::string_view text);

    /// The workflows that hold: of the configuration, of the home, or the program's own.
    [[nodiscard]] Expected<operate::Workflows> workflows() const;

    /// Opens the home with every table of the program; while it is open for writing, other
    /// processes may ask over its socket (`home_listener.h`). Another process that writes is waited
    /// for as long as `--wait` says; then `kBusy` names it. One that answers in place of a shared
    /// command is not waited for: see `found_owner`.
    [[nodiscard]] Expected<std::unique_ptr<store::Home>> open_home(store::Access access) const;

    /// The same for another folder than `--home`, always with a file of its own.
    [[nodiscard]] Expected<std::unique_ptr<store::Home>> open_home(
        const std::filesystem::path& folder, store::Access access) const;

    /// Whether a home was `kBusy` because its owner may do the command in our place.
    [[nodiscard]] bool found_owner() const { return found_owner_; }

    /// That owner does not do this command: it is waited for.
    void wait_for_owner(std::string name) { not_asked_ = std::move(name); }

    /// Whether another process's command is done here.
    [[nodiscard]] bool is_handed() const { return source_ != nullptr; }

private:
    [[nodiscard]] Expected<std::unique_ptr<store::Home>> open_home(
        const std::filesystem::path& folder, const std::string& database,
        store::Access access) const;
    [[nodiscard]] bool may_ask_owner(const std::filesystem::path& folder) const;
    [[nodiscard]] Error busy_error(const std::filesystem::path& folder, const Error& busy) const;

    Settings settings_;
    SystemClock clock_;
    std::string command_;
    HomeUse use_;
    HomeSource* source_ = nullptr;
    std::string not_asked_;
    mutable bool found_owner_ = false;
};

}  // namespace tipoff::cli
