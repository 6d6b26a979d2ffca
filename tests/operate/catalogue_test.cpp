// What is written down beside the code says the same as the code.
#include "operate/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "features/feature_list.h"
#include "store/home.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

const std::filesystem::path kRoot = TIPOFF_SOURCE_DIR;

/// The statements of a script.
std::set<std::string> statements_of(std::string_view sql) {
    std::set<std::string> statements;
    for (auto end = sql.find(";\n"); end != std::string_view::npos; end = sql.find(";\n")) {
        std::string_view statement = sql.substr(0, end);
        statement.remove_prefix(std::min(statement.find_first_not_of('\n'), statement.size()));
        statements.emplace(statement);
        sql.remove_prefix(end + 2);
    }
    return statements;
}

TEST(Catalogue, TheMigrationsTogetherAreTheDeclaredSchema) {
    // Made by `tipoff schema --sql`. A table that changes once it has been released needs a
    // migration that changes it; this test then has to apply them.
    std::set<std::string> migrated;
    for (const store::Migration& migration : store::migrations()) {
        for (const std::string& statement : statements_of(migration.sql))
            EXPECT_TRUE(migrated.insert(statement).second) << statement;
    }
    EXPECT_EQ(migrated, statements_of(store::schema_sql(catalogue())));
}

TEST(Catalogue, TheFeaturePageIsMadeFromTheDeclarations) {
    EXPECT_EQ(support::read_file(kRoot / "docs/features.md"), features::feature_page())
        << "make it again: tipoff schema --features > docs/features.md";
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
