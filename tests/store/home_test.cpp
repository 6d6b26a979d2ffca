#include "store/home.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <functional>
#include <map>

#include "operate/catalogue.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::store {
namespace {

using namespace std::chrono_literals;
using support::count_rows;
using support::execute;
using support::outcome_of;
using support::read_file;
using support::told;
using support::value_of;
using support::write_file;

const Instant kNow = value_of(parse_instant("2022-10-18T12:00:00Z"));

Expected<std::unique_ptr<Home>> open(const std::filesystem::path& folder,
                                     const HomeOptions& options = {}) {
    return open_home(folder, operate::catalogue(), options, ManualClock(kNow));
}

HomeOptions reading() {
    return {.access = Access::kReadOnly, .wait = {}, .command = {}, .engine = {}};
}

HomeOptions writing(std::string command, std::chrono::milliseconds wait = {}) {
    return {
        .access = Access::kReadWrite, .wait = wait, .command = std::move(command), .engine = {}};
}

/// A home whose database was closed in order.
class AHome : public testing::Test {
protected:
    /// The schema is made once; each test starts from a copy of the file.
    static void SetUpTestSuite() {
        const support::TempFolder folder;
        value_of(open(folder.path())).reset();
        database_bytes() = read_file(folder / "tipoff.duckdb");
    }

    static std::string& database_bytes() {
        static std::string bytes;
        return bytes;
    }

    void SetUp() override { write_file(file_, database_bytes()); }

    /// Changes the database behind the program's back.
    void change(std::string_view sql, const Values& values = {}) {
        execute(*support::open_with_tables(file_, {}), sql, values);
    }

    support::TempFolder folder_;
    std::filesystem::path file_ = folder_ / "tipoff.duckdb";
};

// --- in order ---

TEST(AFreshHome, IsMadeWithEveryTable) {
    const support::TempFolder folder;
    const auto home = value_of(open(folder / "a/b"));
    EXPECT_EQ(home->folder(), folder / "a/b");
    for (const TableSpec* table : operate::catalogue()) {
        if (table == &kMigration.spec()) continue;
        EXPECT_EQ(count_rows(home->database(), table->qualified_name()), 0)
            << table->qualified_name();
    }
    const auto applied = value_of(read_rows(home->database(), kMigration, "ORDER BY version"));
    ASSERT_EQ(applied.size(), migrations().size());
    for (std::size_t i = 0; i < applied.size(); ++i) {
        EXPECT_EQ(applied[i].version, migrations()[i].version);
        EXPECT_EQ(applied[i].name, migrations()[i].name);
        EXPECT_EQ(applied[i].applied_at, kNow);
    }
}

TEST(AFreshHome, HasTheKeysThatAreDeclared) {
    const support::TempFolder folder;
    const auto home = value_of(open(folder.path()));
    const auto found = value_of(home->database().read(
        "SELECT schema_name || '.' || table_name, array_to_string(constraint_column_names, ' ') "
        "FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' ORDER BY 1",
        {}));
    std::map<std::string, std::string> keys;
    for (std::size_t i = 0; i < found.rows(); ++i) {
        keys.emplace(found.data[0].text(i), found.data[1].text(i));
    }
    EXPECT_EQ(keys.size(), operate::catalogue().size());
    for (const TableSpec* table : operate::catalogue()) {
        std::string shared, others;
        for (const std::size_t k : table->key_columns()) {
            const ColumnSpec& column = table->columns[k];
            (column.is_shared_key ? shared : others) += " " + column.name;
        }
        const std::string declared = (shared + others).substr(1);
        EXPECT_EQ(keys[table->qualified_name()], declared) << table->qualified_name();
    }
}

TEST_F(AHome, OpensAgainWithWhatItHolds) {
    execute(value_of(open(folder_.path()))->database(),
            "UPDATE ops.migration SET applied_at = TIMESTAMPTZ '2001-01-01 00:00:00+00'");
    const auto home = value_of(open(folder_.path()));
    const auto applied = value_of(read_rows(home->database(), kMigration));
    ASSERT_EQ(applied.size(), migrations().size());
    EXPECT_EQ(to_string(applied[0].applied_at), "2001-01-01T00:00:00Z");
}

TEST_F(AHome, OpensForManyReadersAtOnce) {
    support::ChildProcess other([&](support::Channel& parent) {
        const auto home = value_of(open(folder_.path(), reading()));
        parent.tell("open");
        (void)parent.hear();
        return static_cast<int>(count_rows(home->database(), "ops.run"));
    });
    ASSERT_EQ(other.channel().hear(), "open");
    EXPECT_EQ(count_rows(value_of(open(folder_.path(), reading()))->database(), "ops.run"), 0);
    other.channel().tell("go on");
    EXPECT_EQ(other.wait().code, 0);
}

TEST(AFolderWithoutADatabase, IsNotFoundByAReaderWhoIsToldWhatToDo) {
    const support::TempFolder folder;
    const auto home = open(folder / "none", reading());
    EXPECT_EQ(outcome_of(home), "not found");
    EXPECT_NE(told(home).find((folder / "none").string()), std::string::npos) << told(home);
    EXPECT_NE(told(home).find("tipoff import"), std::string::npos) << told(home);
    EXPECT_FALSE(std::filesystem::exists(folder / "none"));
}

// --- damaged and foreign files: refused, and left as they are ---

class ADamagedHome : public AHome {
protected:
    void expect_refused_untouched() {
        const std::string before = read_file(file_);
        for (const auto& options : {writing("import"), reading()}) {
            const auto home = open(folder_.path(), options);
            EXPECT_EQ(outcome_of(home), "damaged") << told(home);
            EXPECT_NE(told(home).find("left as it is"), std::string::npos) << told(home);
        }
        EXPECT_EQ(read_file(file_) == before, true) << "the file was changed";
    }
};

TEST_F(ADamagedHome, CutShortAnywhereIsRefused) {
    const std::size_t whole = database_bytes().size();
    for (const std::size_t kept :
         {std::size_t{0}, std::size_t{1}, std::size_t{100}, std::size_t{4096}, std::size_t{5000},
          std::size_t{12288}, whole / 3, whole / 2, whole - 4096, whole - 1}) {
        SCOPED_TRACE(kept);
        write_file(file_, database_bytes().substr(0, kept));
        expect_refused_untouched();
    }
}

TEST_F(ADamagedHome, WithABrokenHeaderIsRefused) {
    for (const std::size_t at : {0U, 9U, 64U, 4096U + 10U}) {
        SCOPED_TRACE(at);
        std::string bytes = database_bytes();
        // Both copies of the second header: with one of them whole the file is whole.
        for (std::size_t i = 0; i < 100; ++i) {
            bytes[at + i] ^= 0x5a;
            if (at >= 4096) bytes[at + 4096 + i] ^= 0x5a;
        }
        write_file(file_, bytes);
        expect_refused_untouched();
    }
}

TEST_F(ADamagedHome, OfOtherBytesIsRefused) {
    std::string bytes(50'000, '\0');
    std::uint32_t state = 12345;
    for (char& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    write_file(file_, bytes);
    expect_refused_untouched();
}

TEST_F(ADamagedHome, OfAnotherProgramIsRefused) {
    std::string sqlite("SQLite format 3\0", 16);
    sqlite.resize(8192, '\1');
    for (const std::string& bytes :
         {sqlite, std::string("game_id,player_id\n1,2\n"), support::gzipped("text")}) {
        write_file(file_, bytes);
        expect_refused_untouched();
    }
}

TEST_F(ADamagedHome, ThatIsAFolderIsRefused) {
    std::filesystem::remove(file_);
    std::filesystem::create_directory(file_);
    EXPECT_EQ(outcome_of(open(folder_.path())), "damaged");
    EXPECT_TRUE(std::filesystem::is_directory(file_));
}

TEST_F(ADamagedHome, OfAnotherProgramsTablesIsRefused) {
    std::filesystem::remove(file_);
    {
        const auto other = support::open_with_tables(file_, {});
        execute(*other, "CREATE TABLE trades (id INTEGER)");
        execute(*other, "INSERT INTO trades VALUES (1)");
    }
    expect_refused_untouched();
    EXPECT_NE(told(open(folder_.path())).find("trades"), std::string::npos)
        << told(open(folder_.path()));
}

TEST_F(ADamagedHome, NeverGivesBackWrongRows) {
    change(
        "INSERT INTO ops.expectation SELECT lpad(CAST(22200000 + i AS VARCHAR), 10, '0'), i, "
        "'points', DATE '2022-10-18', "
        "'gap', md5(CAST(i AS VARCHAR)), sha256(CAST(i AS VARCHAR)), 'run' FROM range(5000) r(i)");
    const std::string whole = read_file(file_);
    constexpr std::size_t kBlockBytes = 262'144;
    int damage_found = 0;
    for (std::size_t at = 12'288 + kBlockBytes / 4; at + 16 < whole.size(); at += kBlockBytes) {
        SCOPED_TRACE(at);
        std::string bytes = whole;
        for (std::size_t i = 0; i < 16; ++i)
            bytes[at + i] ^= 0x5a;
        write_file(file_, bytes);
        auto home = open(folder_.path(), reading());
        std::string outcome = outcome_of(home);
        if (home) {
            const auto rows = (*home)->database().read(
                "SELECT count(*) FROM ops.expectation WHERE reason = md5(CAST(player_id AS "
                "VARCHAR)) AND "
                "detail = sha256(CAST(player_id AS VARCHAR))",
                {});
            outcome = outcome_of(rows);
            if (rows) {
                EXPECT_EQ(rows->data[0].integer(0), 5000);
            }
        }
        if (outcome == "ok") continue;  // a byte that nothing uses
        EXPECT_EQ(outcome, "damaged") << told(home);
        ++damage_found;
    }
    EXPECT_GT(damage_found, 0);
}

// --- schemas that do not fit ---

class AnotherSchema : public AHome {
protected:
    /// Refused in both ways of opening, with these words, and left as it is.
    void expect_refused(std::initializer_list<std::string_view> words) {
        const std::string before = read_file(file_);
        for (const auto& options : {writing("import"), reading()}) {
            const auto home = open(folder_.path(), options);
            EXPECT_EQ(outcome_of(home), "refused");
            for (const auto word : words)
                EXPECT_NE(told(home).find(word), std::string::npos) << told(home);
        }
        EXPECT_EQ(read_file(file_) == before, true) << "the file was changed";
    }
};

TEST_F(AnotherSchema, NewerThanTheProgramIsRefused) {
    change("INSERT INTO ops.migration VALUES (9001, 'of_next_year', now())");
    expect_refused({"9001", std::to_string(migrations().back().version), "newer tipoff"});
}

TEST_F(AnotherSchema, OlderThanTheProgramIsNotReadAsItIs) {
    std::filesystem::remove(file_);
    support::open_with_tables(file_, {}).reset();
    const auto home = open(folder_.path(), reading());
    EXPECT_EQ(outcome_of(home), "refused");
    EXPECT_NE(told(home).find("migrates it"), std::string::npos) << told(home);
    EXPECT_EQ(outcome_of(open(folder_.path())), "ok");
    EXPECT_EQ(outcome_of(open(folder_.path(), reading())), "ok");
}

TEST_F(AnotherSchema, WithAColumnTooManyNamesIt) {
    change("ALTER TABLE ops.expectation ADD COLUMN my_note VARCHAR");
    expect_refused({"ops.expectation", "my_note", "not known"});
}

TEST_F(AnotherSchema, WithAColumnTooFewNamesIt) {
    change("ALTER TABLE ops.expectation DROP COLUMN detail");
    expect_refused({"ops.expectation", "detail", "missing"});
}

TEST_F(AnotherSchema, WithAColumnOfAnotherNameNamesIt) {
    change("ALTER TABLE ops.expectation RENAME COLUMN detail TO details");
    expect_refused({"ops.expectation", "'detail ", "missing"});
}

TEST_F(AnotherSchema, WithAColumnOfAnotherTypeNamesIt) {
    change("ALTER TABLE ops.run ALTER COLUMN merges TYPE DOUBLE");
    expect_refused({"ops.run", "merges"});
}

TEST_F(AnotherSchema, WithAColumnThatMayBeNullNamesIt) {
    change("ALTER TABLE ops.expectation ALTER COLUMN detail DROP NOT NULL");
    expect_refused({"ops.expectation", "detail"});
}

TEST_F(AnotherSchema, WithATableTooFewNamesIt) {
    change("DROP TABLE ops.expectation");
    expect_refused({"ops.expectation", "the table is missing"});
}

TEST_F(AnotherSchema, WithATableTooManyNamesIt) {
    change("CREATE TABLE ops.mine (id INTEGER)");
    expect_refused({"ops.mine", "the table is not known"});
}

TEST_F(AnotherSchema, NamesEveryTableThatDiffers) {
    change("ALTER TABLE ops.expectation DROP COLUMN detail");
    change("ALTER TABLE ops.run DROP COLUMN detail");
    expect_refused({"ops.expectation", "ops.run"});
}

TEST_F(AnotherSchema, RefusedLetsGoOfTheHome) {
    change("CREATE TABLE ops.mine (id INTEGER)");
    EXPECT_EQ(outcome_of(open(folder_.path())), "refused");
    EXPECT_EQ(outcome_of(open(folder_.path())), "refused");
    change("DROP TABLE ops.mine");
    EXPECT_EQ(outcome_of(open(folder_.path())), "ok");
}

// --- one writer ---

/// Another process that has the home open for writing until it is told to let go.
class Writer {
public:
    explicit Writer(const std::filesystem::path& folder)
        : child_([folder](support::Channel& parent) {
              const auto home = value_of(open(folder, writing("backfill --from 2022-10-18")));
              parent.tell("open");
              (void)parent.hear();
              return 0;
          }) {
        EXPECT_EQ(child_.channel().hear(), "open");
    }

    void let_go() {
        child_.channel().tell("let go");
        EXPECT_EQ(child_.wait().code, 0);
    }

    [[nodiscard]] std::string name() const {
        return "process " + std::to_string(child_.pid()) + " (tipoff backfill --from 2022-10-18)";
    }

private:
    support::ChildProcess child_;
};

/// Elapsed time that goes on by `step` at each look; `at_look` is called at each, with its number.
class SteppingClock final : public Clock {
public:
    SteppingClock(std::chrono::microseconds step, std::function<void(int)> at_look)
        : step_(step), at_look_(std::move(at_look)) {}

    [[nodiscard]] Instant league_now() const override { return kNow; }
    [[nodiscard]] Instant wall_now() const override { return kNow; }
    [[nodiscard]] std::chrono::microseconds elapsed() const override {
        at_look_(++looks_);
        return looks_ * step_;
    }
    [[nodiscard]] int looks() const { return looks_; }

private:
    std::chrono::microseconds step_;
    std::function<void(int)> at_look_;
    mutable int looks_ = 0;
};

TEST_F(AHome, SecondWriterIsToldWhoWrites) {
    Writer writer(folder_.path());
    const auto home = open(folder_.path(), writing("import"));
    EXPECT_EQ(outcome_of(home), "busy");
    EXPECT_NE(told(home).find(writer.name()), std::string::npos) << told(home);
    EXPECT_NE(told(home).find("--wait"), std::string::npos) << told(home);
    writer.let_go();
    EXPECT_EQ(outcome_of(open(folder_.path(), writing("import"))), "ok");
}

TEST_F(AHome, ReaderBesideAWriterIsToldWhoWrites) {
    Writer writer(folder_.path());
    const auto home = open(folder_.path(), reading());
    EXPECT_EQ(outcome_of(home), "busy");
    EXPECT_NE(told(home).find(writer.name()), std::string::npos) << told(home);
    writer.let_go();
    EXPECT_EQ(outcome_of(open(folder_.path(), reading())), "ok");
}

TEST_F(AHome, SecondWriterThatWaitsGoesOnWhenTheFirstLetsGo) {
    Writer writer(folder_.path());
    // The first look sets the deadline, the second follows a try that failed.
    const SteppingClock clock(1us, [&](int look) {
        if (look == 2) writer.let_go();
    });
    const auto home =
        open_home(folder_.path(), operate::catalogue(), writing("import", 30s), clock);
    EXPECT_EQ(outcome_of(home), "ok") << told(home);
    EXPECT_EQ(clock.looks(), 2);
}

TEST_F(AHome, SecondWriterGivesUpAfterItsWait) {
    Writer writer(folder_.path());
    const SteppingClock clock(20s, [](int) {});
    const auto home =
        open_home(folder_.path(), operate::catalogue(), writing("import", 30s), clock);
    EXPECT_EQ(outcome_of(home), "busy");
    EXPECT_EQ(clock.looks(), 3);
    writer.let_go();
}

TEST_F(AHome, OpenForWritingLetsItsEngineAtNoFilesButOfTwoFolders) {
    write_file(folder_ / "outside.csv", "a\n1\n");
    std::filesystem::create_directories(folder_ / "archive");
    write_file(folder_ / "archive/inside.csv", "a\n1\n");
    const auto left_behind = exchange_folder(folder_.path()) / "left behind";
    std::filesystem::create_directories(left_behind);
    const auto home = value_of(open(folder_.path()));
    EXPECT_FALSE(std::filesystem::exists(left_behind));
    const auto read = [&](const std::string& file) {
        return outcome_of(home->database().read(
            "SELECT * FROM read_csv('" + (folder_ / file).string() + "')", {}));
    };
    EXPECT_NE(read("outside.csv"), "ok");
    EXPECT_NE(read("archive/../outside.csv"), "ok");
    EXPECT_EQ(read("archive/inside.csv"), "ok");
    for (const char* sql : {"SET enable_external_access = true", "SET threads = 1",
                            "ATTACH ':memory:' AS other (TYPE sqlite)", "INSTALL httpfs"})
        EXPECT_NE(outcome_of(home->database().read(sql, {})), "ok") << sql;
    execute(home->database(), "INSERT INTO ops.migration VALUES (99, 'x', now())");
    execute(home->database(), "DELETE FROM ops.migration WHERE version = 99");
}

TEST_F(AHome, SaysWhoHoldsItsLock) {
    EXPECT_EQ(lock_holder(folder_.path()), "");
    auto home = value_of(open(folder_.path(), writing("import data/")));
    EXPECT_TRUE(home->holds_lock());
    EXPECT_TRUE(lock_holder(folder_.path()).ends_with("(tipoff import data/)"));
    home.reset();
    EXPECT_EQ(lock_holder(folder_.path()), "");
    EXPECT_FALSE(value_of(open(folder_.path(), reading()))->holds_lock());
}

TEST_F(AHome, HeldByAnotherProgramIsBusy) {
    support::ChildProcess other([this](support::Channel& parent) {
        const auto database = support::open_with_tables(file_, {});
        parent.tell("open");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(other.channel().hear(), "open");
    for (const auto& options : {writing("import"), reading()}) {
        const auto home = open(folder_.path(), options);
        EXPECT_EQ(outcome_of(home), "busy");
        EXPECT_NE(told(home).find("another process"), std::string::npos) << told(home);
    }
    EXPECT_EQ(other.kill().signal, SIGKILL);
    EXPECT_EQ(outcome_of(open(folder_.path())), "ok");
}

}  // namespace
}  // namespace tipoff::store
