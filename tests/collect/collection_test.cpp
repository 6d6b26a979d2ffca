// What a collection takes of the answers that it gets again, and what is read of them later from
// the archive.

#include "collect/collection.h"

#include <gtest/gtest.h>

#include <array>
#include <deque>

#include "collect/settled_home.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using namespace test;

/// An upstream that gives its bodies in turn, one a request; "304" is the answer that nothing has
/// changed.
class Upstream final : public Transport {
public:
    explicit Upstream(const Clock& clock) : clock_(clock) {}

    std::expected<HttpAnswer, TransportError> get(const HttpRequest& request) override {
        HttpAnswer answer;
        answer.body = bodies.empty() ? "" : bodies.front();
        if (!bodies.empty()) bodies.pop_front();
        answer.status = status != 0 ? status : answer.body == "304" ? 304 : 200;
        if (const auto other = status_at.find(request.url); other != status_at.end())
            answer.status = other->second;
        if (answer.status == 304 || answer.status == 204) answer.body.clear();
        ++asked;
        answer.headers = {{"ETag", "\"one\""}};
        if (requests_left) {
            const int cost = request.url.ends_with("/free") ? 0 : 1;
            *requests_left -= std::min(*requests_left, cost);
            answer.headers.push_back({"x-requests-remaining", std::to_string(*requests_left)});
        }
        answer.asked_at = answer.answered_at = clock_.league_now();
        return answer;
    }

    std::deque<std::string> bodies;
    int status = 0;                        ///< of every answer, where it is set
    std::map<std::string, int> status_at;  ///< of the answers to a URL
    std::optional<int> requests_left;      ///< where it counts them
    int asked = 0;

private:
    const Clock& clock_;
};

/// A roster is a letter a player.
Reading read_roster(std::span<const char> document, const Ask& ask) {
    Reading reading;
    for (const char letter : document) {
        StatedRosterPlayer& player = reading.records.roster.emplace_back();
        player.season = Season::starting_in(2025);
        player.team_id = *ask.team;
        player.player_name = std::string("Player ") + letter;
    }
    return reading;
}

/// A document is the total of PHI @ BOS.
Reading read_lines(std::span<const char> document, const Ask&) {
    Reading reading;
    StatedGameLine& line = reading.records.game_lines.emplace_back();
    line.starts_at = eastern("2026-01-20", "19:40");
    line.home_team_id = kBoston;
    line.away_team_id = kPhiladelphia;
    line.book = "book_a";
    line.market = "total";
    line.line_value = std::stod(std::string(document.begin(), document.end()));
    return reading;
}

std::vector<PlannedRequest> plan_boston(const Scope&) {
    return {{.url = "https://example.com/boston", .ask = {.team = kBoston}}};
}

std::vector<PlannedRequest> plan_ten(const Scope&) {
    std::vector<PlannedRequest> requests;
    for (int i = 0; i < 10; ++i)
        requests.push_back(
            {.url = "https://example.com/" + std::to_string(i), .ask = {.team = kBoston}});
    return requests;
}

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
/// A game log is the tricodes of the teams that have played: "BOS PHI".
Reading read_log(std::span<const char> document, const Ask& ask) {
    Reading reading;
    for (std::size_t at = 0; at + 3 <= document.size(); at += 4) {
        StatedPlayerBox& box = reading.records.player_boxes.emplace_back();
        box.game_date = ask.date;
        box.team_id = find_team(std::string_view(document.data() + at, 3))->team_id;
    }
    return reading;
}

/// A page of players is a letter each, then "1" where there is another page.
Reading read_page(std::span<const char> document, const Ask&) {
    Reading reading;
    for (const char letter : document) {
        if (letter == '1')
            reading.next_cursor = "1";
        else
            reading.records.players.emplace_back().player_name = std::string("Player ") + letter;
    }
    return reading;
}

std::vector<PlannedRequest> plan_log(const Scope&) {
    return {{.url = "https://example.com/log", .ask = {.date = day("2026-01-20")}}};
}
std::vector<PlannedRequest> plan_pages(const Scope&) {
    return {{.url = "https://example.com/players"}};
}
/// Nine that are counted and, in their midst, one that is not.
std::vector<PlannedRequest> plan_counted(const Scope& scope) {
    auto requests = plan_ten(scope);
    requests[5].url = "https://example.com/free";
    requests[5].is_free = true;
    return requests;
}

const Source kLog{.name = "bdl_box_scores",
                  .also_called = {},
                  .what = "a log of who has played",
                  .read = &read_log,
                  .asking = {.plan = &plan_log},
                  .expectation = {.has_games = DueGames::kPlayed}};
const Source kPlayers{.name = "bdl_active_players",
                      .also_called = {},
                      .what = "players in pages",
                      .read = &read_page,
                      .asking = {.plan = &plan_pages, .paging = Paging::kCursor},
                      .expectation = {.fewest_players = 6}};
const Source kCounted{.name = "br_rosters",
                      .also_called = {},
                      .what = "rosters of an upstream that counts requests",
                      .read = &read_roster,
                      .asking = {.plan = &plan_counted, .is_metered = true}};
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

class Collection : public testing::Test {
protected:
    Collection() {
        home_.know({scheduled("0022500601", "2026-01-20", kBoston, kPhiladelphia,
                              eastern("2025-08-14", "12:00"))});
    }

    /// Asks at this time and settles what is answered.
    Settled collect(const Source& source, Instant at, std::string body) {
        clock_.advance(at - clock_.league_now());
        upstream_.bodies = {std::move(body)};
        Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
        Collected collected =
            support::value_of(collector.collect(source, {.dates = {}, .again = true}));
        return home_.settle(source.name, std::move(collected.answers));
    }

    /// Asks now; what is answered is not settled.
    Collected ask(const Source& source,
                  const CollectRequest& request = {.dates = {}, .again = true}) {
        Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
        return support::value_of(collector.collect(source, request));
    }

    /// The rows of the table, made anew of the archive.
    template <class Row>
    std::string rebuilt(const Source& source, const store::Table<Row>& table) {
        SettledHome other;
        other.know(home_.rows(kSchedule));
        Collected collected =
            support::value_of(collect_from_archive(other.database(), home_.folder(), source, {}));
        other.settle(source.name, std::move(collected.answers));
        return digest_of(other, table);
    }
    template <class Row>
    static std::string digest_of(SettledHome& home, const store::Table<Row>& table) {
        const std::array<const store::TableSpec*, 2> tables{&table.spec(), &kDocument.spec()};
        return to_string(support::value_of(store::digest(home.database(), tables)));
    }
    [[nodiscard]] std::size_t open() {
        return home_.rows(kBrRoster, "WHERE closed_at IS NULL").size();
    }

    SettledHome home_;
    ManualClock clock_{eastern("2026-01-19", "08:00")};
    ManualWaiter waiter_{clock_};
    Upstream upstream_{clock_};
    Fetcher fetcher_{upstream_, clock_, waiter_, home_.folder(), 7};
};

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

TEST_F(Collection, AGameThatIsMissingIsStillMissingWhenNothingHasChanged) {
    home_.know({scheduled("0022500602", "2026-01-20", kGoldenState, kLakers,
                          eastern("2025-08-14", "12:00"))});
    const std::vector<std::string> missing{
        "LAL @ GSW, 2026-01-20: no box score although it should be over"};
    clock_.advance(eastern("2026-01-21", "08:00") - clock_.league_now());
    const CollectRequest request{.dates = {day("2026-01-20")}, .again = true};
    for (const std::string body : {"BOS PHI", "BOS PHI", "304"}) {
        upstream_.bodies = {body};
        Collected collected = ask(kLog, request);
        EXPECT_EQ(collected.missing, missing) << body;
        EXPECT_EQ(collected.outcome().kind, OutcomeKind::kPartial) << body;
        home_.settle(kLog.name, std::move(collected.answers));
    }
    EXPECT_EQ(ask(kLog, {.dates = request.dates}).missing, missing) << "taken from the archive";
    EXPECT_EQ(upstream_.asked, 3);
    upstream_.bodies = {"BOS PHI GSW LAL"};
    EXPECT_TRUE(ask(kLog, request).missing.empty());
}

TEST_F(Collection, AListOfWhichOnePageHasChangedIsStillWhole) {
    upstream_.bodies = {"abc1", "def"};
    Collected first = ask(kPlayers);
    EXPECT_TRUE(first.missing.empty()) << first.missing.front();
    home_.settle(kPlayers.name, std::move(first.answers));
    upstream_.bodies = {"abx1", "304"};
    const Collected second = ask(kPlayers);
    EXPECT_TRUE(second.missing.empty()) << second.missing.front();
    EXPECT_EQ(second.answers.size(), 1U);
    upstream_.bodies = {"ab1", "304"};
    EXPECT_EQ(ask(kPlayers).missing,
              std::vector<std::string>{"5 players where the league has at least 6"});
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

TEST_F(Collection, OfAMeteredSourceStopsAtItsReserve) {
    for (int i = 0; i < 10; ++i)
        upstream_.bodies.emplace_back("abcdefgh");
    upstream_.requests_left = kQuotaReserve + 2;
    const Collected collected = ask(kCounted, {.dates = {}});
    EXPECT_EQ(upstream_.asked, 2 + 1) << "and the one that is not counted";
    EXPECT_EQ(collected.requests[5].outcome.kind, OutcomeKind::kFresh);
    ASSERT_GE(collected.missing.size(), 7U);
    EXPECT_EQ(collected.missing[0],
              "Boston Celtics: refused: not asked: 25 requests are left, and 25 kept in reserve");
    EXPECT_EQ(collected.quota_left, kQuotaReserve);
    EXPECT_FALSE(collected.is_denied());
}

TEST_F(Collection, OfAMeteredSourceGoesOnOnceAFreeRequestSaysThatItMay) {
    for (int i = 0; i < 10; ++i)
        upstream_.bodies.emplace_back("abcdefgh");
    upstream_.requests_left = 500;  // the month is over
    EXPECT_EQ(ask(kCounted, {.dates = {}, .quota_left = 3}).quota_left, 500 - 4);
    EXPECT_EQ(upstream_.asked, 5) << "all behind the free one";
    upstream_.asked = 0;
    upstream_.requests_left = 3;
    (void)ask(kCounted, {.dates = {}, .again = true, .quota_left = 3});
    EXPECT_EQ(upstream_.asked, 10) << "a person said so";
}

TEST_F(Collection, KeepsItsDistanceFromWhatAnotherSourceAskedTheSameHost) {
    upstream_.bodies = {"abcdefgh", "BOS PHI"};
    (void)ask(kRosters);
    // Another process: it knows the archive alone.
    Fetcher fetcher(upstream_, clock_, waiter_, home_.folder(), 8);
    const auto before = waiter_.waited();
    Collector collector(home_.database(), fetcher, clock_, home_.folder(), {});
    support::value_of(collector.collect(kLog, {.dates = {}}));
    EXPECT_EQ(waiter_.waited() - before, kLog.asking.spacing);
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
