#include <gtest/gtest.h>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"
#include "support/expected.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;
using support::value_of;

json side(const char* where, const char* name, int first, int second) {
    return {{"homeAway", where},
            {"team", {{"displayName", name}}},
            {"score", std::to_string(first + second)},
            {"linescores", json::array({{{"value", first}}, {{"value", second}}})}};
}

json event(const char* id, const char* away, const char* home) {
    return {
        {"id", id},
        {"date", "2025-11-06T00:30Z"},
        {"season", {{"year", 2026}, {"type", 2}}},
        {"competitions",
         json::array({{{"type", {{"abbreviation", "STD"}}},
                       {"timeValid", true},
                       {"venue", {{"fullName", "The Arena"}, {"address", {{"city", "Boston"}}}}},
                       {"status", {{"type", {{"state", "post"}, {"description", "Final"}}}}},
                       {"competitors",
                        json::array({side("away", away, 50, 49), side("home", home, 40, 61)})}}})}};
}

/// Two games of one evening, of which one stands away side first.
json two_games() {
    json second = event("12", "Oklahoma City Thunder", "LA Clippers");
    json& sides = second["competitions"][0]["competitors"];
    std::swap(sides[0], sides[1]);
    return {{"leagues", json::array({{{"calendar", json::array({"2025-11-05T08:00Z"})}}})},
            {"events", json::array({event("11", "Washington Wizards", "Boston Celtics"), second})}};
}

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kEspnScoreboard, document.dump(), ask);
}

json& status_of(json& document, int index = 0) {
    return document["events"][index]["competitions"][0]["status"]["type"];
}

TEST(EspnScoreboard, ReadsARecordedDay) {
    for (const char* path :
         {"espn_scoreboard_api/raw_92de7c9a.json", "espn_scoreboard_api/raw_c0c50c83.json"}) {
        TIPOFF_SAMPLE(document, path);
        const Reading reading = test::read(
            kEspnScoreboard, document,
            {.date = value_of(parse_date("2024-01-15")), .season = Season::starting_in(2023)});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        const auto& games = reading.records.games;
        ASSERT_EQ(games.size(), 11U);
        EXPECT_EQ(games[0].source_game_id, "401585183");
        EXPECT_EQ(games[0].home_team_id, find_team("PHI")->team_id);
        EXPECT_EQ(games[0].away_team_id, find_team("HOU")->team_id);
        EXPECT_EQ(games[0].home_points, 124);
        EXPECT_EQ(games[0].away_points, 115);
        EXPECT_EQ(games[0].status, "final");
        EXPECT_EQ(games[0].season_type, SeasonType::kRegular);
        EXPECT_EQ(games[0].arena, "Wells Fargo Center");
        EXPECT_EQ(games[0].city, "Philadelphia");
        EXPECT_EQ(to_eastern_string(games[0].tip_off.value()), "2024-01-15 13:00 ET");
        // The last one is of the next day in UTC.
        EXPECT_EQ(tipoff::to_string(games[10].tip_off.value()), "2024-01-16T03:30:00Z");
        EXPECT_EQ(to_string(games[10].game_date), "2024-01-15");
        EXPECT_EQ(games[10].away_team_id, find_team("OKC")->team_id);
        EXPECT_EQ(games[10].away_points, 105);
        std::int32_t points = 0;
        for (const StatedGame& game : games)
            points += game.home_points.value() + game.away_points.value();
        EXPECT_EQ(points, 2399);
    }
}

TEST(EspnScoreboard, ADayWithoutGamesIsLegalUnlessTheCalendarHasIt) {
    TIPOFF_SAMPLE(document, "espn_scoreboard_api/raw_20250214.json");
    EXPECT_EQ(test::read(kEspnScoreboard, document).outcome.kind, OutcomeKind::kEmptyLegal);
    const auto asked = [&](const char* date) {
        return test::read(kEspnScoreboard, document, {.date = value_of(parse_date(date))}).outcome;
    };
    EXPECT_EQ(asked("2025-02-14").kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(asked("2025-02-13").kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(asked("2025-02-13").detail,
              "no games, and 2025-02-13 is in the source's own calendar");
    EXPECT_EQ(asked("2025-03-10").kind, OutcomeKind::kEmptyUnexpected);
}

TEST(EspnScoreboard, StatesWhatAGameHasComeTo) {
    const auto stated = [](const char* state, const char* words) {
        json document = two_games();
        status_of(document) = {{"state", state}, {"description", words}};
        const Reading reading = read(document);
        EXPECT_EQ(reading.records.games.size(), 2U) << reading.outcome.detail;
        return reading.records.games.empty() ? StatedGame{} : reading.records.games[0];
    };
    EXPECT_EQ(stated("pre", "Scheduled").status, "scheduled");
    EXPECT_FALSE(stated("pre", "Scheduled").home_points);
    EXPECT_EQ(stated("in", "Halftime").status, "in_progress");
    EXPECT_EQ(stated("in", "Halftime").home_points, 101);
    EXPECT_EQ(stated("post", "Postponed").status, "postponed");
    EXPECT_FALSE(stated("post", "Postponed").home_points);
    EXPECT_EQ(stated("post", "Final").status, "final");
    json canceled = two_games();
    status_of(canceled)["description"] = "Canceled";
    EXPECT_EQ(read(canceled).records.games.size(), 1U);
    EXPECT_EQ(read(canceled).notes,
              std::vector<std::string>{"left out: Washington Wizards at Boston Celtics, canceled"});
    json unknown = two_games();
    status_of(unknown)["description"] = "Abandoned";
    EXPECT_EQ(read(unknown).outcome.detail,
              "events[0].competitions[0].status.type is 'Abandoned' "
              "(post), which nobody knows");
}

TEST(EspnScoreboard, ADayWithoutAnHourHasNoTipOff) {
    json document = two_games();
    document["events"][0]["date"] = "2025-11-05T05:00Z";
    document["events"][0]["competitions"][0]["timeValid"] = false;
    const Reading reading = read(document, {.date = value_of(parse_date("2025-11-05"))});
    ASSERT_EQ(reading.records.games.size(), 2U) << reading.outcome.detail;
    EXPECT_FALSE(reading.records.games[0].tip_off);
    EXPECT_EQ(to_string(reading.records.games[0].game_date), "2025-11-05");
    EXPECT_EQ(to_eastern_string(reading.records.games[1].tip_off.value()), "2025-11-05 19:30 ET");
}

TEST(EspnScoreboard, WhatIsNotOfTheLeagueIsANote) {
    json stars = two_games();
    for (json& row : stars["events"]) {
        json& competition = row["competitions"][0];
        competition["type"]["abbreviation"] = "ALLSTAR";
        for (json& team : competition["competitors"])
            team["team"]["displayName"] = "Team " + team["homeAway"].get<std::string>();
    }
    const Reading none = read(stars);
    EXPECT_EQ(none.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(none.notes,
              std::vector<std::string>(2, "left out: Team away at Team home, an All-Star game"));

    json guests = two_games();
    json& row = guests["events"][0];
    row["competitions"][0]["competitors"][0]["team"]["displayName"] = "Real Madrid";
    EXPECT_EQ(read(guests).outcome.detail,
              "events[0] is Real Madrid at Boston Celtics, of which nobody knows a team");
    row["season"]["type"] = 1;
    EXPECT_EQ(read(guests).notes,
              std::vector<std::string>{"left out: Real Madrid at Boston Celtics, not both of the "
                                       "league"});
    EXPECT_EQ(read(guests).records.games.size(), 1U);
}

TEST(EspnScoreboard, KnowsTheSeasonTypes) {
    const auto stated = [](int type) {
        json document = two_games();
        document["events"][0]["season"]["type"] = type;
        const Reading reading = read(document);
        return reading.records.games.empty() ? std::nullopt : reading.records.games[0].season_type;
    };
    EXPECT_EQ(stated(1), SeasonType::kPreseason);
    EXPECT_EQ(stated(2), SeasonType::kRegular);
    EXPECT_EQ(stated(3), SeasonType::kPlayoffs);
    EXPECT_EQ(stated(5), SeasonType::kPlayIn);
    EXPECT_EQ(stated(4), std::nullopt);
}

TEST(EspnScoreboard, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/events", "/events/1/id", "/events/1/date", "/events/1/season", "/events/1/season/year",
          "/events/1/season/type", "/events/1/competitions"})
        test::expect_relied_on(kEspnScoreboard, two_games(), field);
    for (const char* field :
         {"type", "type/abbreviation", "timeValid", "venue", "venue/fullName", "venue/address",
          "venue/address/city", "status", "status/type", "status/type/state",
          "status/type/description", "competitors", "competitors/1/homeAway", "competitors/1/team",
          "competitors/1/team/displayName", "competitors/1/score", "competitors/1/linescores",
          "competitors/1/linescores/0/value"})
        test::expect_relied_on(kEspnScoreboard, two_games(),
                               std::string("/events/1/competitions/0/") + field);
    json none = two_games();
    none["events"] = json::array();
    const Ask ask{.date = value_of(parse_date("2025-11-04"))};
    EXPECT_EQ(read(none, ask).outcome.kind, OutcomeKind::kEmptyLegal);
    none["leagues"][0].erase("calendar");
    EXPECT_EQ(read(none, ask).outcome.detail, "leagues[0].calendar is missing");
}

TEST(EspnScoreboard, RefusesWhatCannotBe) {
    const auto problem_with = [](const std::string& pointer, const json& value) {
        json document = two_games();
        document[json::json_pointer(pointer)] = value;
        const Reading reading = read(document);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with("/events/1/id", "11"), "events[1] is a game's second row");
    EXPECT_EQ(problem_with("/events/0/season/year", 2025),
              "events[0] has season 2025, and is of 2025-11-05");
    EXPECT_EQ(problem_with("/events/0/date", "2025-11-05"),
              "events[0] has '2025-11-05', which is no instant");
    const std::string place = "/events/0/competitions/0/competitors/";
    const std::string row = "events[0].competitions[0].competitors";
    EXPECT_EQ(problem_with(place + "0/homeAway", "home"),
              "events[0].competitions[0] has 2 home teams");
    EXPECT_EQ(problem_with(place + "0/score", "100"),
              row + "[0] has a score of 100, and 99 in its periods");
    EXPECT_EQ(problem_with(place + "0/score", "-3"), row + "[0] has a score of '-3'");
    EXPECT_EQ(problem_with(place + "1", side("home", "Boston Celtics", 50, 49)),
              "events[0] is final, 99 to 99");
    EXPECT_EQ(problem_with("/events/1/competitions/0/competitors/0/team/displayName", "Celtics"),
              "events[1] is BOS's second game of the day");
    EXPECT_EQ(problem_with("/events/1/competitions", json::array()),
              "events[1] has 0 competitions, to be 1");
    EXPECT_EQ(read(two_games(), {.date = value_of(parse_date("2025-11-06"))}).outcome.detail,
              "events[0] is of 2025-11-05, where 2025-11-06 was asked for");
    EXPECT_EQ(read(two_games(), {.season = Season::starting_in(2024)}).outcome.kind,
              OutcomeKind::kMalformed);
}

}  // namespace
}  // namespace tipoff::collect
