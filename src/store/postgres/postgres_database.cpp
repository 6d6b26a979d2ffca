#include "store/postgres/postgres_database.h"

#include <fmt/core.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "store/batch_keys.h"
#include "store/connection_pool.h"
#include "store/postgres/postgres_connection.h"
#include "store/postgres/postgres_handles.h"
#include "store/postgres/postgres_merge.h"
#include "store/scope_difference.h"

namespace tipoff::store {
namespace {

using Pool = ConnectionPool<PostgresConnection>;

/// A server has a hundred by default, for all processes together.
constexpr Pool::Limits kReaders{.most_lent = 8, .most_kept = 4};

/// A caller may hold any number of transactions, so that waiting could be for ever.
constexpr Pool::Limits kWriters{.most_lent = std::numeric_limits<std::size_t>::max(),
                                .most_kept = 4};

/// Stages of more rows are looked at by the planner, which else takes them for small.
constexpr std::size_t kLargeStage = 1'000;

/// The second statement takes the snapshot: DuckDB's is of the beginning as well.
constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1";

class PostgresTransaction final : public Transaction {
public:
    explicit PostgresTransaction(Pool::Loan connection) : connection_(std::move(connection)) {}

    ~PostgresTransaction() override {
        if (!is_over_ && !connection_->command("ROLLBACK")) connection_.discard();
    }

    Expected<MergeCount> merge(const Batch& batch, std::optional<MergeScope> scope) override {
        ++merges_;
        auto merged = merge_batch(batch, scope);
        if (!merged)
            return std::unexpected(merged.error().with_context(batch.table->qualified_name()));
        return merged;
    }

    Status append(const Batch& batch) override {
        (void)BatchKeys(batch);
        const Status appended = noted(connection_->copy_into(batch.table->qualified_name(), batch));
        if (!appended)
            return std::unexpected(appended.error().with_context(batch.table->qualified_name()));
        return {};
    }

    Expected<std::int64_t> execute(std::string_view sql, const Values& values) override {
        std::int64_t changed = 0;
        TIPOFF_CHECK(noted(connection_->run(sql, values, &changed)));
        return changed;
    }

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        return noted(connection_->run(sql, values));
    }

    Status commit() override {
        if (failure_) return std::unexpected(failure_->with_context("nothing was written"));
        is_over_ = true;
        auto tag = connection_->command("COMMIT");
        if (tag && *tag == "COMMIT") return {};
        connection_.discard();
        if (!tag) return std::unexpected(tag.error());
        return fail(ErrorCode::kInternal, "PostgreSQL rolled back in place of committing");
    }

    [[nodiscard]] int merges() const override { return merges_; }

private:
    template <class T>
    Expected<T> noted(Expected<T> result) {
        if (!result && !failure_) failure_ = result.error();
        return result;
    }

    Expected<std::int64_t> run_once(std::string_view sql, const Values& values = {}) {
        std::int64_t changed = 0;
        TIPOFF_CHECK(noted(connection_->run_once(sql, values, &changed)));
        return changed;
    }

    Expected<MergeCount> merge_batch(const Batch& batch, const std::optional<MergeScope>& scope) {
        MergeParts parts(*batch.table, scope);
        MergeCount count{
            .staged = static_cast<std::int64_t>(batch.rows), .changed = 0, .deleted = 0};
        TIPOFF_TRY(const bool any_present, is_any_present(parts, BatchKeys(batch)));
        if (!any_present) {
            // Nothing to compare with: the rows go straight into the table.
            if (scope) {
                TIPOFF_TRY(count.deleted, run_once(parts.delete_scope(), parts.scope_values));
            }
            TIPOFF_CHECK(noted(connection_->copy_into(parts.target, batch)));
            count.changed = count.staged;
            return count;
        }
        ScopeDifference found{.is_none = false, .any_missing = false};
        if (scope) {
            TIPOFF_TRY(found, compare_scope(*this, batch, parts));
            if (found.is_none) return count;
        }
        const PostgresMergeSql sql(parts);
        TIPOFF_CHECK(run_once(sql.create_stage));
        TIPOFF_CHECK(noted(connection_->copy_into(kPostgresStage, batch)));
        if (batch.rows > kLargeStage)
            TIPOFF_CHECK(run_once(fmt::format("ANALYZE {}", kPostgresStage)));
        if (found.any_missing) {
            TIPOFF_TRY(count.deleted, run_once(sql.delete_missing, parts.scope_values));
        }
        if (!sql.update_changed.empty()) {
            TIPOFF_TRY(count.changed, run_once(sql.update_changed));
        }
        TIPOFF_TRY(const std::int64_t inserted, run_once(sql.insert_missing));
        count.changed += inserted;
        TIPOFF_CHECK(run_once(fmt::format("DROP TABLE {}", kPostgresStage)));
        return count;
    }

    /// Whether the table may hold a key of the batch: whether it has one of its leading values at
    /// its instants.
    Expected<bool> is_any_present(const MergeParts& parts, const BatchKeys& keys) {
        const Columns& leading_values = keys.leading_values();
        if (leading_values.rows() == 0) return false;
        if (auto few = few_values(leading_values.data[0])) {
            const std::string sql = parts.any_bound_present(few->size(), keys.instants());
            bind_instants(keys.instants(), *few);
            TIPOFF_TRY(const Columns present, read(sql, *few));
            return present.rows() > 0;
        }
        const TableSpec stage{
            .schema = {},
            .name = {},
            .doc = {},
            .columns = {{.name = leading_values.names[0], .type = leading_values.data[0].type()}}};
        // The type and the collation are the table's own, so that values compare as they do in it.
        TIPOFF_CHECK(run_once(fmt::format("CREATE TEMP TABLE {} AS SELECT {} FROM {} WITH NO DATA",
                                          kPostgresLeadingStage, parts.leading, parts.target)));
        TIPOFF_CHECK(
            noted(connection_->copy_into(kPostgresLeadingStage, batch_of(stage, leading_values))));
        TIPOFF_CHECK(run_once(fmt::format("ANALYZE {}", kPostgresLeadingStage)));
        Values instants;
        bind_instants(keys.instants(), instants);
        TIPOFF_TRY(
            const Columns present,
            noted(connection_->run_once(
                parts.any_staged_present(kPostgresLeadingStage, keys.instants()), instants)));
        TIPOFF_CHECK(run_once(fmt::format("DROP TABLE {}", kPostgresLeadingStage)));
        return present.rows() > 0;
    }

    Pool::Loan connection_;
    std::optional<Error> failure_;
    bool is_over_ = false;
    int merges_ = 0;
};

class Postgres final : public Database {
public:
    Postgres(std::string url, const PostgresOptions& options, std::string version)
        : version_(std::move(version)),
          readers_(std::make_shared<Pool>(opener(url, options), kReaders)),
          writers_(std::make_shared<Pool>(opener(url, options), kWriters)) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        return on_open_connection(*readers_, [&](Pool::Loan connection) -> Expected<Columns> {
            auto rows = connection->run(sql, values);
            if (!connection->is_open()) connection.discard();
            return rows;
        });
    }

    Expected<std::unique_ptr<Transaction>> begin() override {
        return on_open_connection(
            *writers_, [](Pool::Loan connection) -> Expected<std::unique_ptr<Transaction>> {
                const auto begun = connection->command(kBegin);
                if (begun) return std::make_unique<PostgresTransaction>(std::move(connection));
                connection.discard();
                return std::unexpected(begun.error());
            });
    }

    [[nodiscard]] std::string engine() const override { return "PostgreSQL " + version_; }

private:
    static Pool::Opener opener(const std::string& url, const PostgresOptions& options) {
        return [url, options] { return PostgresConnection::open(url, options); };
    }

    /// A server that was started again has closed what was kept: one connection after the other is
    /// found so, and a new one is made.
    template <class Use>
    static auto on_open_connection(Pool& pool, Use use)
        -> decltype(use(std::declval<Pool::Loan>())) {
        for (std::size_t kept = kReaders.most_kept;; --kept) {
            TIPOFF_TRY(auto connection, pool.borrow());
            auto used = use(std::move(connection));
            const bool is_away = !used && used.error().code() == ErrorCode::kIo;
            if (!is_away || kept == 0) return used;
        }
    }

    std::string version_;
    std::shared_ptr<Pool> readers_;  ///< two, so that each keeps the statements it uses
    std::shared_ptr<Pool> writers_;
};

}  // namespace

bool is_postgres_url(std::string_view url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

Status check_postgres_url(const std::string& url) {
    char* message = nullptr;
    const PgOptionsHandle options(PQconninfoParse(url.c_str(), &message));
    if (!options || !is_postgres_url(url)) {
        PQfreemem(message);  // it repeats the URL
        return fail(ErrorCode::kUsage, "the URL of the database cannot be read",
                    "postgresql://USER@HOST:PORT/NAME");
    }
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (std::string_view(option->keyword) != "password" || option->val == nullptr) continue;
        return fail(ErrorCode::kUsage, "the URL of the database has a password in it",
                    "put it into PGPASSWORD or a password file (~/.pgpass): everybody can see a "
                    "command line");
    }
    return {};
}

Expected<std::unique_ptr<Database>> open_postgres(const std::string& url,
                                                  const PostgresOptions& options) {
    TIPOFF_TRY(const auto connection, PostgresConnection::open(url, options));
    return std::make_unique<Postgres>(url, options, connection->server_version());
}

}  // namespace tipoff::store
