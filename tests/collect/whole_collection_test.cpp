// What a collection lacks of what its source is expected to have, and how far a metered source is
// asked.

#include "collect/collection.h"

#include <gtest/gtest.h>

#include "collect/collecting_home.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using namespace test;

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

/// A list of events that has none.
Reading read_no_events(std::span<const char>, const Ask&) {
    return {.outcome = {OutcomeKind::kEmptyLegal, "no events"}, .records = {}, .notes = {}};
}

std::vector<PlannedRequest> plan_each_game(const Scope& scope) {
    return ask_each_game(
        scope, [](const AskedGame& game) { return "https://example.com/" + game.source_game_id; });
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
const Source kEvents{.name = "oddsapi_events",
                     .also_called = {},
                     .what = "events",
                     .read = &read_no_events,
                     .asking = {.plan = &plan_log},
                     .expectation = {.has_games = DueGames::kToCome}};
const Source kLinesByGame{.name = "oddsapi_game_lines",
                          .also_called = {},
                          .what = "totals of the games that have been named",
                          .read = &read_lines,
                          .asking = {.plan = &plan_each_game, .game_ids_of = "oddsapi_events"},
                          .expectation = {.asks_games = DueGames::kUpToADayOn}};
const Source kCounted{.name = "br_rosters",
                      .also_called = {},
                      .what = "rosters of an upstream that counts requests",
                      .read = &read_roster,
                      .asking = {.plan = &plan_counted, .is_metered = true}};
class WholeCollection : public CollectingHome {};

TEST_F(WholeCollection, AGameThatIsMissingIsStillMissingWhenNothingHasChanged) {
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

TEST_F(WholeCollection, NoEventsOnADateWithGamesIsNoDayWithoutGames) {
    const CollectRequest request{.dates = {day("2026-01-20")}, .again = true};
    clock_.advance(eastern("2026-01-20", "12:00") - clock_.league_now());
    upstream_.bodies = {"[]"};
    const Collected events = ask(kEvents, request);
    EXPECT_EQ(events.outcome().kind, OutcomeKind::kPartial);
    EXPECT_EQ(events.missing, std::vector<std::string>{"PHI @ BOS, 2026-01-20: no event"});
    const Collected lines = ask(kLinesByGame, request);
    EXPECT_TRUE(lines.requests.empty());
    EXPECT_EQ(lines.outcome().kind, OutcomeKind::kPartial) << "nothing could be asked for";
    EXPECT_EQ(lines.missing,
              std::vector<std::string>{"PHI @ BOS, 2026-01-20: oddsapi_events has not named it"});
    const CollectRequest other{.dates = {day("2026-01-21")}};
    EXPECT_EQ(ask(kLinesByGame, other).outcome().kind, OutcomeKind::kEmptyLegal) << "nobody plays";
}

TEST_F(WholeCollection, AListOfWhichOnePageHasChangedIsStillWhole) {
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

TEST_F(WholeCollection, OfAMeteredSourceStopsAtItsReserve) {
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

TEST_F(WholeCollection, OfAMeteredSourceGoesOnOnceAFreeRequestSaysThatItMay) {
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

}  // namespace
}  // namespace tipoff::collect
