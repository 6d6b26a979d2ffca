#include "ledger/leadership.h"

namespace tipoff::ledger {
namespace {

/// The one lease that there is.
constexpr const char* kService = "service";

}  // namespace

Leadership::Leadership(store::Database& database, const Clock& clock, std::string who)
    : database_(database), clock_(clock), who_(std::move(who)) {}

Expected<bool> Leadership::look() {
    const Instant now = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(std::int64_t changed,
               transaction->execute(
                   "UPDATE ops.leader SET owner = $1, lease_until = $2, row_version = row_version "
                   "+ 1 WHERE role = $3 AND (owner = $1 OR lease_until < $4)",
                   {who_, now + kLeaderLease, std::string(kService), now}));
    if (changed == 0) {
        // The first process of all makes the row.
        TIPOFF_TRY(changed,
                   transaction->execute(
                       "INSERT INTO ops.leader (role, owner, lease_until, row_version) SELECT $1, "
                       "$2, $3, 1 WHERE NOT EXISTS (SELECT 1 FROM ops.leader WHERE role = $1)",
                       {std::string(kService), who_, now + kLeaderLease}));
    }
    const Status done = transaction->commit();
    if (done) return changed == 1;
    // Another was faster.
    if (done.error().code() == ErrorCode::kFenced) return false;
    return std::unexpected(done.error());
}

Expected<std::string> Leadership::leader() {
    TIPOFF_TRY(const auto rows, store::read_rows(database_, kLeader, "WHERE lease_until >= $1",
                                                 {clock_.wall_now()}));
    return rows.empty() ? std::string() : rows.front().owner;
}

Status Leadership::resign() {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(transaction->execute(
        "UPDATE ops.leader SET owner = '', lease_until = $1, row_version = row_version + 1 WHERE "
        "role = $2 AND owner = $3",
        {clock_.wall_now() - std::chrono::seconds{1}, std::string(kService), who_}));
    return transaction->commit();
}

}  // namespace tipoff::ledger
