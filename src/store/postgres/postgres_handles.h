#pragma once
/// Owners for libpq's handles. Private to this folder.

#include <postgresql/libpq-fe.h>

#include <memory>

namespace tipoff::store {

struct FinishConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

using PgConnectionHandle = std::unique_ptr<PGconn, FinishConnection>;
using PgResultHandle = std::unique_ptr<PGresult, ClearResult>;
using PgOptionsHandle = std::unique_ptr<PQconninfoOption, FreeOptions>;

}  // namespace tipoff::store
