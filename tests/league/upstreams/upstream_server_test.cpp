#include "league/upstreams/upstream_server.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <thread>

#include "base/curl_transport.h"
#include "base/running_clock.h"
#include "league/upstreams/served.h"
#include "support/expected.h"

namespace tipoff::league::test {
namespace {

constexpr std::string_view kGames = "/v1/games?dates[]=2025-12-03&per_page=100";

class ServerTest : public testing::Test {
protected:
    void start(FaultPlan* faults = nullptr) {
        server_ = support::value_of(
            UpstreamServer::listen(upstreams(), clock_, {.port = 0, .faults = faults}));
    }

    /// An answer to a request for `host`; for the listener's own where it is empty.
    std::expected<HttpAnswer, TransportError> get(std::string_view host, std::string_view target,
                                                  std::vector<HttpHeader> headers = {}) {
        if (!host.empty()) headers.push_back({"Host", std::string(host)});
        headers.push_back({"Authorization", "key"});
        headers.push_back({"x-api-key", "key"});
        return transport_.get({.url = server_->url() + std::string(target),
                               .headers = std::move(headers),
                               .timeout = std::chrono::seconds{5}});
    }

    ManualClock clock_{eastern("2025-12-04", "12:00")};
    CurlTransport transport_{clock_};
    std::unique_ptr<UpstreamServer> server_;
};

TEST_F(ServerTest, AnswersForEveryHostAtOnePort) {
    start();
    const Sample game = some_game();
    const auto of_host = get("api.balldontlie.io", kGames);
    ASSERT_TRUE(of_host) << of_host.error().detail;
    EXPECT_EQ(of_host->status, 200);
    EXPECT_EQ(of_host->body,
              ask("api.balldontlie.io" + std::string(kGames), clock_.league_now()).body);
    const auto by_path = get("", kGames);
    ASSERT_TRUE(by_path);
    EXPECT_EQ(by_path->body, of_host->body);
    EXPECT_EQ(get("cdn.nba.com", kGames)->status, 403) << "the host that was named is asked";
    EXPECT_EQ(get("example.org", "/nowhere")->status, 404);
    const auto pdf = get("", "/referee/injury/Injury-Report_2025-12-03_05_30PM.pdf");
    EXPECT_EQ(pdf->header("content-type"), "application/pdf");
    EXPECT_TRUE(parse_http_date(pdf->header("last-modified").value_or("")).has_value());
}

TEST_F(ServerTest, ChecksWhatIsKnown) {
    start();
    const std::string path = "/static/json/staticData/scheduleLeagueV2_1.json";
    const auto first = get("cdn.nba.com", path);
    ASSERT_TRUE(first);
    const auto again =
        get("cdn.nba.com", path, {{"If-None-Match", std::string(first->header("etag").value())}});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->status, 304);
    EXPECT_TRUE(again->body.empty());
}

TEST_F(ServerTest, KeepsConnectionsOpenAndALog) {
    start();
    ASSERT_TRUE(get("api.balldontlie.io", kGames));
    clock_.advance(std::chrono::seconds{3});
    ASSERT_TRUE(get("www.espn.com", "/nba/boxscore?gameId=1"));
    CurlTransport other(clock_);
    ASSERT_TRUE(other.get({.url = server_->url() + "/nowhere", .headers = {}}));
    const auto requests = server_->requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[0].host, "api.balldontlie.io");
    EXPECT_EQ(requests[0].path, kGames);
    EXPECT_EQ(requests[0].status, 200);
    EXPECT_EQ(requests[1].began - requests[0].began, std::chrono::seconds{3});
    EXPECT_EQ(requests[1].connection, requests[0].connection);
    EXPECT_EQ(requests[1].status, 404);
    EXPECT_NE(requests[2].connection, requests[0].connection);
    EXPECT_EQ(requests[2].host, "");
}

TEST_F(ServerTest, CountsWhatAKeyHasSpent) {
    start();
    const Sample game = some_game("2025-12-05");
    const std::string odds =
        "/v4/historical/sports/basketball_nba/events?apiKey={}&date=2025-12-03T18:00:00Z";
    for (const int used : {1, 2}) {
        const auto answer = get("api.the-odds-api.com", fmt::format(fmt::runtime(odds), "mine"));
        EXPECT_EQ(answer->header("x-requests-last"), "1");
        EXPECT_EQ(answer->header("x-requests-used"), std::to_string(used));
        EXPECT_EQ(answer->header("x-requests-remaining"), std::to_string(100'000 - used));
    }
    EXPECT_EQ(get("api.the-odds-api.com", fmt::format(fmt::runtime(odds), "another"))
                  ->header("x-requests-used"),
              "1");
}

TEST_F(ServerTest, VirtualTimeIsTheClocks) {
    start();
    clock_.advance(eastern("2025-12-03", "12:00") - clock_.league_now());
    EXPECT_FALSE(get("", kGames)->body.contains("Final"));
    clock_.advance(std::chrono::hours{24});
    EXPECT_TRUE(get("", kGames)->body.contains("Final"));
}

TEST_F(ServerTest, APortThatIsTakenIsAnError) {
    start();
    const std::string url = server_->url();
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    const auto second = UpstreamServer::listen(upstreams(), clock_, {.port = port});
    EXPECT_EQ(support::outcome_of(second), to_string(ErrorCode::kIo));
}

TEST_F(ServerTest, EndsWithClientsAtHand) {
    FaultPlan faults({.share = 1.0, .kinds = {FaultKind::kHang}});
    start(&faults);
    std::expected<HttpAnswer, TransportError> answer =
        std::unexpected(TransportError{TransportFailure::kUntrusted, ""});
    std::jthread client([&] { answer = get("", kGames); });
    while (faults.struck().empty())
        std::this_thread::yield();
    server_.reset();
    client.join();
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().failure, TransportFailure::kTimeout);
}

struct OnTheWire {
    FaultKind kind;
    std::optional<TransportFailure> failure;  ///< else an answer
    int status = 200;
};

class ServerFaultTest : public ServerTest, public testing::WithParamInterface<OnTheWire> {};

/// Each fault as a client sees it; who comes back often enough gets the answer.
TEST_P(ServerFaultTest, IsSeenByTheClientAndThenOver) {
    const OnTheWire& expected = GetParam();
    FaultPlan faults({.share = 1.0, .kinds = {expected.kind}});
    start(&faults);
    const std::string whole =
        ask("api.balldontlie.io" + std::string(kGames), clock_.league_now()).body;
    int struck = 0;
    for (int tries = 0; tries < 4; ++tries) {
        const auto answer = get("api.balldontlie.io", kGames);
        if (answer && answer->status == 200 && answer->body == whole) break;
        ++struck;
        if (expected.failure) {
            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().failure, *expected.failure) << answer.error().detail;
            continue;
        }
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->status, expected.status);
        EXPECT_EQ(answer->header("retry-after").has_value(),
                  expected.kind == FaultKind::kTooManyWithRetryAfter);
        if (expected.status != 200) continue;
        const auto reading = collect::find_source("bdl_games")->read(answer->body, {});
        EXPECT_EQ(reading.outcome.kind, collect::OutcomeKind::kMalformed);
    }
    EXPECT_GE(struck, 1);
    EXPECT_LE(struck, 3);
    const auto log = faults.struck();
    EXPECT_GE(log.size(), static_cast<std::size_t>(struck));
    EXPECT_EQ(log.front().kind, expected.kind);
    EXPECT_EQ(log.front().host, "api.balldontlie.io");
    EXPECT_EQ(server_->requests().front().fault, expected.kind);
}

INSTANTIATE_TEST_SUITE_P(
    Wire, ServerFaultTest,
    testing::Values(OnTheWire{FaultKind::kNoAnswer, TransportFailure::kCutShort},
                    OnTheWire{FaultKind::kReset, TransportFailure::kCutShort},
                    OnTheWire{FaultKind::kCutShort, TransportFailure::kCutShort},
                    OnTheWire{FaultKind::kTooLong, TransportFailure::kCutShort},
                    OnTheWire{FaultKind::kTooShort, {}}, OnTheWire{FaultKind::kForbidden, {}, 403},
                    OnTheWire{FaultKind::kTooMany, {}, 429},
                    OnTheWire{FaultKind::kTooManyWithRetryAfter, {}, 429},
                    OnTheWire{FaultKind::kServerError, {}, 500},
                    OnTheWire{FaultKind::kBadGateway, {}, 502},
                    OnTheWire{FaultKind::kUnavailable, {}, 503}, OnTheWire{FaultKind::kHtml, {}}),
    [](const testing::TestParamInfo<OnTheWire>& fault) {
        std::string name(to_string(fault.param.kind));
        std::erase_if(name,
                      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
        return name;
    });

/// Every kind of fault, on every request: four tries are enough for all of it.
TEST_F(ServerTest, WhoeverComesBackGetsEverything) {
    FaultPlan faults({.seed = 3, .share = 1.0});
    start(&faults);
    std::set<FaultKind> kinds;
    for (const Asked& asked : everything()) {
        clock_.advance(asked.now - clock_.league_now());
        const auto* source = collect::find_source(asked.source);
        const auto whole = facts_of(
            source->read(upstreams().answer(question(asked.url), asked.now).body, asked.ask));
        const std::size_t slash = asked.url.find('/');
        bool is_whole = false;
        for (int tries = 0; tries < 4 && !is_whole; ++tries) {
            const auto answer = get(asked.url.substr(0, slash), asked.url.substr(slash));
            if (!answer || answer->status != 200) continue;
            is_whole = facts_of(source->read(answer->body, asked.ask)) == whole;
        }
        EXPECT_TRUE(is_whole) << asked.source;
    }
    for (const Struck& one : faults.struck())
        kinds.insert(one.kind);
    EXPECT_GT(kinds.size(), 5U);
}

TEST(RunningClock, RunsAsFastAsItIsTold) {
    const SystemClock system;
    const Instant start = at("2026-01-20T17:00:00Z");
    const auto before = system.elapsed();
    const RunningClock clock(start, 3600.0);
    const auto begun = system.elapsed();
    while (system.elapsed() - begun < std::chrono::milliseconds{2})
        std::this_thread::yield();
    const Instant now = clock.league_now();
    const auto after = system.elapsed();
    EXPECT_GE(now - start, 3600 * std::chrono::milliseconds{2});
    EXPECT_LE(now - start, 3600 * (after - before));
}

}  // namespace
}  // namespace tipoff::league::test
