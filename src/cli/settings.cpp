/// Where settings come from: options, environment, the file of `--config`.

#include <fmt/core.h>

#include <array>
#include <charconv>

#include "base/parse.h"
#include "cli/caller.h"
#include "cli/config_reading.h"
#include "cli/context.h"
#include "store/postgres/postgres_database.h"

namespace tipoff::cli {
namespace {

constexpr std::array<std::pair<std::string_view, LogLevel>, 5> kLogLevels{
    {{"debug", LogLevel::kDebug},
     {"info", LogLevel::kInfo},
     {"warn", LogLevel::kWarn},
     {"error", LogLevel::kError},
     {"off", LogLevel::kOff}}};

/// A week: a wait beyond it is a slip of the keyboard.
constexpr std::int64_t kLongestWait = std::chrono::seconds(std::chrono::weeks{1}).count();

Expected<LogLevel> parse_log_level(std::string_view text) {
    for (const auto& [name, level] : kLogLevels) {
        if (name == text) return level;
    }
    return fail(ErrorCode::kUsage, fmt::format("'{}' is not a log level", text),
                "debug, info, warn, error or off");
}

/// "30", and "30s" as people write it.
Expected<std::chrono::seconds> parse_wait(std::string_view text) {
    const std::string_view digits = text.ends_with('s') ? text.substr(0, text.size() - 1) : text;
    const auto seconds = parse_integer(digits);
    if (!seconds || *seconds < 0 || *seconds > kLongestWait) {
        return fail(ErrorCode::kUsage, fmt::format("--wait: '{}' is not a number of seconds", text),
                    "a whole number, 0 for not at all");
    }
    return std::chrono::seconds{*seconds};
}

Expected<std::uint64_t> parse_seed(std::string_view text) {
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return fail(ErrorCode::kUsage, fmt::format("--seed: '{}' is not a seed", text),
                    "a whole number from 0 to 18446744073709551615");
    }
    return seed;
}

struct ConfigFile {
    std::filesystem::path folder;  ///< where the file lies
    std::optional<std::string> home;
    std::optional<std::string> database;
    std::optional<std::string> wait;
    std::optional<std::string> log_level;
    std::optional<std::string> workflows;
    bool alternate_lines = false;
    AlertSettings alerts;
    ServeSettings serve;
};

Expected<ConfigFile> read_config(const std::filesystem::path& path) {
    ConfigFile config{.folder = path.parent_path()};
    YAML::Node root;
    try {
        root = YAML::LoadFile(path.string());
    } catch (const YAML::BadFile&) {
        return fail(ErrorCode::kUsage, fmt::format("--config: {} cannot be read", path.string()));
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::kUsage, fmt::format("{}: {}", path.string(), error.what()));
    }
    std::optional<YAML::Node> alerts;
    std::optional<YAML::Node> serve;
    const ConfigReader reader(path, "");
    TIPOFF_CHECK(reader.read(root, {{"home", reader.text(config.home)},
                                    {"database", reader.text(config.database)},
                                    {"wait", reader.text(config.wait)},
                                    {"log-level", reader.text(config.log_level)},
                                    {"workflows", reader.text(config.workflows)},
                                    {"alternate-lines", reader.truth(config.alternate_lines)},
                                    {"alerts", ConfigReader::node(alerts)},
                                    {"serve", ConfigReader::node(serve)}}));
    if (alerts) {
        TIPOFF_TRY(config.alerts, read_alert_settings(*alerts, path));
    }
    if (serve) {
        TIPOFF_TRY(config.serve, read_serve_settings(*serve, path));
    }
    return config;
}

Expected<std::optional<std::filesystem::path>> find_home(const GlobalArguments& arguments,
                                                         const ConfigFile& config) {
    using Folder = std::filesystem::path;
    const auto folder = [](std::string_view source, const std::string& text) -> Expected<Folder> {
        if (text.empty())
            return fail(ErrorCode::kUsage, fmt::format("{} is empty", source), "name a folder");
        return text;
    };
    if (arguments.home) return folder("--home", *arguments.home);
    if (const auto home = caller().variable(std::string(kHomeVariable)))
        return folder(kHomeVariable, *home);
    if (config.home) {
        TIPOFF_TRY(const auto home, folder("home of the configuration", *config.home));
        // A relative folder is meant from where the file lies, not from where the program is
        // called.
        return config.folder / home;
    }
    const auto user = caller().variable("HOME");
    if (user.value_or("").empty()) return std::nullopt;
    return Folder(*user) / ".tipoff";
}

/// Empty where none is named.
Expected<std::string> find_database(const GlobalArguments& arguments, const ConfigFile& config) {
    std::string url = config.database.value_or("");
    if (const auto named = caller().variable(std::string(kDatabaseVariable))) url = *named;
    if (arguments.database) url = *arguments.database;
    if (!url.empty()) TIPOFF_CHECK(store::check_postgres_url(url));
    return url;
}

}  // namespace

Expected<Settings> resolve_settings(const GlobalArguments& arguments) {
    ConfigFile config;
    if (arguments.config) {
        TIPOFF_TRY(config, read_config(caller().path(*arguments.config)));
    }
    Settings settings;
    settings.alerts = std::move(config.alerts);
    settings.serve = std::move(config.serve);
    settings.alternate_lines = config.alternate_lines;
    TIPOFF_TRY(settings.home, find_home(arguments, config));
    TIPOFF_TRY(settings.database, find_database(arguments, config));
    // Relative to the file, as its home is.
    if (config.workflows) settings.workflows = config.folder / *config.workflows;
    if (const auto& wait = arguments.wait ? arguments.wait : config.wait; wait) {
        TIPOFF_TRY(settings.wait, parse_wait(*wait));
    }
    if (const auto& level = arguments.log_level ? arguments.log_level : config.log_level; level) {
        TIPOFF_TRY(settings.log_level, parse_log_level(*level));
    }
    if (arguments.now) {
        TIPOFF_TRY(settings.now, Context::instant("--now", *arguments.now));
    }
    if (arguments.seed) {
        TIPOFF_TRY(settings.seed, parse_seed(*arguments.seed));
    }
    return settings;
}

}  // namespace tipoff::cli
