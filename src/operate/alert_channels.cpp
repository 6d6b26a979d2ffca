#include "operate/alert_channels.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"

namespace tipoff::operate {
namespace {

/// The same for every try of the message, and another in every home.
std::string message_id_of(const OutboxRow& message, std::string_view from) {
    const std::string_view address = address_of(from);
    const Fingerprint fingerprint =
        fingerprint_of(message.message_id + "\n" + to_string(message.created_at));
    return fmt::format("{}@{}", to_string(fingerprint), address.substr(address.find('@') + 1));
}

/// Slack's own marks are made harmless.
std::string escaped(std::string_view text) {
    std::string made;
    for (const char c : text) {
        switch (c) {
            case '&': made += "&amp;"; break;
            case '<': made += "&lt;"; break;
            case '>': made += "&gt;"; break;
            default: made += c;
        }
    }
    return made;
}

}  // namespace

std::expected<void, SendFailure> EmailSender::send(const OutboxRow& message) {
    return mails_->send({.from = from_,
                         .to = to_,
                         .subject = "[tipoff] " + message.subject,
                         .body = message.body,
                         .message_id = message_id_of(message, from_),
                         .date = message.created_at});
}

std::expected<void, SendFailure> SlackSender::send(const OutboxRow& message) {
    const nlohmann::json document{
        {"text", fmt::format("*{}*\n{}", escaped(message.subject), escaped(message.body))}};
    return webhook_->post(document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::expected<void, SendFailure> UnusableSender::send(const OutboxRow&) {
    return std::unexpected(SendFailure{.is_permanent = true, .detail = reason_, .retry_after = {}});
}

std::vector<ChannelPolicy> policies_of(const std::vector<AlertChannel>& channels) {
    std::vector<ChannelPolicy> policies;
    policies.reserve(channels.size());
    for (const AlertChannel& channel : channels)
        policies.push_back(channel.policy);
    return policies;
}

}  // namespace tipoff::operate
