#pragma once
/// One HTTP request and what came of it: the seam behind which the network is.
///
/// An answer of any status is an answer. A `TransportError` is the absence of a whole one: no
/// connection, a time-out, a body cut short.

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"

namespace tipoff {

struct HttpHeader {
    std::string name;
    std::string value;

    /// In any case.
    [[nodiscard]] bool is_called(std::string_view other) const;
};

struct HttpRequest {
    std::string url;  ///< http or https
    std::vector<HttpHeader> headers;
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds timeout{20'000};       ///< of the whole
    std::size_t most_bytes = std::size_t{64} << 20;  ///< of the body, unpacked
};

struct HttpAnswer {
    int status = 0;
    std::vector<HttpHeader> headers;  ///< in their order; those of the last hop
    std::string body;                 ///< unpacked
    Instant asked_at{};
    Instant answered_at{};

    /// The first header of this name, in any case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

enum class TransportFailure : std::uint8_t {
    kNoConnection,  ///< refused, unknown host, no route
    kTimeout,
    kCutShort,  ///< reset, or a body shorter than it said
    kTooLarge,
    kUntrusted,  ///< TLS: the certificate does not hold
    kUnusable,   ///< the URL or the encoding cannot be used
};

[[nodiscard]] std::string_view to_string(TransportFailure failure);

struct TransportError {
    TransportFailure failure = TransportFailure::kNoConnection;
    std::string detail;  ///< never with the URL's query in it
};

class Transport {
public:
    virtual ~Transport() = default;

    /// GET. One call at a time.
    virtual std::expected<HttpAnswer, TransportError> get(const HttpRequest& request) = 0;
};

/// A URL's "host" or "host:port", by which requests are spaced; empty where it has none.
[[nodiscard]] std::string_view host_of(std::string_view url);

/// The instant of an HTTP date ("Wed, 21 Oct 2015 07:28:00 GMT"); nothing for anything else.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace tipoff
