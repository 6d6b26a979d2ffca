#include "cli/alert_settings.h"

#include <fmt/core.h>

#include <memory>

#include "cli/caller.h"
#include "cli/config_reading.h"

namespace tipoff::cli {
namespace {

using operate::ChannelPolicy;
using Sender = Expected<std::unique_ptr<operate::MessageSender>>;

/// Reads the keys of one section of the alerts.
class AlertReader {
public:
    AlertReader(const std::filesystem::path& file, std::string_view section)
        : reader_(file, section) {}

    /// What each section may have, and `more` of its own.
    [[nodiscard]] Status read(const YAML::Node& node, ChannelPolicy& policy, TakeKeys more) const {
        more.insert({{"least_severity", severity(policy.least_severity)},
                     {"cap_per_hour", reader_.whole("cap_per_hour", policy.cap_per_hour)},
                     {"daily_summary", reader_.truth(policy.daily_summary)}});
        return reader_.read(node, more);
    }

    [[nodiscard]] const ConfigReader& values() const { return reader_; }

    [[nodiscard]] Take server(std::string& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            TIPOFF_CHECK(reader_.text(node, target));
            if (target.contains('@')) {
                return reader_.wrong(
                    node, "the server's address has a user in it",
                    "the user goes into the key user, the password into password_file");
            }
            if (target.starts_with("smtp://") || target.starts_with("smtps://")) return {};
            return reader_.wrong(node, fmt::format("'{}' is no mail server", target),
                                 "smtp://mail.example.org:587 or smtps://mail.example.org:465");
        };
    }
    [[nodiscard]] Take mailbox(std::string& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            TIPOFF_CHECK(reader_.text(node, target));
            if (const Status sound = check_mailbox(target); !sound)
                return reader_.wrong(node, sound.error().message(), sound.error().hint());
            return {};
        };
    }
    /// One mailbox, or a list of them.
    [[nodiscard]] Take mailboxes(std::vector<std::string>& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            if (!node.IsSequence()) return mailbox(target.emplace_back())(node);
            for (const auto& entry : node)
                TIPOFF_CHECK(mailbox(target.emplace_back())(entry));
            return {};
        };
    }

private:
    [[nodiscard]] Take severity(operate::Severity& target) const {
        return [this, &target](const YAML::Node& node) -> Status {
            const auto found = node.IsScalar() ? operate::find_severity(node.Scalar())
                                               : std::optional<operate::Severity>();
            if (!found)
                return reader_.wrong(node, "no severity", "info, warning, error or critical");
            target = *found;
            return {};
        };
    }

    ConfigReader reader_;
};

Expected<EmailSettings> read_email(const YAML::Node& node, const std::filesystem::path& file,
                                   const ChannelPolicy& usual) {
    EmailSettings settings;
    settings.policy = usual;
    settings.policy.name = operate::kEmailChannel;
    const AlertReader reader(file, kEmailSection);
    const ConfigReader& values = reader.values();
    TIPOFF_CHECK(reader.read(node, settings.policy,
                             {{"server", reader.server(settings.server)},
                              {"from", reader.mailbox(settings.from)},
                              {"to", reader.mailboxes(settings.to)},
                              {"user", values.text(settings.user)},
                              {"password_file", values.path(settings.password_file)},
                              {"ca_file", values.path(settings.ca_file)}}));
    for (const auto& [key, is_missing] :
         {std::pair("server", settings.server.empty()), std::pair("from", settings.from.empty()),
          std::pair("to", settings.to.empty())}) {
        if (is_missing) {
            return values.wrong(node, fmt::format("alerts.email has no {}", key),
                                "server, from and to are needed: docs/alerts.md");
        }
    }
    return settings;
}

Expected<WebhookSettings> read_webhook(const YAML::Node& node, const std::filesystem::path& file,
                                       const ChannelPolicy& usual) {
    WebhookSettings settings;
    settings.policy = usual;
    settings.policy.name = operate::kWebhookChannel;
    const AlertReader reader(file, kWebhookSection);
    TIPOFF_CHECK(reader.read(node, settings.policy,
                             {{"url_file", reader.values().path(settings.url_file)}}));
    return settings;
}

/// Of the environment, else of the file, else nothing.
Expected<Secret> secret_of(std::string_view variable,
                           const std::optional<std::filesystem::path>& file) {
    if (const auto value = caller().variable(std::string(variable)); value && !value->empty())
        return Secret(*value);
    if (file) return read_secret_file(*file);
    return Secret();
}

Sender email_sender(const EmailSettings& settings) {
    TIPOFF_TRY(Secret password, secret_of(kSmtpPasswordVariable, settings.password_file));
    if (!settings.user.empty() && password.is_empty()) {
        return fail(ErrorCode::kUsage, "alerts.email has a user and no password",
                    fmt::format("set {}, or name a password_file", kSmtpPasswordVariable));
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
    TIPOFF_TRY(Secret url, secret_of(kWebhookUrlVariable, settings.url_file));
    if (url.is_empty()) {
        return fail(ErrorCode::kUsage, "alerts.webhook has no URL",
                    fmt::format("set {}, or name a url_file", kWebhookUrlVariable));
    }
    if (!url.reveal().starts_with("https://") && !url.reveal().starts_with("http://")) {
        return fail(ErrorCode::kUsage, "the webhook's URL begins with neither https:// nor http://",
                    fmt::format("it comes from {} or from url_file", kWebhookUrlVariable));
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
    ChannelPolicy usual;
    // The channels take over what is said for all of them, wherever that stands.
    std::optional<YAML::Node> email;
    std::optional<YAML::Node> webhook;
    const AlertReader reader(file, kAlertsSection);
    TIPOFF_CHECK(reader.read(
        node, usual,
        {{"email", ConfigReader::node(email)}, {"webhook", ConfigReader::node(webhook)}}));
    AlertSettings settings;
    if (email) {
        TIPOFF_TRY(settings.email, read_email(*email, file, usual));
    }
    if (webhook) {
        TIPOFF_TRY(settings.webhook, read_webhook(*webhook, file, usual));
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
