// Answers over HTTP: what is kept and for how long, in which form it goes out, and what is said
// when there is none.

#include "serve/answers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "base/curl_transport.h"
#include "base/version_info.h"
#include "operate/channel_health.h"
#include "serve/documents/board.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

std::string last_day() { return to_string(mini_home().last_day()); }
std::string board_target() { return "/v1/board?date=" + last_day(); }

TEST(HttpAnswers, TheBoardIsWhatTheCommandPrints) {
    Served served;
    const json board = served.document(board_target());
    const Json expected = board_json(support::value_of(
        operate::board(mini_home().database(), {.date = mini_home().last_day()})));
    EXPECT_GT(board["rows"].size(), 0U);
    EXPECT_EQ(board.dump(), json::parse(expected.dump()).dump());
}

TEST(HttpAnswers, EveryReadingRouteAnswers) {
    Served served;
    const std::string day = last_day();
    const json players = served.document("/v1/players?name=a&limit=1");
    ASSERT_EQ(players["players"].size(), 1U);
    const std::string player = players["players"][0]["player_id"].dump();
    EXPECT_EQ(served.document("/v1/players/" + player)["player"]["player_id"].dump(), player);
    for (const char* part : {"/season", "/splits", "/shots", "/features"})
        EXPECT_EQ(served.document("/v1/players/" + player + part)["player"]["player_id"].dump(),
                  player);
    EXPECT_GT(served.document("/v1/games?date=" + day)["games"].size(), 0U);
    EXPECT_GT(served.document("/v1/forecasts?date=" + day)["forecasts"].size(), 0U);
    EXPECT_GT(served.document("/v1/accuracy?from=" + day + "&to=" + day)["systems"].size(), 0U);
    EXPECT_EQ(served.document("/v1/coverage?date=" + day)["date"], day);
    EXPECT_GT(served.document("/v1/status?date=" + day)["lights"].size(), 0U);
    const json runs = served.document("/v1/runs")["runs"];
    ASSERT_GT(runs.size(), 0U);
    const auto run = runs[0]["run_id"].get<std::string>();
    EXPECT_EQ(served.document("/v1/runs/" + run)["run"]["run_id"], run);
    EXPECT_TRUE(served.document("/v1/runs/summary").contains("slowest"));
    EXPECT_TRUE(served.document("/v1/alerts").contains("alerts"));
    EXPECT_EQ(served.document("/health")["status"], "ok");
    EXPECT_EQ(served.document("/ready")["ready"], true);
}

// I-14, I-39, I-69, I-75: alerts that were silent for days, a configuration that was changed and
// never put in place, a service that ran another's code, or code of five months ago: all of it
// shows in what the service says of itself.
TEST(HttpAnswers, I69I75TheServiceSaysWhatItRunsAndI14WhetherItsAlertsArrive) {
    const Served served({.loopback_reads_without_token = true,
                         .channels = {{.name = "email"}, {.name = "webhook"}},
                         .workflows_version = workflows().version});
    const auto transaction = support::value_of(mini_home().database().begin());
    support::value_of(operate::note_failure(
        *transaction, {.message_id = "test/email/1", .channel = "email", .kind = "channel_test"},
        "HTTP 404", mini_home().clock().league_now()));
    support::value_of(transaction->commit());
    const json health = served.document("/health");
    EXPECT_EQ(health["version"], std::string(version()));
    EXPECT_EQ(health["commit"], std::string(git_commit()));
    EXPECT_EQ(health["workflows"], workflows().version);
    EXPECT_EQ(health["alert_channels"], (json{{"email", "failing"}, {"webhook", "untested"}}));
    const std::string metrics = served.get("/metrics").body;
    for (const std::string& line :
         {"tipoff_workflows_info{version=\"" + workflows().version + "\"} 1",
          std::string("tipoff_alert_channel_failing{channel=\"email\"} 1"),
          std::string("tipoff_alert_channel_failing{channel=\"webhook\"} 0")})
        EXPECT_NE(metrics.find(line), std::string::npos) << line;
}

// I-15: a monitor that found something answered 500, and was reported as a job that failed.
TEST(HttpAnswers, I15WhatAMonitorFindsIsItsAnswerAndNoFailure) {
    Served served;
    // A day of the schedule on which nothing has run: everything about it is red, or a gap.
    const std::string day = "2023-07-02";
    const json status = served.document("/v1/status?date=" + day);
    EXPECT_TRUE(status.contains("lights"));
    const std::string last = to_string(mini_home().last_day());
    const json coverage = served.document("/v1/coverage?date=" + last + "&system=ensemble_v1");
    EXPECT_GT(coverage["expected"].get<int>(),
              coverage["predicted"].get<int>() + coverage["voided"].get<int>())
        << coverage;
}

TEST(HttpAnswers, APlayersPageSaysWhatTheTablesSay) {
    Served served;
    const auto found = support::value_of(mini_home().database().read(
        "SELECT player_id, count(*) FROM predictions.prediction_accuracy WHERE outcome = 'graded' "
        "AND season = (SELECT max(season) FROM predictions.prediction_accuracy) AND market = "
        "'points' AND system_id = 'moving_average_v1' AND revision = 0 GROUP BY player_id "
        "ORDER BY 2 DESC, 1 LIMIT 1",
        {}));
    const std::int64_t id = found.data[0].integer(0);
    const json player = served.document("/v1/players/" + std::to_string(id) + "?games=3");
    EXPECT_EQ(player["recent_games"].size(), 3U);
    EXPECT_GE(player["recent_games"][0]["game_date"], player["recent_games"][1]["game_date"]);
    EXPECT_EQ(player["features"]["player_id"], id);
    EXPECT_GT(player["forecasts"].size(), 0U);
    for (const json& system : player["accuracy"]["systems"]) {
        if (system["market"] != "points" || system["system"] != "moving_average_v1") continue;
        EXPECT_EQ(system["n"], found.data[1].integer(0));
        return;
    }
    ADD_FAILURE() << player["accuracy"];
}

TEST(HttpAnswers, AProperClientUnpacksAndIsToldWhatItKnows) {
    Served served;
    CurlTransport client(mini_home().clock());
    const auto first = client.get({.url = served.url() + board_target(), .headers = {}});
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(first->header("Content-Encoding"), "gzip");
    EXPECT_EQ(first->body, served.get(board_target()).body);
    const std::string etag(first->header("ETag").value_or(""));
    const auto again =
        client.get({.url = served.url() + board_target(), .headers = {{"If-None-Match", etag}}});
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->status, 304);
    EXPECT_EQ(again->body, "");
    EXPECT_EQ(again->header("ETag"), etag);
}

TEST(HttpAnswers, BothFormsHaveTagsOfTheirOwnAndEitherIsKnown) {
    Served served;
    const RawAnswer plain = served.get(board_target());
    const RawAnswer packed = served.get(board_target(), {{"Accept-Encoding", "br, gzip;q=0.5"}});
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
    EXPECT_LT(packed.body.size(), plain.body.size() / 2);
    EXPECT_NE(plain.header("ETag"), packed.header("ETag"));
    for (const std::string& tag : {plain.header("ETag"), packed.header("ETag"), std::string("*"),
                                   "\"other\", W/" + plain.header("ETag")})
        EXPECT_EQ(served.get(board_target(), {{"If-None-Match", tag}}).status, 304) << tag;
    EXPECT_EQ(served.get(board_target(), {{"If-None-Match", "\"other\""}}).status, 200);
    EXPECT_EQ(
        served.get(board_target(), {{"Accept-Encoding", "gzip;q=0"}}).header("Content-Encoding"),
        "");
}

TEST(HttpAnswers, HeadIsTheHeadOfGet) {
    Served served;
    const RawAnswer whole = served.get(board_target());
    RawClient client(served.url());
    client.send("HEAD " + board_target() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    const RawAnswer head = client.read(false);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), std::to_string(whole.body.size()));
    EXPECT_EQ(head.header("ETag"), whole.header("ETag"));
    // No byte of a body: the next answer begins where the head ended.
    client.send("GET /ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.read().status, 200);
}

TEST(HttpAnswers, AChangeIsSeenByTheNextRequest) {
    Served served;
    const std::string step = "seen-" + std::to_string(mini_home().clock().elapsed().count());
    const auto count = [&] { return served.document("/v1/runs?step=" + step)["runs"].size(); };
    const std::string before = served.document("/health")["steps"].dump();
    EXPECT_EQ(count(), 0U);
    const auto run = support::value_of(mini_home().ledger().start(
        {.step = step, .scope = "", .dates = std::nullopt, .input_hash = ""}));
    support::value_of(mini_home().ledger().finish(run, {}));
    served.service().refresh();
    EXPECT_EQ(count(), 1U);
    EXPECT_NE(served.document("/health")["steps"].dump(), before);
}

TEST(HttpAnswers, ProblemsAreDocumentsThatNameWhatIsWrong) {
    Served served;
    struct Case {
        std::string method, target;
        int status;
        std::string names;
    };
    const std::vector<Case> cases{
        {"GET", "/v1/nothing", 404, "path"},
        {"GET", "/v1/board?colour=red", 400, "colour"},
        {"GET", "/v1/board?market=shoes", 400, "market"},
        {"GET", "/v1/board?market=points&market=pra", 400, "market"},
        {"GET", "/v1/board?date=2023-02-30", 400, "date"},
        {"GET", "/v1/board?date=soon", 400, "date"},
        {"GET", "/v1/board?min_edge=much", 400, "min_edge"},
        {"GET", "/v1/board?best_price=maybe", 400, "best_price"},
        {"GET", "/v1/board?as_of=2023-01-01T00:00:00", 400, "as_of"},
        {"GET", "/v1/board?player=%zz", 400, "query"},
        {"GET", "/v1/board?player=%ff", 400, "query"},
        {"GET", "/v1/players", 400, "name"},
        {"GET", "/v1/players/nobody", 400, "player_id"},
        {"GET", "/v1/players/123456789", 404, "123456789"},
        {"GET", "/v1/players/123456789/season", 404, "123456789"},
        {"GET", "/v1/players/123456789/splits", 404, "123456789"},
        {"GET", "/v1/players/123456789/shots", 404, "123456789"},
        {"GET", "/v1/players/123456789/features", 404, "123456789"},
        {"GET", "/v1/players/1/season?season=2022", 400, "season"},
        {"GET", "/v1/players/1/splits?market=shoes", 400, "market"},
        {"GET", "/v1/board?recent=21", 400, "recent"},
        {"GET", "/v1/games?limit=0", 400, "limit"},
        {"GET", "/v1/games?limit=1001", 400, "limit"},
        {"GET", "/v1/games?from=2023-01-01", 400, "to"},
        {"GET", "/v1/games?from=2023-01-02&to=2023-01-01", 400, "to"},
        {"GET", "/v1/games?cursor=xyz", 400, "cursor"},
        {"GET", "/v1/coverage?from=2020-01-01&to=2023-01-01", 400, "from"},
        {"GET", "/v1/accuracy?from=2020-01-01&to=2023-01-01", 400, "from"},
        {"GET", "/v1/forecasts", 400, "date"},
        {"GET", "/v1/runs/none", 404, "none"},
        {"GET", "/v1/export/ops.token", 404, "ops.token"},
        {"GET", "/v1/export/ref.team?from=2023-01-01&to=2023-01-02", 400, "from"},
        {"POST", "/v1/board", 405, "GET"}};
    for (const Case& wrong : cases) {
        const RawAnswer answer = ask(served.url(), wrong.method, wrong.target);
        EXPECT_EQ(answer.status, wrong.status) << wrong.target << ": " << answer.body;
        EXPECT_EQ(answer.header("Content-Type"), kProblemType) << wrong.target;
        const json problem = json::parse(answer.body, nullptr, false);
        ASSERT_TRUE(problem.is_object()) << wrong.target;
        EXPECT_EQ(problem["status"], wrong.status) << wrong.target;
        EXPECT_EQ(problem["type"], "about:blank") << wrong.target;
        EXPECT_NE(problem["detail"].get<std::string>().find(wrong.names), std::string::npos)
            << wrong.target << ": " << answer.body;
    }
}

TEST(HttpAnswers, MetricsCountByRouteAndNotByPath) {
    Served served;
    EXPECT_EQ(served.get("/v1/players/123456789").status, 404);
    EXPECT_EQ(served.get("/made/up").status, 404);
    const std::string metrics = served.get("/metrics").body;
    EXPECT_NE(metrics.find("tipoff_http_requests_total{method=\"GET\",route=\"/v1/players/"
                           "{player_id}\",status=\"404\"} 1"),
              std::string::npos)
        << metrics;
    EXPECT_EQ(metrics.find("made/up"), std::string::npos);
    EXPECT_NE(metrics.find("tipoff_runs{state=\"running\"} 0"), std::string::npos);
}

/// As a document, as rows of text, as a file with the marks of one.
TEST(HttpAnswers, ATableGoesOutWholeInEachForm) {
    Served served;
    const std::string target = "/v1/export/analytics.game";
    const auto games = support::count_rows(mini_home().database(), "analytics.game");
    const json rows = served.document(target)["rows"];
    EXPECT_EQ(static_cast<std::int64_t>(rows.size()), games);
    std::set<std::string> ids;
    for (const json& row : rows)
        ids.insert(row["game_id"]);
    EXPECT_EQ(static_cast<std::int64_t>(ids.size()), games);
    const std::string csv = served.get(target + "?format=csv").body;
    EXPECT_EQ(std::ranges::count(csv, '\n'), games + 1);
    const RawAnswer parquet = served.get(target + "?format=parquet");
    EXPECT_TRUE(parquet.body.starts_with("PAR1"));
    EXPECT_TRUE(parquet.body.ends_with("PAR1"));
    for (const auto& entry : std::filesystem::directory_iterator(mini_home().folder()))
        EXPECT_FALSE(entry.path().filename().string().starts_with(".export")) << entry.path();
    const std::string day = last_day();
    const json of_day = served.document(target + "?from=" + day + "&to=" + day)["rows"];
    EXPECT_GT(of_day.size(), 0U);
    EXPECT_LT(of_day.size(), rows.size());
}

TEST(HttpAnswers, FourExportsGoOutAtOnce) {
    Served served;
    const std::string ask_for =
        "GET /v1/export/features.feature_store HTTP/1.1\r\nHost: localhost\r\n\r\n";
    std::vector<std::unique_ptr<RawClient>> readers;
    for (int i = 0; i < 4; ++i) {
        // Nobody reads on, and the file is more than what lies between: it stays under way.
        readers.push_back(std::make_unique<RawClient>(served.url()));
        readers.back()->send(ask_for);
        EXPECT_EQ(readers.back()->read(false).status, 200);
    }
    EXPECT_EQ(served.get("/v1/export/ref.player").status, 503);
    readers.clear();
}

TEST(Answers, AreMadeOnceForAllWhoAskAtOnce) {
    Answers answers;
    constexpr int kAskers = 8;
    std::atomic<int> made = 0;
    std::latch all_are_there(kAskers);
    std::vector<std::jthread> askers;
    for (int i = 0; i < kAskers; ++i) {
        askers.emplace_back([&] {
            all_are_there.arrive_and_wait();
            const auto content = answers.get("a", 1, [&]() -> Expected<ContentPtr> {
                ++made;
                return make_content(kJsonType, "{}");
            });
            EXPECT_EQ((*content)->bytes, "{}");
        });
    }
    askers.clear();
    EXPECT_EQ(made, 1);
}

TEST(Answers, HoldForTheirVersionAndErrorsForNobody) {
    Answers answers;
    int made = 0;
    const auto make = [&]() -> Expected<ContentPtr> {
        return make_content(kJsonType, std::to_string(++made));
    };
    EXPECT_EQ((*answers.get("a", 1, make))->bytes, "1");
    EXPECT_EQ((*answers.get("a", 1, make))->bytes, "1");
    EXPECT_EQ((*answers.get("b", 1, make))->bytes, "2");
    EXPECT_EQ((*answers.get("a", 2, make))->bytes, "3");
    const auto failed =
        answers.get("c", 1, []() -> Expected<ContentPtr> { return fail(ErrorCode::kIo, "no"); });
    EXPECT_EQ(support::outcome_of(failed), "input/output");
    EXPECT_EQ((*answers.get("c", 1, make))->bytes, "4");
    EXPECT_THROW((void)answers.get(
                     "d", 1, []() -> Expected<ContentPtr> { throw InvariantBroken("a defect"); }),
                 InvariantBroken);
    EXPECT_EQ((*answers.get("d", 1, make))->bytes, "5");
}

TEST(Answers, TheOldestGoesWhereThereIsNoPlace) {
    Answers answers(100);
    int made = 0;
    const auto make = [&]() -> Expected<ContentPtr> {
        ++made;
        return make_content(kJsonType, std::string(40, 'x'));
    };
    for (const char* name : {"a", "b", "a", "c"})
        support::value_of(answers.get(name, 1, make));
    EXPECT_EQ(made, 3);
    EXPECT_EQ(answers.bytes(), 80U);
    support::value_of(answers.get("a", 1, make));  // asked for after "b"
    EXPECT_EQ(made, 3);
    support::value_of(answers.get("b", 1, make));
    EXPECT_EQ(made, 4);
}

}  // namespace
}  // namespace tipoff::serve::test
