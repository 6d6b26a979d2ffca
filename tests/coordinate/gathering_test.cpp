#include "coordinate/gathering.h"

#include <gtest/gtest.h>

#include <vector>

#include "coordinate/worker.h"
#include "queues.h"
#include "support/expected.h"

namespace tipoff::coordinate {
namespace {

using support::value_of;
using test::batch_of;
using test::kSoon;
using test::messages_of;

/// Every bit that is said: NaNs as well.
std::string bytes_of(const std::vector<forecast::SystemForecasts>& said) {
    return WorkResult{.key = {}, .worker = {}, .forecasts = said}.bytes();
}

template <class Kind>
class Gathering : public test::OnEachQueue<Kind> {
protected:
    std::vector<Delivery> take(std::size_t most) {
        return value_of(this->source().take(most, kSoon));
    }
    Expected<Outcomes> gathered(std::span<const WorkItem> items, const GatheringHooks& hooks) {
        return gather(this->desk(), clock_, items, hooks);
    }

    SystemClock clock_;
};

TYPED_TEST_SUITE(Gathering, test::QueueKinds, test::QueueNames);

TYPED_TEST(Gathering, EveryPlayerIsForecastAsHeIsByHimself) {
    const auto items = batch_of(150);
    this->queue_->start_workers(3);
    const Outcomes outcomes = value_of(this->gathered(items, {}));
    ASSERT_EQ(outcomes.size(), items.size());
    for (const WorkItem& item : items) {
        const Outcome& outcome = outcomes.at(item.key.player_id);
        ASSERT_TRUE(outcome.is_forecast());
        features::FeatureStoreRow row;
        row.features = item.features;
        const auto alone = forecast::forecast_all({.rows = {&row, 1}}, item.markets, {}, 1);
        EXPECT_EQ(bytes_of(outcome.forecasts), bytes_of(alone));
    }
}

// I-13: totals were counted up, so that an answer that came twice was two.
TYPED_TEST(Gathering, I13ResultsThatComeTwiceOrOfOtherBatchesChangeNothing) {
    const auto items = batch_of(2);
    Worker worker(this->source(), "test");
    value_of(this->desk().publish(messages_of(items)));
    EXPECT_EQ(value_of(worker.work(kSoon)), 2U);
    auto said = value_of(this->desk().results(10, kSoon));
    ASSERT_EQ(said.size(), 2U);
    auto of_another = value_of(WorkResult::read(said[0].body));
    of_another.key.batch_id = "2026-01-19-1";
    auto of_an_earlier_try = value_of(WorkResult::read(said[0].body));
    of_an_earlier_try.key.attempt = 0;
    int told = 0;
    const auto tell = [&](const std::string& body) {
        const Answer of_nothing{.item = 0, .result = {"told/" + std::to_string(++told), body}};
        value_of(this->source().answer({&of_nothing, 1}));
    };
    tell(said[0].body);
    tell(said[0].body);
    tell(of_another.bytes());
    tell(of_an_earlier_try.bytes());
    tell("not a result");
    std::vector<std::size_t> counts;
    const Outcomes outcomes = value_of(this->gathered(
        items, {.wish =
                    [&] {
                        // Only now does the other one answer.
                        tell(said[1].body);
                        return Wish::kGoOn;
                    },
                .progress = [&](const Outcomes& so_far) { counts.push_back(so_far.size()); }}));
    EXPECT_EQ(outcomes.size(), 2U);
    EXPECT_EQ(counts, (std::vector<std::size_t>{1, 2}));
}

TYPED_TEST(Gathering, WithoutWorkersItIsOverWhenNothingComesBackAnyMore) {
    ManualClock clock(Instant{std::chrono::days{20'000}});
    const auto items = batch_of(3);
    Worker worker(this->source(), "test");
    int looks = 0;
    const auto wish = [&] {
        // One answers late, and the silence begins anew; then nobody does.
        if (++looks == 1) {
            clock.advance(kStalls - std::chrono::seconds{1});
            EXPECT_EQ(this->take(2).size(), 2U);
            EXPECT_EQ(value_of(worker.work(kSoon)), 1U);
        } else {
            clock.advance(kStalls / 2);
        }
        return Wish::kGoOn;
    };
    const Outcomes outcomes = value_of(gather(this->desk(), clock, items, {.wish = wish}));
    EXPECT_EQ(looks, 3);
    EXPECT_FALSE(outcomes.at(PlayerId{1}).is_forecast());
    EXPECT_EQ(outcomes.at(PlayerId{1}).why, NoForecast::kNoAnswer);
    EXPECT_EQ(outcomes.at(PlayerId{2}).detail, "no worker answered for 300 s");
    EXPECT_TRUE(outcomes.at(PlayerId{3}).is_forecast());
}

TYPED_TEST(Gathering, EndsEarlyWhenAskedAndWithdrawsTheRest) {
    const auto items = batch_of(2);
    const Outcomes outcomes =
        value_of(this->gathered(items, {.wish = [] { return Wish::kFinish; }}));
    EXPECT_EQ(outcomes.at(PlayerId{1}).why, NoForecast::kEndedEarly);
    EXPECT_TRUE(this->take(10).empty());
}

TYPED_TEST(Gathering, OfADroppedBatchIsAnError) {
    const auto dropped = this->gathered(batch_of(2), {.wish = [] { return Wish::kDrop; }});
    ASSERT_FALSE(dropped);
    EXPECT_EQ(dropped.error().code(), ErrorCode::kFenced);
    EXPECT_TRUE(this->take(10).empty());
}

TYPED_TEST(Gathering, AnItemWhoseModelNobodyLendsIsGivenUpWithTheReason) {
    auto items = batch_of(2);
    items[1].trained[0] = Fingerprint{.high = 1, .low = 2};
    this->queue_->start_workers(1);
    const Outcomes outcomes = value_of(this->gathered(items, {}));
    EXPECT_TRUE(outcomes.at(PlayerId{1}).is_forecast());
    const Outcome& given_up = outcomes.at(PlayerId{2});
    EXPECT_EQ(given_up.why, NoForecast::kGivenUp);
    EXPECT_TRUE(given_up.detail.contains("no model"));
}

}  // namespace
}  // namespace tipoff::coordinate
