#include <gtest/gtest.h>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json event(const char* id, const char* starts_at, const char* home, const char* away) {
    return {{"id", id},
            {"sport_key", "basketball_nba"},
            {"sport_title", "NBA"},
            {"home_team", home},
            {"away_team", away},
            {"commence_time", starts_at}};
}

/// A list of today: two games of one Eastern evening, the second after midnight UTC.
json of_today() {
    return json::array({event("aa", "2026-01-15T23:40:00Z", "Boston Celtics", "Miami Heat"),
                        event("bb", "2026-01-16T03:10:00Z", "Phoenix Suns", "Utah Jazz")});
}

json of_the_past() {
    return {{"timestamp", "2026-01-15T23:00:38Z"},
            {"previous_timestamp", "2026-01-15T22:55:38Z"},
            {"next_timestamp", nullptr},
            {"data", of_today()}};
}

GameDate day(const char* text) { return *parse_date(text); }

TEST(OddsapiEvents, ReadsARecordedSnapshot) {
    TIPOFF_SAMPLE(document, "oddsa_events_his/raw_4c3bc8f6.json");
    const Reading reading = test::read(kOddsapiEvents, document, {.date = day("2024-01-25")});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.games.size(), 10U);
    const StatedGame& first = reading.records.games.front();
    EXPECT_EQ(first.source_game_id, "f137689983933840bf2f2a91278eb03b");
    EXPECT_EQ(first.home_team_id, find_team("DAL")->team_id);
    EXPECT_EQ(first.away_team_id, find_team("PHX")->team_id);
    EXPECT_EQ(first.game_date, day("2024-01-24"));
    EXPECT_EQ(tipoff::to_string(*first.tip_off), "2024-01-25T01:40:00Z");
    const StatedGame& last = reading.records.games.back();
    EXPECT_EQ(last.home_team_id, find_team("LAL")->team_id);
    EXPECT_EQ(last.away_team_id, find_team("CHI")->team_id);
    EXPECT_EQ(last.game_date, day("2024-01-25"));
    // Three games of the 24th were still being played.
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0], "3 of 10 events are of other days than 2024-01-25");
    EXPECT_EQ(test::read(kOddsapiEvents, document, {.date = day("2024-01-26")}).outcome.kind,
              OutcomeKind::kMalformed);
}

TEST(OddsapiEvents, ReadsAListOfTodayAndOneOfThePastAlike) {
    for (const json& document : {of_today(), of_the_past()}) {
        const Reading reading =
            test::read(kOddsapiEvents, document.dump(),
                       {.date = day("2026-01-15"), .season = Season::starting_in(2025)});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        EXPECT_TRUE(reading.notes.empty());
        ASSERT_EQ(reading.records.games.size(), 2U);
        for (const StatedGame& game : reading.records.games) {
            EXPECT_EQ(game.game_date, day("2026-01-15"));
            EXPECT_EQ(game.status, "");
            EXPECT_EQ(game.season_type, std::nullopt);
        }
        EXPECT_EQ(tipoff::to_string(*reading.records.games[1].tip_off), "2026-01-16T03:10:00Z");
        EXPECT_EQ(reading.records.games[1].away_team_id, find_team("UTA")->team_id);
    }
}

TEST(OddsapiEvents, AnEmptyListIsLegal) {
    EXPECT_EQ(test::read(kOddsapiEvents, "[]").outcome.kind, OutcomeKind::kEmptyLegal);
    json past = of_the_past();
    past["data"] = json::array();
    EXPECT_EQ(test::read(kOddsapiEvents, past.dump()).outcome.kind, OutcomeKind::kEmptyLegal);
}

TEST(OddsapiEvents, LeavesOutGamesOfOtherTeamsWithANote) {
    json document = of_today();
    document[1] = event("bb", "2026-02-15T22:00:00Z", "Team Stars", "Team World");
    const Reading reading = test::read(kOddsapiEvents, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(reading.records.games.size(), 1U);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0],
              "Team World at Team Stars (2026-02-15) is no game of two teams of the league");
    // Nothing left: were the teams renamed?
    document.erase(0);
    const Reading none = test::read(kOddsapiEvents, document.dump());
    EXPECT_EQ(none.outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(none.notes.size(), 1U);
}

TEST(OddsapiEvents, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/1/id", "/1/sport_key", "/1/commence_time", "/1/home_team", "/1/away_team"})
        test::expect_relied_on(kOddsapiEvents, of_today(), field);
    for (const char* field : {"/timestamp", "/data", "/data/0/id", "/data/0/commence_time"})
        test::expect_relied_on(kOddsapiEvents, of_the_past(), field);
}

TEST(OddsapiEvents, RefusesWhatCannotBe) {
    const auto problem_with = [](const char* field, const char* value) {
        json document = of_today();
        document[1][field] = value;
        const Reading reading = test::read(kOddsapiEvents, document.dump());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << field;
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with("id", "aa"), "[1] has the id of an earlier event");
    EXPECT_EQ(problem_with("home_team", "Miami Heat"),
              "[1] is the second game of Miami Heat on a day");
    EXPECT_EQ(problem_with("home_team", "Utah Jazz"), "[1] is a game of Utah Jazz against itself");
    EXPECT_EQ(problem_with("commence_time", "2026-01-16 03:10:00"),
              "[1] has no instant in commence_time: '2026-01-16 03:10:00'");
    EXPECT_EQ(problem_with("sport_key", "basketball_wnba"),
              "[1] has the sport_key 'basketball_wnba', to be basketball_nba");
    EXPECT_EQ(test::read(kOddsapiEvents, R"({"message": "Unknown sport"})").outcome.kind,
              OutcomeKind::kMalformed);
    EXPECT_EQ(test::read(kOddsapiEvents, "").outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(test::read(kOddsapiEvents, of_today().dump(), {.season = Season::starting_in(2024)})
                  .outcome.kind,
              OutcomeKind::kMalformed);
}

}  // namespace
}  // namespace tipoff::collect
