#include "base/clock.h"

#include <gtest/gtest.h>

#include "support/expected.h"

namespace tipoff {
namespace {

using namespace std::chrono_literals;

const Instant kPast = support::value_of(parse_instant("2022-10-18T23:30:00Z"));

TEST(SystemClocks, LeaguesNowIsMovedAndTheMachinesIsNot) {
    const SystemClock replay(kPast);
    EXPECT_EQ(replay.league_now(), kPast);
    EXPECT_GT(replay.wall_now(), kPast + 365 * 24h);
}

TEST(SystemClocks, LeaguesNowIsTheMachinesUnlessItIsMoved) {
    const SystemClock clock;
    const Instant before = clock.wall_now();
    const Instant now = clock.league_now();
    EXPECT_LE(before, now);
    EXPECT_LE(now, clock.wall_now());
}

TEST(SystemClocks, ElapsedTimeOnlyGoesForward) {
    const SystemClock clock;
    auto last = clock.elapsed();
    for (int i = 0; i < 1000; ++i) {
        const auto now = clock.elapsed();
        ASSERT_GE(now, last);
        last = now;
    }
}

TEST(ManualClocks, StandStillUntilTheyAreMoved) {
    ManualClock clock(kPast);
    const auto elapsed = clock.elapsed();
    EXPECT_EQ(clock.league_now(), kPast);
    EXPECT_EQ(clock.wall_now(), kPast);
    clock.advance(90s);
    EXPECT_EQ(clock.league_now(), kPast + 90s);
    EXPECT_EQ(clock.wall_now(), kPast + 90s);
    EXPECT_EQ(clock.elapsed() - elapsed, 90s);
}

}  // namespace
}  // namespace tipoff
