// The fetcher against a real server on loopback; waiting moves a clock.

#include "collect/fetcher.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/curl_transport.h"
#include "support/files.h"
#include "support/scripted_server.h"

namespace tipoff::collect {
namespace {

using namespace std::chrono_literals;
using support::ScriptedServer;
using Reply = support::ScriptedServer::Reply;

class FetcherTest : public testing::Test {
protected:
    Fetched fetch(const FetchRequest& request, const FetchPolicy& policy = {}) {
        auto fetched = fetcher_.fetch(request, policy);
        EXPECT_TRUE(fetched.has_value());
        return *std::move(fetched);
    }
    FetchRequest asking(const std::string& path) const {
        return {.source = "bdl_standings", .url = server_.url() + path};
    }
    std::vector<ArchivedAnswer> archive() const {
        auto answers = archived_answers(folder_.path(), "bdl_standings");
        EXPECT_TRUE(answers.has_value());
        return *std::move(answers);
    }
    /// Whether any file of the archive, packed or not, holds the text in its plain bytes.
    bool archive_mentions(std::string_view text) const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
            if (entry.is_regular_file() &&
                support::read_file(entry.path()).find(text) != std::string::npos)
                return true;
        }
        for (const ArchivedAnswer& answer : archive()) {
            if (archived_body(folder_.path(), answer.content_hash)->find(text) != std::string::npos)
                return true;
        }
        return false;
    }

    support::TempFolder folder_;
    ManualClock clock_{Instant{std::chrono::seconds{1'767'000'000}}};
    ManualWaiter waiter_{clock_};
    ScriptedServer server_;
    CurlTransport transport_{clock_};
    Fetcher fetcher_{transport_, clock_, waiter_, folder_.path(), 7};
};

TEST_F(FetcherTest, ArchivesAnAnswerAndHandsItOver) {
    server_.reply("/v1/standings", {Reply{.body = R"({"data": []})"}});
    FetchRequest request = asking("/v1/standings?season=2025");
    request.ask.season = Season::starting_in(2025);
    const Fetched fetched = fetch(request);
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(fetched.body, R"({"data": []})");
    EXPECT_EQ(fetched.tries, 1);
    const auto answers = archive();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].status, 200);
    EXPECT_EQ(answers[0].url, server_.url() + "/v1/standings?season=2025");
    EXPECT_EQ(answers[0].ask.season, Season::starting_in(2025));
    EXPECT_EQ(answers[0].size_bytes, 12);
    EXPECT_EQ(*archived_body(folder_.path(), answers[0].content_hash), fetched.body);
}

TEST_F(FetcherTest, TriesAgainWhatMayPassAndArchivesTheErrorsToo) {
    server_.reply(
        "/x", {Reply{.status = 503, .body = "busy"}, Reply{.status = 500}, Reply{.body = "there"}});
    const Fetched fetched = fetch(asking("/x"));
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(fetched.body, "there");
    EXPECT_EQ(fetched.tries, 3);
    EXPECT_EQ(archive().size(), 3U);
    EXPECT_LE(waiter_.waited(), 1s + 2s + 2s);  // bounds of the jitter, and two spacings
}

TEST_F(FetcherTest, GivesUpAfterFiveTries) {
    server_.reply("/x", {Reply{.status = 502}});
    const Fetched fetched = fetch(asking("/x"));
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kUnreachable);
    EXPECT_NE(fetched.outcome.detail.find("502; 5 tries"), std::string::npos)
        << fetched.outcome.detail;
    EXPECT_EQ(server_.requests(), 5);
}

TEST_F(FetcherTest, OtherStatusesAreFinal) {
    server_.reply("/x", {Reply{.status = 401}});
    server_.reply("/later", {Reply{.status = 404}});
    EXPECT_EQ(fetch(asking("/x")).outcome.kind, OutcomeKind::kRefused);
    EXPECT_EQ(fetch(asking("/later")).outcome.kind, OutcomeKind::kRefused);
    EXPECT_EQ(fetch(asking("/later"), {.not_yet_statuses = {404}}).outcome.kind,
              OutcomeKind::kNotYet);
    EXPECT_EQ(server_.requests(), 3);
}

TEST_F(FetcherTest, NoContentIsNoDocument) {
    server_.reply("/x", {Reply{.status = 204}});
    const Fetched fetched = fetch(asking("/x"));
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(fetched.tries, 1);
    EXPECT_EQ(archive().size(), 1U);
}

TEST_F(FetcherTest, WaitsAsLongAsItIsAskedTo) {
    server_.reply(
        "/x", {Reply{.status = 429, .headers = {{"Retry-After", "47"}}}, Reply{.body = "there"}});
    EXPECT_EQ(fetch(asking("/x")).outcome.kind, OutcomeKind::kFresh);
    EXPECT_GE(waiter_.waited(), 47s);
    server_.reply("/y", {Reply{.status = 429, .headers = {{"Retry-After", "7200"}}}});
    const Fetched refused = fetch(asking("/y"));
    EXPECT_EQ(refused.outcome.kind, OutcomeKind::kUnreachable);
    EXPECT_EQ(refused.tries, 1);
    EXPECT_NE(refused.outcome.detail.find("120 minutes"), std::string::npos);
}

TEST_F(FetcherTest, StopsWhenASourcesRetriesAreUsedUp) {
    server_.reply("/x", {Reply{.status = 500}});
    FetchPolicy policy;
    policy.retry_budget = 3;
    (void)fetch(asking("/x"), policy);
    EXPECT_EQ(server_.requests(), 4);
    const Fetched next = fetch(asking("/x"), policy);
    EXPECT_EQ(next.tries, 1);
    EXPECT_NE(next.outcome.detail.find("used up"), std::string::npos);
}

TEST_F(FetcherTest, KeepsItsDistance) {
    server_.reply("/x", {Reply{.body = "1"}});
    for (int i = 0; i < 4; ++i)
        (void)fetch(asking("/x"), {.spacing = 3500ms});
    EXPECT_EQ(waiter_.waited(), 3 * 3500ms);
    EXPECT_EQ(server_.connections(), 1);
}

TEST_F(FetcherTest, AsksOnlyForWhatHasChanged) {
    server_.reply("/x", {Reply{.headers = {{"ETag", "\"v1\""}}, .body = "same"},
                         Reply{.status = 304}, Reply{.body = "same"}, Reply{.body = "other"}});
    FetchRequest request = asking("/x");
    request.known = fetch(request).answer;
    EXPECT_EQ(fetch(request).outcome.kind, OutcomeKind::kUnchanged);
    EXPECT_EQ(server_.last_header("If-None-Match"), "\"v1\"");
    EXPECT_EQ(fetch(request).outcome.kind, OutcomeKind::kUnchanged) << "the same bytes again";
    EXPECT_EQ(fetch(request).outcome.kind, OutcomeKind::kFresh);
}

TEST_F(FetcherTest, TellsNobodyItsSecrets) {
    server_.reply("/x", {Reply{.status = 403,
                               .headers = {{"X-Echo", "key hunter22 is not valid"}},
                               .body = "no such key: hunter22, nor open sesame"}});
    FetchRequest request = asking("/x?regions=us");
    request.secrets = {{.place = Secret::Place::kQuery, .name = "apiKey", .value = "hunter22"},
                       {.place = Secret::Place::kHeader,
                        .name = "Authorization",
                        .value = "open sesame",
                        .prefix = "Bearer "}};
    const Fetched fetched = fetch(request);
    EXPECT_EQ(server_.last_target(), "/x?regions=us&apiKey=hunter22");
    EXPECT_EQ(server_.last_header("Authorization"), "Bearer open sesame");
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kRefused);
    EXPECT_FALSE(archive_mentions("hunter22"));
    EXPECT_FALSE(archive_mentions("open sesame"));
    EXPECT_TRUE(archive_mentions("no such key: ***, nor ***"));
}

TEST_F(FetcherTest, ABodyThatIsCutShortIsNoBody) {
    server_.reply("/x", {Reply{.body = "0123456789", .cut_to = 4}, Reply{.body = "whole"}});
    const Fetched fetched = fetch(asking("/x"));
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(fetched.body, "whole");
    EXPECT_EQ(fetched.tries, 2);
    EXPECT_EQ(archive().size(), 1U);
}

TEST_F(FetcherTest, AConnectionThatIsClosedIsNoReasonToSendAtOnceAgain) {
    server_.reply("/x", {Reply{.body = "1"}, Reply{.is_silent = true}, Reply{.body = "2"}});
    (void)fetch(asking("/x"), {.spacing = 3500ms});
    const auto before = waiter_.waited();
    const Fetched fetched = fetch(asking("/x"), {.spacing = 3500ms});
    EXPECT_EQ(fetched.body, "2");
    EXPECT_EQ(fetched.tries, 2) << "one of ours, none of libcurl's";
    EXPECT_GE(waiter_.waited() - before, 2 * 3500ms);
    EXPECT_EQ(server_.requests(), 3);
}

TEST_F(FetcherTest, NobodyThereIsUnreachable) {
    const std::string gone = [] { return ScriptedServer().url(); }();
    const Fetched fetched = fetch({.source = "bdl_standings", .url = gone + "/x"});
    EXPECT_EQ(fetched.outcome.kind, OutcomeKind::kUnreachable);
    EXPECT_EQ(fetched.tries, 5);
    EXPECT_NE(fetched.outcome.detail.find("no connection"), std::string::npos);
}

TEST_F(FetcherTest, ADamagedArchiveIsSeen) {
    server_.reply("/x", {Reply{.body = "0123456789"}});
    const std::string hash = fetch(asking("/x")).answer->content_hash;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
        if (entry.path().extension() != ".zst") continue;
        std::ofstream(entry.path(), std::ios::app) << "more";
    }
    const auto body = archived_body(folder_.path(), hash);
    ASSERT_FALSE(body.has_value());
    EXPECT_EQ(body.error().code(), ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace tipoff::collect
