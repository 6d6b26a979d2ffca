// What is PostgreSQL's own: how it is reached, what it refuses, that it may go and come back.

#include "store/postgres/postgres_database.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <thread>
#include <vector>

#include "operate/catalogue.h"

#include "store/dialect.h"
#include "store/home.h"
#include "support/database.h"
#include "support/files.h"
#include "support/postgres_server.h"

namespace tipoff::store {
namespace {

using support::execute;
using support::outcome_of;
using support::told;
using support::value_of;

const Instant kNow = value_of(parse_instant("2022-10-18T12:00:00Z"));

struct Word {
    std::string word;
    std::int64_t place = 0;
};

const Table<Word> kWords{
    "raw", "word", "", {key<&Word::word>("word", ""), value<&Word::place>("place", "")}};

class OnAServer : public testing::Test {
protected:
    void SetUp() override {
        auto* const server = support::PostgresServer::shared();
        if (server == nullptr)
            GTEST_SKIP() << "PostgreSQL is not installed: script/bootstrap installs it";
        url_ = server->new_database();
        database_ = value_of(open_postgres(url_, {}));
    }

    std::string url_;
    std::unique_ptr<Database> database_;
};

TEST_F(OnAServer, TextIsOrderedByItsBytesWhateverTheServerSpeaks) {
    support::make_tables(*database_, {&kWords.spec()});
    support::merge_rows<Word>(*database_, kWords,
                              {{"b", 1}, {"A", 2}, {"a", 3}, {"Z", 4}, {"\u00c4", 5}});
    std::string order;
    for (const Word& word : value_of(read_rows(*database_, kWords, "ORDER BY word")))
        order += word.word;
    EXPECT_EQ(order, "AZab\u00c4");
    EXPECT_EQ(value_of(database_->read("SELECT max(word) FROM raw.word WHERE word < $1",
                                       {std::string("b")}))
                  .data[0]
                  .text(0),
              "a");
}

TEST_F(OnAServer, TextWithAZeroByteIsRefused) {
    support::make_tables(*database_, {&kWords.spec()});
    const std::string text("a\0b", 3);
    EXPECT_EQ(outcome_of(database_->read("SELECT $1", {text})), "invalid input");
    const auto transaction = value_of(database_->begin());
    EXPECT_EQ(
        outcome_of(transaction->merge(kWords.batch(std::vector<Word>{{text, 1}}), std::nullopt)),
        "invalid input");
}

TEST_F(OnAServer, ConnectionsThatTheServerClosedAreMadeAnew) {
    EXPECT_EQ(value_of(database_->read("SELECT 1", {})).rows(), 1U);
    value_of(value_of(database_->begin())->commit());
    const auto other = value_of(open_postgres(url_, {}));
    value_of(
        other->read("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE "
                    "datname = current_database() AND pid <> pg_backend_pid()",
                    {}));
    EXPECT_EQ(outcome_of(database_->read("SELECT 1", {})), "ok");
    EXPECT_EQ(outcome_of(database_->begin()), "ok");
}

TEST_F(OnAServer, ATransactionWhoseServerWentIsNotCommitted) {
    support::make_tables(*database_, {&kWords.spec()});
    auto transaction = value_of(database_->begin());
    value_of(transaction->append(kWords.batch(std::vector<Word>{{"lost", 1}})));
    const auto other = value_of(open_postgres(url_, {}));
    value_of(
        other->read("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE "
                    "datname = current_database() AND pid <> pg_backend_pid()",
                    {}));
    EXPECT_EQ(outcome_of(transaction->commit()), "input/output");
    transaction.reset();
    EXPECT_EQ(support::count_rows(*database_, "raw.word"), 0);
}

TEST_F(OnAServer, AReaderChangesNothing) {
    const auto reader = value_of(open_postgres(url_, {.is_read_only = true}));
    const auto transaction = value_of(reader->begin());
    EXPECT_NE(outcome_of(transaction->execute("CREATE SCHEMA raw", {})), "ok");
}

TEST_F(OnAServer, TwoWhoAddOneKeyAreToldApart) {
    support::make_tables(*database_, {&kWords.spec()});
    const auto early = value_of(database_->begin());
    const auto late = value_of(database_->begin());
    value_of(early->append(kWords.batch(std::vector<Word>{{"one", 1}})));
    value_of(early->commit());
    EXPECT_EQ(outcome_of(late->append(kWords.batch(std::vector<Word>{{"one", 2}}))), "fenced");
    EXPECT_EQ(outcome_of(late->commit()), "fenced");
}

TEST_F(OnAServer, ADatabaseThatIsNotThereIsNotFound) {
    EXPECT_EQ(outcome_of(open_postgres(url_ + "_of_nobody", {})), "not found");
}

// --- a home on a server ---

class AHomeOnAServer : public OnAServer {
protected:
    Expected<std::unique_ptr<Home>> open(Access access = Access::kReadWrite,
                                         const char* folder = "home") {
        std::filesystem::create_directories(folder_ / folder);
        return open_home(folder_ / folder, operate::catalogue(),
                         {.access = access, .database_url = url_}, ManualClock(kNow));
    }

    support::TempFolder folder_;
};

TEST_F(AHomeOnAServer, HasTheTablesOfTheProgramAndNoFile) {
    EXPECT_EQ(outcome_of(open(Access::kReadOnly)), "not found");
    value_of(open()).reset();
    EXPECT_FALSE(std::filesystem::exists(folder_ / "home" / "tipoff.duckdb"));
    EXPECT_EQ(outcome_of(open(Access::kReadOnly)), "ok");
    EXPECT_EQ(outcome_of(open()), "ok");
    EXPECT_EQ(support::count_rows(*database_, "ops.migration"), std::ssize(migrations()));
}

TEST_F(AHomeOnAServer, IsSharedByFoldersAndLockedByEach) {
    const auto one = value_of(open());
    EXPECT_EQ(outcome_of(open()), "busy");
    EXPECT_EQ(outcome_of(open(Access::kReadWrite, "another")), "ok");
}

TEST_F(AHomeOnAServer, ThatDoesNotAgreeWithTheProgramIsRefused) {
    value_of(open()).reset();
    execute(*database_, "ALTER TABLE ops.expectation RENAME COLUMN detail TO details");
    const auto renamed = open();
    EXPECT_EQ(outcome_of(renamed), "refused");
    EXPECT_NE(told(renamed).find("ops.expectation: column 'detail VARCHAR NOT NULL' is missing"),
              std::string::npos)
        << told(renamed);
    execute(*database_, "ALTER TABLE ops.expectation RENAME COLUMN details TO detail");
    execute(*database_, "CREATE TABLE public.mine (id INTEGER)");
    EXPECT_EQ(outcome_of(open()), "ok") << "what is everybody's is not looked at";
    execute(*database_, "CREATE TABLE ops.mine (id INTEGER)");
    EXPECT_EQ(outcome_of(open()), "refused");
}

TEST_F(AHomeOnAServer, OfANewerProgramIsRefused) {
    value_of(open()).reset();
    execute(*database_,
            "INSERT INTO ops.migration (version, name, applied_at) VALUES (9999, 'newer', now())");
    EXPECT_EQ(outcome_of(open()), "refused");
}

TEST_F(AHomeOnAServer, IsMigratedOnceByManyWhoComeAtOnce) {
    std::vector<std::jthread> threads;
    std::array<std::string, 3> outcomes;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        threads.emplace_back([&, i] {
            outcomes[i] = outcome_of(open(Access::kReadWrite, std::to_string(i).c_str()));
        });
    threads.clear();
    for (const std::string& outcome : outcomes)
        EXPECT_EQ(outcome, "ok");
    EXPECT_EQ(support::count_rows(*database_, "ops.migration"), std::ssize(migrations()));
}

// --- without a server ---

TEST(PostgresUrl, WithAPasswordIsRefusedAndNotRepeated) {
    for (const char* url : {"postgresql://me:hunter22@localhost/nba",
                            "postgresql://me@localhost/nba?password=hunter22"}) {
        const auto opened = open_postgres(url, {});
        EXPECT_EQ(outcome_of(opened), "wrong usage") << url;
        EXPECT_EQ(told(opened).find("hunter22"), std::string::npos) << told(opened);
    }
}

TEST(PostgresUrl, ThatCannotBeReadIsRefusedAndNotRepeated) {
    for (const char* url :
         {"postgresql://me:hunter22@[", "mysql://me@localhost/nba", "host=localhost"}) {
        const auto opened = open_postgres(url, {});
        EXPECT_EQ(outcome_of(opened), "wrong usage") << url;
        EXPECT_EQ(told(opened).find("hunter22"), std::string::npos) << told(opened);
    }
}

TEST(PostgresUrl, WhereNobodyAnswersIsInputOutput) {
    const support::TempFolder folder;
    std::string host;
    for (const char c : folder.path().string())
        host += c == '/' ? std::string("%2F") : std::string(1, c);
    EXPECT_EQ(outcome_of(open_postgres("postgresql://me@" + host + "/nba", {})), "input/output");
}

TEST(Dialects, DifferInTheOrderOfText) {
    EXPECT_EQ(in_dialect("a TEXT NOT NULL, b TEXT, c_TEXT BIGINT", Dialect::kPostgres),
              "a TEXT COLLATE \"C\" NOT NULL, b TEXT COLLATE \"C\", c_TEXT BIGINT");
    EXPECT_EQ(in_dialect("a TEXT", Dialect::kDuckDb), "a TEXT");
}

}  // namespace
}  // namespace tipoff::store
