#pragma once
/// Reading the file of `--config` key by key, as `config_keys.h` declares it. What is wrong is
/// `kUsage` with file, line and column.

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "cli/config_keys.h"

namespace tipoff::cli {

/// What to do with the value of a key.
using Take = std::function<Status(const YAML::Node&)>;

/// By name: every key of a section, and no other.
using TakeKeys = std::map<std::string_view, Take>;

/// Reads values of one section of one file.
class ConfigReader {
public:
    ConfigReader(std::filesystem::path file, std::string_view section)
        : file_(std::move(file)), section_(section) {}

    /// Each key that stands there is taken; nothing at all counts as a section without keys.
    [[nodiscard]] Status read(const YAML::Node& node, const TakeKeys& keys) const;

    [[nodiscard]] std::unexpected<Error> wrong(const YAML::Node& at, const std::string& what,
                                               const std::string& hint = {}) const;

    /// One value that is not empty.
    [[nodiscard]] Status text(const YAML::Node& node, std::string& target) const;

    [[nodiscard]] Take text(std::string& target) const;
    [[nodiscard]] Take text(std::optional<std::string>& target) const;
    /// Relative to where the file lies.
    [[nodiscard]] Take path(std::optional<std::filesystem::path>& target) const;
    [[nodiscard]] Take truth(bool& target) const;
    /// Within the bounds that are declared for the key.
    template <class Number>
    [[nodiscard]] Take whole(std::string_view key, Number& target) const {
        return [this, key, &target](const YAML::Node& node) -> Status {
            TIPOFF_TRY(const std::int64_t number, read_whole(node, config_key(section_, key).most));
            target = Number(static_cast<int>(number));
            return {};
        };
    }
    /// For later: the node itself.
    [[nodiscard]] static Take node(std::optional<YAML::Node>& target);

private:
    Expected<std::int64_t> read_whole(const YAML::Node& node, std::int64_t most) const;

    std::filesystem::path file_;
    std::string_view section_;
};

}  // namespace tipoff::cli
