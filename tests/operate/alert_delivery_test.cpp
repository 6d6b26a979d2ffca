// Messages that do not arrive, and processes that end in between.

#include "operate/alert_delivery.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <utility>

#include "base/crash_point.h"
#include "operate/alert_home.h"
#include "operate/channel_health.h"

namespace tipoff::operate {
namespace {

using namespace std::chrono_literals;
using support::value_of;
using test::AlertHome;
using Subjects = std::vector<std::string>;

ChannelHealth health_of(AlertHome& home, std::size_t channel = 0) {
    return value_of(channel_health(home.database(), policies_of(home.channels()),
                                   home.clock().league_now()))
        .at(channel);
}

TEST(Delivery, IsTriedAgainLaterAndLaterAndThenGivenUp) {
    AlertHome home;
    home.inbox().answer = test::for_now;
    home.raise("a");
    std::vector<Instant> tries;
    while (home.rows(kOutbox).at(0).state == kPending && tries.size() < 20) {
        const Instant due = home.rows(kOutbox).at(0).not_before;
        home.clock().advance(due - home.clock().league_now());
        tries.push_back(due);
        home.deliver();
    }
    ASSERT_EQ(tries.size(), 8U);
    const std::chrono::microseconds bounds[] = {1min, 2min, 4min, 8min, 16min, 32min, 60min};
    for (std::size_t i = 0; i + 1 < tries.size(); ++i) {
        EXPECT_GE(tries[i + 1] - tries[i], 10s) << i;
        EXPECT_LE(tries[i + 1] - tries[i], bounds[i]) << i;
    }
    const OutboxRow message = home.rows(kOutbox, "WHERE kind = 'alert'").at(0);
    EXPECT_EQ(message.state, "failed");
    EXPECT_EQ(message.tries, 8);
    EXPECT_EQ(message.error, "no connection");
    EXPECT_FALSE(message.in_flight_since.has_value());
}

TEST(Delivery, OfWhatCannotHelpIsNotTriedAgain) {
    AlertHome home;
    home.inbox().answer = test::for_good;
    home.raise("a");
    EXPECT_EQ(home.deliver().failed, 1);
    EXPECT_EQ(home.rows(kOutbox).at(0).tries, 1);
    EXPECT_EQ(home.deliver().failed, 0);
}

TEST(Delivery, LeavesAChannelThatIsDownAloneAndTheOthersGoOn) {
    AlertHome home({{.name = "email"}, {.name = "webhook"}});
    home.inbox(0).answer = test::for_now;
    home.raise("a");
    home.raise("b");
    const DeliveryReport report = home.deliver();
    EXPECT_EQ(report.put_off, 1) << "the second would go the way of the first";
    EXPECT_EQ(report.sent, 2);
    EXPECT_EQ(home.inbox(1).received.size(), 2U);
}

TEST(Delivery, ThatFailsIsToldOnceOnTheOtherChannelAndItsEndToo) {
    AlertHome home({{.name = "email"}, {.name = "webhook"}});
    home.inbox(1).answer = test::for_good;
    home.raise("a");
    home.deliver();
    home.raise("b");
    home.deliver();
    EXPECT_EQ(home.inbox(0).subjects(),
              (Subjects{"error: a is wrong", "error: alerts do not arrive by webhook",
                        "error: b is wrong"}));
    EXPECT_TRUE(home.inbox(0).received[1].message.body.contains("HTTP 404"));
    EXPECT_EQ(health_of(home, 1).state, ChannelState::kFailing);
    EXPECT_EQ(health_of(home, 1).reason, "HTTP 404");

    home.inbox(1).answer = test::delivered;
    home.raise("c");
    home.deliver();
    home.deliver();
    EXPECT_EQ(home.inbox(0).subjects().back(), "resolved: alerts do not arrive by webhook");
    EXPECT_NE(health_of(home, 1).state, ChannelState::kFailing);
    // What it was never told comes in its digest.
    home.deliver_for(60min);
    EXPECT_TRUE(home.inbox(1).mentions("a · new"));
    EXPECT_TRUE(home.inbox(1).mentions("b · new"));
    EXPECT_FALSE(home.inbox(1).mentions("alerts.channel.webhook")) << "it is what that is about";
}

TEST(Delivery, HonoursWhatTheOtherSideAsksFor) {
    AlertHome home;
    home.inbox().answer = [](const OutboxRow&) -> std::expected<void, SendFailure> {
        return std::unexpected(
            SendFailure{.is_permanent = false, .detail = "HTTP 429", .retry_after = 30min});
    };
    home.raise("a");
    const Instant asked = home.clock().league_now();
    home.deliver();
    EXPECT_EQ(home.rows(kOutbox).at(0).not_before, asked + 30min);
}

/// Stops a delivery at one of its named points, as an end of the process would.
class DeliveryCutOff : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        cut_at = GetParam();
        set_crash_hook([](std::string_view point) {
            if (point == cut_at) throw std::runtime_error("cut off");
        });
    }
    void TearDown() override { set_crash_hook(nullptr); }

    static inline std::string_view cut_at;
};

TEST_P(DeliveryCutOff, IsMadeGoodUnderTheSameMessageId) {
    AlertHome home;
    home.raise("a");
    EXPECT_THROW(home.deliver(), std::runtime_error);
    set_crash_hook(nullptr);
    home.restart();
    home.deliver_for(4min);
    const std::size_t before = home.inbox().received.size();
    EXPECT_EQ(before, cut_at == "alert_sent" ? 1U : 0U) << "its claim still holds";
    home.deliver_for(120min);
    EXPECT_EQ(home.inbox().received.size(), before + 1);
    std::set<std::string> ids;
    for (const auto& received : home.inbox().received)
        ids.insert(received.message.message_id);
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(home.rows(kOutbox).at(0).state, "sent");
    EXPECT_EQ(home.rows(kOutbox).at(0).tries, 2);
}

INSTANTIATE_TEST_SUITE_P(, DeliveryCutOff, testing::Values("alert_claimed", "alert_sent"),
                         [](const auto& test) { return std::string(test.param); });

TEST(Delivery, ThatWasCutOffCountsForTheCap) {
    AlertHome home({{.name = "email", .cap_per_hour = 4}});
    home.raise("a");
    home.raise("b");
    home.clock().advance(61min);  // so that none of them is too many when it is raised
    home.raise("c");
    home.raise("d");
    set_crash_hook([](std::string_view point) {
        if (point == "alert_sent") throw std::runtime_error("cut off");
    });
    EXPECT_THROW(home.deliver(), std::runtime_error);
    set_crash_hook(nullptr);
    home.restart();
    const DeliveryReport report = home.deliver();
    EXPECT_EQ(home.inbox().subjects(),
              (Subjects{"error: a is wrong", "error: b is wrong", "error: c is wrong"}));
    EXPECT_EQ(report.folded, 1);
}

TEST(Delivery, ByTwoAtOnceSendsNothingTwice) {
    AlertHome home;
    home.raise("a");
    bool is_sending = false;
    home.inbox().answer = [&](const OutboxRow&) -> std::expected<void, SendFailure> {
        // While one sends, another looks for what is due.
        EXPECT_FALSE(std::exchange(is_sending, true));
        EXPECT_EQ(home.deliver().sent, 0);
        return {};
    };
    EXPECT_EQ(home.deliver().sent, 1);
    EXPECT_EQ(home.inbox().received.size(), 1U);
}

TEST(Health, OfAChannelSaysWhatItDidLast) {
    AlertHome home;
    EXPECT_EQ(health_of(home).state, ChannelState::kUntested);
    EXPECT_EQ(health_of(home).reason, "never tested");

    const auto test = [&home] {
        const AlertChannel& channel = home.channels().at(0);
        const auto outcome = send_test(channel, home.clock());
        value_of(record_test(home.database(), home.channels(), channel, outcome, home.clock()));
        home.clock().advance(1min);
    };
    test();
    EXPECT_EQ(health_of(home).state, ChannelState::kWorks);
    home.inbox().answer = test::for_good;
    test();
    EXPECT_EQ(health_of(home).state, ChannelState::kFailing);
    EXPECT_EQ(health_of(home).reason, "HTTP 404");
    home.inbox().answer = test::delivered;
    test();
    EXPECT_EQ(health_of(home).state, ChannelState::kWorks);
    home.inbox().answer = test::for_now;
    home.raise("a");
    home.deliver();
    EXPECT_EQ(health_of(home).state, ChannelState::kTrying);
    EXPECT_EQ(health_of(home).waiting, 1);
    EXPECT_EQ(health_of(home).reason, "no connection");
}

TEST(Health, EveryChannelIsTestedWeekly) {
    AlertHome home;
    const auto due = [&home] {
        return value_of(weekly_tests_due(home.database(), policies_of(home.channels()),
                                         home.clock().league_now()));
    };
    const auto enqueue = [&home] {
        const auto transaction = value_of(home.database().begin());
        value_of(home.alerts().test_weekly(*transaction));
        value_of(transaction->commit());
    };
    EXPECT_EQ(due(), Subjects{"email"});
    enqueue();
    EXPECT_TRUE(due().empty()) << "one waits to be sent";
    enqueue();
    home.deliver();
    EXPECT_EQ(home.inbox().subjects(), Subjects{"test of this channel"});
    EXPECT_EQ(health_of(home).state, ChannelState::kWorks);
    home.clock().advance(std::chrono::days{7} - 1min);
    EXPECT_TRUE(due().empty());
    home.clock().advance(1min);
    EXPECT_EQ(due(), Subjects{"email"});
    home.clock().advance(std::chrono::days{1});
    EXPECT_EQ(health_of(home).state, ChannelState::kUntested) << "the test did not come";
    home.inbox().answer = test::for_good;
    enqueue();
    home.deliver();
    EXPECT_EQ(health_of(home).state, ChannelState::kFailing);
}

}  // namespace
}  // namespace tipoff::operate
