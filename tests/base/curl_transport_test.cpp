// The transport against real servers on loopback: what it asks for, and what it refuses.

#include "base/curl_transport.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "support/child_process.h"
#include "support/files.h"
#include "support/scripted_server.h"

namespace tipoff {
namespace {

using support::ScriptedServer;
using Reply = ScriptedServer::Reply;

class Transporting : public testing::Test {
protected:
    /// The failure of a request; "an answer" where it is none.
    std::string failure_of(const HttpRequest& request) {
        const auto answer = transport_.get(request);
        return answer ? "an answer" : std::string(to_string(answer.error().failure));
    }

    ManualClock clock_{Instant{std::chrono::seconds{1'767'000'000}}};
    CurlTransport transport_{clock_};
    ScriptedServer server_;
};

/// A thousand times "x", as it is and packed by gzip.
const std::string kText(1000, 'x');
constexpr std::array<unsigned char, 29> kPacked{
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0xa8, 0x18, 0x05, 0xa3,
    0x60, 0x14, 0x0c, 0x77, 0x00, 0x00, 0xe6, 0xc9, 0x41, 0x3b, 0xe8, 0x03, 0x00, 0x00};

Reply packed() {
    return {.headers = {{"Content-Encoding", "gzip"}}, .body = {kPacked.begin(), kPacked.end()}};
}

TEST_F(Transporting, I73AsksForWhatItUnpacksAndNothingElse) {
    server_.reply("/x", {packed()});
    const auto answer = transport_.get({.url = server_.url() + "/x", .headers = {}});
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->body, kText);
    EXPECT_EQ(server_.last_header("Accept-Encoding"), "gzip, deflate");
    server_.reply("/br", {Reply{.headers = {{"Content-Encoding", "br"}}, .body = "not unpacked"}});
    EXPECT_EQ(failure_of({.url = server_.url() + "/br", .headers = {}}), "unusable");
}

TEST_F(Transporting, RefusesABodyThatIsTooLarge) {
    server_.reply("/plain", {Reply{.body = kText}});
    server_.reply("/packed", {packed()});
    for (const std::string path : {"/plain", "/packed"}) {
        const HttpRequest request{.url = server_.url() + path, .headers = {}, .most_bytes = 999};
        EXPECT_EQ(failure_of(request), "too large") << path << ": as it is unpacked";
        const HttpRequest larger{.url = server_.url() + path, .headers = {}, .most_bytes = 1000};
        EXPECT_EQ(failure_of(larger), "an answer") << path;
    }
}

TEST_F(Transporting, RedirectsAreAnswers) {
    server_.reply("/x", {Reply{.status = 302, .headers = {{"Location", server_.url() + "/y"}}}});
    const auto answer = transport_.get({.url = server_.url() + "/x", .headers = {}});
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 302);
    EXPECT_EQ(server_.requests(), 1);
}

TEST_F(Transporting, TrustsNobodyWhoVouchesForHimself) {
    const support::TempFolder folder;
    const std::string key = (folder / "key.pem").string();
    const std::string certificate = (folder / "certificate.pem").string();
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout " +
        key + " -out " + certificate + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) GTEST_SKIP() << "openssl is not installed";
    support::ChildProcess server([&](support::Channel& channel) {
        channel.become_standard_streams();
        ::execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-key", key.c_str(),
                 "-cert", certificate.c_str(), "-www", nullptr);
        return 1;
    });
    constexpr std::string_view kListens = "ACCEPT ";
    std::string address;
    while (const auto line = server.channel().hear()) {
        if (!line->starts_with(kListens)) continue;
        address = line->substr(kListens.size());
        break;
    }
    ASSERT_FALSE(address.empty());
    EXPECT_EQ(failure_of({.url = "https://" + address + "/", .headers = {}}),
              "certificate not trusted");
}

}  // namespace
}  // namespace tipoff
