#include "coordinate/jetstream/options.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/parse.h"

namespace tipoff::coordinate::jetstream {
namespace {

constexpr std::string_view kPlain = "nats://";
constexpr std::string_view kEncrypted = "tls://";
constexpr std::int64_t kHighestPort = 65'535;
constexpr std::size_t kLongestName = 32;

std::unexpected<Error> not_an_address(std::string_view what) {
    return fail(ErrorCode::kUsage, fmt::format("--queue: {}", what),
                "as nats://host:4222, or nats://host1:4222,host2:4222,host3:4222/NAME");
}

/// Letters, digits, '-' and '_': what names of streams and subjects may both have.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kLongestName && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

/// "host:port", an address of IPv6 in brackets.
bool is_server(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view port = text.substr(colon + 1);
    const auto number = is_digits(port) ? parse_integer(port) : std::nullopt;
    return number && *number > 0 && *number <= kHighestPort &&
           std::ranges::none_of(text, [](char c) { return c <= ' ' || c == '"' || c == '/'; });
}

}  // namespace

Expected<QueueAddress> parse_address(std::string_view url) {
    // First of all: whatever else is wrong with it, a password is not to be repeated.
    if (url.contains('@')) {
        return fail(ErrorCode::kUsage, "--queue: an address has no user or password in it",
                    fmt::format("write them into a file of mode 0600, as user:password, and name "
                                "it in {}",
                                kCredentialsVariable));
    }
    QueueAddress address;
    address.is_encrypted = url.starts_with(kEncrypted);
    const std::string_view scheme = address.is_encrypted ? kEncrypted : kPlain;
    if (!url.starts_with(scheme))
        return not_an_address(fmt::format("'{}' is no nats:// or tls://", url));
    std::string_view rest = url.substr(scheme.size());
    while (true) {
        std::string_view server = rest.substr(0, rest.find(','));
        const bool is_last = server.size() == rest.size();
        if (!is_last) rest.remove_prefix(server.size() + 1);
        if (server.starts_with(scheme)) server.remove_prefix(scheme.size());
        if (const std::size_t slash = server.find('/');
            is_last && slash != std::string_view::npos) {
            address.name = server.substr(slash + 1);
            server = server.substr(0, slash);
        }
        if (!is_server(server)) return not_an_address(fmt::format("'{}' is no host:port", server));
        address.servers.push_back(fmt::format("{}{}", scheme, server));
        if (is_last) break;
    }
    if (!is_name(address.name)) {
        return not_an_address(
            fmt::format("'{}' is no name of a queue: up to {} letters, digits, '-' and '_'",
                        address.name, kLongestName));
    }
    return address;
}

std::string to_string(const QueueAddress& address) {
    return fmt::format("{}/{}", fmt::join(address.servers, ","), address.name);
}

}  // namespace tipoff::coordinate::jetstream
