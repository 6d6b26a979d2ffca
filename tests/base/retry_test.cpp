#include "base/retry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "base/http.h"

namespace tipoff {
namespace {

using namespace std::chrono_literals;

TEST(RetryDelays, StayUnderBoundsThatDoubleAndEndWithTheTries) {
    RetryDelays delays({.tries = 5, .first = 1s, .cap = 5s}, 1);
    for (const auto bound : {1s, 2s, 4s, 5s}) {
        const auto delay = delays.next();
        ASSERT_TRUE(delay.has_value());
        EXPECT_LE(*delay, bound);
    }
    EXPECT_EQ(delays.tries(), 5);
    EXPECT_FALSE(delays.next().has_value());
}

TEST(RetryDelays, AreNeverShorterThanTheOtherSideAsks) {
    RetryDelays delays({.tries = 3}, 1);
    EXPECT_GE(*delays.next(90s), 90s);
}

RC_GTEST_PROP(RetryDelays, AreTheSameForASeedAndSpreadOverTheBound, ()) {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const RetryPolicy policy{.tries = 400, .first = 1s, .cap = 1s};
    RetryDelays one(policy, seed), other(policy, seed);
    std::chrono::milliseconds sum{};
    while (const auto delay = one.next()) {
        RC_ASSERT(delay == other.next());
        sum += *delay;
    }
    // 399 even draws from 0 to 1,000 ms: a mean of 500 with a standard error of 14.5.
    RC_ASSERT(std::abs(static_cast<double>(sum.count()) / 399 - 500) < 80);
}

TEST(Http, FindsTheHostAndReadsDates) {
    EXPECT_EQ(host_of("https://api.balldontlie.io/v1/standings?season=2025"), "api.balldontlie.io");
    EXPECT_EQ(host_of("http://127.0.0.1:8080"), "127.0.0.1:8080");
    EXPECT_EQ(host_of("standings.json"), "");
    const auto at = parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT");
    ASSERT_TRUE(at.has_value());
    EXPECT_EQ(to_string(*at), "2015-10-21T07:28:00Z");
    EXPECT_FALSE(parse_http_date("tomorrow").has_value());
    EXPECT_FALSE(parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT, or later").has_value());
}

}  // namespace
}  // namespace tipoff
