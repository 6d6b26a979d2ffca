/// `tipoff serve` and `tipoff token` as people and scripts meet them.

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "base/clock.h"
#include "base/curl_transport.h"
#include "program.h"
#include "started.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

using nlohmann::json;
using support::TempFolder;

/// The program that serves, in a process of its own.
class Serving {
public:
    explicit Serving(const std::vector<std::string>& words)
        : process_(words), url_(process_.url()) {}

    int status(const std::string& path, const std::string& token = {}) {
        HttpRequest request{.url = url_ + path, .headers = {}};
        if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
        const auto answer = client_.get(request);
        return answer ? answer->status : 0;
    }

    /// Asks it to end, and waits until it has: its exit code.
    int end() {
        process_.signal(SIGTERM);
        return process_.wait().code;
    }

private:
    Started process_;
    SystemClock clock_;
    CurlTransport client_{clock_};
    std::string url_;
};

class ServeCommand : public ::testing::Test {
protected:
    ServeCommand() { make_home(folder_.path()); }

    Outcome run(Words words) {
        words.insert(words.begin(), {"--home", folder_.path().string()});
        return run_tipoff(words);
    }
    Words serve(Words more) {
        Words words{"--home", folder_.path().string()};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), {"serve", "--listen", "127.0.0.1:0"});
        return words;
    }

    TempFolder folder_;
};

TEST_F(ServeCommand, AnswersWhoHasATokenAndEndsWhenAsked) {
    const Outcome made = run({"token", "create", "--scope", "read", "--name", "test"});
    ASSERT_EQ(made.code, 0) << made.err;
    const std::string token = made.out.substr(0, made.out.find('\n'));
    Serving serving(serve({}));
    EXPECT_EQ(serving.status("/health"), 200);
    EXPECT_EQ(serving.status("/v1/board"), 401);
    EXPECT_EQ(serving.status("/v1/board", token), 200);
    EXPECT_EQ(serving.status("/v1/board", "x"), 401);
    EXPECT_EQ(serving.end(), 0);
    // The home is free again, and knows that the token was used.
    const json tokens = json::parse(run({"token", "list", "--format", "json"}).out)["tokens"];
    EXPECT_FALSE(tokens[0]["last_used_at"].is_null());
}

TEST_F(ServeCommand, ReadsWithoutATokenWhereTheConfigurationSaysSo) {
    const auto config = folder_ / "tipoff.yaml";
    support::write_file(config, "serve:\n  loopback_reads_without_token: true\n");
    Serving serving(serve({"--config", config.string()}));
    EXPECT_EQ(serving.status("/v1/board"), 200);
    EXPECT_EQ(serving.end(), 0);
}

TEST_F(ServeCommand, RefusesWhatItCannotUse) {
    EXPECT_EQ(run({"serve", "--listen", "nowhere"}).code, 2);
    const auto config = folder_ / "tipoff.yaml";
    for (const char* wrong : {"serve: 1\n", "serve:\n  port: 1\n", "serve:\n  connections: 0\n",
                              "serve:\n  loopback_reads_without_token: maybe\n"}) {
        support::write_file(config, wrong);
        const Outcome refused = run({"--config", config.string(), "serve"});
        EXPECT_EQ(refused.code, 2) << wrong;
        EXPECT_NE(refused.err.find("tipoff.yaml"), std::string::npos) << refused.err;
    }
}

// I-71: a service whose upstream was its own address answered itself with 403, and documents were
// lost for a night.
TEST_F(ServeCommand, I71RefusesToBeItsOwnUpstream) {
    for (const char* own : {"http://127.0.0.1:18071", "http://localhost:18071/"}) {
        const Outcome refused = run({"serve", "--listen", "127.0.0.1:18071", "--upstreams", own});
        EXPECT_EQ(refused.code, 2) << own;
        EXPECT_NE(refused.err.find("would ask itself"), std::string::npos) << refused.err;
        EXPECT_NE(refused.err.find("another --upstreams"), std::string::npos) << refused.err;
    }
}

TEST_F(ServeCommand, TokensAreShownOnceAndRevoked) {
    const json made = json::parse(
        run({"token", "create", "--scope", "operate", "--expires", "90d", "--format", "json"}).out);
    const std::string token = made["token"];
    const std::string id = made["id"];
    EXPECT_EQ(token.size(), 63U);
    EXPECT_EQ(made["scope"], "operate");
    const Outcome listed = run({"token", "list", "--format", "json"});
    EXPECT_EQ(listed.out.find(token.substr(token.size() - 43)), std::string::npos);
    const json row = json::parse(listed.out)["tokens"][0];
    EXPECT_EQ(row["id"], id);
    EXPECT_EQ(row["state"], "good");
    EXPECT_FALSE(row["expires_at"].is_null());
    EXPECT_EQ(run({"token", "revoke", id}).code, 0);
    EXPECT_EQ(json::parse(run({"token", "list", "--format", "json"}).out)["tokens"][0]["state"],
              "revoked");
    EXPECT_EQ(run({"token", "revoke", "nobody"}).code, 1);
    EXPECT_EQ(run({"token", "create"}).code, 2);
    EXPECT_EQ(run({"token", "create", "--scope", "all"}).code, 2);
    EXPECT_EQ(run({"token", "create", "--scope", "read", "--expires", "soon"}).code, 2);
}

}  // namespace
}  // namespace tipoff::cli_test
