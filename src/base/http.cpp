#include "base/http.h"

#include <date/date.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "base/error.h"

namespace tipoff {
bool HttpHeader::is_called(std::string_view other) const {
    return std::ranges::equal(name, other, [](unsigned char x, unsigned char y) {
        return std::tolower(x) == std::tolower(y);
    });
}

std::optional<std::string_view> HttpAnswer::header(std::string_view name) const {
    for (const HttpHeader& header : headers) {
        if (header.is_called(name)) return header.value;
    }
    return std::nullopt;
}

std::string_view to_string(TransportFailure failure) {
    switch (failure) {
        case TransportFailure::kNoConnection: return "no connection";
        case TransportFailure::kTimeout: return "time-out";
        case TransportFailure::kCutShort: return "cut short";
        case TransportFailure::kTooLarge: return "too large";
        case TransportFailure::kUntrusted: return "certificate not trusted";
        case TransportFailure::kUnusable: return "unusable";
    }
    throw InvariantBroken("a failure that is none");
}

std::string_view host_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::string_view rest = url.substr(scheme + 3);
    return rest.substr(0, rest.find_first_of("/?#"));
}

std::optional<Instant> parse_http_date(std::string_view text) {
    std::istringstream stream{std::string(text)};
    date::sys_seconds seconds;
    stream >> date::parse("%a, %d %b %Y %H:%M:%S GMT", seconds);
    if (stream.fail() || stream.peek() != std::istringstream::traits_type::eof())
        return std::nullopt;
    return Instant{seconds.time_since_epoch()};
}

}  // namespace tipoff
