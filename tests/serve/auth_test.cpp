// Who may do what: every route, every kind of caller.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "coordinate/in_process_queue.h"
#include "operate/batch_coordinator.h"
#include "serve/endpoints/batches.h"
#include "serve/endpoints/pipeline.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using operate::TokenScope;

struct KindOfCaller {
    std::string name;
    Headers headers;
    int refused_read = 0;     ///< the status by which a reading route refuses; 0: it does not
    int refused_operate = 0;  ///< and one that operates
};

std::string id_of(const std::string& token) { return token.substr(7, 12); }

std::string expired_token() {
    const std::string token = new_token(TokenScope::kOperate);
    support::execute(mini_home().database(),
                     "UPDATE ops.token SET expires_at = TIMESTAMPTZ '2001-01-01 00:00:00Z', "
                     "row_version = row_version + 1 WHERE token_id = $1",
                     {id_of(token)});
    return token;
}

std::string revoked_token() {
    const std::string token = new_token(TokenScope::kOperate);
    support::value_of(
        operate::revoke_token(mini_home().database(), id_of(token), mini_home().clock()));
    return token;
}

/// A token with another secret.
std::string wrong_token() {
    std::string token = new_token(TokenScope::kOperate);
    token.back() = token.back() == 'A' ? 'B' : 'A';
    return token;
}

std::vector<KindOfCaller> callers() {
    return {{"nobody", {}, 401, 401},
            {"another scheme", {{"Authorization", "Basic dXNlcjpwYXNz"}}, 401, 401},
            {"no token at all", {bearer("x")}, 401, 401},
            {"wrong", {bearer(wrong_token())}, 401, 401},
            {"expired", {bearer(expired_token())}, 401, 401},
            {"revoked", {bearer(revoked_token())}, 401, 401},
            {"read", {bearer(new_token(TokenScope::kRead))}, 0, 403},
            {"operate", {bearer(new_token(TokenScope::kOperate))}, 0, 0}};
}

/// A path that the route takes.
std::string path_of(const Route& route) {
    std::string path = route.path;
    while (true) {
        const auto open = path.find('{');
        if (open == std::string::npos) return path;
        path.replace(open, path.find('}') - open + 1, "1");
    }
}

/// Every part of the service.
operate::BatchCoordinator& coordinator() {
    struct Parts {
        operate::SharedFacts facts{mini_home().database()};
        operate::WarmEngine engine{facts, mini_home().database(), mini_home().ledger(),
                                   mini_home().clock(), mini_home().folder()};
        coordinate::InProcessQueue queue;
        operate::BatchCoordinator coordinator{mini_home().database(), mini_home().ledger(),
                                              mini_home().clock(), engine, queue};
    };
    static Parts parts;
    return parts.coordinator;
}

ServiceOptions options(bool loopback_reads) {
    ServiceOptions options;
    options.loopback_reads_without_token = loopback_reads;
    options.limits.wrong_tokens = 10'000;  // how they are slowed is another test's
    options.parts = {batch_routes(coordinator()), pipeline_routes(workflows())};
    return options;
}

TEST(Auth, EveryRouteLetsInWhomItShould) {
    const auto all = callers();
    Served served(options(false));
    std::size_t operating = 0;
    for (const Route& route : served.service().routes()) {
        operating += route.scope == Scope::kOperate ? 1 : 0;
        for (const KindOfCaller& caller : all) {
            // What never ends is asked for by its head, which the same may have.
            const bool is_endless = route.path == "/v1/events";
            const RawAnswer answer = ask(served.url(), is_endless ? "HEAD" : route.method,
                                         path_of(route), caller.headers);
            const int refused = route.scope == Scope::kPublic ? 0
                                : route.scope == Scope::kRead ? caller.refused_read
                                                              : caller.refused_operate;
            const std::string what = route.method + " " + route.path + " for " + caller.name;
            if (refused != 0) {
                EXPECT_EQ(answer.status, refused) << what;
                EXPECT_TRUE(answer.header("WWW-Authenticate").starts_with("Bearer ")) << what;
                EXPECT_EQ(answer.header("Content-Type"), kProblemType) << what;
            } else {
                // What is asked for may not be there; it was not refused.
                EXPECT_TRUE(answer.status == 200 || answer.status == 204 || answer.status == 400 ||
                            answer.status == 404)
                    << what << ": " << answer.status << " " << answer.body;
            }
        }
    }
    EXPECT_GT(operating, 0U);
}

TEST(Auth, ThisMachineReadsWithoutATokenWhereTheConfigurationSaysSo) {
    Served served(options(true));
    EXPECT_EQ(served.get("/v1/runs").status, 200);
    EXPECT_EQ(ask(served.url(), "POST", "/start").status, 401);
    // A proxy on this machine hands on what others ask.
    EXPECT_EQ(served.get("/v1/runs", {{"X-Forwarded-For", "203.0.113.9"}}).status, 401);
    EXPECT_EQ(served.get("/v1/runs", {{"Forwarded", "for=203.0.113.9"}}).status, 401);
    // So may a page that somebody's browser shows, under a name that leads here.
    for (const char* name : {"example.org:8080", "127.example.org", "localhost.example.org"}) {
        RawClient rebound(served.url());
        rebound.send(std::string("GET /v1/runs HTTP/1.1\r\nHost: ") + name + "\r\n\r\n");
        EXPECT_EQ(rebound.read().status, 401) << name;
    }
    RawClient six(served.url());
    six.send("GET /v1/runs HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n");
    EXPECT_EQ(six.read().status, 200);
    // A token that is sent counts, also where none is needed.
    EXPECT_EQ(served.get("/v1/runs", {bearer("x")}).status, 401);
}

TEST(Auth, ARevokedTokenIsRefusedAtOnce) {
    Served served(options(false));
    const std::string token = new_token(TokenScope::kRead);
    served.service().refresh();
    EXPECT_EQ(served.get("/v1/runs", {bearer(token)}).status, 200);
    support::value_of(
        operate::revoke_token(mini_home().database(), id_of(token), mini_home().clock()));
    served.service().refresh();
    const RawAnswer refused = served.get("/v1/runs", {bearer(token)});
    EXPECT_EQ(refused.status, 401);
    EXPECT_NE(refused.body.find("revoked"), std::string::npos);
}

TEST(Auth, WrongTokensAreRefusedByTheirSource) {
    ServiceOptions few = options(false);
    few.limits.wrong_tokens = 3;
    Served served(few);
    const std::string right = new_token(TokenScope::kRead);
    const auto from = [](std::string address) {
        return std::pair<std::string, std::string>{"X-Forwarded-For", std::move(address)};
    };
    served.service().refresh();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(served.get("/v1/runs", {bearer("x"), from("203.0.113.9")}).status, 401);
    const RawAnswer refused = served.get("/v1/runs", {bearer(right), from("203.0.113.9")});
    EXPECT_EQ(refused.status, 429);
    EXPECT_GE(std::stoi(refused.header("Retry-After")), 1);
    // Another address is none the worse for it, nor is what needs no token.
    EXPECT_EQ(served.get("/v1/runs", {bearer(right), from("203.0.113.10")}).status, 200);
    EXPECT_EQ(served.get("/health", {bearer("x"), from("203.0.113.9")}).status, 200);
    // What a caller says of himself before the proxy's word does not count.
    EXPECT_EQ(served.get("/v1/runs", {bearer(right), from("198.51.100.1, 203.0.113.9")}).status,
              429);
}

TEST(Auth, ATokenAsksSoOftenAMinute) {
    ServiceOptions few = options(false);
    few.limits.requests_a_minute = 2;
    Served served(few);
    const std::string token = new_token(TokenScope::kRead);
    const std::string other = new_token(TokenScope::kRead);
    served.service().refresh();
    EXPECT_EQ(served.get("/v1/runs", {bearer(token)}).status, 200);
    EXPECT_EQ(served.get("/v1/runs", {bearer(token)}).status, 200);
    EXPECT_EQ(served.get("/v1/runs", {bearer(token)}).status, 429);
    EXPECT_EQ(served.get("/v1/runs", {bearer(other)}).status, 200);
}

TEST(Auth, LastUsesAreKept) {
    const std::string token = new_token(TokenScope::kRead);
    {
        Served served(options(false));
        EXPECT_EQ(served.get("/v1/runs", {bearer(token)}).status, 200);
    }
    for (const auto& row : support::value_of(operate::read_tokens(mini_home().database())))
        EXPECT_TRUE(row.token_id != id_of(token) || row.last_used_at.has_value());
}

}  // namespace
}  // namespace tipoff::serve::test
