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

TEST(Catalogue, TheFirstMigrationIsTheDeclaredSchema) {
    // Made by `tipoff schema --sql`; a later change of the schema is a further migration, and this
    // test then applies them all.
    ASSERT_EQ(store::migrations().size(), 1U);
    EXPECT_EQ(std::string(store::migrations().front().sql), store::schema_sql(catalogue()));
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
