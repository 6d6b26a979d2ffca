// I-46: an earlier date that failed is not forgotten when later ones succeed.
#include <gtest/gtest.h>

#include "operate/backfill_ranges.h"
#include "scenario/engine.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

/// Passes everything on to a real database; while `is_failing`, no transaction begins.
class FailingDatabase final : public store::Database {
public:
    explicit FailingDatabase(store::Database& real) : real_(real) {}

    Expected<store::Columns> read(std::string_view sql, const store::Values& values) override {
        return real_.read(sql, values);
    }
    Expected<std::unique_ptr<store::Transaction>> begin() override {
        if (is_failing) return fail(ErrorCode::kIo, "the disk is full");
        return real_.begin();
    }
    [[nodiscard]] std::string engine() const override { return real_.engine(); }

    bool is_failing = false;

private:
    store::Database& real_;
};

class UnfinishedDates : public support::HomeOnEachEngine {
protected:
    UnfinishedDates() : engine_(place_), database_(engine_.home->database()) {
        support::merge_rows(engine_.home->database(), collect::kSchedule, league().schedule);
        for (const collect::Schedule& game : league().schedule)
            dates_.insert(game.game_date);
    }

    [[nodiscard]] GameDate date(int n) const { return *std::next(dates_.begin(), n); }

    /// A backfill of each of the dates by itself; the second fails.
    RangesReport run_with_second_failing(const std::vector<GameDate>& dates) {
        Backfill backfill(database_, *engine_.ledger, engine_.clock, *engine_.facts);
        std::vector<store::DateScope> ranges;
        for (const GameDate one : dates)
            ranges.push_back({one, one});
        return backfill_ranges(backfill, {}, ranges, {},
                               [&](GameDate done, std::int64_t, std::int64_t) {
                                   database_.is_failing = done == dates[1];
                               });
    }
    std::vector<UnfinishedDate> unfinished(const std::set<Step>& steps = {kSteps.begin(),
                                                                          kSteps.end()}) {
        return value_of(unfinished_dates(engine_.home->database(), steps));
    }
    std::vector<store::DateScope> ranges(std::vector<store::DateScope> within = {}) {
        return value_of(unfinished_ranges(engine_.home->database(), unfinished(), within));
    }

    Engine engine_;
    FailingDatabase database_;
    std::set<GameDate> dates_;
};

TEST_P(UnfinishedDates, AFailedDateIsOwedAfterLaterOnesSucceededAndIsDoneByTheNextCall) {
    const RangesReport report = run_with_second_failing({date(2), date(5), date(8)});
    ASSERT_EQ(report.failed.size(), 1U);
    EXPECT_EQ(report.failed[0].dates.from, date(5));
    EXPECT_EQ(report.failed[0].error.code(), ErrorCode::kIo);
    EXPECT_EQ(report.report.game_dates, 2);
    const auto owed = unfinished();
    ASSERT_FALSE(owed.empty());
    for (const UnfinishedDate& one : owed) {
        EXPECT_EQ(one.game_date, date(5));
        EXPECT_EQ(one.state, "failed");
    }

    const auto again = ranges();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].from, date(5));
    EXPECT_EQ(again[0].to, date(5));
    database_.is_failing = false;
    Backfill backfill(database_, *engine_.ledger, engine_.clock, *engine_.facts);
    EXPECT_TRUE(backfill_ranges(backfill, {}, again).failed.empty());
    EXPECT_TRUE(unfinished().empty());
    EXPECT_GT(engine_.count("SELECT count(*) FROM predictions.prediction_accuracy WHERE "
                            "game_date = DATE '" +
                            to_string(date(5)) + "'"),
              0);
}

TEST_P(UnfinishedDates, AreASpanOfGameDatesAndStayWithinWhatIsAskedFor) {
    Backfill backfill(database_, *engine_.ledger, engine_.clock, *engine_.facts);
    const std::vector<store::DateScope> asked{{date(1), date(6)}};
    const auto report = backfill_ranges(
        backfill, {}, asked, {},
        [&](GameDate, std::int64_t done, std::int64_t all) { database_.is_failing = done == all; });
    EXPECT_EQ(report.failed.size(), 1U);
    database_.is_failing = false;
    const auto whole = ranges();
    ASSERT_EQ(whole.size(), 1U) << "days without games are no gap";
    EXPECT_EQ(whole[0].from, date(1));
    EXPECT_EQ(whole[0].to, date(6));
    const auto part = ranges({{date(3), date(4)}});
    ASSERT_EQ(part.size(), 1U);
    EXPECT_EQ(part[0].from, date(3));
    EXPECT_EQ(part[0].to, date(4));

    // A day in the middle is done by itself: two spans are left.
    value_of(engine_.backfill->run({.dates = {date(3), date(3)}}));
    EXPECT_EQ(ranges().size(), 2U);
}

TEST_P(UnfinishedDates, ARunThatWasRefusedBeforeItBeganIsKnownToTheLedger) {
    BackfillRequest request{.dates = {date(4), date(4)}};
    request.steps = {Step::kForecasts};
    EXPECT_FALSE(engine_.backfill->run(request));
    const auto owed = unfinished();
    ASSERT_EQ(owed.size(), 1U);
    EXPECT_EQ(owed[0].step, "forecasts");
    EXPECT_EQ(owed[0].reason, "refused");
    EXPECT_TRUE(unfinished({Step::kGrades}).empty());
}

TEST_P(UnfinishedDates, ALiveRunDoesNotStandForTheBackfillOfItsDate) {
    const RangesReport report = run_with_second_failing({date(2), date(5), date(8)});
    ASSERT_EQ(report.failed.size(), 1U);
    BackfillRequest live{.dates = {date(5), date(5)}};
    live.origin = forecast::kOriginLive;
    live.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
    value_of(engine_.backfill->run(live));
    EXPECT_FALSE(unfinished().empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, UnfinishedDates, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::operate
