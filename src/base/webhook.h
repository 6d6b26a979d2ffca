#pragma once
/// Webhooks: one JSON document to a URL that is itself a secret.

#include <chrono>
#include <expected>
#include <string>
#include <utility>

#include "base/secret.h"
#include "base/send_failure.h"

namespace tipoff {

class WebhookSender {
public:
    virtual ~WebhookSender() = default;

    /// Blocks until the other side has answered or has not. One call at a time.
    virtual std::expected<void, SendFailure> post(const std::string& json) = 0;
};

/// What an answer's status means: 2xx is delivered, 429 (with its Retry-After in seconds) and 5xx
/// are tried again, anything else is permanent; redirects are not followed.
[[nodiscard]] std::expected<void, SendFailure> outcome_of_status(
    int status, std::chrono::seconds retry_after = {});

/// Over the network by libcurl. TLS is verified. The URL is in no failure that it returns.
class CurlWebhookSender final : public WebhookSender {
public:
    /// http or https.
    explicit CurlWebhookSender(Secret url) : url_(std::move(url)) {}

    std::expected<void, SendFailure> post(const std::string& json) override;

private:
    Secret url_;
};

}  // namespace tipoff
