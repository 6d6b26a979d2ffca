#pragma once
/// Who may do what.

#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "base/clock.h"
#include "operate/tokens.h"
#include "serve/limits.h"
#include "serve/message.h"
#include "serve/rate_limit.h"
#include "serve/route.h"
#include "store/database.h"

namespace tipoff::serve {

class Access {
public:
    /// `loopback_reads` lets whoever is on this machine read without a token. `clock` outlives it.
    Access(bool loopback_reads, const Limits& limits, const Clock& clock);

    /// Lets the caller do what takes `scope`, or says no:
    ///   - 401 without a token, or with one that is wrong, expired or revoked;
    ///   - 403 where the token may do less;
    ///   - 429 where an address has sent too many wrong tokens within a minute, whatever it sends
    ///     next, and where a token has asked too often.
    std::variant<Caller, Response> check(const RawRequest& request, Scope scope,
                                         const operate::KnownTokens& tokens);

    /// Writes down which tokens were used since the last call. To be called now and then; a use is
    /// kept to the minute.
    Status keep_uses(store::Database& database);

private:
    std::variant<Caller, Response> check_token(std::string_view authorization,
                                               const std::string& source, Scope scope,
                                               const operate::KnownTokens& tokens);

    void note_use(const operate::TokenRow& token, Instant minute);

    bool loopback_reads_;
    const Clock& clock_;
    RateLimit wrong_tokens_;
    RateLimit requests_;
    std::shared_mutex mutex_;
    std::unordered_map<std::string, Instant> uses_;  ///< of tokens, not yet written down
};

/// Whom wrong tokens are counted against: the other end of the connection, or, where that is a
/// proxy on this machine, the address that it names last. Of an IPv6 address its first 64 bits,
/// for whoever has one has all of them.
[[nodiscard]] std::string source_of(const RawRequest& request);

/// Whether the request was made on this machine, for this machine by its `Host`, and no proxy
/// handed it on. (A page of somebody else's may have its name resolved to this machine, and then
/// read what is here; its name is still in `Host`.)
[[nodiscard]] bool is_from_here(const RawRequest& request);

}  // namespace tipoff::serve
