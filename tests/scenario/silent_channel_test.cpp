// I-14: a webhook answers 404 for days, and nobody knows that no alert arrives. Both channels are
// real, on loopback.

#include <gtest/gtest.h>

#include "operate/alert_home.h"
#include "operate/channel_health.h"
#include "support/mail_server.h"
#include "support/scripted_server.h"

namespace tipoff {
namespace {

using namespace operate;
using namespace std::chrono_literals;
using support::value_of;

class I14 : public support::OnEachEngine {
protected:
    I14() : OnEachEngine(alert_tables()) {}

    void SetUp() override {
        OnEachEngine::SetUp();
        if (!mails_.is_there()) GTEST_SKIP() << "python3-aiosmtpd is not installed";
        SmtpServer server;
        server.url = mails_.url();
        channels_.push_back({{.name = "email"},
                             std::make_unique<EmailSender>(
                                 std::make_unique<CurlMailSender>(server), "tipoff@example.org",
                                 std::vector<std::string>{"ops@example.org"})});
        channels_.push_back({{.name = "webhook"},
                             std::make_unique<SlackSender>(std::make_unique<CurlWebhookSender>(
                                 Secret(hooks_.url() + "/services/t0ken")))});
    }

    /// What the scheduler does every minute.
    void deliver() {
        const auto transaction = value_of(db().begin());
        value_of(Alerts(policies_of(channels_), clock_).test_weekly(*transaction));
        value_of(transaction->commit());
        value_of(operate::deliver(db(), channels_, clock_));
    }
    ChannelHealth health(std::size_t channel) {
        return value_of(channel_health(db(), policies_of(channels_), clock_.league_now()))
            .at(channel);
    }

    ManualClock clock_{value_of(parse_instant("2026-01-05T15:00:00Z"))};
    support::ScriptedServer hooks_;
    support::MailServer mails_;
    std::vector<AlertChannel> channels_;
};

TEST_P(I14, AChannelThatFailsIsSeenInHealthAndToldOfByTheOther) {
    hooks_.reply("/services/t0ken", {{.status = 200}});
    deliver();
    EXPECT_EQ(mails_.next_mail().subject, "[tipoff] test of this channel");
    EXPECT_EQ(hooks_.last_body(),
              R"({"text":"*test of this channel*\nSent 2026-01-05 10:00 ET to see whether )"
              R"(alerts arrive here. There is nothing to do.\n"})");
    EXPECT_EQ(health(0).state, ChannelState::kWorks);
    EXPECT_EQ(health(1).state, ChannelState::kWorks);

    // The hook is taken away. No alert is raised, yet the weekly test shows it.
    hooks_.reply("/services/t0ken", {{.status = 404}});
    clock_.advance(std::chrono::days{7});
    deliver();
    EXPECT_EQ(health(1).state, ChannelState::kFailing);
    EXPECT_EQ(health(1).reason, "the webhook answered HTTP 404");
    EXPECT_EQ(mails_.next_mail().subject, "[tipoff] test of this channel");
    deliver();
    const auto told = mails_.next_mail();
    EXPECT_EQ(told.subject, "[tipoff] error: alerts do not arrive by webhook");
    EXPECT_TRUE(told.body.starts_with("the webhook answered HTTP 404\n")) << told.body;

    // It is put right.
    hooks_.reply("/services/t0ken", {{.status = 200}});
    clock_.advance(std::chrono::days{7});
    deliver();
    deliver();
    EXPECT_EQ(health(1).state, ChannelState::kWorks);
    EXPECT_EQ(mails_.next_mail().subject, "[tipoff] test of this channel");
    EXPECT_EQ(mails_.next_mail().subject, "[tipoff] resolved: alerts do not arrive by webhook");
}

INSTANTIATE_TEST_SUITE_P(Engines, I14, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff
