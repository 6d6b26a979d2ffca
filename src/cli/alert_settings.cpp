#include "cli/alert_settings.h"

#include <fmt/core.h>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>
#include <memory>

#include "base/parse.h"
#include "cli/caller.h"

namespace tipoff::cli {
namespace {

using operate::ChannelPolicy;
using Sender = Expected<std::unique_ptr<operate::MessageSender>>;

constexpr const char* kPasswordVariable = "TIPOFF_SMTP_PASSWORD";
constexpr const char* kUrlVariable = "TIPOFF_WEBHOOK_URL";
constexpr std::int64_t kMostAnHour = 1'000;

std::unexpected<Error> wrong(const std::filesystem::path& file, const YAML::Node& at,
                             const std::string& what, const std::string& hint = {}) {
    // Lines and columns of people begin with 1.
    return fail(
        ErrorCode::kUsage,
        fmt::format("{}:{}:{}: {}", file.string(), at.Mark().line + 1, at.Mark().column + 1, what),
        hint);
}

/// What to do with the value of each key.
using Keys = std::map<std::string, std::function<Status(const YAML::Node&)>, std::less<>>;

/// Reads a map of known keys; nothing at all counts as an empty one.
Status read_keys(const YAML::Node& node, const std::filesystem::path& file, const std::string& name,
                 const Keys& keys) {
    if (node.IsNull()) return {};
    std::string known;
    for (const auto& [key, take] : keys)
        known += (known.empty() ? "" : ", ") + key;
    if (!node.IsMap())
        return wrong(file, node, fmt::format("{} is not a set of keys and values", name),
                     "its keys are " + known);
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>("");
        const auto found = keys.find(key);
        if (found == keys.end()) {
            return wrong(file, entry.first,
                         fmt::format("the key '{}' is not known in {}", key, name),
                         "the keys are " + known);
        }
        TIPOFF_CHECK(found->second(entry.second));
    }
    return {};
}

/// Reads values of one file.
class Values {
public:
    explicit Values(std::filesystem::path file) : file_(std::move(file)) {}

    [[nodiscard]] auto text(std::string& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            if (!node.IsScalar() || node.Scalar().empty())
                return wrong(file_, node, "one value is needed here");
            target = node.Scalar();
            return {};
        };
    }
    /// Relative to where the file lies.
    [[nodiscard]] auto path(std::optional<std::filesystem::path>& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            std::string name;
            TIPOFF_CHECK(text(name)(node));
            target = file_.parent_path() / name;
            return {};
        };
    }
    [[nodiscard]] auto server(std::string& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            TIPOFF_CHECK(text(target)(node));
            if (target.contains('@')) {
                return wrong(file_, node, "the server's address has a user in it",
                             "the user goes into the key user, the password into password_file");
            }
            if (target.starts_with("smtp://") || target.starts_with("smtps://")) return {};
            return wrong(file_, node, fmt::format("'{}' is no mail server", target),
                         "smtp://mail.example.org:587 or smtps://mail.example.org:465");
        };
    }
    [[nodiscard]] auto mailbox(std::string& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            TIPOFF_CHECK(text(target)(node));
            if (const Status sound = check_mailbox(target); !sound)
                return wrong(file_, node, sound.error().message(), sound.error().hint());
            return {};
        };
    }
    /// One mailbox, or a list of them.
    [[nodiscard]] auto mailboxes(std::vector<std::string>& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            if (!node.IsSequence()) return mailbox(target.emplace_back())(node);
            for (const auto& entry : node)
                TIPOFF_CHECK(mailbox(target.emplace_back())(entry));
            return {};
        };
    }
    [[nodiscard]] auto cap(int& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            const auto number =
                node.IsScalar() ? parse_integer(node.Scalar()) : std::optional<std::int64_t>();
            if (!number || *number < 1 || *number > kMostAnHour) {
                return wrong(file_, node,
                             fmt::format("a whole number from 1 to {} is needed", kMostAnHour));
            }
            target = static_cast<int>(*number);
            return {};
        };
    }
    [[nodiscard]] auto severity(operate::Severity& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            const auto found = node.IsScalar() ? operate::find_severity(node.Scalar())
                                               : std::optional<operate::Severity>();
            if (!found)
                return wrong(file_, node, "no severity", "info, warning, error or critical");
            target = *found;
            return {};
        };
    }
    [[nodiscard]] auto yes_or_no(bool& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            if (node.IsScalar() && YAML::convert<bool>::decode(node, target)) return {};
            return wrong(file_, node, "true or false is needed");
        };
    }

    [[nodiscard]] Keys policy(ChannelPolicy& policy) const {
        return {{"least_severity", severity(policy.least_severity)},
                {"cap_per_hour", cap(policy.cap_per_hour)},
                {"daily_summary", yes_or_no(policy.daily_summary)}};
    }

    [[nodiscard]] Expected<EmailSettings> email(const YAML::Node& node,
                                                const ChannelPolicy& usual) const {
        EmailSettings settings;
        settings.policy = usual;
        settings.policy.name = operate::kEmailChannel;
        Keys keys = policy(settings.policy);
        keys.insert({{"server", server(settings.server)},
                     {"from", mailbox(settings.from)},
                     {"to", mailboxes(settings.to)},
                     {"user", text(settings.user)},
                     {"password_file", path(settings.password_file)},
                     {"ca_file", path(settings.ca_file)}});
        TIPOFF_CHECK(read_keys(node, file_, "alerts.email", keys));
        for (const auto& [key, is_missing] :
             {std::pair("server", settings.server.empty()),
              std::pair("from", settings.from.empty()), std::pair("to", settings.to.empty())}) {
            if (is_missing) {
                return wrong(file_, node, fmt::format("alerts.email has no {}", key),
                             "server, from and to are needed: docs/alerts.md");
            }
        }
        return settings;
    }

    [[nodiscard]] Expected<WebhookSettings> webhook(const YAML::Node& node,
                                                    const ChannelPolicy& usual) const {
        WebhookSettings settings;
        settings.policy = usual;
        settings.policy.name = operate::kWebhookChannel;
        Keys keys = policy(settings.policy);
        keys.insert({"url_file", path(settings.url_file)});
        TIPOFF_CHECK(read_keys(node, file_, "alerts.webhook", keys));
        return settings;
    }

private:
    std::filesystem::path file_;
};

/// Of the environment, else of the file, else nothing.
Expected<Secret> secret_of(const char* variable, const std::optional<std::filesystem::path>& file) {
    if (const auto value = caller().variable(variable); value && !value->empty())
        return Secret(*value);
    if (file) return read_secret_file(*file);
    return Secret();
}

Sender email_sender(const EmailSettings& settings) {
    TIPOFF_TRY(Secret password, secret_of(kPasswordVariable, settings.password_file));
    if (!settings.user.empty() && password.is_empty()) {
        return fail(ErrorCode::kUsage, "alerts.email has a user and no password",
                    fmt::format("set {}, or name a password_file", kPasswordVariable));
    }
    SmtpServer server;
    server.url = settings.server;
    server.user = settings.user;
    server.password = std::move(password);
    if (settings.ca_file) server.ca_file = settings.ca_file->string();
    return std::make_unique<operate::EmailSender>(
        std::make_unique<CurlMailSender>(std::move(server)), settings.from, settings.to);
}

Sender webhook_sender(const WebhookSettings& settings) {
    TIPOFF_TRY(Secret url, secret_of(kUrlVariable, settings.url_file));
    if (url.is_empty()) {
        return fail(ErrorCode::kUsage, "alerts.webhook has no URL",
                    fmt::format("set {}, or name a url_file", kUrlVariable));
    }
    if (!url.reveal().starts_with("https://") && !url.reveal().starts_with("http://")) {
        return fail(ErrorCode::kUsage, "the webhook's URL begins with neither https:// nor http://",
                    fmt::format("it comes from {} or from url_file", kUrlVariable));
    }
    return std::make_unique<operate::SlackSender>(
        std::make_unique<CurlWebhookSender>(std::move(url)));
}

/// Each configured channel's policy, and its sender or why there is none.
std::vector<std::pair<ChannelPolicy, Sender>> senders(const AlertSettings& settings) {
    std::vector<std::pair<ChannelPolicy, Sender>> made;
    if (settings.email) made.emplace_back(settings.email->policy, email_sender(*settings.email));
    if (settings.webhook)
        made.emplace_back(settings.webhook->policy, webhook_sender(*settings.webhook));
    return made;
}

}  // namespace

Expected<AlertSettings> read_alert_settings(const YAML::Node& node,
                                            const std::filesystem::path& file) {
    const Values values(file);
    ChannelPolicy usual;
    // The channels take over what is said for all of them, wherever that stands.
    std::optional<YAML::Node> email;
    std::optional<YAML::Node> webhook;
    const auto later = [](std::optional<YAML::Node>& target) {
        return [&target](const YAML::Node& found) -> Status {
            target.emplace(found);
            return {};
        };
    };
    Keys keys = values.policy(usual);
    keys.insert({{"email", later(email)}, {"webhook", later(webhook)}});
    TIPOFF_CHECK(read_keys(node, file, "alerts", keys));
    AlertSettings settings;
    if (email) {
        TIPOFF_TRY(settings.email, values.email(*email, usual));
    }
    if (webhook) {
        TIPOFF_TRY(settings.webhook, values.webhook(*webhook, usual));
    }
    return settings;
}

std::vector<operate::AlertChannel> alert_channels(const AlertSettings& settings) {
    std::vector<operate::AlertChannel> channels;
    for (auto& [policy, sender] : senders(settings)) {
        if (sender) {
            channels.push_back({policy, *std::move(sender)});
            continue;
        }
        const std::string& hint = sender.error().hint();
        channels.push_back({policy, std::make_unique<operate::UnusableSender>(
                                        sender.error().message() +
                                        (hint.empty() ? "" : fmt::format(" ({})", hint)))});
    }
    return channels;
}

std::vector<std::pair<std::string, Error>> unusable_channels(const AlertSettings& settings) {
    std::vector<std::pair<std::string, Error>> unusable;
    for (const auto& [policy, sender] : senders(settings)) {
        if (!sender) unusable.emplace_back(policy.name, sender.error());
    }
    return unusable;
}

}  // namespace tipoff::cli
