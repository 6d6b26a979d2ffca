#include "forecast/similarity_pool.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

KnownAt day(int number) { return {Instant{std::chrono::days{number}}}; }
AsOf as_of_day(int number) { return {Instant{std::chrono::days{number}}}; }

/// What the search has to give: a look at every entry.
std::vector<Neighbour> by_looking_at_all(std::span<const PastMatchup> entries,
                                         const SimilarityPoint& point, AsOf as_of,
                                         std::size_t count) {
    std::vector<Neighbour> all;
    for (const PastMatchup& entry : entries) {
        if (!is_admissible(entry.known_at, as_of)) continue;
        all.push_back({squared_distance(point, entry.point), entry.expected, entry.outcome});
    }
    std::ranges::sort(all);
    if (all.size() <= count) return all;
    const float farthest = all[count - 1].distance;
    std::erase_if(all, [&](const Neighbour& one) { return one.distance > farthest; });
    return all;
}

SimilarityPool pool_of(std::span<const PastMatchup> entries, std::size_t at_a_time) {
    SimilarityPool pool;
    for (std::size_t first = 0; first < entries.size(); first += at_a_time)
        pool.add(entries.subspan(first, std::min(at_a_time, entries.size() - first)));
    return pool;
}

/// Coordinates on a grid of `steps`: few steps make ties and duplicates.
SimilarityPoint any_point(std::minstd_rand& random, unsigned steps) {
    SimilarityPoint point{};
    for (float& coordinate : point)
        coordinate = static_cast<float>(random() % steps) * 4.0F / static_cast<float>(steps);
    return point;
}

/// `count` entries, `a_day` of them becoming known at once.
std::vector<PastMatchup> any_entries(std::minstd_rand& random, std::size_t count, unsigned steps,
                                     std::size_t a_day) {
    std::vector<PastMatchup> entries;
    for (std::size_t i = 0; i < count; ++i) {
        entries.push_back(
            {.point = any_point(random, steps),
             .known_at = day(static_cast<int>(i / a_day)),
             .expected = {static_cast<float>(1 + random() % 30)},
             .outcome = {static_cast<float>(random() % 40), static_cast<float>(random() % 9)}});
    }
    return entries;
}

struct Case {
    std::minstd_rand random;
    unsigned steps = 0;
    std::size_t a_day = 0;
    std::vector<PastMatchup> entries;

    [[nodiscard]] SimilarityPoint point() { return any_point(random, steps); }
};

Case any_case() {
    Case one{.random = std::minstd_rand(*rc::gen::inRange(1, 1 << 30)),
             .steps = *rc::gen::element(1U, 2U, 5U, 1000U, 1U << 20U),
             .a_day = *rc::gen::inRange<std::size_t>(1, 300)};
    const auto count = *rc::gen::inRange<std::size_t>(0, 3000);
    one.entries = any_entries(one.random, count, one.steps, one.a_day);
    return one;
}

RC_GTEST_PROP(SimilarityPool, FindsWhatALookAtEveryEntryFinds, ()) {
    Case one = any_case();
    const auto at_a_time = *rc::gen::inRange<std::size_t>(1, 400);
    const SimilarityPool pool = pool_of(one.entries, at_a_time);
    RC_ASSERT(pool.size() == one.entries.size());
    const int last_day = static_cast<int>(one.entries.size() / one.a_day);
    for (int query = 0; query < 10; ++query) {
        const SimilarityPoint point = one.point();
        const auto count = *rc::gen::inRange<std::size_t>(1, 700);
        const AsOf as_of = as_of_day(*rc::gen::inRange(0, last_day + 3));
        RC_ASSERT(pool.nearest(point, as_of, count) ==
                  by_looking_at_all(one.entries, point, as_of, count));
    }
}

RC_GTEST_PROP(SimilarityPool, NeverSeesWhatBecameKnownAtTheAsOfOrLater, ()) {
    Case one = any_case();
    const int as_of = *rc::gen::inRange(0, static_cast<int>(one.entries.size() / one.a_day) + 2);
    std::vector<PastMatchup> earlier = one.entries;
    std::erase_if(earlier, [&](const PastMatchup& entry) {
        return !is_admissible(entry.known_at, as_of_day(as_of));
    });
    const SimilarityPoint point = one.point();
    RC_ASSERT(pool_of(one.entries, 250).nearest(point, as_of_day(as_of), 100) ==
              pool_of(earlier, 250).nearest(point, as_of_day(10'000), 100));
}

RC_GTEST_PROP(SimilarityPool, IsTheSameInWhateverOrderEntriesCame, ()) {
    Case one = any_case();
    std::vector<PastMatchup> shuffled = one.entries;
    for (std::size_t i = shuffled.size(); i > 1; --i)
        std::swap(shuffled[i - 1], shuffled[one.random() % i]);
    const SimilarityPoint point = one.point();
    RC_ASSERT(pool_of(one.entries, one.a_day).nearest(point, as_of_day(7), 60) ==
              pool_of(shuffled, 111).nearest(point, as_of_day(7), 60));
}

TEST(SimilarityPool, TakesAllThatAreEquallyFar) {
    const std::vector<PastMatchup> entries(500,
                                           {.known_at = day(1), .expected = {10}, .outcome = {8}});
    EXPECT_EQ(pool_of(entries, 500).nearest({}, as_of_day(2), 7).size(), 500U);
    EXPECT_TRUE(pool_of(entries, 500).nearest({}, as_of_day(1), 7).empty());
}

TEST(SimilarityPool, FindsNothingInAnEmptyPool) {
    SimilarityPool pool;
    pool.add({});
    EXPECT_EQ(pool.size(), 0U);
    EXPECT_TRUE(pool.nearest({}, as_of_day(1), 5).empty());
}

TEST(SimilarityPool, RefusesWhatHasNoPlace) {
    SimilarityPool pool;
    PastMatchup entry{.known_at = day(1), .expected = {10}, .outcome = {8}};
    entry.point[7] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THROW(pool.add({&entry, 1}), InvariantBroken);
    entry.point[7] = 0;
    entry.expected.front() = -1;
    EXPECT_THROW(pool.add({&entry, 1}), InvariantBroken);
    EXPECT_THROW((void)pool.nearest({}, as_of_day(1), 0), InvariantBroken);
}

TEST(SimilarityPool, ACopyKeepsWhatItHeld) {
    std::minstd_rand random(3);
    const std::vector<PastMatchup> entries = any_entries(random, 1000, 1000, 100);
    SimilarityPool pool = pool_of(std::span(entries).first(600), 100);
    const SimilarityPool copy = pool;
    pool.add(std::span(entries).subspan(600));
    EXPECT_EQ(copy.size(), 600U);
    EXPECT_EQ(copy.nearest({}, as_of_day(100), 20),
              by_looking_at_all(std::span(entries).first(600), {}, as_of_day(100), 20));
}

TEST(SimilarityPool, TakesAtMostEightyBytesAnEntry) {
    std::minstd_rand random(3);
    const std::vector<PastMatchup> entries = any_entries(random, 20'000, 1U << 20U, 250);
    EXPECT_LE(pool_of(entries, 250).memory_bytes(), 80U * 20'000U);
}

}  // namespace
}  // namespace tipoff::forecast
