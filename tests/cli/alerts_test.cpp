// `tipoff alerts` and what doctor says of the channels, against real servers on loopback.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "operate/alerts.h"
#include "operate/catalogue.h"
#include "program.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"
#include "support/mail_server.h"
#include "support/scripted_server.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::MailServer;
using support::ScriptedServer;
using support::TempFolder;
using support::value_of;

class AlertsCommand : public ::testing::Test {
protected:
    std::string write_config(const std::string& text) {
        const std::string file = folder_ / "tipoff.yaml";
        support::write_file(file, text);
        return file;
    }
    Outcome run(Words words, const Variables& variables = {}) {
        words.insert(words.begin(), {"--home", folder_ / "home"});
        return run_tipoff(words, variables);
    }
    /// Whether any file of the home has the text in it.
    bool home_mentions(std::string_view text) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "home")) {
            if (entry.is_regular_file() && support::read_file(entry.path()).contains(text))
                return true;
        }
        return false;
    }
    /// Raises two alerts, of which one ends.
    void raise_two() {
        const ManualClock clock(value_of(parse_instant("2026-01-05T15:00:00Z")));
        const auto home =
            value_of(store::open_home(folder_ / "home", operate::catalogue(), {}, clock));
        const operate::Alerts alerts({}, clock);
        const auto transaction = value_of(home->database().begin());
        value_of(alerts.raise(*transaction, {.signature = "a",
                                             .severity = operate::Severity::kCritical,
                                             .title = "everything is wrong",
                                             .body = {},
                                             .game_date = value_of(parse_date("2026-01-05"))}));
        value_of(alerts.raise(*transaction, {.signature = "b", .title = "something was wrong"}));
        value_of(alerts.resolve(*transaction, "b"));
        value_of(transaction->commit());
    }
    json listed(Words words) {
        words.insert(words.begin(), {"alerts", "list", "--format", "json"});
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.code, 0) << "alerts are findings: " << outcome.err;
        return json::parse(outcome.out).at("alerts");
    }

    TempFolder folder_;
};

TEST_F(AlertsCommand, ListsWhatWasRaisedAndSucceedsWhateverThatIs) {
    raise_two();
    const json all = listed({});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0], (json{{"severity", "critical"},
                            {"state", "open"},
                            {"title", "everything is wrong"},
                            {"times_raised", 1},
                            {"game_date", "2026-01-05"},
                            {"first_raised_at", "2026-01-05T15:00:00Z"},
                            {"last_raised_at", "2026-01-05T15:00:00Z"},
                            {"resolved_at", nullptr},
                            {"signature", "a"},
                            {"episode", 1}}));
    EXPECT_EQ(listed({"--state", "resolved"}).at(0).at("signature"), "b");
    EXPECT_EQ(listed({"--since", "2026-01-06"}).size(), 0U);
    EXPECT_EQ(listed({"--since", "2026-01-05"}).size(), 2U);
    // Of a replay: the hour before its now, not before the machine's.
    EXPECT_EQ(listed({"--since", "1h", "--now", "2026-01-05T15:30:00Z"}).size(), 2U);
    EXPECT_EQ(listed({"--since", "1h", "--now", "2026-01-05T16:30:00Z"}).size(), 0U);
}

TEST_F(AlertsCommand, TestSendsThroughEveryChannelAndSaysWhichFailed) {
    MailServer mails(MailServer::Tls::kNone, "pa55word");
    if (!mails.is_there()) GTEST_SKIP() << "python3-aiosmtpd is not installed";
    ScriptedServer hooks;
    hooks.reply("/services/t0ken", {{.status = 404}, {.status = 200}});
    const std::string config = write_config("alerts:\n  email:\n    server: " + mails.url() +
                                            "\n    from: Tip-off <tipoff@example.org>\n    to: "
                                            "[ops@example.org]\n    user: tipoff\n  webhook: {}\n");
    const Variables secrets{{"TIPOFF_SMTP_PASSWORD", "pa55word"},
                            {"TIPOFF_WEBHOOK_URL", hooks.url() + "/services/t0ken"}};
    const Words test{"--config", config, "alerts", "test", "--format", "json"};
    const Outcome first = run(test, secrets);
    EXPECT_EQ(first.code, 3) << first.err;
    EXPECT_EQ(json::parse(first.out).at("channels"),
              (json{{{"channel", "email"}, {"outcome", "delivered"}, {"reason", nullptr}},
                    {{"channel", "webhook"},
                     {"outcome", "failed"},
                     {"reason", "the webhook answered HTTP 404"}}}));
    EXPECT_EQ(mails.next_mail().from, "Tip-off <tipoff@example.org>");

    // Its failure is seen, and raised.
    const Words doctor{"--config", config, "doctor"};
    const std::string sick = run(doctor, secrets).out;
    EXPECT_TRUE(sick.contains("alerts: email works; last delivered")) << sick;
    EXPECT_TRUE(sick.contains("alerts: webhook failing: the webhook answered HTTP 404")) << sick;
    EXPECT_EQ(listed({"--state", "open"}).at(0).at("title"), "alerts do not arrive by webhook");

    const Outcome second = run(test, secrets);
    EXPECT_EQ(second.code, 0) << second.out << second.err;
    EXPECT_TRUE(run(doctor, secrets).out.contains("alerts: webhook works"));
    EXPECT_EQ(listed({"--state", "open"}).size(), 0U);

    const std::string said = first.out + first.err + sick;
    for (const char* secret : {"pa55word", "t0ken"}) {
        EXPECT_FALSE(said.contains(secret)) << secret;
        EXPECT_FALSE(home_mentions(secret)) << secret;
    }
}

TEST_F(AlertsCommand, TestOfOneChannelLeavesTheOtherAlone) {
    ScriptedServer hooks;
    hooks.reply("/hook", {{.status = 200}});
    support::write_file(folder_ / "url", hooks.url() + "/hook\n");
    std::filesystem::permissions(folder_ / "url", std::filesystem::perms{0600});
    const std::string config = write_config(
        "alerts:\n  email: {server: \"smtp://127.0.0.1:1\", from: a@b, to: c@d}\n"
        "  webhook: {url_file: url}\n");
    const Outcome outcome =
        run({"--config", config, "alerts", "test", "--channel", "webhook", "--format", "csv"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "channel,outcome,reason\nwebhook,delivered,\n");
    EXPECT_TRUE(hooks.last_body().starts_with(R"({"text":"*test of this channel*)"));
}

TEST_F(AlertsCommand, ASecretThatOthersMayReadIsNotUsed) {
    support::write_file(folder_ / "url", "http://127.0.0.1:1/t0ken\n");
    std::filesystem::permissions(folder_ / "url", std::filesystem::perms{0644});
    const std::string config = write_config("alerts:\n  webhook: {url_file: url}\n");
    const Outcome outcome = run({"--config", config, "alerts", "test"});
    EXPECT_EQ(outcome.code, 3);
    EXPECT_TRUE(outcome.out.contains("chmod 600 " + std::string(folder_ / "url"))) << outcome.out;
    EXPECT_FALSE(outcome.out.contains("t0ken"));
}

TEST_F(AlertsCommand, WithoutAChannelSaysHowToConfigureOne) {
    const Outcome outcome = run({"alerts", "test"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_TRUE(outcome.err.contains("no channel is configured")) << outcome.err;
    EXPECT_TRUE(outcome.err.contains("--config")) << outcome.err;
    EXPECT_TRUE(run({"doctor"}).out.contains("alerts: no channel is configured"));
}

struct BadAlerts {
    std::string name;
    std::string yaml;
    std::string told;
};

class RefusedAlertSettings : public ::testing::TestWithParam<BadAlerts> {};

TEST_P(RefusedAlertSettings, AreNamedWithLineAndColumn) {
    const TempFolder folder;
    support::write_file(folder / "c.yaml", GetParam().yaml);
    const Outcome outcome =
        run_tipoff({"--home", folder / "home", "--config", folder / "c.yaml", "alerts", "list"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_TRUE(outcome.err.contains("c.yaml:" + GetParam().told)) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    , RefusedAlertSettings,
    ::testing::Values(
        BadAlerts{"UnknownKey", "alerts:\n  emial: {}\n", "2:3: the key 'emial' is not known"},
        BadAlerts{"NoMap", "alerts: loud\n", "1:9: alerts is not a set of keys and values"},
        BadAlerts{"NoServer", "alerts:\n  email: {from: a@b, to: c@d}\n",
                  "2:10: alerts.email has no server"},
        BadAlerts{"NoMailServer", "alerts:\n  email:\n    server: http://x\n",
                  "3:13: 'http://x' is no mail server"},
        BadAlerts{"UserInTheUrl", "alerts:\n  email:\n    server: smtp://me:pw@x\n",
                  "3:13: the server's address has a user in it"},
        BadAlerts{"NoAddress", "alerts:\n  email:\n    to: [a@b, nobody]\n",
                  "3:15: 'nobody' is no mail address"},
        BadAlerts{"Severity", "alerts:\n  webhook: {least_severity: loud}\n", "2:29: no severity"},
        BadAlerts{"Cap", "alerts:\n  cap_per_hour: 0\n", "2:17: a whole number from 1 to 1000"},
        BadAlerts{"Summary", "alerts: {daily_summary: often}\n", "1:25: true or false"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace tipoff::cli_test
