// From a target to a route and its arguments, without a socket.

#include "serve/route.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <string>
#include <vector>

#include "serve/access.h"
#include "serve/request_rules.h"
#include "serve/wire.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::serve::test {
namespace {

using support::outcome_of;
using support::told;
using support::value_of;

const Instant kNow = value_of(parse_instant("2026-01-21T04:30:00Z"));  // 20 January, 23:30 ET

Expected<Arguments> read(std::string_view query) {
    return read_arguments(table_of_all_kinds().find("GET", "/v1/all")->route->parameters, query, {},
                          kNow);
}

TEST(Routing, APathLeadsToOneRoute) {
    const RouteTable& table = table_of_all_kinds();
    const auto name = [&](std::string_view method, std::string_view path) -> std::string {
        const auto found = table.find(method, path);
        return found ? found->route->name : "";
    };
    EXPECT_EQ(name("GET", "/v1/things/7"), "thing");
    EXPECT_EQ(name("HEAD", "/v1/things/7"), "thing");
    EXPECT_EQ(name("GET", "/v1/things/all"), "things");
    EXPECT_EQ(name("GET", "/"), "root");
    for (const char* nowhere : {"", "v1/all", "/v1/all/", "//v1/all", "/v1/things/", "/v1/things",
                                "/V1/all", "/v1/things/%zz"})
        EXPECT_EQ(name("GET", nowhere), "") << nowhere;
    EXPECT_EQ(name("POST", "/v1/things/7"), "");
    EXPECT_EQ(table.methods_of("/v1/things/7"), "GET, HEAD");
    EXPECT_EQ(table.methods_of("/v1/things/7/x"), "POST");
    const auto act = table.find("POST", "/v1/things/7/a%2Fb+c");
    ASSERT_TRUE(act);
    EXPECT_EQ(act->path[1].second, "a/b+c");
}

TEST(Routing, ATableThatContradictsItselfIsADefect) {
    const auto route = [](std::string path, std::string name) {
        return Route{.method = "GET",
                     .path = std::move(path),
                     .name = std::move(name),
                     .summary = "",
                     .parameters = {},
                     .responses = {},
                     .handler = {}};
    };
    EXPECT_THROW(RouteTable({route("/a", "one"), route("/a", "two")}), InvariantBroken);
    EXPECT_THROW(RouteTable({route("/a", "one"), route("/b", "one")}), InvariantBroken);
    EXPECT_THROW(RouteTable({route("/{id}", "one")}), InvariantBroken);
}

TEST(Routing, ValuesAreReadAsTheirTypes) {
    const auto all = value_of(
        read("bounded=5&choice=pra&text=a%20b+c&whole=-3&number=1.5&truth=true&date=2026-01-02&"
             "at=2026-01-20T12:00:00-05:00"));
    EXPECT_EQ(all.integer("bounded"), 5);
    EXPECT_EQ(all.text("choice"), "pra");
    EXPECT_EQ(all.text("text"), "a b c");
    EXPECT_EQ(all.integer("whole"), -3);
    EXPECT_EQ(all.optional_number("number"), 1.5);
    EXPECT_TRUE(all.boolean("truth"));
    EXPECT_EQ(to_string(all.date("date")), "2026-01-02");
    EXPECT_EQ(tipoff::to_string(*all.optional_instant("at")), "2026-01-20T17:00:00Z");
    const auto none = value_of(read(""));
    EXPECT_EQ(none.text("choice"), "points");
    EXPECT_FALSE(none.optional_text("text"));
    EXPECT_FALSE(none.has("date"));
    EXPECT_THROW((void)none.text("text"), InvariantBroken);
    EXPECT_THROW((void)none.text("undeclared"), InvariantBroken);
}

TEST(Routing, DaysAreTheLeaguesInEasternTime) {
    EXPECT_EQ(to_string(value_of(read("date=today")).date("date")), "2026-01-20");
    EXPECT_EQ(to_string(value_of(read("date=tomorrow")).date("date")), "2026-01-21");
    EXPECT_EQ(to_string(value_of(read("date=yesterday")).date("date")), "2026-01-19");
}

TEST(Routing, WhatCannotBeUsedIsNamed) {
    for (const auto& [query, name] : std::vector<std::pair<std::string, std::string>>{
             {"colour=red", "colour"},
             {"bounded=0", "bounded"},
             {"bounded=1001", "bounded"},
             {"bounded=", "bounded"},
             {"bounded", "bounded"},
             {"text=", "text"},
             {"choice=", "choice"},
             {"date=2026-02-30", "date"},
             {"at=2026-01-20", "at"},
             {"truth=1", "truth"},
             {"number=nan", "number"},
             {"whole=1&whole=1", "whole"},
             {"text=" + std::string(2'000, 'x'), "text"}}) {
        const auto refused = read(query);
        EXPECT_EQ(outcome_of(refused), "invalid input") << query;
        EXPECT_NE(told(refused).find(name), std::string::npos) << told(refused);
    }
    const auto needed = table_of_all_kinds().find("GET", "/v1/needed")->route->parameters;
    EXPECT_NE(told(read_arguments(needed, "", {}, kNow)).find("needed"), std::string::npos);
}

TEST(Routing, TheSameHasOneCanonicalText) {
    const std::string one = value_of(read("date=today&text=a%20b")).canonical();
    EXPECT_EQ(value_of(read("text=a+b&&date=2026-01-20&choice=points")).canonical(), one);
    // A text cannot pass for further parameters.
    EXPECT_NE(value_of(read("text=a%26whole=1:5")).canonical(),
              value_of(read("text=a&whole=5")).canonical());
}

TEST(Routing, SourcesAreTheOtherEndOrWhatALocalProxySays) {
    const auto source = [](std::string peer, std::vector<HttpHeader> headers) {
        return source_of({.headers = std::move(headers), .peer = std::move(peer)});
    };
    EXPECT_EQ(source("203.0.113.9", {}), "203.0.113.9");
    EXPECT_EQ(source("203.0.113.9", {{"X-Forwarded-For", "1.1.1.1"}}), "203.0.113.9");
    EXPECT_EQ(source("127.0.0.1", {{"x-forwarded-for", "1.1.1.1, 2.2.2.2"}}), "2.2.2.2");
    EXPECT_EQ(source("127.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "2.2.2.2"}}),
              "2.2.2.2");
    EXPECT_EQ(source("2001:db8:1:2:3:4:5:6", {}), source("2001:db8:1:2::9", {}));
    EXPECT_NE(source("2001:db8:1:2::9", {}), source("2001:db8:1:3::9", {}));
}

TEST(Routing, DatesOfHttpAreAsTheyAreWritten) {
    EXPECT_EQ(to_http_date(value_of(parse_instant("2015-10-21T07:28:00.9Z"))),
              "Wed, 21 Oct 2015 07:28:00 GMT");
    EXPECT_EQ(parse_http_date(to_http_date(kNow)), kNow);
}

/// Pieces that mean something to a router, among arbitrary bytes.
rc::Gen<std::string> part_of_request() {
    return rc::gen::oneOf(
        rc::gen::arbitrary<std::string>(),
        rc::gen::element<std::string>(
            "/", "/v1/all", "/v1/needed", "/v1/things/", "/v1/things/7", "?", "&", "=", "%", "%2F",
            "%ff", "%00", "+", "bounded=5", "choice=", "pra", "text=", "date=today",
            "at=", "needed", "Bearer ", "gzip", ";q=0", "\"", "W/", ",", "127.0.0.1", "WyJhIl0"));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += part;
    return text;
}

TEST(RoutingProperty, EveryRequestKeepsTheRules) {
    const auto parts = rc::gen::container<std::vector<std::string>>(part_of_request());
    EXPECT_TRUE(rc::check("any target and any header", [&parts] {
        const std::string target = joined(*parts);
        const std::string header = joined(*parts);
        RC_ASSERT(rule_broken_by(target, header) == "");
    }));
}

TEST(RoutingCorpus, KeepsTheRules) {
    int inputs = 0;
    for (const auto& file : std::filesystem::directory_iterator(
             std::filesystem::path(TIPOFF_SOURCE_DIR) / "tests/fuzz/corpus/http_request")) {
        const std::string bytes = support::read_file(file.path());
        const auto line = bytes.find('\n');
        ASSERT_NE(line, std::string::npos) << file.path();
        EXPECT_EQ(rule_broken_by(bytes.substr(0, line), bytes.substr(line + 1)), "") << file.path();
        ++inputs;
    }
    EXPECT_GT(inputs, 0);
}

}  // namespace
}  // namespace tipoff::serve::test
