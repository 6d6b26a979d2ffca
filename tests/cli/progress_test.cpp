#include "cli/progress.h"

#include <gtest/gtest.h>

namespace tipoff::cli {
namespace {

using namespace std::chrono_literals;

TEST(TimeLeft, IsWhatTheRestTakesAtTheSamePace) {
    EXPECT_EQ(time_left_text(10s, 10, 40), "30 s left");
    EXPECT_EQ(time_left_text(60s, 100, 1640), "15 min left");
}

TEST(TimeLeft, IsNotGuessedFromNothing) {
    EXPECT_EQ(time_left_text(10s, 0, 40), "");
    EXPECT_EQ(time_left_text(10s, 40, 40), "");
    EXPECT_EQ(time_left_text(1s, 10, 40), "") << "the first second tells little";
}

}  // namespace
}  // namespace tipoff::cli
