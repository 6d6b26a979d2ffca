/// What the program tells of its own tables.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "operate/catalogue.h"
#include "program.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;

TEST(Schema, ListsEveryTable) {
    const Outcome outcome = run_tipoff({"schema", "--format", "json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const json tables = json::parse(outcome.out)["tables"];
    ASSERT_EQ(tables.size(), operate::catalogue().size());
    for (const auto& table : tables) {
        EXPECT_FALSE(table["key"].get<std::string>().empty()) << table;
        EXPECT_FALSE(table["meaning"].get<std::string>().empty()) << table;
    }
}

TEST(Schema, ShowsATableByItsFullAndItsShortName) {
    const Outcome outcome = run_tipoff({"schema", "ops.run"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("fencing_token"), std::string::npos);
    EXPECT_EQ(run_tipoff({"schema", "run"}).out, outcome.out);
}

TEST(Schema, AnUnknownTableIsWrongUsage) {
    EXPECT_EQ(run_tipoff({"schema", "ops.nothing"}).code, 2);
}

TEST(Schema, PagesNameEveryTableAndFeature) {
    const std::string sql = run_tipoff({"schema", "--sql"}).out;
    const std::string page = run_tipoff({"schema", "--tables"}).out;
    for (const store::TableSpec* table : operate::catalogue()) {
        EXPECT_NE(sql.find("CREATE TABLE " + table->qualified_name()), std::string::npos)
            << table->qualified_name();
        EXPECT_NE(page.find("### " + table->qualified_name() + "\n"), std::string::npos)
            << table->qualified_name();
    }
    EXPECT_NE(run_tipoff({"schema", "--features"}).out.find("rest"), std::string::npos);
    EXPECT_EQ(run_tipoff({"schema", "--sql", "--features"}).code, 2);
}

}  // namespace
}  // namespace tipoff::cli_test
