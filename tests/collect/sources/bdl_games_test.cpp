#include <gtest/gtest.h>

#include "collect/sources/bdl.h"
#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"
#include "support/expected.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;
using support::value_of;

json team(int id, const char* full_name) { return {{"id", id}, {"full_name", full_name}}; }

json game(int id, const json& home, const json& away) {
    return {{"id", id},
            {"date", "2025-11-05"},
            {"season", 2025},
            {"status", "Final"},
            {"period", 4},
            {"time", "Final"},
            {"postseason", false},
            {"home_team_score", 101},
            {"visitor_team_score", 99},
            {"datetime", "2025-11-06T00:30:00.000Z"},
            {"home_team", home},
            {"visitor_team", away}};
}

/// Two games of one evening as the upstream writes them.
json two_games() {
    return {{"data",
             json::array({game(11, team(2, "Boston Celtics"), team(30, "Washington Wizards")),
                          game(12, team(13, "LA Clippers"), team(21, "Oklahoma City Thunder"))})},
            {"meta", {{"per_page", 100}}}};
}

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kBdlGames, document.dump(), ask);
}

TEST(BdlGames, ReadsARecordedDay) {
    TIPOFF_SAMPLE(document, "bdl_games/raw_278cb9ed.json");
    const Reading reading =
        test::read(kBdlGames, document, {.date = value_of(parse_date("2025-02-20"))});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_FALSE(reading.next_cursor);
    ASSERT_EQ(reading.records.games.size(), 9U);
    const StatedGame& first = reading.records.games.front();
    EXPECT_EQ(first.source_game_id, "15908525");
    EXPECT_EQ(first.home_team_id, find_team("DEN")->team_id);
    EXPECT_EQ(first.away_team_id, find_team("CHA")->team_id);
    EXPECT_EQ(first.home_points, 129);
    EXPECT_EQ(first.away_points, 115);
    EXPECT_EQ(first.status, "final");
    EXPECT_EQ(to_string(first.game_date), "2025-02-20");
    EXPECT_EQ(to_eastern_string(first.tip_off.value()), "2025-02-20 21:00 ET");
    EXPECT_FALSE(first.season_type);
    std::int32_t points = 0;
    for (const StatedGame& stated : reading.records.games)
        points += stated.home_points.value() + stated.away_points.value();
    EXPECT_EQ(points, 2032);
}

TEST(BdlGames, KnowsTheSourcesTeamsByNumberAndName) {
    TIPOFF_SAMPLE(document, "bdl_teams/raw_cf664c89.json");
    std::size_t of_the_league = 0;
    const json recorded = json::parse(document);
    for (const json& row : recorded["data"]) {
        const Team* found = bdl_team(row["id"].get<std::int64_t>());
        if (found == nullptr) continue;
        ++of_the_league;
        EXPECT_EQ(found, find_team(row["full_name"].get<std::string>())) << row.dump();
        EXPECT_EQ(found->tricode, row["abbreviation"].get<std::string>());
    }
    EXPECT_EQ(of_the_league, 30U);
    EXPECT_EQ(bdl_team(0), nullptr);
    EXPECT_EQ(bdl_team(31), nullptr);
}

TEST(BdlGames, StatesWhatAGameHasComeTo) {
    json document = two_games();
    json& row = document["data"][0];
    row["period"] = 0;
    row["home_team_score"] = 0;
    row["visitor_team_score"] = 0;
    for (const char* status : {"2025-11-06T00:30:00Z", "7:30 pm ET"}) {
        row["status"] = status;
        const Reading reading = read(document);
        ASSERT_EQ(reading.records.games.size(), 2U) << reading.outcome.detail;
        EXPECT_EQ(reading.records.games[0].status, "scheduled");
        EXPECT_FALSE(reading.records.games[0].home_points);
    }
    row["status"] = "Postponed";
    row["datetime"] = "2025-12-09T00:30:00.000Z";
    EXPECT_EQ(read(document).records.games.at(0).status, "postponed");
    EXPECT_FALSE(read(document).records.games.at(0).tip_off);
    row["datetime"] = "2025-11-06T00:30:00.000Z";
    row["status"] = "Canceled";
    const Reading canceled = read(document);
    EXPECT_EQ(canceled.records.games.size(), 1U);
    EXPECT_EQ(canceled.notes,
              std::vector<std::string>{"left out: Washington Wizards at Boston Celtics, canceled"});
    row["status"] = "3rd Qtr";
    row["period"] = 3;
    row["home_team_score"] = 60;
    row["postseason"] = true;
    row["datetime"] = nullptr;
    const Reading playing = read(document);
    EXPECT_EQ(playing.records.games.at(0).status, "in_progress");
    EXPECT_EQ(playing.records.games.at(0).home_points, 60);
    EXPECT_EQ(playing.records.games.at(0).season_type, SeasonType::kPlayoffs);
    EXPECT_FALSE(playing.records.games.at(0).tip_off);
}

TEST(BdlGames, ADayWithoutGamesIsLegalAndASeasonWithoutIsNot) {
    const json none{{"data", json::array()}, {"meta", {{"per_page", 100}}}};
    EXPECT_EQ(read(none, {.date = value_of(parse_date("2025-02-14"))}).outcome.kind,
              OutcomeKind::kEmptyLegal);
    EXPECT_EQ(read(none, {.season = Season::starting_in(2024)}).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
}

TEST(BdlGames, APageNamesTheNextOne) {
    json document = two_games();
    document["meta"]["next_cursor"] = 15908530;
    EXPECT_EQ(read(document).next_cursor, "15908530");
    document["meta"]["next_cursor"] = nullptr;
    EXPECT_FALSE(read(document).next_cursor);
    document["meta"]["next_cursor"] = "more";
    EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kMalformed);
}

TEST(BdlGames, TeamsThatAreNotOfTheLeagueAreLeftOutWithANote) {
    json document = two_games();
    document["data"][1]["visitor_team"] = team(37, "Chicago Stags");
    const Reading reading = read(document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(reading.records.games.size(), 1U);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_NE(reading.notes[0].find("Chicago Stags at LA Clippers"), std::string::npos);
}

TEST(BdlGames, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/data", "/meta", "/meta/per_page", "/data/1/id", "/data/1/date", "/data/1/season",
          "/data/1/status", "/data/1/postseason", "/data/1/home_team_score",
          "/data/1/visitor_team_score", "/data/1/home_team", "/data/1/home_team/id",
          "/data/1/home_team/full_name", "/data/1/visitor_team/id",
          "/data/1/visitor_team/full_name", "/data/1/period"})
        test::expect_relied_on(kBdlGames, two_games(), field);
    test::expect_relied_on(kBdlGames, two_games(), "/data/1/datetime", true);
}

/// A page that is full says whether another one follows.
TEST(BdlGames, TheCursorOfAFullPageIsReliedOn) {
    json document = two_games();
    document["meta"] = {{"next_cursor", 277}, {"per_page", 2}};
    EXPECT_EQ(read(document).next_cursor, "277");
    test::expect_relied_on(kBdlGames, document, "/meta/next_cursor", true);
    document["meta"].erase("next_cursor");
    EXPECT_EQ(read(document).outcome.detail,
              "meta has no next_cursor, and the page is full: 2 rows");
    document["meta"]["next_cursor"] = nullptr;
    EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kFresh) << "it says that it is the last";
    EXPECT_FALSE(read(document).next_cursor);
}

TEST(BdlGames, RefusesWhatCannotBe) {
    const auto problem_with = [](const char* pointer, const json& value) {
        json document = two_games();
        document[json::json_pointer(pointer)] = value;
        const Reading reading = read(document);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with("/data/1/id", 11), "data[1] is a game's second row");
    EXPECT_EQ(problem_with("/data/1/id", 0), "data[1] has id 0");
    EXPECT_EQ(problem_with("/data/1/home_team", team(2, "Boston Celtics")),
              "data[1] is BOS's second game of the day");
    EXPECT_EQ(problem_with("/data/1/home_team/full_name", "Boston Celtics"),
              "data[1].home_team is number 13 and 'Boston Celtics', which are not one team");
    EXPECT_EQ(problem_with("/data/1/home_team/id", 31),
              "data[1].home_team is number 31 and 'LA Clippers', which are not one team");
    EXPECT_EQ(problem_with("/data/0/season", 2026),
              "data[0] has season 2026, and is of 2025-11-05");
    EXPECT_EQ(problem_with("/data/0/date", "2025-11-31"),
              "data[0] has date '2025-11-31', which is no day");
    // Eastern time written as UTC is a day early in the evening's second half.
    EXPECT_EQ(problem_with("/data/0/datetime", "2025-11-05T02:30:00.000Z"),
              "data[0] has datetime '2025-11-05T02:30:00.000Z', which is not on 2025-11-05 in "
              "Eastern time");
    EXPECT_EQ(problem_with("/data/0/home_team_score", -1), "data[0] has a home_team_score of -1");
    EXPECT_EQ(problem_with("/data/0/home_team_score", 99), "data[0] is final, 99 to 99");
    EXPECT_EQ(problem_with("/data/0/period", 3), "data[0] is final, with period 3");
    json unknown = two_games();
    unknown["data"][0]["status"] = "Moved to Mars";
    unknown["data"][0]["period"] = 0;
    EXPECT_EQ(read(unknown).outcome.detail,
              "data[0] has status 'Moved to Mars', which nobody knows");
}

TEST(BdlGames, ADocumentAboutAnotherThingIsRefused) {
    const auto outcome = [](const Ask& ask) { return read(two_games(), ask).outcome; };
    EXPECT_EQ(outcome({.date = value_of(parse_date("2025-11-05"))}).kind, OutcomeKind::kFresh);
    EXPECT_EQ(outcome({.date = value_of(parse_date("2025-11-06"))}).detail,
              "data[0] is of 2025-11-05, where 2025-11-06 was asked for");
    EXPECT_EQ(outcome({.season = Season::starting_in(2024)}).detail,
              "data[0] is of 2025-26, where 2024-25 was asked for");
    EXPECT_EQ(outcome({.team = find_team("BOS")->team_id}).detail,
              "data[1] is not of BOS, which was asked for");
    EXPECT_EQ(outcome({.source_game_id = "11"}).detail,
              "data[1] is game 12, where 11 was asked for");
}

}  // namespace
}  // namespace tipoff::collect
