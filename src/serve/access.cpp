#include "serve/access.h"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <array>
#include <mutex>

#include "base/parse.h"
#include "serve/problem.h"

namespace tipoff::serve {
namespace {

constexpr std::string_view kChallenge = "Bearer realm=\"tipoff\"";
constexpr std::string_view kForwardedFor = "X-Forwarded-For";

bool is_loopback(std::string_view peer) {
    if (peer.starts_with("::ffff:")) peer.remove_prefix(7);
    return peer == "::1" || peer.starts_with("127.");
}

/// "localhost:8080", "127.0.0.1", "[::1]:8080"; and nothing, as programs may send.
bool is_for_loopback(std::string_view host) {
    if (host.starts_with("[")) return host.substr(0, host.find(']') + 1) == "[::1]";
    host = host.substr(0, host.find(':'));
    if (host.empty() || host == "localhost") return true;
    // An address: "127.example.org" is a name.
    in_addr address{};
    return is_loopback(host) && ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

Response unauthorized(std::string_view error, std::string_view detail) {
    std::string challenge(kChallenge);
    if (!error.empty())
        challenge += fmt::format(", error=\"{}\", error_description=\"{}\"", error, detail);
    return problem(401, detail, "send Authorization: Bearer TOKEN; tipoff token create makes one")
        .with("WWW-Authenticate", challenge);
}

Response too_often(std::string_view detail, std::chrono::seconds wait) {
    return problem(429, detail, fmt::format("wait {} s", wait.count()))
        .with("Retry-After", fmt::format("{}", wait.count()));
}

/// The token of "Bearer TOKEN", the scheme in any case; nothing for another scheme.
std::optional<std::string_view> bearer_of(std::string_view authorization) {
    constexpr std::string_view kScheme = "bearer ";
    if (authorization.size() < kScheme.size()) return std::nullopt;
    const HttpHeader scheme{.name = std::string(authorization.substr(0, kScheme.size())),
                            .value = {}};
    if (!scheme.is_called(kScheme)) return std::nullopt;
    return trimmed(authorization.substr(kScheme.size()));
}

/// The network of an IPv6 address; another address as it is.
std::string network_of(std::string_view address) {
    in6_addr parsed{};
    std::string text(address);
    if (::inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
    for (std::size_t i = 8; i < 16; ++i)
        parsed.s6_addr[i] = 0;
    std::array<char, INET6_ADDRSTRLEN> network{};
    ::inet_ntop(AF_INET6, &parsed, network.data(), network.size());
    return network.data();
}

}  // namespace

std::string source_of(const RawRequest& request) {
    // The last one: what stands before it is what the proxy was told.
    std::string_view forwarded;
    for (const HttpHeader& header : request.headers) {
        if (header.is_called(kForwardedFor)) forwarded = header.value;
    }
    if (forwarded.empty() || !is_loopback(request.peer)) return network_of(request.peer);
    const auto comma = forwarded.rfind(',');
    return network_of(
        trimmed(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1)));
}

bool is_from_here(const RawRequest& request) {
    return is_loopback(request.peer) && is_for_loopback(request.header("Host")) &&
           request.header(kForwardedFor).empty() && request.header("Forwarded").empty() &&
           request.header("X-Real-IP").empty();
}

Access::Access(bool loopback_reads, const Limits& limits, const Clock& clock)
    : loopback_reads_(loopback_reads),
      clock_(clock),
      wrong_tokens_(limits.wrong_tokens, clock),
      requests_(limits.requests_a_minute, clock) {}

std::variant<Caller, Response> Access::check(const RawRequest& request, Scope scope,
                                             const operate::KnownTokens& tokens) {
    if (scope == Scope::kPublic) return Caller{};
    const std::string_view authorization = request.header("Authorization");
    if (!authorization.empty())
        return check_token(authorization, source_of(request), scope, tokens);
    if (scope == Scope::kRead && loopback_reads_ && is_from_here(request)) return Caller{};
    return unauthorized("", "a token is needed");
}

std::variant<Caller, Response> Access::check_token(std::string_view authorization,
                                                   const std::string& source, Scope scope,
                                                   const operate::KnownTokens& tokens) {
    if (wrong_tokens_.is_over(source))
        return too_often("too many wrong tokens came from this address",
                         wrong_tokens_.retry_after(source));
    const auto text = bearer_of(authorization);
    const operate::TokenRow* token = text ? tokens.find(*text) : nullptr;
    if (token == nullptr) {
        wrong_tokens_.count(source);
        return unauthorized("invalid_token", "the token is not known");
    }
    const Instant now = clock_.wall_now();
    switch (operate::state_of(*token, now)) {
        case operate::TokenState::kExpired:
            return unauthorized("invalid_token", "the token has expired");
        case operate::TokenState::kRevoked:
            return unauthorized("invalid_token", "the token was revoked");
        case operate::TokenState::kGood: break;
    }
    if (!requests_.count(token->token_id))
        return too_often("the token has asked too often within a minute",
                         requests_.retry_after(token->token_id));
    const auto held = operate::find_token_scope(token->scope);
    if (!held || (scope == Scope::kOperate && *held != operate::TokenScope::kOperate))
        return problem(403, "the token may read and not operate",
                       "tipoff token create --scope operate")
            .with("WWW-Authenticate",
                  fmt::format("{}, error=\"insufficient_scope\", scope=\"operate\"", kChallenge));
    note_use(*token, std::chrono::floor<std::chrono::minutes>(now));
    return Caller{.token_id = token->token_id, .scope = held};
}

void Access::note_use(const operate::TokenRow& token, Instant minute) {
    if (token.last_used_at && *token.last_used_at >= minute) return;
    {
        const std::shared_lock lock(mutex_);
        const auto noted = uses_.find(token.token_id);
        if (noted != uses_.end() && noted->second == minute) return;
    }
    const std::unique_lock lock(mutex_);
    uses_[token.token_id] = minute;
}

Status Access::keep_uses(store::Database& database) {
    std::unordered_map<std::string, Instant> uses;
    {
        const std::unique_lock lock(mutex_);
        uses.swap(uses_);
    }
    for (const auto& [token, at] : uses)
        TIPOFF_CHECK(operate::note_token_use(database, token, at));
    return {};
}

}  // namespace tipoff::serve
