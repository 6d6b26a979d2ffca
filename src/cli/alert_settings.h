#pragma once
/// The `alerts` of the configuration: whom to tell, of what, and how often at the most.
///
/// Secrets are not in it: they come from the environment (`TIPOFF_SMTP_PASSWORD`,
/// `TIPOFF_WEBHOOK_URL`) or from a file that only its owner can read, and only when a channel is
/// made.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "operate/alert_channels.h"

namespace YAML {
class Node;
}

namespace tipoff::cli {

struct EmailSettings {
    operate::ChannelPolicy policy;
    std::string server;  ///< smtp://host:587 or smtps://host:465
    std::string from;
    std::vector<std::string> to;
    std::string user;  ///< empty: the server asks for none
    std::optional<std::filesystem::path> password_file;
    std::optional<std::filesystem::path> ca_file;
};

struct WebhookSettings {
    operate::ChannelPolicy policy;
    std::optional<std::filesystem::path> url_file;
};

struct AlertSettings {
    std::optional<EmailSettings> email;
    std::optional<WebhookSettings> webhook;
};

/// The node under `alerts` in `file`; what is wrong there is `kUsage` with file, line and column.
/// Files that it names are looked for beside it.
Expected<AlertSettings> read_alert_settings(const YAML::Node& node,
                                            const std::filesystem::path& file);

/// Every configured channel. One whose secret is missing or may be read by others is there as well,
/// and fails with that as the reason.
[[nodiscard]] std::vector<operate::AlertChannel> alert_channels(const AlertSettings& settings);

/// The channels that cannot work as they are configured, and why.
[[nodiscard]] std::vector<std::pair<std::string, Error>> unusable_channels(
    const AlertSettings& settings);

}  // namespace tipoff::cli
