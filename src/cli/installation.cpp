#include "cli/installation.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <system_error>

#include "base/calendar.h"
#include "base/parse.h"
#include "base/secret.h"
#include "cli/config_keys.h"
#include "forecast/boosted_trees.h"
#include "store/duckdb/duckdb_database.h"

namespace tipoff::cli {
namespace {

constexpr double kBytesPerGib = 1024.0 * 1024.0 * 1024.0;

/// Eight seasons with features, forecasts and archive take well under two gibibytes; a tenth of it
/// is too little for anything.
constexpr double kComfortableGib = 2.0;
constexpr double kLeastGib = 0.2;

/// The program holds itself under one.
constexpr double kMemoryGib = 1.0;

constexpr std::string_view kZoneInfo = "/usr/share/zoneinfo/tzdata.zi";

/// "2026f", from the first line of the zone data: "# version 2026f".
std::string zone_data_version() {
    std::ifstream file{std::string(kZoneInfo)};
    std::string line;
    constexpr std::string_view kPrefix = "# version ";
    if (!std::getline(file, line) || !line.starts_with(kPrefix)) return "of the system";
    return line.substr(kPrefix.size());
}

/// The engine's own name and version, from a scratch database that is gone afterwards: what does
/// not load or cannot write shows here.
Expected<std::string> scratch_engine() {
    std::error_code error;
    std::string folder = (std::filesystem::temp_directory_path(error) / "tipoff.XXXXXX").string();
    if (error || ::mkdtemp(folder.data()) == nullptr) {
        return fail(ErrorCode::kIo, "no temporary folder can be made",
                    "set TMPDIR to a folder that you may write in");
    }
    Expected<std::string> engine = fail(ErrorCode::kInternal, "");
    {
        const auto scratch =
            store::open_duckdb(std::filesystem::path(folder) / "scratch.duckdb", {});
        engine = scratch ? Expected<std::string>((*scratch)->engine())
                         : Expected<std::string>(std::unexpected(scratch.error()));
    }
    std::filesystem::remove_all(folder, error);
    return engine;
}

/// A measured amount against what is comfortable and what is too little.
Finding judge(double amount, double comfortable, double least) {
    if (amount < least) return Finding::kFailed;
    return amount < comfortable ? Finding::kWarning : Finding::kOk;
}

}  // namespace

std::string_view word_of(Finding finding) {
    switch (finding) {
        case Finding::kOk: return "ok";
        case Finding::kNote: return "note";
        case Finding::kWarning: return "warning";
        case Finding::kFailed: return "failed";
    }
    throw InvariantBroken("a Finding without a name");
}

Expected<std::vector<Engine>> engine_versions() {
    TIPOFF_TRY(const std::string database, scratch_engine());
    const auto space = database.find(' ');
    return std::vector<Engine>{
        {database.substr(0, space), database.substr(space + 1), "database"},
        {"XGBoost", forecast::xgboost_version(), "trees"},
        {"tzdata", zone_data_version(), "time zones"},
        {"GCC", __VERSION__, "compiler"},
    };
}

Check check_time_zones() {
    Check check{.name = "time zones",
                .finding = Finding::kOk,
                .found = "tzdata " + zone_data_version(),
                .advice = ""};
    const auto wrong = [&check](std::string_view what) {
        check.finding = Finding::kFailed;
        check.found = fmt::format("Eastern time is wrong: {}", what);
        check.advice = "install the package tzdata";
    };
    try {
        constexpr TimeOfDay kNoon{12, 0, 0};
        const auto noon_of = [&](const char* date) {
            const auto day = parse_date(date);
            return day ? to_string(eastern_instant(*day, kNoon)) : std::string("no date");
        };
        if (const auto winter = noon_of("2023-01-15"); winter != "2023-01-15T17:00:00Z")
            wrong(winter);
        if (const auto summer = noon_of("2023-06-15"); summer != "2023-06-15T16:00:00Z")
            wrong(summer);
    } catch (const std::exception& error) {
        wrong(error.what());
    }
    return check;
}

Check check_free_space(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::path existing = std::filesystem::absolute(folder, error);
    while (!existing.empty() && existing != existing.root_path() &&
           !std::filesystem::exists(existing, error)) {
        existing = existing.parent_path();
    }
    const auto space = std::filesystem::space(existing, error);
    if (error) {
        return {"free space", Finding::kWarning,
                fmt::format("{}: {}", existing.string(), error.message()), ""};
    }
    const double free_gib = static_cast<double>(space.available) / kBytesPerGib;
    const Finding finding = judge(free_gib, kComfortableGib, kLeastGib);
    return {"free space", finding, fmt::format("{:.1f} GiB free for {}", free_gib, folder.string()),
            finding == Finding::kOk ? "" : "make room: eight seasons take about 2 GiB"};
}

Check check_home_folder(const std::filesystem::path& folder) {
    struct stat status{};
    if (::stat(folder.c_str(), &status) != 0) {
        return {"home", Finding::kNote, fmt::format("{} is not there yet", folder.string()),
                "tipoff import PATH makes it; tipoff --home DIR names another"};
    }
    if (!S_ISDIR(status.st_mode)) {
        return {"home", Finding::kFailed, fmt::format("{} is not a folder", folder.string()),
                "name another with --home DIR"};
    }
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
        return {"home", Finding::kFailed, fmt::format("{} cannot be written", folder.string()),
                fmt::format("chown -R $USER {}", folder.string())};
    }
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return {"home", Finding::kWarning, fmt::format("others may write in {}", folder.string()),
                fmt::format("chmod go-w {}", folder.string())};
    }
    return {"home", Finding::kOk, folder.string(), ""};
}

Check check_memory() {
    std::ifstream file("/proc/meminfo");
    constexpr std::string_view kField = "MemAvailable:";
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(kField)) continue;
        const auto number = trimmed(std::string_view(line).substr(kField.size()));
        const auto kib = parse_integer(number.substr(0, number.find(' ')));
        if (!kib) break;
        const double gib = static_cast<double>(*kib) / (1024.0 * 1024.0);
        const Finding finding = judge(gib, kMemoryGib, 0);
        return {"memory", finding, fmt::format("{:.1f} GiB available", gib),
                finding == Finding::kOk ? "" : "a backfill of many seasons needs up to 1 GiB"};
    }
    return {"memory", Finding::kNote, "not told by this system", ""};
}

std::vector<Check> check_upstream_keys(const std::filesystem::path& home) {
    std::vector<Check> checks;
    for (const UpstreamKey& key : upstream_keys()) {
        const char* value = std::getenv(std::string(key.variable).c_str());
        const bool is_set = value != nullptr && *value != '\0';
        const auto of_file = read_secret_file(home / kKeysFolder / key.variable);
        const std::string name = fmt::format("key of {}", key.upstream);
        if (is_set || of_file) {
            checks.push_back({name, Finding::kOk,
                              fmt::format("{} is {}", key.variable, is_set ? "set" : "in a file"),
                              ""});
        } else if (of_file.error().code() != ErrorCode::kNotFound) {
            checks.push_back(
                {name, Finding::kFailed, of_file.error().message(), of_file.error().hint()});
        } else {
            checks.push_back(
                {name, Finding::kNote, fmt::format("{} is not set", key.variable),
                 fmt::format("needed only to collect {} from it; a file {} will do", key.purpose,
                             (home / kKeysFolder / key.variable).string())});
        }
    }
    return checks;
}

}  // namespace tipoff::cli
