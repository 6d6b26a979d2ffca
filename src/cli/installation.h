#pragma once
/// What the program stands on, and whether it holds: for `version` and `doctor`.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tipoff::cli {

/// In a home: files with the keys of upstreams, named as their variables, mode 0600.
inline constexpr std::string_view kKeysFolder = "keys";

struct Engine {
    std::string name;
    std::string version;
    std::string role;
};

/// The engines that are built in or loaded, with the versions that they themselves state.
Expected<std::vector<Engine>> engine_versions();

/// How a check came out. A note is a fact that needs no action.
enum class Finding : std::uint8_t { kOk, kNote, kWarning, kFailed };

[[nodiscard]] std::string_view word_of(Finding finding);

struct Check {
    std::string name;
    Finding finding = Finding::kOk;
    std::string found;
    std::string advice;  ///< what to do; empty where nothing is to be done
};

/// Eastern time is right in summer and in winter, and the zone data are dated.
[[nodiscard]] Check check_time_zones();

/// Room on the file system of `folder`, or of the nearest folder above it that exists.
[[nodiscard]] Check check_free_space(const std::filesystem::path& folder);

/// The home is there, writable, and nobody else's to read.
[[nodiscard]] Check check_home_folder(const std::filesystem::path& folder);

/// Memory that programs can still have.
[[nodiscard]] Check check_memory();

/// One check an upstream that asks for a key: whether its environment variable is set; its value is
/// never read out.
[[nodiscard]] std::vector<Check> check_upstream_keys(const std::filesystem::path& home);

}  // namespace tipoff::cli
