#include "base/webhook.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/curl_handle.h"
#include "base/version_info.h"

namespace tipoff {
namespace {

constexpr long kConnectTimeoutMs = 10'000;
constexpr long kTimeoutMs = 20'000;

/// A receiver that asks for more is asked again after this.
constexpr std::chrono::seconds kLongestRetryAfter{3'600};

std::size_t drop(char*, std::size_t, std::size_t size, void*) { return size; }

}  // namespace

std::expected<void, SendFailure> outcome_of_status(int status, std::chrono::seconds retry_after) {
    if (status >= 200 && status < 300) return {};
    const bool is_for_later = status == 429 || (status >= 500 && status < 600);
    return std::unexpected(SendFailure{
        .is_permanent = !is_for_later,
        .detail = fmt::format("the webhook answered HTTP {}", status),
        .retry_after = std::clamp(retry_after, std::chrono::seconds{0}, kLongestRetryAfter)});
}

std::expected<void, SendFailure> CurlWebhookSender::post(const std::string& json) {
    const CurlHandle handle;
    const std::string user_agent = "tipoff/" + std::string(version());
    CurlList headers;
    headers.append("Content-Type: application/json");
    // Without it libcurl asks first whether a longer body is welcome, and waits a second.
    headers.append("Expect:");
    handle.set(CURLOPT_URL, url_.reveal().c_str());
    handle.set(CURLOPT_PROTOCOLS_STR, "http,https");
    handle.set(CURLOPT_NOSIGNAL, 1L);
    handle.set(CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    handle.set(CURLOPT_TIMEOUT_MS, kTimeoutMs);
    handle.set(CURLOPT_USERAGENT, user_agent.c_str());
    handle.set(CURLOPT_HTTPHEADER, headers.get());
    handle.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
    handle.set(CURLOPT_POSTFIELDS, json.c_str());
    handle.set(CURLOPT_WRITEFUNCTION, &drop);
    const CURLcode code = handle.perform();
    if (code != CURLE_OK) {
        // libcurl's own words name no URL.
        return std::unexpected(SendFailure{.is_permanent = code == CURLE_URL_MALFORMAT ||
                                                           code == CURLE_UNSUPPORTED_PROTOCOL ||
                                                           code == CURLE_PEER_FAILED_VERIFICATION,
                                           .detail = curl_easy_strerror(code)});
    }
    curl_off_t retry_after = 0;
    handle.get(CURLINFO_RETRY_AFTER, retry_after);
    return outcome_of_status(handle.response_code(), std::chrono::seconds{retry_after});
}

}  // namespace tipoff
