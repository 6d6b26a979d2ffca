#include "operate/tokens.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "base/entropy.h"
#include "base/hash.h"

namespace tipoff::operate {
namespace {

constexpr std::string_view kPrefix = "tipoff_";
constexpr std::size_t kIdCharacters = 12;
constexpr std::size_t kSecretCharacters = 43;

std::string hash_of(std::string_view secret) {
    return content_hash(std::as_bytes(std::span(secret)));
}

/// A token's two parts; nothing for a text that is no token.
struct Parts {
    std::string id;
    std::string_view secret;
};

std::optional<Parts> parts_of(std::string_view text) {
    if (text.size() != kPrefix.size() + kIdCharacters + 1 + kSecretCharacters) return std::nullopt;
    if (!text.starts_with(kPrefix) || text[kPrefix.size() + kIdCharacters] != '_')
        return std::nullopt;
    return Parts{.id = std::string(text.substr(kPrefix.size(), kIdCharacters)),
                 .secret = text.substr(kPrefix.size() + kIdCharacters + 1)};
}

}  // namespace

std::string_view to_string(TokenScope scope) {
    return scope == TokenScope::kRead ? "read" : "operate";
}

std::optional<TokenScope> find_token_scope(std::string_view text) {
    for (const TokenScope scope : {TokenScope::kRead, TokenScope::kOperate}) {
        if (text == to_string(scope)) return scope;
    }
    return std::nullopt;
}

Expected<CreatedToken> create_token(store::Database& database, const TokenRequest& request,
                                    const Clock& clock) {
    const Instant now = clock.wall_now();
    const Secret secret = random_secret();
    CreatedToken made{.row = {.token_id = random_name(),
                              .name = request.name,
                              .scope = std::string(to_string(request.scope)),
                              .secret_hash = hash_of(secret.reveal()),
                              .created_at = now},
                      .text = {}};
    if (request.lives) made.row.expires_at = now + *request.lives;
    made.text = Secret(fmt::format("{}{}_{}", kPrefix, made.row.token_id, secret.reveal()));
    TIPOFF_TRY(const auto transaction, database.begin());
    const std::vector<TokenRow> rows{made.row};
    TIPOFF_CHECK(transaction->merge(kToken.batch(rows), std::nullopt));
    TIPOFF_CHECK(transaction->commit());
    return made;
}

Expected<std::vector<TokenRow>> read_tokens(store::Database& database) {
    return store::read_rows(database, kToken, "ORDER BY created_at DESC, token_id");
}

Expected<bool> revoke_token(store::Database& database, std::string_view token_id,
                            const Clock& clock) {
    const std::string id(token_id);
    TIPOFF_TRY(const auto found, store::read_rows(database, kToken, "WHERE token_id = $1", {id}));
    if (found.empty())
        return fail(ErrorCode::kNotFound, fmt::format("there is no token '{}'", id),
                    "tipoff token list shows them");
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_TRY(const std::int64_t changed,
               transaction->execute("UPDATE ops.token SET revoked_at = $2, row_version = "
                                    "row_version + 1 WHERE token_id = $1 AND revoked_at IS NULL",
                                    {id, clock.wall_now()}));
    TIPOFF_CHECK(transaction->commit());
    return changed > 0;
}

Status note_token_use(store::Database& database, std::string_view token_id, Instant at) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->execute(
        "UPDATE ops.token SET last_used_at = $2, row_version = row_version + 1 WHERE token_id = $1",
        {std::string(token_id), at}));
    return transaction->commit();
}

TokenState state_of(const TokenRow& token, Instant now) {
    if (token.revoked_at) return TokenState::kRevoked;
    return token.expires_at && *token.expires_at <= now ? TokenState::kExpired : TokenState::kGood;
}

std::string_view to_string(TokenState state) {
    switch (state) {
        case TokenState::kGood: return "good";
        case TokenState::kRevoked: return "revoked";
        case TokenState::kExpired: return "expired";
    }
    throw InvariantBroken("a token state that is none");
}

KnownTokens::KnownTokens(std::vector<TokenRow> tokens) {
    for (TokenRow& token : tokens) {
        std::string id = token.token_id;
        tokens_.emplace(std::move(id), std::move(token));
    }
}

const TokenRow* KnownTokens::find(std::string_view text) const {
    const auto parts = parts_of(text);
    if (!parts) return nullptr;
    // An id that is not known is hashed and compared as well: it takes as long as a wrong secret.
    static const std::string hash_of_nobody = hash_of("");
    const auto known = tokens_.find(parts->id);
    const std::string& expected =
        known == tokens_.end() ? hash_of_nobody : known->second.secret_hash;
    if (!equal_in_constant_time(hash_of(parts->secret), expected)) return nullptr;
    return known == tokens_.end() ? nullptr : &known->second;
}

const TokenRow* KnownTokens::of_id(const std::string& token_id) const {
    const auto known = tokens_.find(token_id);
    return known == tokens_.end() ? nullptr : &known->second;
}

}  // namespace tipoff::operate
