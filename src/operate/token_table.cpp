#include "operate/token_table.h"

namespace tipoff::operate {

using store::bookkeeping;
using store::key;
using store::value;

const store::Table<TokenRow> kToken{
    "ops",
    "token",
    "Tokens of the API: who may read and who may operate.",
    {
        key<&TokenRow::token_id>("token_id", "Names the token; a part of it that is no secret."),
        value<&TokenRow::name>("name", "Who or what it was made for; may be empty."),
        value<&TokenRow::scope>("scope", "read, or operate, which includes read."),
        value<&TokenRow::secret_hash>("secret_hash",
                                      "BLAKE2b-256 of the secret part, in hexadecimal."),
        bookkeeping<&TokenRow::created_at>("created_at", "The machine's clock, as of all below."),
        bookkeeping<&TokenRow::expires_at>("expires_at", "Not good from then on; NULL: never."),
        bookkeeping<&TokenRow::revoked_at>("revoked_at", "When it was revoked; NULL: it was not."),
        bookkeeping<&TokenRow::last_used_at>("last_used_at",
                                             "Some minute of its last use; NULL: never used."),
        bookkeeping<&TokenRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

std::vector<const store::TableSpec*> token_tables() { return {&kToken.spec()}; }

}  // namespace tipoff::operate
