#pragma once
/// `ops.token`: who may use the API.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "store/table.h"

namespace tipoff::operate {

/// Instants are the machine's.
struct TokenRow {
    std::string token_id;  ///< part of the token, and no secret
    std::string name;
    std::string scope;        ///< "read" or "operate"
    std::string secret_hash;  ///< BLAKE2b-256, hexadecimal
    Instant created_at{};
    std::optional<Instant> expires_at;
    std::optional<Instant> revoked_at;
    std::optional<Instant> last_used_at;
    std::int64_t row_version = 1;
};

extern const store::Table<TokenRow> kToken;

[[nodiscard]] std::vector<const store::TableSpec*> token_tables();

}  // namespace tipoff::operate
