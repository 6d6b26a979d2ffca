/// A reader of one's own: one state, nothing but reading, and stopped when it is told.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/test_tables.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::store {
namespace {

using support::execute;
using support::outcome_of;
using support::told;
using support::value_of;

class AReader : public testing::Test {
protected:
    AReader() {
        execute(*database_, "CREATE TABLE game (id INTEGER)");
        execute(*database_, "INSERT INTO game SELECT i FROM range(2000) r(i)");
    }

    static std::int64_t games(Reader& reader) {
        return value_of(reader.read("SELECT count(*) FROM game", {})).data[0].integer(0);
    }

    support::TempFolder folder_;
    std::unique_ptr<Database> database_ = value_of(open_duckdb(folder_ / "some.duckdb", {}));
};

const std::string kHours =
    "SELECT count(*) FROM game a, game b, game c, game d WHERE hash(a.id, b.id, c.id, d.id) = 1";

TEST_F(AReader, SeesOneStateWhateverIsWrittenMeanwhile) {
    const auto reader = value_of(database_->reader());
    EXPECT_EQ(games(*reader), 2000);
    execute(*database_, "INSERT INTO game VALUES (-1)");
    EXPECT_EQ(games(*reader), 2000);
    EXPECT_EQ(games(*value_of(database_->reader())), 2001);
}

TEST_F(AReader, IsOfTheMomentAtWhichItWasAskedFor) {
    const auto reader = value_of(database_->reader());
    execute(*database_, "INSERT INTO game VALUES (-1)");
    EXPECT_EQ(games(*reader), 2000);
}

TEST_F(AReader, CannotWrite) {
    const auto reader = value_of(database_->reader());
    for (const char* sql : {"INSERT INTO game VALUES (-1)", "DELETE FROM game", "DROP TABLE game",
                            "CREATE TABLE other (a INTEGER)", "FORCE CHECKPOINT"}) {
        EXPECT_NE(outcome_of(reader->read(sql, {})), "ok") << sql;
        EXPECT_EQ(games(*reader), 2000) << "a failure is over with itself: " << sql;
    }
}

TEST_F(AReader, KeepsTheKeysOfRowsThatAreDeletedMeanwhileFromBeingMergedAgain) {
    support::make_tables(*database_, {&kScore.spec()});
    const std::vector<Score> rows(1);
    support::merge_rows(*database_, kScore, rows);
    const auto merge = [&] {
        const auto transaction = value_of(database_->begin());
        const auto merged = transaction->merge(kScore.batch(rows), std::nullopt);
        return merged ? outcome_of(transaction->commit()) : outcome_of(merged);
    };
    auto reader = value_of(database_->reader());
    execute(*database_, "DELETE FROM " + kScore.spec().qualified_name());
    EXPECT_EQ(merge(), "busy");
    reader.reset();
    EXPECT_EQ(merge(), "ok");
}

TEST_F(AReader, ThatIsStoppedReadsNoMore) {
    const auto reader = value_of(database_->reader());
    reader->stop();
    EXPECT_EQ(outcome_of(reader->read("SELECT 1", {})), "refused");
    EXPECT_EQ(games(*value_of(database_->reader())), 2000) << "others go on";
}

TEST_F(AReader, IsStoppedInTheMiddle) {
    const auto reader = value_of(database_->reader());
    std::atomic<bool> is_over{false};
    std::jthread other([&] {
        // Until it is heard: it may come before the reading begins.
        while (!is_over)
            reader->stop();
    });
    const auto columns = reader->read(kHours, {});
    is_over = true;
    EXPECT_EQ(outcome_of(columns), "refused") << told(columns);
}

TEST_F(AReader, HoldsUpNobodyElse) {
    const auto reader = value_of(database_->reader());
    std::jthread slow([&] { EXPECT_EQ(outcome_of(reader->read(kHours, {})), "refused"); });
    EXPECT_EQ(value_of(database_->read("SELECT count(*) FROM game", {})).data[0].integer(0), 2000);
    execute(*database_, "INSERT INTO game VALUES (-1)");
    std::atomic<bool> is_over{false};
    std::jthread stopping([&] {
        while (!is_over)
            reader->stop();
    });
    slow.join();
    is_over = true;
}

/// An engine with nothing but what every engine has.
class PlainDatabase final : public Database {
public:
    explicit PlainDatabase(Database& database) : database_(database) {}
    Expected<Columns> read(std::string_view sql, const Values& values) override {
        return database_.read(sql, values);
    }
    Expected<std::unique_ptr<Transaction>> begin() override { return database_.begin(); }
    [[nodiscard]] std::string engine() const override { return database_.engine(); }

private:
    Database& database_;
};

TEST_F(AReader, OfAPlainEngineReadsAsItDoesUntilItIsStopped) {
    PlainDatabase plain(*database_);
    const auto reader = value_of(plain.reader());
    EXPECT_EQ(games(*reader), 2000);
    reader->stop();
    EXPECT_EQ(outcome_of(reader->read("SELECT 1", {})), "refused");
}

}  // namespace
}  // namespace tipoff::store
