// What a collection takes of the answers that it gets again, and what is read of them later from
// the archive.

#include "collect/collection.h"

#include <gtest/gtest.h>

#include "collect/collecting_home.h"

namespace tipoff::collect {
namespace {

using namespace test;

/// A report that comes to be at noon.
std::vector<PlannedRequest> plan_noon(const Scope&) {
    return {{.url = "https://example.com/noon",
             .ask = {.team = kBoston},
             .not_before = eastern("2026-01-20", "12:00")}};
}

const Source kReport{.name = "br_rosters",
                     .also_called = {},
                     .what = "a report of noon",
                     .read = &read_roster,
                     .asking = {.plan = &plan_noon}};
const Source kBarredReport{.name = "br_rosters",
                           .also_called = {},
                           .what = "the same of a host that says 403 of what is not there",
                           .read = &read_roster,
                           .asking = {.plan = &plan_noon, .forbidden_is_not_yet = true}};
const Source kTenRosters{.name = "br_rosters",
                         .also_called = {},
                         .what = "rosters of letters",
                         .read = &read_roster,
                         .asking = {.plan = &plan_ten}};
const Source kRosters{.name = "br_rosters",
                      .also_called = {},
                      .what = "rosters of letters",
                      .read = &read_roster,
                      .asking = {.plan = &plan_boston}};
const Source kLines{.name = "oddsapi_game_lines",
                    .also_called = {},
                    .what = "totals",
                    .read = &read_lines,
                    .asking = {.plan = &plan_boston, .counts_each_answer = true}};

class Collection : public CollectingHome {};

TEST_F(Collection, OfASourceThatLetsNobodyInIsNotAskedForTheRest) {
    for (const int status : {401, 403}) {
        upstream_.status = status;
        upstream_.asked = 0;
        Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
        const Collected collected = support::value_of(collector.collect(kTenRosters, {}));
        EXPECT_EQ(upstream_.asked, 3) << status;
        EXPECT_EQ(collected.requests.size(), 10U);
        EXPECT_TRUE(collected.is_denied());
        EXPECT_EQ(collected.outcome().kind, OutcomeKind::kRefused);
    }
}

TEST_F(Collection, WhatIsNotFoundAndShouldBeThereIsMissing) {
    upstream_.status_at["https://example.com/4"] = 404;
    for (int i = 0; i < 10; ++i)
        upstream_.bodies.emplace_back("abcdefgh");
    const Collected collected = ask(kTenRosters);
    EXPECT_EQ(collected.requests[4].outcome.kind, OutcomeKind::kRefused);
    ASSERT_FALSE(collected.missing.empty());
    EXPECT_EQ(collected.missing.front(), "Boston Celtics: refused: the upstream answered 404");
    EXPECT_EQ(collected.outcome().kind, OutcomeKind::kPartial);
}

TEST_F(Collection, ASourceThatIsNotFoundAtAllIsRefused) {
    upstream_.status = 404;
    const Collected collected = ask(kRosters);
    EXPECT_EQ(collected.outcome().kind, OutcomeKind::kRefused);
    EXPECT_EQ(collected.missing.size(), 1U);
}

TEST_F(Collection, WhatComesToBeLaterIsNotYetThereFor90Minutes) {
    upstream_.status = 404;
    const auto at = [&](std::string_view time) {
        clock_.advance(eastern("2026-01-20", time) - clock_.league_now());
        return ask(kReport).outcome().kind;
    };
    EXPECT_EQ(at("11:59"), OutcomeKind::kNotYet);
    EXPECT_EQ(upstream_.asked, 0);
    EXPECT_EQ(at("12:05"), OutcomeKind::kNotYet);
    EXPECT_EQ(upstream_.asked, 1);
    EXPECT_EQ(at("13:31"), OutcomeKind::kEmptyUnexpected);
}

TEST_F(Collection, OnlyAHostThatSaysSoMeansLaterByForbidden) {
    upstream_.status = 403;
    clock_.advance(eastern("2026-01-20", "12:05") - clock_.league_now());
    EXPECT_EQ(ask(kBarredReport).outcome().kind, OutcomeKind::kNotYet);
    EXPECT_EQ(ask(kReport).outcome().kind, OutcomeKind::kRefused);
}

TEST_F(Collection, NoContentIsNoDocumentForTheNextOneEither) {
    upstream_.status = 204;
    const Collected first = ask(kRosters);
    EXPECT_EQ(first.outcome().kind, OutcomeKind::kEmptyLegal);
    EXPECT_TRUE(first.answers.empty());
    EXPECT_TRUE(ask(kRosters).answers.empty()) << "nobody has read it, for there is nothing";
    EXPECT_TRUE(
        support::value_of(collect_from_archive(home_.database(), home_.folder(), kRosters, {}))
            .answers.empty());
}

TEST_F(Collection, WhatWasAnsweredAndNeverWrittenIsReadDaysLater) {
    collect(kRosters, eastern("2026-01-19", "08:00"), "abcdefgh");
    clock_.advance(std::chrono::hours{1});
    upstream_.bodies = {"abcdefgi"};
    ASSERT_EQ(ask(kRosters).answers.size(), 1U);  // as if it was killed then
    collect(kRosters, eastern("2026-01-23", "08:00"), "abcdefgj");
    EXPECT_EQ(home_.rows(kDocument).size(), 3U);
    EXPECT_EQ(rebuilt(kRosters, kBrRoster), digest_of(home_, kBrRoster));
}

TEST_F(Collection, LinesThatStoodAndWereNeverWrittenAreReadLater) {
    collect(kLines, eastern("2026-01-20", "12:00"), "224.5");
    clock_.advance(std::chrono::hours{1});
    upstream_.bodies = {"224.5"};
    (void)ask(kLines, {.dates = {}, .again = true, .run_id = "251020-00009"});
    clock_.advance(std::chrono::hours{1});
    upstream_.bodies = {"224.5"};
    Collected next = ask(kLines, {.dates = {}, .again = true, .lost_runs = {"251020-00009"}});
    home_.settle(kLines.name, std::move(next.answers));
    EXPECT_EQ(home_.rows(kGameLine).size(), 3U);
    EXPECT_EQ(rebuilt(kLines, kGameLine), digest_of(home_, kGameLine));
}

TEST_F(Collection, KeepsItsDistanceFromWhatAnotherSourceAskedTheSameHost) {
    upstream_.bodies = {"abcdefgh", "224.5"};
    (void)ask(kRosters);
    // Another process: it knows the archive alone.
    Fetcher fetcher(upstream_, clock_, waiter_, home_.folder(), 8);
    const auto before = waiter_.waited();
    Collector collector(home_.database(), fetcher, clock_, home_.folder(), {});
    support::value_of(collector.collect(kLines, {.dates = {}}));
    EXPECT_EQ(waiter_.waited() - before, kLines.asking.spacing);
}

TEST_F(Collection, ARequestThatIsWrongIsNoDenial) {
    upstream_.status = 400;
    Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
    const Collected collected = support::value_of(collector.collect(kTenRosters, {}));
    EXPECT_EQ(upstream_.asked, 10);
    EXPECT_FALSE(collected.is_denied());
}

TEST_F(Collection, StopsBetweenTwoRequestsWhenItIsTold) {
    upstream_.bodies = {"abcdefghijklmno", "abcdefghijklmnp", "abcdefghijklmnq"};
    Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
    const auto collected =
        collector.collect(kTenRosters, {}, {}, [this] { return upstream_.asked == 2; });
    ASSERT_FALSE(collected);
    EXPECT_EQ(collected.error().code(), ErrorCode::kFenced);
    EXPECT_EQ(upstream_.asked, 2);
}

TEST_F(Collection, ARosterThatIsHeldBackIsConfirmedByTheSameBytes) {
    collect(kRosters, eastern("2026-01-19", "08:00"), "abcdefghijklmno");
    EXPECT_EQ(collect(kRosters, eastern("2026-01-20", "08:00"), "abcdefghij").held.size(), 1U);
    EXPECT_EQ(collect(kRosters, eastern("2026-01-20", "08:30"), "abcdefghij").held.size(), 1U);
    EXPECT_EQ(open(), 15U);
    EXPECT_TRUE(collect(kRosters, eastern("2026-01-20", "09:00"), "abcdefghij").held.empty());
    EXPECT_EQ(open(), 10U);
    EXPECT_EQ(rebuilt(kRosters, kBrRoster), digest_of(home_, kBrRoster));
}

TEST_F(Collection, ARosterThatIsHeldBackIsConfirmedByNothingHavingChanged) {
    collect(kRosters, eastern("2026-01-19", "08:00"), "abcdefghijklmno");
    collect(kRosters, eastern("2026-01-20", "08:00"), "abcdefghij");
    EXPECT_TRUE(collect(kRosters, eastern("2026-01-20", "09:00"), "304").held.empty());
    EXPECT_EQ(open(), 10U);
    EXPECT_EQ(rebuilt(kRosters, kBrRoster), digest_of(home_, kBrRoster));
}

TEST_F(Collection, WhatComesBackIsAStatementAgain) {
    collect(kRosters, eastern("2026-01-19", "08:00"), "abcdefgh");
    collect(kRosters, eastern("2026-01-20", "08:00"), "abcdefg");
    collect(kRosters, eastern("2026-01-21", "08:00"), "abcdefgh");
    EXPECT_EQ(open(), 8U);
    EXPECT_EQ(home_.rows(kBrRoster).size(), 9U) << "h went and came back";
    EXPECT_EQ(rebuilt(kRosters, kBrRoster), digest_of(home_, kBrRoster));
}

TEST_F(Collection, LinesThatStoodAreSnapshotsOfTheirOwn) {
    collect(kLines, eastern("2026-01-20", "12:00"), "224.5");
    collect(kLines, eastern("2026-01-20", "13:00"), "224.5");
    collect(kLines, eastern("2026-01-20", "14:00"), "304");
    const auto lines = home_.rows(kGameLine, "ORDER BY snapshot");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[2].snapshot, eastern("2026-01-20", "14:00"));
    EXPECT_EQ(lines[2].line_value, 224.5);
    EXPECT_EQ(rebuilt(kLines, kGameLine), digest_of(home_, kGameLine));
}

}  // namespace
}  // namespace tipoff::collect
