#pragma once
/// What a command is handed: the settings that hold for every command, the clock, and the home.
///
/// Settings come, in this order, from the option, the environment (`TIPOFF_HOME`), the file of
/// `--config`, and the default.

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
#include "cli/serve_settings.h"
#include "operate/workflows.h"
#include "store/home.h"

namespace tipoff::cli {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError, kOff };

struct Settings {
    std::optional<std::filesystem::path>
        home;  ///< nothing where no setting names one, which some commands do not mind
    std::chrono::seconds wait{30};
    std::optional<Instant> now;
    std::optional<std::uint64_t> seed;
    LogLevel log_level = LogLevel::kWarn;
    std::optional<std::filesystem::path> workflows;  ///< a file of the configuration's own
    AlertSettings alerts;
    ServeSettings serve;
};

/// The settings of a command line. `kUsage` for a value that cannot be read or a key that the file
/// should not have, `kIo` for a file that cannot be read.
Expected<Settings> resolve_settings(const GlobalArguments& arguments);

class Context {
public:
    Context(Settings settings, std::string command);

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

    /// Opens the home with every table of the program. Another process that writes is waited for as
    /// long as `--wait` says; then `kBusy` names it.
    [[nodiscard]] Expected<std::unique_ptr<store::Home>> open_home(store::Access access) const;

    /// The same for another folder than `--home`.
    [[nodiscard]] Expected<std::unique_ptr<store::Home>> open_home(
        const std::filesystem::path& folder, store::Access access) const;

private:
    Settings settings_;
    SystemClock clock_;
    std::string command_;
};

}  // namespace tipoff::cli
