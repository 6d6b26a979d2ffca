#pragma once
/// Tokens of the API.
///
/// A token is "tipoff_ID_SECRET". The secret has 256 bits of entropy and is shown once; what is
/// kept is its BLAKE2b-256. A slow password hash would add nothing, for nobody can try so many
/// secrets, and would cost the service half a second for each wrong token that somebody sends.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/secret.h"
#include "operate/token_table.h"
#include "store/database.h"

namespace tipoff::operate {

/// Whoever may operate may read.
enum class TokenScope : std::uint8_t { kRead, kOperate };

[[nodiscard]] std::string_view to_string(TokenScope scope);
[[nodiscard]] std::optional<TokenScope> find_token_scope(std::string_view text);

struct TokenRequest {
    TokenScope scope = TokenScope::kRead;
    std::string name;
    std::optional<std::chrono::seconds> lives;  ///< for ever otherwise
};

struct CreatedToken {
    TokenRow row;
    Secret text;  ///< the whole token; this is the only time that it is to be had
};

Expected<CreatedToken> create_token(store::Database& database, const TokenRequest& request,
                                    const Clock& clock);

/// All of them, the newest first.
Expected<std::vector<TokenRow>> read_tokens(store::Database& database);

/// From here on it is not good. False where it was revoked already; `kNotFound` for an id that
/// there is none of.
Expected<bool> revoke_token(store::Database& database, std::string_view token_id,
                            const Clock& clock);

/// Keeps when a token was last used.
Status note_token_use(store::Database& database, std::string_view token_id, Instant at);

enum class TokenState : std::uint8_t { kGood, kRevoked, kExpired };

[[nodiscard]] TokenState state_of(const TokenRow& token, Instant now);

/// "good", "revoked", "expired".
[[nodiscard]] std::string_view to_string(TokenState state);

/// The tokens of a moment, ready to be held against what callers send.
class KnownTokens {
public:
    KnownTokens() = default;
    explicit KnownTokens(std::vector<TokenRow> tokens);

    /// The token of which this is the text, whatever its state; nothing for any other text. The
    /// time that it takes says nothing about how much of a secret was right.
    [[nodiscard]] const TokenRow* find(std::string_view text) const;

    /// The token of an id; nothing where there is none.
    [[nodiscard]] const TokenRow* of_id(const std::string& token_id) const;

private:
    std::unordered_map<std::string, TokenRow> tokens_;  ///< by id
};

}  // namespace tipoff::operate
