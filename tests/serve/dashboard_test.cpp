// The dashboard's files over a socket: what they are, how long they hold, and which paths are
// pages.

#include "serve/dashboard.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <span>
#include <string>

#include "collect/byte_stream.h"
#include "serve/served_home.h"
#include "support/files.h"

namespace tipoff::serve {

/// tests/serve/pages, embedded as web/ is.
std::span<const EmbeddedFile> pages_of_test();

namespace test {
namespace {

constexpr std::string_view kScript = "/assets/index-4f1c2a9e.js";
const std::pair<std::string, std::string> kGzip{"Accept-Encoding", "gzip, br"};

std::string file_of(std::string_view path) {
    return support::read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "tests/serve/pages" /
                              path.substr(1));
}

ServiceOptions options() {
    // Nobody may read without a token: the files are public all the same.
    ServiceOptions options;
    options.dashboard = pages_of_test();
    return options;
}

class DashboardFiles : public ::testing::Test {
protected:
    RawAnswer get(std::string_view target, const Headers& headers = {}) {
        return served_.get(target, headers);
    }
    Served served_{options()};
};

TEST_F(DashboardFiles, EveryFileIsGivenOutAsItIs) {
    EXPECT_EQ(pages_of_test().size(), 4U);
    for (const EmbeddedFile& file : pages_of_test()) {
        const RawAnswer answer = get(file.path);
        EXPECT_EQ(answer.status, 200) << file.path;
        EXPECT_EQ(answer.body, file_of(file.path)) << file.path;
        EXPECT_EQ(answer.header("Content-Encoding"), "") << file.path;
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << file.path;
    }
    EXPECT_EQ(get("/").header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(get(kScript).header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(get("/assets/look-7c21d0aa.css").header("Content-Type"), "text/css; charset=utf-8");
    EXPECT_EQ(get("/favicon.svg").header("Content-Type"), "image/svg+xml");
}

TEST_F(DashboardFiles, PackedForWhoeverTakesIt) {
    const RawAnswer packed = get(kScript, {kGzip});
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
    EXPECT_LT(packed.body.size(), file_of(kScript).size() / 2);
    const auto bytes = support::value_of(collect::unpacked(packed.body, 1'000'000));
    EXPECT_EQ(std::string(bytes.begin(), bytes.end()), file_of(kScript));
    EXPECT_NE(packed.header("ETag"), get(kScript).header("ETag"));
    // What is no shorter packed is never packed.
    EXPECT_EQ(get("/assets/look-7c21d0aa.css", {kGzip}).header("Content-Encoding"), "");
}

TEST_F(DashboardFiles, HoldForEverByTheirNameOrAreAskedForAgain) {
    EXPECT_EQ(get(kScript).header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(get("/").header("Cache-Control"), "no-cache");
    EXPECT_EQ(get("/favicon.svg").header("Cache-Control"), "no-cache");
    for (const std::string_view path : {std::string_view("/"), kScript}) {
        const RawAnswer known = get(path, {{"If-None-Match", get(path).header("ETag")}});
        EXPECT_EQ(known.status, 304) << path;
        EXPECT_EQ(known.body, "") << path;
        EXPECT_EQ(known.header("Cache-Control"), get(path).header("Cache-Control")) << path;
        EXPECT_EQ(get(path, {{"If-None-Match", "\"another\""}}).status, 200) << path;
    }
    const RawAnswer head = ask(served_.url(), "HEAD", kScript);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), std::to_string(file_of(kScript).size()));
}

TEST_F(DashboardFiles, PagesMayUseNothingFromElsewhereAndNothingInline) {
    for (const std::string_view path : {std::string_view("/tonight"), kScript}) {
        const std::string policy = get(path).header("Content-Security-Policy");
        EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"))
            << policy;
        EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
        EXPECT_EQ(policy.find("unsafe"), std::string::npos);
        EXPECT_EQ(policy.find("http"), std::string::npos);
        EXPECT_EQ(get(path).header("Referrer-Policy"), "no-referrer");
    }
}

TEST_F(DashboardFiles, WhateverLooksLikeAPageIsOne) {
    for (const char* path : {"/", "/tonight", "/player/201939", "/accuracy?market=pra&system=%",
                             "/v1x", "/a/b/c", "/pipeline/", "/?date=2023-03-03#x"}) {
        const RawAnswer page = get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_EQ(page.body, file_of("/index.html")) << path;
    }
    const RawAnswer posted = ask(served_.url(), "POST", "/tonight");
    EXPECT_EQ(posted.status, 405);
    EXPECT_EQ(posted.header("Allow"), "GET, HEAD");
}

TEST_F(DashboardFiles, WhatIsNoPageIsNotThere) {
    for (const char* path :
         {"/v1", "/v1/", "/v1/nothing", "/v1/board/x", "/metrics/x", "/health/x", "/openapi.json/x",
          "/assets/none.js", "/assets/page", "/assets/", "/assets/a/b", "/robots.txt", "/a/b.php",
          "/assets/..%2findex.html", "/../../etc/passwd.", "//x"}) {
        const RawAnswer answer = get(path);
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_EQ(answer.header("Content-Type"), kProblemType) << path;
    }
    // What the service answers itself is not hidden by a page.
    EXPECT_EQ(get("/ready").body, "{\"ready\":true}");
    EXPECT_EQ(get("/v1/board").status, 401);
}

TEST(DashboardLeftOut, SaysHowToGetIt) {
    Served served(ServiceOptions{});
    for (const char* path : {"/", "/tonight"}) {
        const RawAnswer answer = served.get(path);
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_EQ(answer.header("Content-Type"), "text/plain; charset=utf-8");
        EXPECT_NE(answer.body.find("TIPOFF_DASHBOARD"), std::string::npos) << answer.body;
    }
    EXPECT_EQ(served.get("/assets/index.js").header("Content-Type"), kProblemType);
}

TEST(DashboardLeftOut, DamageIsFoundAtTheStart) {
    const std::array broken{EmbeddedFile{"/index.html", "\x1f\x8b no gzip"}};
    EXPECT_THROW(Dashboard{broken}, InvariantBroken);
    const std::array no_index{pages_of_test().front()};
    ASSERT_NE(no_index.front().path, "/index.html");
    EXPECT_THROW(Dashboard{no_index}, InvariantBroken);
}

}  // namespace
}  // namespace test
}  // namespace tipoff::serve
