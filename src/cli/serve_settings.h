#pragma once
/// The `serve` of the configuration: who may read without a token, and limits.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "serve/limits.h"

namespace YAML {
class Node;
}

namespace tipoff::cli {

/// Where the service listens unless something else is said.
inline constexpr std::string_view kUsualAddress = "127.0.0.1:8080";

struct ServeSettings {
    std::optional<std::string> listen;
    bool loopback_reads_without_token = false;
    serve::Limits limits;
};

/// The node under `serve` in `file`; what is wrong there is `kUsage` with file and line.
Expected<ServeSettings> read_serve_settings(const YAML::Node& node,
                                            const std::filesystem::path& file);

}  // namespace tipoff::cli
