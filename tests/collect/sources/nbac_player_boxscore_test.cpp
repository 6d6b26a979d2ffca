#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

constexpr std::int64_t kGoldenState = 1610612744;
constexpr std::int64_t kNewYork = 1610612752;

const json kHeaders = {"SEASON_ID", "PLAYER_ID", "PLAYER_NAME", "TEAM_ID", "GAME_ID", "GAME_DATE",
                       "MATCHUP",   "WL",        "MIN",         "FGM",     "FGA",     "FG_PCT",
                       "FG3M",      "FG3A",      "FTM",         "FTA",     "OREB",    "DREB",
                       "REB",       "AST",       "STL",         "BLK",     "TOV",     "PF",
                       "PTS",       "PLUS_MINUS"};

std::size_t place_of(const std::string& header) {
    return static_cast<std::size_t>(std::ranges::find(kHeaders, json(header)) - kHeaders.begin());
}

/// The cell of a row of the document.
json& cell(json& document, std::size_t row, const std::string& header) {
    return document["resultSets"][0]["rowSet"][row][place_of(header)];
}

json row_of(std::int64_t player, std::int64_t team, const char* matchup) {
    return {"22025",
            player,
            "A Player",
            team,
            "0022500100",
            "2025-11-12",
            matchup,
            "W",
            48,
            8,
            20,
            0.4,
            4,
            13,
            8,
            9,
            1,
            7,
            8,
            5,
            0,
            1,
            3,
            2,
            28,
            -5};
}

/// Golden State against New York: five players a team, each for the whole game.
json one_game() {
    json rows = json::array();
    for (std::int64_t i = 1; i <= 5; ++i) {
        rows.push_back(row_of(100 + i, kGoldenState, "GSW vs. NYK"));
        rows.push_back(row_of(200 + i, kNewYork, "NYK @ GSW"));
    }
    return {{"resource", "leaguegamelog"},
            {"resultSets",
             json::array({{{"name", "LeagueGameLog"}, {"headers", kHeaders}, {"rowSet", rows}}})}};
}

std::string problem_of(const json& document, const Ask& ask = {}) {
    const Reading reading = test::read(kNbacPlayerBoxscore, document.dump(), ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(records_in(reading.records), 0U);
    return reading.outcome.detail;
}

TEST(NbacPlayerBoxscore, ReadsARecordedDay) {
    TIPOFF_SAMPLE(document, "nbac_player_boxscore/raw_2ad17718.json");
    const Ask ask{.date = *parse_date("2025-03-15"),
                  .season = Season::starting_in(2024),
                  .team = {},
                  .source_game_id = {},
                  .market = {}};
    const Reading reading = test::read(kNbacPlayerBoxscore, document, ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& boxes = reading.records.player_boxes;
    ASSERT_EQ(boxes.size(), 157U);
    std::set<std::string> games;
    std::int32_t points = 0;
    for (const StatedPlayerBox& box : boxes) {
        games.insert(box.source_game_id);
        points += *box.points;
        EXPECT_EQ(to_string(*box.game_date), "2025-03-15");
        EXPECT_FALSE(box.started);
    }
    EXPECT_EQ(games.size(), 8U);
    EXPECT_EQ(points, 1814);

    const auto jokic = std::ranges::find(boxes, "203999", &StatedPlayerBox::source_player_id);
    ASSERT_NE(jokic, boxes.end());
    EXPECT_EQ(jokic->player_name, "Nikola Jokić");
    EXPECT_EQ(jokic->source_game_id, "0022400975");
    EXPECT_EQ(jokic->team_id, find_team("DEN")->team_id);
    EXPECT_EQ(jokic->opponent_team_id, find_team("WAS")->team_id);
    EXPECT_EQ(jokic->is_home, true);
    EXPECT_EQ(jokic->seconds, 39 * 60);
    EXPECT_EQ(jokic->field_goals_made, 16);
    EXPECT_EQ(jokic->field_goals_attempted, 30);
    EXPECT_EQ(jokic->three_pointers_made, 1);
    EXPECT_EQ(jokic->three_pointers_attempted, 8);
    EXPECT_EQ(jokic->free_throws_made, 7);
    EXPECT_EQ(jokic->free_throws_attempted, 7);
    EXPECT_EQ(jokic->offensive_rebounds, 3);
    EXPECT_EQ(jokic->defensive_rebounds, 10);
    EXPECT_EQ(jokic->rebounds, 13);
    EXPECT_EQ(jokic->assists, 9);
    EXPECT_EQ(jokic->steals, 1);
    EXPECT_EQ(jokic->blocks, 2);
    EXPECT_EQ(jokic->turnovers, 3);
    EXPECT_EQ(jokic->personal_fouls, 3);
    EXPECT_EQ(jokic->points, 40);
    EXPECT_EQ(jokic->plus_minus, 6);
}

TEST(NbacPlayerBoxscore, FindsColumnsByTheirNames) {
    json turned = one_game();
    json& headers = turned["resultSets"][0]["headers"];
    std::reverse(headers.begin(), headers.end());
    for (json& row : turned["resultSets"][0]["rowSet"])
        std::reverse(row.begin(), row.end());
    const Reading reading = test::read(kNbacPlayerBoxscore, turned.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.player_boxes.size(), 10U);
    const StatedPlayerBox& away = reading.records.player_boxes[1];
    EXPECT_EQ(away.source_player_id, "201");
    EXPECT_EQ(away.is_home, false);
    EXPECT_EQ(away.opponent_team_id, TeamId{kGoldenState});
    EXPECT_EQ(away.defensive_rebounds, 7);
    EXPECT_EQ(away.plus_minus, -5);
}

TEST(NbacPlayerBoxscore, SaysWhichTeamIsNotAllThere) {
    json one_side = one_game();
    json& rows = one_side["resultSets"][0]["rowSet"];
    for (std::size_t i = 10; i > 0; i -= 2)
        rows.erase(i - 1);
    Reading reading = test::read(kNbacPlayerBoxscore, one_side.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "players: 5; missing: NYK of 0022500100");
    EXPECT_EQ(reading.records.player_boxes.size(), 5U);

    json cut = one_game();
    cut["resultSets"][0]["rowSet"].erase(9);
    reading = test::read(kNbacPlayerBoxscore, cut.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "players: 9; missing: NYK of 0022500100 beyond 192 minutes");
}

TEST(NbacPlayerBoxscore, ToldApartEmpty) {
    json none = one_game();
    none["resultSets"][0]["rowSet"] = json::array();
    EXPECT_EQ(test::read(kNbacPlayerBoxscore, none.dump()).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
    json stars = one_game();
    for (std::size_t i = 0; i < 10; ++i)
        cell(stars, i, "GAME_ID") = "0032500001";
    Reading reading = test::read(kNbacPlayerBoxscore, stars.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(reading.notes, std::vector<std::string>{"left out: 10 rows of the All-Star weekend"});

    json exhibition = one_game();
    for (std::size_t i = 0; i < 10; ++i) {
        cell(exhibition, i, "GAME_ID") = "0012500002";
        cell(exhibition, i, "MATCHUP") = i % 2 == 0 ? "GSW vs. NZB" : "NZB @ GSW";
        if (i % 2 == 1) cell(exhibition, i, "TEAM_ID") = 15020;
    }
    reading = test::read(kNbacPlayerBoxscore, exhibition.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(reading.notes,
              std::vector<std::string>{"left out: 10 rows of games against other leagues"});
}

TEST(NbacPlayerBoxscore, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/resultSets", "/resultSets/0/name", "/resultSets/0/headers", "/resultSets/0/rowSet"}) {
        // The set's name and the list of sets are told of in the words of result sets.
        const Reading removed = test::read(
            kNbacPlayerBoxscore, test::damaged(one_game(), field, test::Damage::kRemoved));
        EXPECT_EQ(removed.outcome.kind, OutcomeKind::kMalformed) << field;
        EXPECT_EQ(records_in(removed.records), 0U);
    }
    for (const char* column :
         {"PLAYER_ID", "PLAYER_NAME", "TEAM_ID", "GAME_ID", "GAME_DATE", "MATCHUP",
          "MIN",       "FGM",         "FGA",     "FG3M",    "FG3A",      "FTM",
          "FTA",       "OREB",        "DREB",    "REB",     "AST",       "STL",
          "BLK",       "TOV",         "PF",      "PTS",     "PLUS_MINUS"}) {
        SCOPED_TRACE(column);
        json renamed = one_game();
        renamed["resultSets"][0]["headers"][place_of(column)] = "RENAMED";
        EXPECT_EQ(problem_of(renamed),
                  std::string("resultSets[0] (LeagueGameLog) has no column ") + column);
        for (const json& damage :
             {json(nullptr), json(json::array())}) {  // of no type that is read
            json damaged = one_game();
            cell(damaged, 1, column) = damage;
            EXPECT_TRUE(problem_of(damaged).starts_with(std::string("resultSets[0].rowSet[1].") +
                                                        column + " is "))
                << problem_of(damaged);
        }
    }
    json short_row = one_game();
    short_row["resultSets"][0]["rowSet"][2].erase(25);
    EXPECT_EQ(problem_of(short_row), "resultSets[0].rowSet[2] has 25 cells, to be 26");
}

TEST(NbacPlayerBoxscore, RefusesWhatCannotBe) {
    const std::string row = "resultSets[0].rowSet[1]";
    const auto with = [](const char* header, const json& value) {
        json document = one_game();
        cell(document, 1, header) = value;
        return problem_of(document);
    };
    EXPECT_EQ(with("MIN", -1), row + ".MIN is -1, to be from 0 to 78");
    EXPECT_EQ(with("FGM", 21), row + " has more shots made than attempted");
    EXPECT_EQ(with("FG3M", 14), row + " has more shots made than attempted");
    EXPECT_EQ(with("FTM", 10), row + " has more shots made than attempted");
    EXPECT_EQ(with("FG3A", 21), row + " has more threes than field goals");
    EXPECT_EQ(with("PTS", 27), row + " has 27 points, and shots made that give 28");
    EXPECT_EQ(with("PLUS_MINUS", 1.5), row + ".PLUS_MINUS is 1.5, to be a whole number of points");
    EXPECT_EQ(with("REB", 9), row + " has rebounds that do not add up");
}

TEST(NbacPlayerBoxscore, RefusesGamesThatDoNotFitTogether) {
    const std::string row = "resultSets[0].rowSet[2]";
    const auto with = [](const char* header, const json& value) {
        json document = one_game();
        cell(document, 2, header) = value;
        return problem_of(document);
    };
    EXPECT_EQ(with("PLAYER_ID", 101), row + " is a player's second row of a game");
    EXPECT_EQ(with("TEAM_ID", 12), row + ".TEAM_ID is 12, which is none of the teams");
    EXPECT_EQ(with("MATCHUP", "NYK @ GSW"), row + ".MATCHUP is 'NYK @ GSW', in a row of GSW");
    EXPECT_EQ(with("MATCHUP", "GSW vs NYK"),
              row + ".MATCHUP is 'GSW vs NYK', to be as 'GSW vs. NYK' or 'GSW @ NYK'");
    EXPECT_EQ(with("MATCHUP", "GSW @ NYK"),
              row + " has another opponent or place than its team's first row");
    EXPECT_EQ(with("GAME_DATE", "2025-13-01"), row + ".GAME_DATE is '2025-13-01', to be a date");
    json third = one_game();
    cell(third, 2, "TEAM_ID") = find_team("BOS")->team_id.value;
    cell(third, 2, "MATCHUP") = "BOS vs. NYK";
    EXPECT_EQ(problem_of(third), row + " does not fit the other team of game 0022500100");
}

TEST(NbacPlayerBoxscore, RefusesAnotherDateOrSeason) {
    Ask day;
    day.date = *parse_date("2025-11-13");
    EXPECT_EQ(problem_of(one_game(), day),
              "resultSets[0].rowSet[0].GAME_DATE is 2025-11-12, where 2025-11-13 was asked for");
    Ask season;
    season.season = Season::starting_in(2024);
    EXPECT_EQ(problem_of(one_game(), season),
              "resultSets[0].rowSet[0].GAME_ID is 0022500100, where 2024-25 was asked for");
}

}  // namespace
}  // namespace tipoff::collect
