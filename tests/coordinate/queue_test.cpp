/// What both queues promise (coordinate/work_queue.h).
#include <gtest/gtest.h>

#include <set>

#include "queues.h"
#include "support/eventually.h"
#include "support/expected.h"

namespace tipoff::coordinate {
namespace {

using std::chrono::milliseconds;
using support::eventually;
using support::value_of;
using test::batch_of;
using test::kSoon;
using test::messages_of;

template <class Kind>
class Queue : public test::OnEachQueue<Kind> {
protected:
    /// What can be had, nothing more coming for a while.
    std::vector<Delivery> all_items() {
        std::vector<Delivery> all;
        while (true) {
            auto some = value_of(this->source().take(1'000, kSoon));
            if (some.empty()) return all;
            all.insert(all.end(), some.begin(), some.end());
        }
    }
    std::vector<Delivery> all_results() {
        std::vector<Delivery> all;
        while (true) {
            auto some = value_of(this->desk().results(1'000, kSoon));
            if (some.empty()) return all;
            value_of(this->desk().confirm(some));
            all.insert(all.end(), some.begin(), some.end());
        }
    }
    void answer(const Delivery& item, const std::string& body) {
        const Answer said{.item = item.tag, .result = {item.id, body}};
        value_of(this->source().answer({&said, 1}));
    }
};

TYPED_TEST_SUITE(Queue, test::QueueKinds, test::QueueNames);

TYPED_TEST(Queue, HandsOutWhatWasPublishedAsItWas) {
    const auto messages = messages_of(batch_of(300));
    value_of(this->desk().publish(messages));
    std::map<std::string, std::string> bodies;
    for (const Delivery& item : this->all_items()) {
        EXPECT_EQ(item.times, 1);
        bodies[item.id] = item.body;
    }
    ASSERT_EQ(bodies.size(), messages.size());
    for (const Message& message : messages)
        EXPECT_EQ(bodies[message.id], message.body);
}

TYPED_TEST(Queue, HandsAnItemOutOnceHoweverOftenItIsPublished) {
    const auto messages = messages_of(batch_of(3));
    value_of(this->desk().publish(messages));
    value_of(this->desk().publish(messages));
    EXPECT_EQ(this->all_items().size(), 3U);
    value_of(this->desk().publish(messages));
    EXPECT_TRUE(value_of(this->source().take(10, kSoon)).empty()) << "they are in somebody's hands";
}

TYPED_TEST(Queue, TakesNoMoreThanAsked) {
    value_of(this->desk().publish(messages_of(batch_of(5))));
    EXPECT_EQ(value_of(this->source().take(2, kSoon)).size(), 2U);
    EXPECT_EQ(this->all_items().size(), 3U);
}

TYPED_TEST(Queue, ReturnsAtOnceWhenSomethingIsThere) {
    const SystemClock clock;
    value_of(this->desk().publish(messages_of(batch_of(2))));
    const auto start = clock.elapsed();
    const auto items = value_of(this->source().take(64, std::chrono::seconds{20}));
    ASSERT_FALSE(items.empty());
    this->answer(items[0], "said");
    ASSERT_EQ(value_of(this->desk().results(64, std::chrono::seconds{20})).size(), 1U);
    EXPECT_LT(clock.elapsed() - start, std::chrono::seconds{10});
}

TYPED_TEST(Queue, BringsAnswersBackOnce) {
    value_of(this->desk().publish(messages_of(batch_of(3))));
    const auto items = this->all_items();
    ASSERT_EQ(items.size(), 3U);
    std::vector<Answer> answers;
    for (const Delivery& item : items)
        answers.push_back({.item = item.tag, .result = {item.id, "of " + item.id}});
    value_of(this->source().answer(answers));
    std::set<std::string> bodies;
    for (const Delivery& result : this->all_results())
        EXPECT_TRUE(bodies.insert(result.body).second);
    EXPECT_EQ(bodies.size(), 3U);
    EXPECT_TRUE(bodies.contains("of " + items[0].id));
    EXPECT_TRUE(this->all_items().empty());
}

TYPED_TEST(Queue, HandsOutAgainWhatIsGivenBack) {
    value_of(this->desk().publish(messages_of(batch_of(1))));
    const auto first = this->all_items();
    ASSERT_EQ(first.size(), 1U);
    value_of(this->source().give_back(first[0], "no model"));
    const auto again = this->all_items();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, first[0].id);
    EXPECT_EQ(again[0].body, first[0].body);
    EXPECT_EQ(again[0].times, 2);
}

TYPED_TEST(Queue, GivesAnItemUpAfterSoManyTries) {
    value_of(this->desk().publish(messages_of(batch_of(1))));
    for (int times = 1; times <= kMostDeliveries; ++times) {
        const auto taken = value_of(this->source().take(1, std::chrono::seconds{5}));
        ASSERT_EQ(taken.size(), 1U);
        EXPECT_EQ(taken[0].times, times);
        EXPECT_TRUE(value_of(this->desk().dead_letters()).empty());
        value_of(this->source().give_back(taken[0], "no model\nof that hash"));
    }
    EXPECT_TRUE(value_of(this->source().take(1, kSoon)).empty());
    std::vector<DeadLetter> dead;
    EXPECT_TRUE(eventually([&] {
        dead = value_of(this->desk().dead_letters());
        return !dead.empty();
    }));
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].id, "2026-01-20-1.1/1");
    EXPECT_TRUE(dead[0].why.starts_with("no model")) << dead[0].why;
    EXPECT_EQ(dead[0].body, batch_of(1)[0].bytes());
    EXPECT_TRUE(value_of(this->desk().dead_letters()).empty()) << "told once";
}

TYPED_TEST(Queue, WithdrawsWhatNobodyHasBegun) {
    value_of(this->desk().publish(messages_of(batch_of(3))));
    value_of(this->desk().publish(messages_of(batch_of(1, "2026-01-20-10"))));
    const auto begun = value_of(this->source().take(1, kSoon));
    ASSERT_EQ(begun.size(), 1U);
    value_of(this->desk().withdraw("2026-01-20-1.1/"));
    const auto others = this->all_items();
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others[0].id, "2026-01-20-10.1/1") << "an id that only begins alike";
    this->answer(begun[0], "said");
    EXPECT_EQ(this->all_results().size(), 1U);
}

TYPED_TEST(Queue, SettlesNothingTwice) {
    value_of(this->desk().publish(messages_of(batch_of(1))));
    const auto items = this->all_items();
    ASSERT_EQ(items.size(), 1U);
    this->answer(items[0], "said");
    value_of(this->source().give_back(items[0], "too late"));
    Delivery for_the_last_time = items[0];
    for_the_last_time.times = kMostDeliveries;
    value_of(this->source().give_back(for_the_last_time, "too late"));
    EXPECT_TRUE(value_of(this->desk().dead_letters()).empty());
    value_of(this->source().keep({&items[0].tag, 1}));
    EXPECT_TRUE(this->all_items().empty());
    EXPECT_EQ(this->all_results().size(), 1U);
}

TYPED_TEST(Queue, KnowsNoModelThatNobodyLends) {
    const auto found = this->source().trained({.high = 1, .low = 2});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code(), ErrorCode::kNotFound);
    EXPECT_TRUE(found.error().message().contains("no model")) << found.error().message();
}

}  // namespace
}  // namespace tipoff::coordinate
