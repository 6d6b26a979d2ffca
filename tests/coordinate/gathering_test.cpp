#include "coordinate/gathering.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>

#include "any_item.h"
#include "coordinate/in_process_queue.h"
#include "coordinate/worker.h"
#include "support/expected.h"

namespace tipoff::coordinate {
namespace {

using std::chrono::milliseconds;
using support::value_of;

constexpr milliseconds kNow{0};

/// Items of one batch, for points, of players 1 to `count`; nothing is trained.
std::vector<WorkItem> batch_of(std::size_t count) {
    std::minstd_rand random(7);
    std::vector<WorkItem> items;
    for (std::size_t i = 0; i < count; ++i) {
        WorkItem item = test::any_item(random);
        item.key = {"2026-01-20-1", 1, PlayerId{static_cast<std::int64_t>(i) + 1}};
        item.markets = {Market::kPoints};
        item.trained = {};
        item.neighbours.reset();
        item.offers = {};
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<Message> messages_of(std::span<const WorkItem> items) {
    std::vector<Message> messages;
    for (const WorkItem& item : items)
        messages.push_back({to_string(item.key), item.bytes()});
    return messages;
}

/// Every bit that is said: NaNs as well.
std::string bytes_of(const std::vector<forecast::SystemForecasts>& said) {
    return WorkResult{.key = {}, .worker = {}, .refusal = {}, .forecasts = said}.bytes();
}

TEST(InProcessQueue, HandsAnItemOutOnceHoweverOftenItIsPublished) {
    InProcessQueue queue;
    const auto messages = messages_of(batch_of(3));
    value_of(queue.publish(messages));
    value_of(queue.publish(messages));
    EXPECT_EQ(value_of(queue.take(10, kNow)).size(), 3U);
    value_of(queue.publish(messages));
    EXPECT_TRUE(value_of(queue.take(10, kNow)).empty()) << "they are in somebody's hands";
}

TEST(InProcessQueue, GivesAnItemUpAfterSoManyTries) {
    InProcessQueue queue;
    value_of(queue.publish(messages_of(batch_of(1))));
    for (int times = 1; times <= kMostDeliveries; ++times) {
        const auto taken = value_of(queue.take(1, kNow));
        ASSERT_EQ(taken.size(), 1U);
        EXPECT_EQ(taken[0].times, times);
        EXPECT_TRUE(value_of(queue.dead_letters()).empty());
        value_of(queue.give_back(taken[0], "no model"));
    }
    EXPECT_TRUE(value_of(queue.take(1, kNow)).empty());
    const auto dead = value_of(queue.dead_letters());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].why, "no model");
    EXPECT_TRUE(value_of(queue.dead_letters()).empty()) << "told once";
}

TEST(InProcessQueue, WithdrawsWhatNobodyHasBegun) {
    InProcessQueue queue;
    value_of(queue.publish(messages_of(batch_of(3))));
    const auto begun = value_of(queue.take(1, kNow));
    value_of(queue.withdraw("2026-01-20-1.1/"));
    EXPECT_TRUE(value_of(queue.take(10, kNow)).empty());
    value_of(queue.answer(begun[0], {begun[0].id, "said"}));
    EXPECT_EQ(value_of(queue.results(10, kNow)).size(), 1U);
}

TEST(Gathering, EveryPlayerIsForecastAsHeIsByHimself) {
    InProcessQueue queue;
    const auto items = batch_of(150);
    const WorkerThreads workers(queue, 3, "test");
    const SystemClock clock;
    const Outcomes outcomes = value_of(gather(queue, clock, items, {}));
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

TEST(Gathering, ResultsThatComeTwiceOrOfOtherBatchesChangeNothing) {
    InProcessQueue queue;
    const auto items = batch_of(2);
    Worker worker(queue, "test");
    value_of(queue.publish(messages_of(items)));
    value_of(worker.work(kNow));
    auto said = value_of(queue.results(10, kNow));
    ASSERT_EQ(said.size(), 2U);
    auto of_another = value_of(WorkResult::read(said[0].body));
    of_another.key.batch_id = "2026-01-19-1";
    auto of_an_earlier_try = value_of(WorkResult::read(said[0].body));
    of_an_earlier_try.key.attempt = 0;
    const auto tell = [&](const std::string& body) { value_of(queue.answer({}, {"", body})); };
    tell(said[0].body);
    tell(said[0].body);
    tell(of_another.bytes());
    tell(of_an_earlier_try.bytes());
    tell("not a result");
    std::vector<std::size_t> counts;
    const SystemClock clock;
    const Outcomes outcomes = value_of(
        gather(queue, clock, items,
               {.wish =
                    [&] {
                        // Only now does the other one answer.
                        tell(said[1].body);
                        return Wish::kGoOn;
                    },
                .progress = [&](const Outcomes& so_far) { counts.push_back(so_far.size()); }}));
    EXPECT_EQ(outcomes.size(), 2U);
    EXPECT_EQ(counts, (std::vector<std::size_t>{1, 2}));
}

TEST(Gathering, WithoutWorkersItIsOverWhenNothingComesBackAnyMore) {
    InProcessQueue queue;
    ManualClock clock(Instant{std::chrono::days{20'000}});
    const auto items = batch_of(3);
    Worker worker(queue, "test");
    int looks = 0;
    const auto wish = [&] {
        // One answers late, and the silence begins anew; then nobody does.
        if (++looks == 1) {
            clock.advance(kStalls - std::chrono::seconds{1});
            value_of(queue.take(2, kNow));
            value_of(worker.work(kNow));
        } else {
            clock.advance(kStalls / 2);
        }
        return Wish::kGoOn;
    };
    const Outcomes outcomes = value_of(gather(queue, clock, items, {.wish = wish}));
    EXPECT_EQ(looks, 3);
    EXPECT_FALSE(outcomes.at(PlayerId{1}).is_forecast());
    EXPECT_EQ(outcomes.at(PlayerId{1}).why, NoForecast::kNoAnswer);
    EXPECT_EQ(outcomes.at(PlayerId{2}).detail, "no worker answered for 300 s");
    EXPECT_TRUE(outcomes.at(PlayerId{3}).is_forecast());
}

TEST(Gathering, EndsEarlyWhenAskedAndWithdrawsTheRest) {
    InProcessQueue queue;
    const SystemClock clock;
    const auto items = batch_of(2);
    const Outcomes outcomes =
        value_of(gather(queue, clock, items, {.wish = [] { return Wish::kFinish; }}));
    EXPECT_EQ(outcomes.at(PlayerId{1}).why, NoForecast::kEndedEarly);
    EXPECT_TRUE(value_of(queue.take(10, kNow)).empty());
}

TEST(Gathering, OfADroppedBatchIsAnError) {
    InProcessQueue queue;
    const SystemClock clock;
    const auto dropped = gather(queue, clock, batch_of(2), {.wish = [] { return Wish::kDrop; }});
    ASSERT_FALSE(dropped);
    EXPECT_EQ(dropped.error().code(), ErrorCode::kFenced);
    EXPECT_TRUE(value_of(queue.take(10, kNow)).empty());
}

TEST(Gathering, AnItemWhoseModelNobodyLendsIsGivenUpWithTheReason) {
    InProcessQueue queue;
    auto items = batch_of(2);
    items[1].trained[0] = Fingerprint{.high = 1, .low = 2};
    const WorkerThreads workers(queue, 1, "test");
    const SystemClock clock;
    const Outcomes outcomes = value_of(gather(queue, clock, items, {}));
    EXPECT_TRUE(outcomes.at(PlayerId{1}).is_forecast());
    const Outcome& given_up = outcomes.at(PlayerId{2});
    EXPECT_EQ(given_up.why, NoForecast::kGivenUp);
    EXPECT_TRUE(given_up.detail.contains("no model"));
}

}  // namespace
}  // namespace tipoff::coordinate
