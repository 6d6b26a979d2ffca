// I-25: the write had failed, its completion was published, and what came after read an empty
// table.

#include <gtest/gtest.h>

#include "scenario/engine.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

/// Passes everything on; while `is_failing`, no transaction that merged rows can be committed.
class UnwritableTransaction final : public store::Transaction {
public:
    UnwritableTransaction(std::unique_ptr<store::Transaction> real, const bool& is_failing)
        : real_(std::move(real)), is_failing_(is_failing) {}

    Expected<store::Columns> read(std::string_view sql, const store::Values& values) override {
        return real_->read(sql, values);
    }
    Expected<std::int64_t> execute(std::string_view sql, const store::Values& values) override {
        return real_->execute(sql, values);
    }
    Expected<store::MergeCount> merge(const store::Batch& batch,
                                      std::optional<store::MergeScope> scope) override {
        return real_->merge(batch, scope);
    }
    Status append(const store::Batch& batch) override { return real_->append(batch); }
    Status commit() override {
        if (is_failing_ && real_->merges() > 0) return fail(ErrorCode::kIo, "the disk is full");
        return real_->commit();
    }
    [[nodiscard]] int merges() const override { return real_->merges(); }

private:
    std::unique_ptr<store::Transaction> real_;
    const bool& is_failing_;
};

class UnwritableDatabase final : public store::Database {
public:
    explicit UnwritableDatabase(store::Database& real) : real_(real) {}

    Expected<store::Columns> read(std::string_view sql, const store::Values& values) override {
        return real_.read(sql, values);
    }
    Expected<std::unique_ptr<store::Transaction>> begin() override {
        TIPOFF_TRY(auto transaction, real_.begin());
        return std::make_unique<UnwritableTransaction>(std::move(transaction), is_failing);
    }
    [[nodiscard]] std::string engine() const override { return real_.engine(); }

    bool is_failing = false;

private:
    store::Database& real_;
};

class I25AStepWhoseWriteFails : public support::HomeOnEachEngine {};

TEST_P(I25AStepWhoseWriteFails, IsNoSuccessAndWhatFollowsDoesNotBegin) {
    Engine engine(place_);
    UnwritableDatabase database(engine.home->database());
    support::merge_rows(engine.home->database(), collect::kSchedule, league().schedule);
    Backfill backfill(database, *engine.ledger, engine.clock, *engine.facts);
    const GameDate date = league().schedule.back().game_date;

    database.is_failing = true;
    const auto failed = backfill.run({.dates = {date, date}});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), ErrorCode::kIo);
    EXPECT_EQ(engine.count("SELECT count(*) FROM ops.run WHERE state = 'succeeded'"), 0);
    EXPECT_GT(engine.count("SELECT count(*) FROM ops.run WHERE state = 'failed' AND step = "
                           "'conform' AND detail = 'the disk is full'"),
              0);
    EXPECT_EQ(engine.count("SELECT count(*) FROM ops.run WHERE step <> 'conform' AND rows > 0"), 0);
    EXPECT_EQ(engine.count("SELECT count(*) FROM analytics.game"), 0);
    EXPECT_FALSE(value_of(engine.ledger->standing_success("conform", {date, date})));

    database.is_failing = false;
    value_of(backfill.run({.dates = {date, date}}));
    const auto stands = value_of(engine.ledger->standing_success("conform", {date, date}));
    ASSERT_TRUE(stands);
    EXPECT_GT(stands->rows, 0);
    EXPECT_GT(engine.count("SELECT count(*) FROM analytics.game"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, I25AStepWhoseWriteFails, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::operate
