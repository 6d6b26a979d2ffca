// What is written down beside the code says the same as the code.
#include "operate/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <vector>

#include "features/feature_list.h"
#include "ledger/ops_tables.h"
#include "operate/data_dictionary.h"
#include "operate/watched_tables.h"
#include "store/duckdb/duckdb_database.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;

const std::filesystem::path kRoot = TIPOFF_SOURCE_DIR;

/// The statements of a script.
std::vector<std::string> statements_in_order(std::string_view sql) {
    std::vector<std::string> statements;
    for (auto end = sql.find(";\n"); end != std::string_view::npos; end = sql.find(";\n")) {
        std::string_view statement = sql.substr(0, end);
        statement.remove_prefix(std::min(statement.find_first_not_of('\n'), statement.size()));
        statements.emplace_back(statement);
        sql.remove_prefix(end + 2);
    }
    return statements;
}

std::set<std::string> statements_of(std::string_view sql) {
    const auto statements = statements_in_order(sql);
    return {statements.begin(), statements.end()};
}

/// The table of a statement that begins so; nothing for another.
std::optional<std::string> table_after(std::string_view beginning, std::string_view statement) {
    if (!statement.starts_with(beginning)) return std::nullopt;
    statement.remove_prefix(beginning.size());
    return std::string(statement.substr(0, statement.find_first_of(" (")));
}

TEST(Catalogue, TheMigrationsTogetherAreTheDeclaredSchema) {
    // Made by `tipoff schema --sql`. A migration changes a table that has been released by making
    // it anew; the statements that carry its rows over are the next test's.
    std::set<std::string> migrated;
    for (const store::Migration& migration : store::migrations()) {
        for (const std::string& statement : statements_in_order(migration.sql)) {
            if (const auto dropped = table_after("DROP TABLE ", statement)) {
                std::erase_if(migrated, [&](const std::string& made) {
                    return table_after("CREATE TABLE ", made) == dropped;
                });
            } else if (statement.starts_with("CREATE SCHEMA ") ||
                       statement.starts_with("CREATE TABLE ")) {
                EXPECT_TRUE(migrated.insert(statement).second) << statement;
            }
        }
    }
    EXPECT_EQ(migrated, statements_of(store::schema_sql(catalogue())));
}

TEST(Catalogue, RunsOfTheFirstSchemaAreThereAfterTheMigrations) {
    const support::TempFolder folder;
    const ManualClock clock(value_of(parse_instant("2025-12-01T17:00:00Z")));
    {
        const auto database = value_of(store::open_duckdb(folder / "tipoff.duckdb", {}));
        const auto transaction = value_of(database->begin());
        for (const store::Migration& migration : store::migrations().first(2)) {
            for (const std::string& statement : statements_in_order(migration.sql))
                value_of(transaction->execute(statement, {}));
            value_of(transaction->execute(
                "INSERT INTO ops.migration (version, name, applied_at) VALUES ($1, $2, $3)",
                {std::int64_t{migration.version}, std::string(migration.name), clock.wall_now()}));
        }
        value_of(transaction->execute(
            "INSERT INTO ops.run (run_id, step, scope, state, attempt, fencing_token, "
            "row_version, owner, started_at, finished_at, heartbeat_at, lease_until, rows, "
            "merges, input_hash, reason, detail) VALUES ('251201-00007', 'import', 'box.csv', "
            "'succeeded', 2, 7, 3, 'host:1', $1, $1, $1, $1, 412, 1, 'hash', 'WHY', 'in full')",
            {clock.wall_now()}));
        value_of(transaction->commit());
    }
    const auto home = value_of(store::open_home(folder.path(), catalogue(), {}, clock));
    const auto runs = value_of(store::read_rows(home->database(), ledger::kRun));
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].run_id, "251201-00007");
    EXPECT_EQ(runs[0].state, "succeeded");
    EXPECT_EQ(runs[0].logical_time, clock.wall_now());
    EXPECT_EQ(runs[0].revision, 1);
    EXPECT_EQ(runs[0].attempt, 2);
    EXPECT_EQ(runs[0].rows, 412);
    EXPECT_EQ(runs[0].finished_at, clock.wall_now());
    EXPECT_EQ(runs[0].detail, "in full");
}

TEST(Catalogue, TheFeaturePageIsMadeFromTheDeclarations) {
    EXPECT_EQ(support::read_file(kRoot / "docs/features.md"), features::feature_page())
        << "make it again: tipoff schema --features > docs/features.md";
}

TEST(Catalogue, TheDataDictionaryIsMadeFromTheDeclarations) {
    EXPECT_EQ(support::read_file(kRoot / "docs/data-dictionary.md"), table_page())
        << "make it again: tipoff schema --tables > docs/data-dictionary.md";
}

TEST(Catalogue, TheStepThatIsSaidToWriteATableIsTheOneThatIsWatched) {
    for (const WatchedTable& watched : watched_tables())
        EXPECT_TRUE(writers_of(*watched.table).contains(watched.step))
            << watched.table->qualified_name();
}

TEST(Catalogue, EveryTableHasAKeyAndEveryColumnADocstring) {
    std::set<std::string> names;
    for (const store::TableSpec* table : catalogue()) {
        EXPECT_TRUE(names.insert(table->qualified_name()).second) << table->qualified_name();
        EXPECT_FALSE(table->key_columns().empty()) << table->qualified_name();
        EXPECT_FALSE(table->doc.empty()) << table->qualified_name();
        for (const auto& column : table->columns) {
            EXPECT_FALSE(column.doc.empty()) << table->qualified_name() << "." << column.name;
            if (column.is_key) {
                EXPECT_FALSE(column.nullable) << table->qualified_name() << "." << column.name;
            }
        }
    }
}

TEST(Catalogue, DerivedTablesAreScopedByGameDate) {
    // A batch replaces the rows of its dates, so each derived table has them.
    for (const store::TableSpec* table : derived_tables()) {
        EXPECT_TRUE(std::ranges::any_of(table->columns, [](const auto& column) {
            return column.name == "game_date";
        })) << table->qualified_name();
    }
}

}  // namespace
}  // namespace tipoff::operate
