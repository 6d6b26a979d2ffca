#include "cli/serve_settings.h"

#include <fmt/core.h>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>

#include "base/parse.h"

namespace tipoff::cli {
namespace {

std::unexpected<Error> wrong(const std::filesystem::path& file, const YAML::Node& at,
                             const std::string& what, const std::string& hint = {}) {
    // Lines of people begin with 1.
    return fail(ErrorCode::kUsage,
                fmt::format("{}:{}: {}", file.string(), at.Mark().line + 1, what), hint);
}

using Take = std::function<Status(const YAML::Node&)>;

/// Reads values of one file.
class Values {
public:
    explicit Values(const std::filesystem::path& file) : file_(file) {}

    [[nodiscard]] Take truth(bool& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            const std::string text = node.IsScalar() ? node.Scalar() : "";
            if (text != "true" && text != "false")
                return wrong(file_, node, "true or false is needed here");
            target = text == "true";
            return {};
        };
    }
    [[nodiscard]] Take text(std::optional<std::string>& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            if (!node.IsScalar() || node.Scalar().empty())
                return wrong(file_, node, "one value is needed here");
            target = node.Scalar();
            return {};
        };
    }
    template <class Number>
    [[nodiscard]] Take whole(Number& target, std::int64_t most) const {
        return [this, &target, most](const YAML::Node& node) -> Status {
            TIPOFF_TRY(const std::int64_t number, read_whole(node, most));
            target = Number(static_cast<std::size_t>(number));
            return {};
        };
    }

private:
    Expected<std::int64_t> read_whole(const YAML::Node& node, std::int64_t most) const {
        const auto number = node.IsScalar() ? parse_integer(node.Scalar()) : std::nullopt;
        if (number && *number >= 1 && *number <= most) return *number;
        return wrong(file_, node, fmt::format("a whole number from 1 to {} is needed here", most));
    }

    const std::filesystem::path& file_;
};

}  // namespace

Expected<ServeSettings> read_serve_settings(const YAML::Node& node,
                                            const std::filesystem::path& file) {
    constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
    constexpr std::int64_t kMostConnections = 20'000;
    constexpr std::int64_t kMostMilliseconds = 3'600'000;
    constexpr std::int64_t kMostRequests = 100'000'000;
    ServeSettings settings;
    serve::Limits& limits = settings.limits;
    const Values values(file);
    const std::map<std::string, Take, std::less<>> keys{
        {"listen", values.text(settings.listen)},
        {"loopback_reads_without_token", values.truth(settings.loopback_reads_without_token)},
        {"body_bytes", values.whole(limits.body_bytes, kMostBytes)},
        {"connections", values.whole(limits.connections, kMostConnections)},
        {"request_ms", values.whole(limits.request_time, kMostMilliseconds)},
        {"answer_ms", values.whole(limits.answer_time, kMostMilliseconds)},
        {"idle_ms", values.whole(limits.idle_time, kMostMilliseconds)},
        {"requests_a_minute", values.whole(limits.requests_a_minute, kMostRequests)},
        {"wrong_tokens_a_minute", values.whole(limits.wrong_tokens, kMostRequests)},
    };
    if (node.IsNull()) return settings;
    std::string known;
    for (const auto& [key, take] : keys)
        known += (known.empty() ? "" : ", ") + key;
    if (!node.IsMap())
        return wrong(file, node, "serve is not a set of keys and values", "its keys are " + known);
    for (const auto& entry : node) {
        const auto found = keys.find(entry.first.as<std::string>(""));
        if (found == keys.end())
            return wrong(
                file, entry.first,
                fmt::format("the key '{}' is not known in serve", entry.first.as<std::string>("")),
                "the keys are " + known);
        TIPOFF_CHECK(found->second(entry.second));
    }
    return settings;
}

}  // namespace tipoff::cli
