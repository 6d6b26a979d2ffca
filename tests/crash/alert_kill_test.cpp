// A delivery whose process is killed, before and after its message went out.

#include <gtest/gtest.h>
#include <signal.h>

#include <memory>

#include "base/crash_point.h"
#include "operate/alert_delivery.h"
#include "operate/alert_tables.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::Channel;
using support::ChildProcess;
using support::value_of;

const Instant kNow = value_of(parse_instant("2026-01-05T15:00:00Z"));

/// Tells each message that goes out.
class TellingSender final : public MessageSender {
public:
    explicit TellingSender(Channel& reader) : reader_(reader) {}

    std::expected<void, SendFailure> send(const OutboxRow& message) override {
        reader_.tell(message.message_id);
        return {};
    }

private:
    Channel& reader_;
};

std::vector<AlertChannel> one_channel(Channel& reader) {
    std::vector<AlertChannel> channels;
    channels.push_back({{.name = "email"}, std::make_unique<TellingSender>(reader)});
    return channels;
}

/// Where the child tells that it is there, and waits to be killed.
Channel* waiting_at = nullptr;
std::string_view waits_for;

void wait_to_be_killed(std::string_view point) {
    if (point != waits_for) return;
    waiting_at->tell(point);
    (void)waiting_at->hear();
}

class AKilledDelivery : public testing::TestWithParam<const char*> {
protected:
    std::unique_ptr<store::Database> open() {
        return support::open_with_tables(folder_ / "alerts.duckdb", alert_tables());
    }
    /// What a delivery at `now` sends.
    std::vector<std::string> sent_by_another_process(Instant now) {
        ChildProcess child([&](Channel& parent) {
            const ManualClock clock(now);
            const auto database = open();
            value_of(deliver(*database, one_channel(parent), clock));
            return 0;
        });
        std::vector<std::string> sent;
        while (const auto line = child.channel().hear())
            sent.push_back(*line);
        EXPECT_EQ(child.wait().code, 0);
        return sent;
    }

    support::TempFolder folder_;
};

TEST_P(AKilledDelivery, IsGoneOnWithAndNothingIsLost) {
    const std::string message_id = "alert/email/a/1";
    ChildProcess child([&](Channel& parent) {
        const ManualClock clock(kNow);
        const auto database = open();
        const auto channels = one_channel(parent);
        const auto transaction = value_of(database->begin());
        value_of(Alerts(policies_of(channels), clock)
                     .raise(*transaction, {.signature = "a", .title = "a"}));
        value_of(transaction->commit());
        waiting_at = &parent;
        waits_for = GetParam();
        set_crash_hook(&wait_to_be_killed);
        value_of(deliver(*database, channels, clock));
        return 0;
    });
    const bool went_out = std::string_view(GetParam()) == "alert_sent";
    if (went_out) {
        ASSERT_EQ(child.channel().hear(), message_id);
    }
    ASSERT_EQ(child.channel().hear(), GetParam());
    EXPECT_EQ(child.kill().signal, SIGKILL);

    using Sent = std::vector<std::string>;
    EXPECT_EQ(sent_by_another_process(kNow + kClaim - std::chrono::seconds{1}), Sent{});
    EXPECT_EQ(sent_by_another_process(kNow + kClaim), Sent{message_id});
    EXPECT_EQ(sent_by_another_process(kNow + std::chrono::hours{3}), Sent{});
}

INSTANTIATE_TEST_SUITE_P(, AKilledDelivery, testing::Values("alert_claimed", "alert_sent"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace tipoff::operate
