#include "cli/config_reading.h"

#include <fmt/core.h>

#include "base/parse.h"

namespace tipoff::cli {

std::unexpected<Error> ConfigReader::wrong(const YAML::Node& at, const std::string& what,
                                           const std::string& hint) const {
    // Lines and columns of people begin with 1.
    return fail(
        ErrorCode::kUsage,
        fmt::format("{}:{}:{}: {}", file_.string(), at.Mark().line + 1, at.Mark().column + 1, what),
        hint);
}

Status ConfigReader::read(const YAML::Node& node, const TakeKeys& keys) const {
    std::size_t declared = 0;
    for (const ConfigKey& key : config_keys()) {
        if (key.section != section_) continue;
        require(keys.contains(key.name), "a key of the configuration that is not read");
        ++declared;
    }
    require(declared == keys.size(), "a key of the configuration that is not declared");
    const std::string known = "the keys are " + names_of_keys(section_);
    if (node.IsNull()) return {};
    if (!node.IsMap()) {
        return wrong(node,
                     section_.empty() ? "this is not a file of keys and values"
                                      : fmt::format("{} is not a set of keys and values", section_),
                     known);
    }
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>("");
        const auto found = keys.find(name);
        if (found == keys.end()) {
            return wrong(entry.first,
                         fmt::format("the key '{}' is not known{}", name,
                                     section_.empty() ? "" : fmt::format(" in {}", section_)),
                         known);
        }
        TIPOFF_CHECK(found->second(entry.second));
    }
    return {};
}

Status ConfigReader::text(const YAML::Node& node, std::string& target) const {
    if (!node.IsScalar() || node.Scalar().empty()) return wrong(node, "one value is needed here");
    target = node.Scalar();
    return {};
}

Take ConfigReader::text(std::string& target) const {
    return [this, &target](const YAML::Node& node) { return text(node, target); };
}

Take ConfigReader::text(std::optional<std::string>& target) const {
    return [this, &target](const YAML::Node& node) { return text(node, target.emplace()); };
}

Take ConfigReader::path(std::optional<std::filesystem::path>& target) const {
    return [this, &target](const YAML::Node& node) -> Status {
        std::string name;
        TIPOFF_CHECK(text(node, name));
        target = file_.parent_path() / name;
        return {};
    };
}

Take ConfigReader::truth(bool& target) const {
    return [this, &target](const YAML::Node& node) -> Status {
        const std::string said = node.IsScalar() ? node.Scalar() : "";
        if (said != "true" && said != "false") return wrong(node, "true or false is needed here");
        target = said == "true";
        return {};
    };
}

Take ConfigReader::node(std::optional<YAML::Node>& target) {
    return [&target](const YAML::Node& found) -> Status {
        target.emplace(found);
        return {};
    };
}

Expected<std::int64_t> ConfigReader::read_whole(const YAML::Node& node, std::int64_t most) const {
    const auto number = node.IsScalar() ? parse_integer(node.Scalar()) : std::nullopt;
    if (number && *number >= 1 && *number <= most) return *number;
    return wrong(node, fmt::format("a whole number from 1 to {} is needed here", most));
}

}  // namespace tipoff::cli
