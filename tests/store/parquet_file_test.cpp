// Rows of any database as a parquet file.

#include <gtest/gtest.h>

#include "store/duckdb/duckdb_database.h"
#include "store/parquet_file.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::store {
namespace {

using support::value_of;

struct Shot {
    std::int64_t event = 0;
    std::string zone;
    std::optional<double> feet;
    GameDate game_date;
    Instant at;
    bool made = false;
};

const Table<Shot> kShot{"test",
                        "shot",
                        "Shots.",
                        {
                            key<&Shot::event>("event", ""),
                            value<&Shot::zone>("zone", ""),
                            value<&Shot::feet>("feet", ""),
                            value<&Shot::game_date>("game_date", ""),
                            value<&Shot::at>("at", ""),
                            value<&Shot::made>("made", ""),
                        }};

/// `count` shots from the number `first` on; every third has no distance.
Columns shots(std::int64_t first, std::size_t count) {
    std::vector<Shot> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const auto event = first + static_cast<std::int64_t>(i);
        Shot& shot = rows.emplace_back();
        shot.event = event;
        shot.zone = "it's zone " + std::to_string(event % 5);
        if (event % 3 != 0) shot.feet = 0.5 * static_cast<double>(event);
        shot.game_date = value_of(parse_date("2023-03-01"));
        shot.at = value_of(parse_instant("2023-03-02T00:10:00Z"));
        shot.made = event % 2 == 0;
    }
    const Batch batch = kShot.batch(rows);
    return batch.slice(0, rows.size(), Batch::Part::kAll);
}

TEST(AParquetFile, HoldsThePagesInTheirOrder) {
    const support::TempFolder folder;
    const auto file = folder / "it's.parquet";
    {
        const auto writer = value_of(ParquetWriter::open(file));
        value_of(writer->add(shots(0, 5'000)));
        value_of(writer->add(shots(5'000, 1)));
        value_of(writer->add(shots(5'001, 2'500)));
        EXPECT_FALSE(std::filesystem::exists(file)) << "before it is finished";
        EXPECT_EQ(value_of(writer->finish()), 7'501);
    }
    const Columns back = value_of(read_parquet(file));
    ASSERT_EQ(back.names,
              (std::vector<std::string>{"event", "zone", "feet", "game_date", "at", "made"}));
    ASSERT_EQ(back.rows(), 7'501U);
    for (std::size_t i = 0; i < back.rows(); ++i) {
        ASSERT_EQ(back.data[0].text(i), std::to_string(i));
        ASSERT_EQ(back.data[1].text(i), "it's zone " + std::to_string(i % 5));
        ASSERT_EQ(back.data[2].is_null(i), i % 3 == 0);
    }
    EXPECT_EQ(back.data[2].text(1), "0.5");
    EXPECT_EQ(back.data[3].text(0), "2023-03-01");
    EXPECT_TRUE(back.data[4].text(0).starts_with("2023-03-02 00:10:00")) << back.data[4].text(0);
    EXPECT_EQ(back.data[5].text(1), "false");
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".spill"));
}

TEST(AParquetFile, OfNoRowsHasItsColumns) {
    const support::TempFolder folder;
    const auto file = folder / "empty.parquet";
    const auto writer = value_of(ParquetWriter::open(file));
    value_of(writer->add(shots(0, 0)));
    EXPECT_EQ(value_of(writer->finish()), 0);
    const Columns back = value_of(read_parquet(file));
    EXPECT_EQ(back.rows(), 0U);
    EXPECT_EQ(back.names.front(), "event");
}

TEST(AParquetFile, ThatCannotBeWrittenIsAnError) {
    const support::TempFolder folder;
    const auto writer = value_of(ParquetWriter::open(folder / "no/such/folder/x.parquet"));
    value_of(writer->add(shots(0, 3)));
    EXPECT_FALSE(writer->finish().has_value());
}

}  // namespace
}  // namespace tipoff::store
