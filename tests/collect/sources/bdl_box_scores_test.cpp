#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"
#include "support/expected.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;
using support::value_of;

/// A line of 10 points: 3 field goals, 2 of them threes, and 2 free throws.
json line(int id, const json& minutes = "28") {
    return {{"min", minutes},
            {"fgm", 3},
            {"fga", 7},
            {"fg3m", 2},
            {"fg3a", 4},
            {"ftm", 2},
            {"fta", 3},
            {"oreb", 1},
            {"dreb", 4},
            {"reb", 5},
            {"ast", 6},
            {"stl", 1},
            {"blk", 0},
            {"pf", 2},
            {"pts", 10},
            {"turnover", 3},
            {"player", {{"id", id}, {"first_name", "Player"}, {"last_name", std::to_string(id)}}}};
}

json idle(int id, const json& minutes) {
    json made = line(id, minutes);
    for (auto& [key, value] : made.items()) {
        if (value.is_number()) value = 0;
    }
    return made;
}

json team(int id, const char* full_name, int first_player) {
    json players = json::array();
    for (int i = 0; i < 5; ++i)
        players.push_back(line(first_player + i));
    return {{"id", id}, {"full_name", full_name}, {"players", players}};
}

/// A day of two games; each side has five players of ten points, and the first a free throw more.
json two_games() {
    const auto game = [](json home, const json& away) {
        home["players"][0]["ftm"] = 3;
        home["players"][0]["pts"] = 11;
        return json{{"date", "2025-11-05"},  {"season", 2025},           {"status", "Final"},
                    {"period", 4},           {"time", "Final"},          {"postseason", false},
                    {"home_team_score", 51}, {"visitor_team_score", 50}, {"home_team", home},
                    {"visitor_team", away}};
    };
    return {
        {"data",
         json::array({game(team(2, "Boston Celtics", 10), team(30, "Washington Wizards", 20)),
                      game(team(13, "LA Clippers", 30), team(21, "Oklahoma City Thunder", 40))})}};
}

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kBdlBoxScores, document.dump(), ask);
}

TEST(BdlBoxScores, ReadsARecordedDay) {
    TIPOFF_SAMPLE(document, "bdl_box_scores/raw_7a649e12.json");
    const Reading reading =
        test::read(kBdlBoxScores, document, {.date = value_of(parse_date("2024-01-15"))});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& boxes = reading.records.player_boxes;
    ASSERT_EQ(boxes.size(), 384U);
    EXPECT_EQ(std::ranges::count_if(boxes, [](const auto& box) { return box.seconds.has_value(); }),
              229);
    std::map<TeamId, int> points;
    for (const StatedPlayerBox& box : boxes) {
        EXPECT_EQ(box.seconds.has_value(), box.not_played_reason.empty());
        EXPECT_EQ(box.seconds.has_value(), box.points.has_value());
        points[box.team_id] += box.points.value_or(0);
    }
    EXPECT_EQ(points.size(), 22U);
    EXPECT_EQ(points[find_team("PHI")->team_id], 124);
    EXPECT_EQ(points[find_team("HOU")->team_id], 115);
    EXPECT_EQ(points[find_team("NOP")->team_id], 120);

    const StatedPlayerBox& batum = boxes.front();
    EXPECT_EQ(batum.player_name, "Nicolas Batum");
    EXPECT_EQ(batum.source_player_id, "33");
    EXPECT_EQ(batum.team_id, find_team("PHI")->team_id);
    EXPECT_EQ(batum.opponent_team_id, find_team("HOU")->team_id);
    EXPECT_EQ(batum.is_home, true);
    EXPECT_EQ(batum.seconds, 28 * 60);
    EXPECT_EQ(batum.points, 5);
    EXPECT_EQ(batum.field_goals_made, 2);
    EXPECT_EQ(batum.field_goals_attempted, 7);
    EXPECT_EQ(batum.three_pointers_made, 1);
    EXPECT_EQ(batum.three_pointers_attempted, 3);
    EXPECT_EQ(batum.free_throws_attempted, 0);
    EXPECT_EQ(batum.offensive_rebounds, 2);
    EXPECT_EQ(batum.rebounds, 5);
    EXPECT_EQ(batum.assists, 3);
    EXPECT_EQ(batum.steals, 2);
    EXPECT_EQ(batum.blocks, 1);
    EXPECT_EQ(batum.turnovers, 0);
    EXPECT_EQ(batum.personal_fouls, 2);
    EXPECT_EQ(batum.game_date, support::value_of(parse_date("2024-01-15")));
}

TEST(BdlBoxScores, AnEmptyAnswerIsNoSuccess) {
    EXPECT_EQ(read({{"data", json::array()}}).outcome.kind, OutcomeKind::kEmptyUnexpected);
    TIPOFF_SAMPLE(document, "bdl_box_scores/raw_d62cc934.json");
    EXPECT_EQ(test::read(kBdlBoxScores, document).outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(BdlBoxScores, ReadsEveryFormOfMinutes) {
    json document = two_games();
    json& players = document["data"][0]["home_team"]["players"];
    players[1]["min"] = "28:31";
    players[2]["min"] = "0";  // less than half a minute, and counts
    for (const json& minutes : {json("00"), json(""), json(nullptr), json("0:00")})
        players.push_back(idle(60 + static_cast<int>(players.size()), minutes));
    json nulls = idle(90, nullptr);
    for (auto& [key, value] : nulls.items()) {
        if (value.is_number()) value = nullptr;
    }
    players.push_back(nulls);
    const Reading reading = read(document);
    ASSERT_EQ(reading.records.player_boxes.size(), 25U) << reading.outcome.detail;
    EXPECT_EQ(reading.records.player_boxes[1].seconds, 28 * 60 + 31);
    EXPECT_EQ(reading.records.player_boxes[2].seconds, 0);
    EXPECT_EQ(reading.records.player_boxes[2].points, 10);
    for (std::size_t i = 5; i < 10; ++i) {
        const StatedPlayerBox& box = reading.records.player_boxes[i];
        EXPECT_EQ(box.not_played_reason, "no minutes");
        EXPECT_FALSE(box.seconds || box.points || box.rebounds) << i;
    }
    for (const char* wrong : {"28m", "-3", "28:61", "28:", "2800"}) {
        json bad = two_games();
        bad["data"][0]["home_team"]["players"][1]["min"] = wrong;
        EXPECT_EQ(read(bad).outcome.detail,
                  std::string("data[0].home_team.players[1] has min '") + wrong + "'");
    }
}

TEST(BdlBoxScores, GamesThatAreNotOverAreAskedForAgain) {
    json document = two_games();
    json& second = document["data"][1];
    second["status"] = "3rd Qtr";
    second["period"] = 3;
    const Reading some = read(document);
    EXPECT_EQ(some.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(some.outcome.detail, "not over: Oklahoma City Thunder at LA Clippers");
    EXPECT_EQ(some.records.player_boxes.size(), 10U);
    json& first = document["data"][0];
    first["status"] = "2025-11-06T00:30:00Z";
    first["period"] = 0;
    const Reading none = read(document);
    EXPECT_EQ(none.outcome.kind, OutcomeKind::kNotYet);
    EXPECT_EQ(none.records.player_boxes.size(), 0U);
}

TEST(BdlBoxScores, AGameWithoutLinesIsNamed) {
    json document = two_games();
    document["data"][1]["visitor_team"]["players"] = json::array();
    const Reading some = read(document);
    EXPECT_EQ(some.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(some.outcome.detail, "without players' lines: Oklahoma City Thunder at LA Clippers");
    EXPECT_EQ(some.records.player_boxes.size(), 10U);
    document["data"][0]["home_team"]["players"].erase(4);
    EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(BdlBoxScores, WhatHasNoBoxScoreIsANote) {
    json document = two_games();
    document["data"][0]["status"] = "Postponed";
    document["data"][1]["home_team"]["id"] = 37;
    document["data"][1]["home_team"]["full_name"] = "Chicago Stags";
    const Reading reading = read(document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(reading.notes,
              (std::vector<std::string>{
                  "left out: Washington Wizards at Boston Celtics, postponed",
                  "left out: Oklahoma City Thunder at Chicago Stags, not both of the league"}));
}

TEST(BdlBoxScores, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/data", "/data/1/date", "/data/1/season", "/data/1/status", "/data/1/period",
          "/data/1/home_team_score", "/data/1/visitor_team_score", "/data/1/home_team",
          "/data/1/home_team/id", "/data/1/home_team/full_name", "/data/1/visitor_team/full_name",
          "/data/1/visitor_team/players"})
        test::expect_relied_on(kBdlBoxScores, two_games(), field);
    for (const char* field : {"min",
                              "pts",
                              "fgm",
                              "fga",
                              "fg3m",
                              "fg3a",
                              "ftm",
                              "fta",
                              "oreb",
                              "dreb",
                              "reb",
                              "ast",
                              "stl",
                              "blk",
                              "turnover",
                              "pf",
                              "player",
                              "player/id",
                              "player/first_name",
                              "player/last_name"})
        test::expect_relied_on(kBdlBoxScores, two_games(),
                               std::string("/data/1/visitor_team/players/2/") + field);
}

TEST(BdlBoxScores, RefusesWhatCannotBe) {
    const std::string place = "/data/0/home_team/players/1";
    const auto problem_with = [](const std::string& pointer, const json& value) {
        json document = two_games();
        document[json::json_pointer(pointer)] = value;
        const Reading reading = read(document);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    const std::string row = "data[0].home_team.players[1] ";
    EXPECT_EQ(problem_with(place + "/fga", 2), row + "has 3 of 2 field goals");
    EXPECT_EQ(problem_with(place + "/fg3a", 1), row + "has 2 of 1 threes");
    EXPECT_EQ(problem_with(place + "/fta", 1), row + "has 2 of 1 free throws");
    EXPECT_EQ(problem_with(place + "/reb", 6), row + "has 1 and 4 rebounds, and 6 of both");
    EXPECT_EQ(problem_with(place + "/pts", 12), row + "has 12 points, made 10");
    EXPECT_EQ(problem_with(place + "/stl", -1), row + "has -1 steals");
    EXPECT_EQ(problem_with(place + "/min", "49"), row + "has min '49' in a game of 4 periods");
    EXPECT_EQ(problem_with(place + "/player/id", 10), row + "is a player's second row");
    EXPECT_EQ(problem_with("/data/0/home_team_score", 53),
              "data[0] has a home_team_score of 53, and its players 51 points");
    json twice = two_games();
    twice["data"][1]["home_team"]["id"] = 2;
    twice["data"][1]["home_team"]["full_name"] = "Boston Celtics";
    EXPECT_EQ(read(twice).outcome.detail, "data[1] is BOS's second game of the day");
    EXPECT_EQ(read(two_games(), {.date = value_of(parse_date("2025-11-04"))}).outcome.detail,
              "data[0] is of 2025-11-05, where 2025-11-04 was asked for");
}

}  // namespace
}  // namespace tipoff::collect
