// When the database is asked whether it has changed, and that a change is seen.

#include "serve/data_version.h"

#include <gtest/gtest.h>

#include "ledger/ledger.h"
#include "operate/catalogue.h"
#include "serve/rate_limit.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::serve {
namespace {

using support::value_of;

class DataVersions : public ::testing::Test {
protected:
    void run_once() {
        const auto run = value_of(
            ledger_.start({.step = "test", .scope = "", .dates = std::nullopt, .input_hash = ""}));
        value_of(ledger_.finish(run, {}));
    }
    std::uint64_t version() { return value_of(versions_.current())->version; }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_ =
        support::open_with_tables(folder_ / "test.duckdb", operate::catalogue());
    ManualClock clock_{value_of(parse_instant("2026-01-20T17:00:00Z"))};
    ledger::Ledger ledger_{*database_, clock_};
    DataVersion versions_{*database_, clock_};
};

TEST_F(DataVersions, AreAskedForAtMostTenTimesASecond) {
    const auto first = version();
    EXPECT_EQ(version(), first);
    run_once();
    clock_.advance(kLookInterval - std::chrono::microseconds{1});
    EXPECT_EQ(version(), first);
    clock_.advance(std::chrono::microseconds{1});
    EXPECT_GT(version(), first);
}

TEST_F(DataVersions, AreAskedForAtOnceAfterARefresh) {
    const auto first = version();
    run_once();
    versions_.refresh();
    const auto second = version();
    EXPECT_GT(second, first);
    versions_.refresh();
    EXPECT_EQ(version(), second);
}

TEST_F(DataVersions, ChangeWithEveryStepOfARunAndWithAlerts) {
    auto last = version();
    const auto expect_change = [&](const char* what) {
        versions_.refresh();
        const auto now = version();
        EXPECT_GT(now, last) << what;
        last = now;
    };
    const auto run = value_of(
        ledger_.start({.step = "test", .scope = "", .dates = std::nullopt, .input_hash = ""}));
    expect_change("a run begins");
    value_of(ledger_.finish(run, {}));
    expect_change("a run ends");
    support::execute(*database_,
                     "INSERT INTO ops.alert VALUES ('a', 1, 'error', 't', 'b', NULL, 'open', "
                     "now(), now(), 1, NULL, 1)");
    expect_change("an alert is raised");
    support::execute(*database_,
                     "UPDATE ops.alert SET state = 'resolved', row_version = row_version + 1");
    expect_change("an alert is resolved");
}

TEST_F(DataVersions, HaveTheTokensOfTheirMoment) {
    const auto token = value_of(operate::create_token(*database_, {.name = "a"}, clock_));
    EXPECT_NE(value_of(versions_.current())->tokens->find(token.text.reveal()), nullptr);
    const auto before = version();
    const auto other = value_of(operate::create_token(*database_, {.name = "b"}, clock_));
    versions_.refresh();
    EXPECT_NE(value_of(versions_.current())->tokens->find(other.text.reveal()), nullptr);
    // Nothing that is shown has changed by it.
    EXPECT_EQ(version(), before);
}

TEST(RateLimits, CountWithinAMinuteByName) {
    ManualClock clock(Instant{});
    RateLimit limit(2, clock, 3);
    EXPECT_TRUE(limit.count("a"));
    EXPECT_FALSE(limit.is_over("a"));
    clock.advance(std::chrono::seconds{20});
    EXPECT_TRUE(limit.count("a"));
    EXPECT_TRUE(limit.is_over("a"));
    EXPECT_FALSE(limit.count("a"));
    EXPECT_TRUE(limit.count("b"));
    EXPECT_EQ(limit.retry_after("a"), std::chrono::seconds{40});
    clock.advance(std::chrono::seconds{40});
    EXPECT_FALSE(limit.is_over("a"));
    EXPECT_TRUE(limit.count("a"));
}

TEST(RateLimits, RememberSoManyNamesAndTheNewest) {
    ManualClock clock(Instant{});
    RateLimit limit(1, clock, 2);
    for (const char* name : {"a", "b", "c"}) {
        clock.advance(std::chrono::seconds{1});
        EXPECT_TRUE(limit.count(name));
    }
    EXPECT_FALSE(limit.is_over("a"));
    EXPECT_TRUE(limit.is_over("b"));
    EXPECT_TRUE(limit.is_over("c"));
}

}  // namespace
}  // namespace tipoff::serve
