/// The schedule's looks: what ends one of them, and what ends all.

#include "cli/looks.h"

#include <gtest/gtest.h>

#include <deque>
#include <vector>

#include "support/expected.h"

namespace tipoff::cli {
namespace {

using support::outcome_of;
using namespace std::chrono_literals;

/// Looks that come to what is written down here, then one that is interrupted.
struct Looks {
    std::deque<ErrorCode> fail_first;
    std::vector<std::chrono::milliseconds> pauses;
    int looks = 0;

    Status keep() {
        return keep_looking(
            [this]() -> Expected<std::chrono::milliseconds> {
                ++looks;
                if (fail_first.empty()) return 7ms;
                const ErrorCode code = fail_first.front();
                fail_first.pop_front();
                return fail(code, "something was in the way");
            },
            [this](std::chrono::milliseconds time) {
                pauses.push_back(time);
                return time == 7ms;
            });
    }
};

TEST(Looks, GoOnAfterWhatMayPass) {
    Looks looks{.fail_first = {ErrorCode::kFenced, ErrorCode::kBusy, ErrorCode::kIo}, .pauses = {}};
    EXPECT_EQ(outcome_of(looks.keep()), "ok");
    EXPECT_EQ(looks.looks, 4);
    EXPECT_EQ(looks.pauses, (std::vector<std::chrono::milliseconds>{1s, 2s, 4s, 7ms}));
}

TEST(Looks, EndAtOnceByWhatWillNotPass) {
    Looks looks{.fail_first = {ErrorCode::kFenced, ErrorCode::kInvalidInput}, .pauses = {}};
    EXPECT_EQ(outcome_of(looks.keep()), "invalid input");
    EXPECT_EQ(looks.looks, 2);
}

TEST(Looks, EndWhenTooManyInARowFailed) {
    Looks looks{.fail_first = std::deque<ErrorCode>(100, ErrorCode::kIo), .pauses = {}};
    EXPECT_NE(outcome_of(looks.keep()), "ok");
    EXPECT_EQ(looks.looks, kMostFailedLooks);
    EXPECT_EQ(looks.pauses.back(), kLongestFailedPause);
}

TEST(Looks, AreCountedAnewAfterOneThatWentWell) {
    int looks = 0;
    const Status ended = keep_looking(
        [&]() -> Expected<std::chrono::milliseconds> {
            if (++looks % kMostFailedLooks == 0) return 7ms;
            return fail(ErrorCode::kFenced, "taken over");
        },
        [&](std::chrono::milliseconds) { return looks == 3 * kMostFailedLooks; });
    EXPECT_EQ(outcome_of(ended), "ok");
}

TEST(Looks, AreInterruptedWhileTheyFail) {
    int looks = 0;
    const Status ended = keep_looking(
        [&]() -> Expected<std::chrono::milliseconds> {
            ++looks;
            return fail(ErrorCode::kBusy, "another writes");
        },
        [](std::chrono::milliseconds) { return true; });
    EXPECT_EQ(outcome_of(ended), "ok");
    EXPECT_EQ(looks, 1);
}

}  // namespace
}  // namespace tipoff::cli
