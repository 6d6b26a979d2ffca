// I-02: six hundred mails in fourteen hours. Every 84 seconds something fails and what is due is
// delivered; the program starts anew every hour.

#include <gtest/gtest.h>

#include "operate/alert_home.h"

namespace tipoff {
namespace {

using namespace std::chrono_literals;
using operate::test::AlertHome;

constexpr int kFailures = 600;
constexpr std::chrono::seconds kBetween{84};  // 600 in fourteen hours

/// Fails in the name that `signature_of` gives the nth failure.
template <class SignatureOf>
void fail_all_night(AlertHome& home, SignatureOf signature_of) {
    Instant next_start = home.clock().league_now() + 1h;
    for (int n = 0; n < kFailures; ++n) {
        home.raise(signature_of(n));
        home.deliver();
        home.clock().advance(kBetween);
        if (home.clock().league_now() < next_start) continue;
        home.restart();
        next_start += 1h;
    }
}

/// What is left after the night.
void deliver_for_hours(AlertHome& home) {
    for (int i = 0; i < 24; ++i) {
        home.deliver();
        home.clock().advance(10min);
    }
}

class I02 : public support::EachEngine {};

TEST_P(I02, OneFailureSixHundredTimesIsOneMessageAndADigestAnHour) {
    AlertHome home({{.name = "email"}}, GetParam());
    fail_all_night(home, [](int) { return std::string("collect.schedule.failed"); });
    // The first at once; the thirteen hours that follow the first end in a digest each.
    EXPECT_EQ(home.inbox().received.size(), 14U);
    deliver_for_hours(home);
    EXPECT_EQ(home.inbox().received.size(), 15U) << "and the rest";
    EXPECT_EQ(home.newest("collect.schedule.failed").times_raised, kFailures);
    EXPECT_EQ(home.rows(operate::kAlertNotice).at(0).told_times, kFailures);
}

TEST_P(I02, SixHundredFailuresAreNineMessagesAndADigestAnHour) {
    AlertHome home({{.name = "email"}}, GetParam());
    fail_all_night(home, [](int n) { return "step.failed." + std::to_string(n) + "."; });
    deliver_for_hours(home);
    // Nine at once; afterwards more than that fail in every hour.
    EXPECT_EQ(home.inbox().received.size(), 9U + 14U);
    EXPECT_LE(operate::test::most_in_an_hour(home.inbox().received), 10U);
    for (int n = 0; n < kFailures; ++n)
        EXPECT_TRUE(home.inbox().mentions("step.failed." + std::to_string(n) + ".")) << n;
}

TEST_P(I02, AFailureThatComesAndGoesStaysWithinTheCap) {
    AlertHome home({{.name = "email"}}, GetParam());
    constexpr int kEpisodes = 150;  // three and a half hours
    for (int n = 0; n < kEpisodes; ++n) {
        home.raise("step.flaps");
        home.deliver();
        home.resolve("step.flaps");
        home.deliver();
        home.clock().advance(kBetween);
    }
    deliver_for_hours(home);
    EXPECT_LE(operate::test::most_in_an_hour(home.inbox().received), 10U);
    EXPECT_LE(home.inbox().received.size(), 9U + 5U) << "nine at once, and a digest an hour";
    EXPECT_EQ(home.newest("step.flaps").episode, kEpisodes);
    for (const auto& notice : home.rows(operate::kAlertNotice)) {
        EXPECT_EQ(notice.told_times, 1) << notice.episode;
        EXPECT_TRUE(notice.told_end) << notice.episode;
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, I02, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff
