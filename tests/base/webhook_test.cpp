// Webhooks against a real server on loopback.

#include "base/webhook.h"

#include <gtest/gtest.h>

#include "support/scripted_server.h"

namespace tipoff {
namespace {

using namespace std::chrono_literals;
using support::ScriptedServer;
using Reply = ScriptedServer::Reply;

TEST(Webhook, PostsTheDocument) {
    ScriptedServer server;
    server.reply("/hook/t0ken", {Reply{.status = 200, .body = "ok"}});
    const std::string json = R"({"text":")" + std::string(5000, 'x') + R"("})";
    EXPECT_TRUE(CurlWebhookSender(Secret(server.url() + "/hook/t0ken")).post(json).has_value());
    EXPECT_EQ(server.last_method(), "POST");
    EXPECT_EQ(server.last_header("Content-Type"), "application/json");
    EXPECT_EQ(server.last_body(), json);
}

struct StatusCase {
    int status;
    bool arrives;
    bool is_permanent;
};

class WebhookStatus : public testing::TestWithParam<StatusCase> {};

TEST_P(WebhookStatus, DecidesWhatBecomesOfTheMessage) {
    const auto [status, arrives, is_permanent] = GetParam();
    ScriptedServer server;
    server.reply("/hook/t0ken",
                 {Reply{.status = status, .headers = {{"Location", server.url() + "/elsewhere"}}}});
    const auto outcome = CurlWebhookSender(Secret(server.url() + "/hook/t0ken")).post("{}");
    EXPECT_EQ(server.requests(), 1) << "no redirect is followed";
    ASSERT_EQ(outcome.has_value(), arrives);
    if (arrives) return;
    EXPECT_EQ(outcome.error().is_permanent, is_permanent);
    EXPECT_EQ(outcome.error().detail,
              "the webhook answered HTTP " + std::to_string(GetParam().status));
}

INSTANTIATE_TEST_SUITE_P(, WebhookStatus,
                         testing::Values(StatusCase{200, true, false}, StatusCase{204, true, false},
                                         StatusCase{302, false, true}, StatusCase{400, false, true},
                                         StatusCase{404, false, true}, StatusCase{410, false, true},
                                         StatusCase{429, false, false},
                                         StatusCase{500, false, false},
                                         StatusCase{503, false, false}),
                         [](const auto& test) {
                             return "Http" + std::to_string(test.param.status);
                         });

TEST(Webhook, WaitsAsLongAsItIsAskedTo) {
    ScriptedServer server;
    server.reply("/", {Reply{.status = 429, .headers = {{"Retry-After", "90"}}}});
    const auto outcome = CurlWebhookSender(Secret(server.url() + "/")).post("{}");
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().retry_after, 90s);
    EXPECT_EQ(outcome_of_status(429, 86'400s).error().retry_after, 3'600s);
}

TEST(Webhook, WithoutAnAnswerIsTriedAgainAndItsUrlIsNotTold) {
    const auto outcome = CurlWebhookSender(Secret("http://127.0.0.1:1/hook/t0ken")).post("{}");
    ASSERT_FALSE(outcome.has_value());
    EXPECT_FALSE(outcome.error().is_permanent);
    EXPECT_FALSE(outcome.error().detail.empty());
    EXPECT_EQ(outcome.error().detail.find("t0ken"), std::string::npos);
    const auto malformed = CurlWebhookSender(Secret("http://[t0ken/")).post("{}");
    ASSERT_FALSE(malformed.has_value());
    EXPECT_TRUE(malformed.error().is_permanent);
    EXPECT_EQ(malformed.error().detail.find("t0ken"), std::string::npos);
}

}  // namespace
}  // namespace tipoff
