/// Turns to write: one at a time, in order, and nobody waits for longer than it wants.

#include "cli/write_turns.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace tipoff::cli {
namespace {

using namespace std::chrono_literals;

bool never() { return false; }

TEST(WriteTurns, AreOnesOwnUntilTheyAreOver) {
    WriteTurns turns;
    EXPECT_EQ(turns.holder(), "");
    {
        const auto first = turns.take("the schedule");
        EXPECT_EQ(turns.holder(), "the schedule");
        EXPECT_FALSE(turns.take_within("backfill", 0ms, never));
        EXPECT_EQ(turns.holder(), "the schedule") << "who gave up is out of the queue";
    }
    EXPECT_EQ(turns.holder(), "");
    const auto next = turns.take_within("backfill", 0ms, never);
    ASSERT_TRUE(next);
    EXPECT_EQ(turns.holder(), "backfill");
}

TEST(WriteTurns, ThatNobodyWaitsForAnyMoreAreGivenUp) {
    WriteTurns turns;
    const auto first = turns.take("the schedule");
    int looks = 0;
    EXPECT_FALSE(turns.take_within("backfill", 24h, [&] { return ++looks > 1; }));
    EXPECT_EQ(looks, 2);
}

TEST(WriteTurns, AreNeverTwoPeoplesAtOnce) {
    WriteTurns turns;
    std::atomic<int> inside{0};
    std::atomic<int> done{0};
    std::atomic<bool> met{false};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < 200; ++round) {
                    const auto turn = turns.take_within("one of eight", 1h, never);
                    if (++inside != 1) met = true;
                    --inside;
                    if (turn) ++done;
                }
            });
        }
    }
    EXPECT_FALSE(met);
    EXPECT_EQ(done, 1600);
    EXPECT_EQ(turns.holder(), "");
}

}  // namespace
}  // namespace tipoff::cli
