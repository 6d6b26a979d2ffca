// What a caller cannot do: keep the service from answering others.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kReady = "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n";

ServiceOptions options(const Limits& limits) {
    ServiceOptions options{.loopback_reads_without_token = true};
    options.limits = limits;
    // Takes a body, and says how long it was.
    options.parts = {[](const Backend&) {
        return std::vector<Route>{
            {.method = "POST",
             .path = "/length",
             .name = "post_length",
             .scope = Scope::kPublic,
             .summary = "The length of a body",
             .parameters = {},
             .responses = {{.status = 200, .media_type = "text/plain", .doc = "A number."}},
             .handler = [](const Request& request) {
                 return Response{.content = make_content("text/plain",
                                                         std::to_string(request.raw.body.size()))};
             }}};
    }};
    return options;
}

std::string post(std::string_view headers, std::string_view body = {}) {
    return "POST /length HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n" +
           std::string(body);
}

class HttpLimits : public ::testing::Test {
protected:
    /// What comes to one connection that sends these bytes.
    RawAnswer say(std::string_view bytes) {
        RawClient client(served_.url());
        client.send(bytes);
        return client.read();
    }
    void expect_alive() { EXPECT_EQ(say(kReady).status, 200); }

    Served served_{options({.body_bytes = 1'000})};
};

TEST_F(HttpLimits, BodiesUpToTheLimitAreTaken) {
    const RawAnswer whole = say(post("Content-Length: 1000\r\n", std::string(1'000, 'x')));
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body, "1000");
    const RawAnswer none = say(post(""));
    EXPECT_EQ(none.body, "0");
    // The next request of a connection begins where a body ends, also one that nobody wants.
    RawClient client(served_.url());
    client.send("GET /ready HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /");
    client.send(kReady);
    EXPECT_EQ(client.read().status, 200);
    EXPECT_EQ(client.read().status, 200);
}

TEST_F(HttpLimits, WhatIsTooLargeIsRefusedAndTheConnectionEnds) {
    struct Case {
        std::string bytes;
        int status;
    };
    const std::vector<Case> cases{
        {post("Content-Length: 1001\r\n", std::string(1'001, 'x')), 413},
        {post("Content-Length: 99999999999999999999\r\n"), 413},
        {post("Content-Length: 1001\r\nExpect: 100-continue\r\n"), 413},
        {post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 411},
        {post("Content-Length: -1\r\n"), 400},
        {post("Content-Length: 1, 2\r\n"), 400},
        {post("Content-Length: 1\r\nContent-Length: 2\r\n", "xx"), 400},
        {"GET /ready HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
        {"GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431},
        {"GET /" + std::string(10'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        {"hello\r\n\r\n", 400},
        {"GET /ready SMTP\r\n\r\n", 400},
        {"BREW /ready HTTP/1.1\r\n\r\n", 400},
    };
    for (const Case& wrong : cases) {
        RawClient client(served_.url());
        client.send(wrong.bytes);
        const RawAnswer answer = client.read();
        EXPECT_EQ(answer.status, wrong.status) << wrong.bytes.substr(0, 60);
        EXPECT_EQ(answer.header("Content-Type"), kProblemType) << wrong.bytes.substr(0, 60);
        EXPECT_EQ(answer.header("Connection"), "close") << wrong.bytes.substr(0, 60);
        EXPECT_TRUE(client.is_closed()) << wrong.bytes.substr(0, 60);
    }
    expect_alive();
}

TEST_F(HttpLimits, ABodyIsWaitedForWhereItIsAnnounced) {
    RawClient client(served_.url());
    client.send(post("Content-Length: 3\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(client.read().status, 100);
    client.send("abc");
    EXPECT_EQ(client.read().body, "3");
}

TEST_F(HttpLimits, RequestsOfOneConnectionAreAnsweredInTheirOrder) {
    RawClient client(served_.url());
    client.send(std::string(kReady) + post("Content-Length: 2\r\n", "ab") + std::string(kReady));
    EXPECT_EQ(client.read().body, "{\"ready\":true}");
    EXPECT_EQ(client.read().body, "2");
    EXPECT_EQ(client.read().body, "{\"ready\":true}");
}

TEST_F(HttpLimits, AnOldProtocolIsAnsweredOnceAndInWhole) {
    RawClient client(served_.url());
    client.send("GET /v1/export/analytics.game?format=csv HTTP/1.0\r\n\r\n");
    const RawAnswer answer = client.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Transfer-Encoding"), "");
    EXPECT_EQ(answer.body, ask(served_.url(), "GET", "/v1/export/analytics.game?format=csv").body);
    EXPECT_TRUE(client.is_closed());
}

TEST(SlowCallers, AreTimedOutAndOthersAreAnsweredMeanwhile) {
    Served served(options({.request_time = milliseconds{100}}));
    RawClient in_head(served.url());
    in_head.send("GET /ready HTTP/1.1\r\nHost:");
    RawClient in_body(served.url());
    in_body.send(post("Content-Length: 10\r\n", "12345"));
    EXPECT_EQ(served.get("/ready").status, 200);
    for (RawClient* client : {&in_head, &in_body}) {
        EXPECT_EQ(client->read().status, 408);
        EXPECT_TRUE(client->is_closed());
    }
}

TEST(SlowCallers, WhoTakesNoAnswerIsLeft) {
    Served served(options({.answer_time = milliseconds{100}}));
    RawClient client(served.url());
    // More than the sockets' buffers hold. Unless it gives up on whoever reads nothing, the service
    // does not end.
    constexpr int kRequests = 1'000;
    for (int i = 0; i < kRequests; ++i)
        client.send("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(served.get("/ready").status, 200);
    served.service().stop();
    int answers = 0;
    while (client.read().status == 200)
        ++answers;
    EXPECT_LT(answers, kRequests);
}

TEST(IdleConnections, AreKeptAndClosedInTheEnd) {
    constexpr int kIdle = 300;
    Served served(options({}));
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < kIdle; ++i) {
        idle.push_back(std::make_unique<RawClient>(served.url()));
        idle.back()->send(kReady);
        EXPECT_EQ(idle.back()->read().status, 200);
    }
    EXPECT_EQ(served.get("/ready").status, 200);
    for (const auto& client : idle) {
        client->send(kReady);
        EXPECT_EQ(client->read().status, 200);
    }
    Served quick(options({.idle_time = milliseconds{20}}));
    RawClient left_alone(quick.url());
    EXPECT_TRUE(left_alone.is_closed());
}

TEST(Connections, BeyondTheLimitAreToldSo) {
    Served served(options({.connections = 2}));
    RawClient one(served.url());
    RawClient two(served.url());
    for (RawClient* client : {&one, &two}) {
        client->send(kReady);
        EXPECT_EQ(client->read().status, 200);
    }
    RawClient three(served.url());
    three.send(kReady);
    const RawAnswer refused = three.read();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    one.send(kReady);
    EXPECT_EQ(one.read().status, 200);
}

TEST(Ending, AnswersWhatIsUnderWay) {
    Served served(options({}));
    RawClient idle(served.url());
    idle.send(kReady);
    EXPECT_EQ(idle.read().status, 200);
    RawClient under_way(served.url());
    under_way.send(kReady);
    EXPECT_EQ(under_way.read().status, 200);
    under_way.send("GET /ready HTTP/1.1\r\nHost: x\r\n");
    const std::string url = served.url();
    std::jthread sends_the_rest([&] { under_way.send("\r\n"); });
    served.service().stop();
    EXPECT_EQ(under_way.read().status, 200);
    EXPECT_TRUE(idle.is_closed());
    EXPECT_THROW(RawClient{url}, std::runtime_error);
}

TEST(Listening, KnowsTheAddressesThatLeadToIt) {
    const auto leads = [](std::string_view listens, std::string_view url) {
        return support::value_of(ListenAddress::parse(listens)).is_reached_by(url);
    };
    EXPECT_TRUE(leads("127.0.0.1:80", "http://127.0.0.1:80/x"));
    EXPECT_TRUE(leads("127.0.0.1:80", "http://localhost:80"));
    EXPECT_TRUE(leads("0.0.0.0:80", "http://[::1]:80"));
    EXPECT_TRUE(leads("model.example:80", "http://model.example:80"));
    EXPECT_FALSE(leads("127.0.0.1:80", "http://127.0.0.1:81"));
    EXPECT_FALSE(leads("127.0.0.1:0", "http://127.0.0.1:0"));
    EXPECT_FALSE(leads("10.0.0.1:80", "http://127.0.0.1:80"));
    EXPECT_FALSE(leads("127.0.0.1:80", "http://upstream.example"));
}

TEST(Listening, IsWhereItIsAskedForOrSaysWhyNot) {
    const auto parsed = support::value_of(ListenAddress::parse("[::1]:80"));
    EXPECT_EQ(parsed.host, "::1");
    EXPECT_EQ(parsed.port, 80);
    EXPECT_TRUE(parsed.is_loopback());
    EXPECT_FALSE(support::value_of(ListenAddress::parse("0.0.0.0:80")).is_loopback());
    for (const char* text : {"", "80", "localhost", ":80", "::1:80", "127.0.0.1:65536",
                             "127.0.0.1:-1", "127.0.0.1:x", "[::1]"})
        EXPECT_EQ(support::outcome_of(ListenAddress::parse(text)), "wrong usage") << text;
    // A port that another service has is not shared with it.
    Served served(options({}));
    const SystemClock clock;
    const auto address = support::value_of(ListenAddress::parse(served.url().substr(7)));
    const auto second =
        Listener::open(address, {}, clock, [](const RawRequest&) { return Response{}; });
    EXPECT_EQ(support::outcome_of(second), "busy");
}

}  // namespace
}  // namespace tipoff::serve::test
