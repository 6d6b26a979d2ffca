#pragma once
/// The ways on which messages go out: mail and webhook.

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "base/mail.h"
#include "base/send_failure.h"
#include "base/webhook.h"
#include "operate/alert_tables.h"
#include "operate/alerts.h"

namespace tipoff::operate {

inline constexpr std::string_view kEmailChannel = "email";
inline constexpr std::string_view kWebhookChannel = "webhook";

/// Takes a message to its reader. Another try of one message is recognisable as such where the way
/// has a means for it.
class MessageSender {
public:
    virtual ~MessageSender() = default;

    /// Blocks until it is known what became of it. One call at a time.
    virtual std::expected<void, SendFailure> send(const OutboxRow& message) = 0;
};

/// A mail a message, with one Message-ID for all its tries.
class EmailSender final : public MessageSender {
public:
    EmailSender(std::unique_ptr<MailSender> mails, std::string from, std::vector<std::string> to)
        : mails_(std::move(mails)), from_(std::move(from)), to_(std::move(to)) {}

    std::expected<void, SendFailure> send(const OutboxRow& message) override;

private:
    std::unique_ptr<MailSender> mails_;
    std::string from_;
    std::vector<std::string> to_;
};

/// A POST a message: {"text": "..."}, as Slack and those that follow it take it.
class SlackSender final : public MessageSender {
public:
    explicit SlackSender(std::unique_ptr<WebhookSender> webhook) : webhook_(std::move(webhook)) {}

    std::expected<void, SendFailure> send(const OutboxRow& message) override;

private:
    std::unique_ptr<WebhookSender> webhook_;
};

/// A channel that is configured and cannot work: every message fails for the reason, so that it
/// shows wherever a failing channel does.
class UnusableSender final : public MessageSender {
public:
    explicit UnusableSender(std::string reason) : reason_(std::move(reason)) {}

    std::expected<void, SendFailure> send(const OutboxRow& message) override;

private:
    std::string reason_;
};

struct AlertChannel {
    ChannelPolicy policy;
    std::unique_ptr<MessageSender> sender;
};

[[nodiscard]] std::vector<ChannelPolicy> policies_of(const std::vector<AlertChannel>& channels);

}  // namespace tipoff::operate
