#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

constexpr std::int64_t kPhiladelphia = 1610612755;
constexpr std::int64_t kNewYork = 1610612752;

const json kCounts = {"FGM", "FGA", "FG3M", "FG3A", "FTM", "FTA", "OREB", "DREB",
                      "REB", "AST", "STL",  "BLK",  "TO",  "PF",  "PTS"};

json with_counts(json own) {
    own.insert(own.end(), kCounts.begin(), kCounts.end());
    return own;
}

const json kPlayerHeaders =
    with_counts({"GAME_ID", "TEAM_ID", "TEAM_ABBREVIATION", "PLAYER_ID", "PLAYER_NAME",
                 "START_POSITION", "COMMENT", "MIN", "PLUS_MINUS"});
const json kTeamHeaders = with_counts({"GAME_ID", "TEAM_ID", "TEAM_NAME", "MIN"});

/// The cell of a row; set 0 is of players, 1 of teams.
json& cell(json& document, std::size_t set, std::size_t row, const std::string& header) {
    const json& headers = set == 0 ? kPlayerHeaders : kTeamHeaders;
    const auto place = std::ranges::find(headers, json(header)) - headers.begin();
    return document["resultSets"][set]["rowSet"][row][static_cast<std::size_t>(place)];
}

json row_of(json own, const json& counts) {
    own.insert(own.end(), counts.begin(), counts.end());
    return own;
}

/// One who played the game for his team, and one who did not play, a team; the second one's has
/// lost by a point.
json one_game() {
    const json nothing = json(std::vector<json>(15, nullptr));
    json players = json::array();
    json totals = json::array();
    for (const auto& [team, player] : {std::pair{kNewYork, 100}, std::pair{kPhiladelphia, 200}}) {
        const int throws = team == kNewYork ? 8 : 7;
        const int points = 20 + throws;
        const json of_player = {8, 20, 4, 13, throws, 9, 1, 7, 8, 5, 0, 1, 3, 2, points};
        const json of_team = {8, 20, 4, 13, throws, 9, 6, 9, 15, 5, 0, 1, 4, 2, points};
        players.push_back(row_of(
            {"0022500561", team, "XXX", player, "A Player", "F", "", "240:00", -7}, of_player));
        players.push_back(row_of({"0022500561", team, "XXX", player + 1, "Another Player", "",
                                  "DNP - Coach's Decision   ", nullptr, nullptr},
                                 nothing));
        totals.push_back(row_of({"0022500561", team, "A Team", "240:00"}, of_team));
    }
    return {
        {"resource", "boxscore"},
        {"resultSets",
         json::array({{{"name", "PlayerStats"}, {"headers", kPlayerHeaders}, {"rowSet", players}},
                      {{"name", "TeamStats"}, {"headers", kTeamHeaders}, {"rowSet", totals}}})}};
}

std::string problem_of(const json& document, const Ask& ask = {}) {
    const Reading reading = test::read(kNbacTeamBoxscore, document.dump(), ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(records_in(reading.records), 0U);
    return reading.outcome.detail;
}

TEST(NbacTeamBoxscore, ReadsARecordedGame) {
    TIPOFF_SAMPLE(document, "nbac_team_boxscore/raw_12f99055.json");
    Ask ask;
    ask.source_game_id = "0022400561";
    ask.season = Season::starting_in(2024);
    ask.team = TeamId{kNewYork};
    const Reading reading = test::read(kNbacTeamBoxscore, document, ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;

    const auto& boxes = reading.records.player_boxes;
    ASSERT_EQ(boxes.size(), 25U);
    EXPECT_EQ(std::ranges::count_if(boxes, [](const auto& box) { return box.seconds.has_value(); }),
              17);
    EXPECT_EQ(std::ranges::count(boxes, true, &StatedPlayerBox::started), 10);
    const StatedPlayerBox& hart = boxes.front();
    EXPECT_EQ(hart.player_name, "Josh Hart");
    EXPECT_EQ(hart.source_player_id, "1628404");
    EXPECT_EQ(hart.source_game_id, "0022400561");
    EXPECT_EQ(hart.team_id, TeamId{kNewYork});
    EXPECT_EQ(hart.opponent_team_id, TeamId{kPhiladelphia});
    EXPECT_FALSE(hart.is_home);
    EXPECT_FALSE(hart.game_date);
    EXPECT_EQ(hart.seconds, 49 * 60 + 25);
    EXPECT_EQ(hart.field_goals_made, 4);
    EXPECT_EQ(hart.field_goals_attempted, 9);
    EXPECT_EQ(hart.three_pointers_made, 0);
    EXPECT_EQ(hart.three_pointers_attempted, 3);
    EXPECT_EQ(hart.free_throws_made, 2);
    EXPECT_EQ(hart.free_throws_attempted, 3);
    EXPECT_EQ(hart.offensive_rebounds, 5);
    EXPECT_EQ(hart.defensive_rebounds, 12);
    EXPECT_EQ(hart.rebounds, 17);
    EXPECT_EQ(hart.assists, 12);
    EXPECT_EQ(hart.steals, 4);
    EXPECT_EQ(hart.blocks, 0);
    EXPECT_EQ(hart.turnovers, 3);
    EXPECT_EQ(hart.personal_fouls, 3);
    EXPECT_EQ(hart.points, 10);
    EXPECT_EQ(hart.plus_minus, 10);
    const auto drummond = std::ranges::find(boxes, "203083", &StatedPlayerBox::source_player_id);
    ASSERT_NE(drummond, boxes.end());
    EXPECT_EQ(drummond->not_played_reason, "DND - Injury/Illness");
    EXPECT_EQ(drummond->started, false);
    EXPECT_FALSE(drummond->seconds);
    EXPECT_FALSE(drummond->points);

    const auto& teams = reading.records.team_boxes;
    ASSERT_EQ(teams.size(), 2U);
    EXPECT_EQ(teams[0].team_id, TeamId{kPhiladelphia});
    EXPECT_EQ(teams[0].points, 119);
    EXPECT_EQ(teams[1].team_id, TeamId{kNewYork});
    EXPECT_EQ(teams[1].points, 125);
    EXPECT_EQ(teams[1].seconds, 265 * 60);  // an overtime
    EXPECT_EQ(teams[1].field_goals_made, 46);
    EXPECT_EQ(teams[1].field_goals_attempted, 86);
    EXPECT_EQ(teams[1].three_pointers_made, 16);
    EXPECT_EQ(teams[1].three_pointers_attempted, 37);
    EXPECT_EQ(teams[1].free_throws_made, 17);
    EXPECT_EQ(teams[1].free_throws_attempted, 24);
    EXPECT_EQ(teams[1].offensive_rebounds, 15);
    EXPECT_EQ(teams[1].defensive_rebounds, 30);
    EXPECT_EQ(teams[1].rebounds, 45);
    EXPECT_EQ(teams[1].assists, 28);
    EXPECT_EQ(teams[1].steals, 10);
    EXPECT_EQ(teams[1].blocks, 3);
    EXPECT_EQ(teams[1].turnovers, 13);
    EXPECT_EQ(teams[1].personal_fouls, 14);
}

TEST(NbacTeamBoxscore, ReadsBothFormsOfMinutesAndOfWholeNumbers) {
    json document = one_game();
    cell(document, 0, 0, "MIN") = "239.000000:59";
    cell(document, 0, 0, "PLUS_MINUS") = -7.0;
    const Reading reading = test::read(kNbacTeamBoxscore, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.player_boxes.size(), 4U);
    EXPECT_EQ(reading.records.player_boxes[0].seconds, 14'399);
    EXPECT_EQ(reading.records.player_boxes[0].plus_minus, -7);
    EXPECT_EQ(reading.records.player_boxes[1].not_played_reason, "DNP - Coach's Decision");
    EXPECT_EQ(reading.records.team_boxes[0].rebounds, 15);  // the team's own among them
    EXPECT_EQ(reading.records.team_boxes[0].turnovers, 4);
}

/// With these minutes of each team, and the first one ahead unless it is a tie.
Reading reading_of(const char* one, const char* other, bool is_tied = false) {
    json document = one_game();
    cell(document, 1, 0, "MIN") = one;
    cell(document, 1, 1, "MIN") = other;
    if (is_tied) {
        for (const std::size_t set : {0U, 1U}) {
            cell(document, set, 0, "FTM") = 7;
            cell(document, set, 0, "PTS") = 27;
        }
    }
    return test::read(kNbacTeamBoxscore, document.dump());
}

TEST(NbacTeamBoxscore, AGameUnderWayIsNotThereYet) {
    for (const char* minutes : {"120:00", "239:55", "0:00", "240:05", "246:10", "264:00"}) {
        const Reading reading = reading_of(minutes, minutes);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kNotYet) << minutes;
        EXPECT_EQ(records_in(reading.records), 0U) << minutes;
    }
    EXPECT_EQ(reading_of("120:00", "120:00").outcome.detail,
              "the game is not over: NYK has 120 minutes, to be 240 or 25 more each overtime");
    EXPECT_EQ(reading_of("240:00", "239:10").outcome.detail,
              "the game is not over: PHI has 239 minutes, to be 240 or 25 more each overtime");
}

TEST(NbacTeamBoxscore, ATieIsFollowedByAnOvertime) {
    for (const char* minutes : {"240:00", "265:00"}) {
        const Reading reading = reading_of(minutes, minutes, true);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kNotYet);
        EXPECT_EQ(reading.outcome.detail, "the game is not over: it stands 27 all");
        EXPECT_EQ(records_in(reading.records), 0U);
    }
}

TEST(NbacTeamBoxscore, WholePeriodsAreAGameOfAnyLength) {
    for (const char* minutes : {"240:00", "265:00", "290:00", "390:00", "239:57", "265:04"}) {
        const Reading reading = reading_of(minutes, minutes);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << minutes;
        EXPECT_EQ(reading.records.team_boxes.size(), 2U);
    }
}

TEST(NbacTeamBoxscore, EmptyTablesAreNoSuccess) {
    json none = one_game();
    none["resultSets"][0]["rowSet"] = json::array();
    none["resultSets"][1]["rowSet"] = json::array();
    EXPECT_EQ(test::read(kNbacTeamBoxscore, none.dump()).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
}

TEST(NbacTeamBoxscore, LeavesOutTheAllStarWeekend) {
    json stars = one_game();
    cell(stars, 1, 0, "GAME_ID") = "0032500001";
    const Reading reading = test::read(kNbacTeamBoxscore, stars.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(records_in(reading.records), 0U);
    EXPECT_EQ(reading.notes,
              std::vector<std::string>{"left out: 0032500001, of the All-Star weekend"});
}

TEST(NbacTeamBoxscore, LeavesOutTeamsOfOtherLeagues) {
    json exhibition = one_game();
    cell(exhibition, 1, 0, "GAME_ID") = "0012500002";
    cell(exhibition, 1, 1, "TEAM_ID") = 15020;
    const Reading reading = test::read(kNbacTeamBoxscore, exhibition.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(reading.notes, std::vector<std::string>{
                                 "left out: 0012500002, against a team that is not of the league"});
    json unknown = one_game();
    cell(unknown, 1, 1, "TEAM_ID") = 15020;
    EXPECT_EQ(problem_of(unknown),
              "resultSets[1].rowSet[1].TEAM_ID is 15020, which is none of the teams");
}

TEST(NbacTeamBoxscore, ThereAreTwoTeams) {
    json one = one_game();
    one["resultSets"][1]["rowSet"].erase(1);
    EXPECT_EQ(problem_of(one), "TeamStats has 1 rows, to be two teams");
    json none = one_game();
    none["resultSets"][1]["rowSet"] = json::array();
    EXPECT_EQ(problem_of(none), "TeamStats has 0 rows, to be two teams");
    json twice = one_game();
    cell(twice, 1, 1, "TEAM_ID") = kNewYork;
    EXPECT_EQ(problem_of(twice), "resultSets[1].rowSet[1] is a team's second row");
}

TEST(NbacTeamBoxscore, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/resultSets", "/resultSets/0", "/resultSets/1", "/resultSets/0/headers",
          "/resultSets/1/headers", "/resultSets/0/rowSet", "/resultSets/1/rowSet"}) {
        const Reading removed =
            test::read(kNbacTeamBoxscore, test::damaged(one_game(), field, test::Damage::kNulled));
        EXPECT_EQ(removed.outcome.kind, OutcomeKind::kMalformed) << field;
    }
    for (const std::size_t set : {0U, 1U}) {
        json columns = set == 0 ? json({"GAME_ID", "TEAM_ID", "PLAYER_ID", "PLAYER_NAME",
                                        "START_POSITION", "COMMENT", "MIN", "PLUS_MINUS"})
                                : json({"GAME_ID", "TEAM_ID", "MIN"});
        const json& headers = set == 0 ? kPlayerHeaders : kTeamHeaders;
        for (const json& column : with_counts(columns)) {
            SCOPED_TRACE(column.get<std::string>());
            const auto place =
                static_cast<std::size_t>(std::ranges::find(headers, column) - headers.begin());
            json renamed = one_game();
            renamed["resultSets"][set]["headers"][place] = "RENAMED";
            EXPECT_TRUE(problem_of(renamed).ends_with("has no column " + column.get<std::string>()))
                << problem_of(renamed);
            json retyped = one_game();
            retyped["resultSets"][set]["rowSet"][0][place] = json::array();
            EXPECT_TRUE(problem_of(retyped).starts_with("resultSets[" + std::to_string(set) +
                                                        "].rowSet[0]." + column.get<std::string>() +
                                                        " is "))
                << problem_of(retyped);
        }
    }
}

TEST(NbacTeamBoxscore, WhoPlayedHasCountsAndWhoDidNotHasAReason) {
    const auto with = [](std::size_t row, const char* header, const json& value) {
        json document = one_game();
        cell(document, 0, row, header) = value;
        return problem_of(document);
    };
    EXPECT_EQ(with(0, "MIN", nullptr), "resultSets[0].rowSet[0] has neither minutes nor a reason");
    EXPECT_EQ(with(0, "COMMENT", "DNP - Coach's Decision"),
              "resultSets[0].rowSet[0] has minutes and a reason for having played none");
    EXPECT_EQ(with(1, "PTS", 0),
              "resultSets[0].rowSet[1].PTS is counted of a player without minutes");
    EXPECT_EQ(with(0, "STL", nullptr), "resultSets[0].rowSet[0].STL is null, to be a whole number");
}

TEST(NbacTeamBoxscore, RefusesWhatCannotBe) {
    const auto with = [](std::size_t set, const char* header, const json& value) {
        json document = one_game();
        cell(document, set, 0, header) = value;
        return problem_of(document);
    };
    for (const char* minutes : {"49", "49:60", "-1:30", "49.500000:00", "49:5x", ":10", "400:00"})
        EXPECT_EQ(with(0, "MIN", minutes), std::string("resultSets[0].rowSet[0].MIN is '") +
                                               minutes + "', to be minutes and seconds");
    EXPECT_EQ(with(0, "PLUS_MINUS", 1.5),
              "resultSets[0].rowSet[0].PLUS_MINUS is 1.5, to be a whole number of points");
    EXPECT_EQ(with(0, "FGM", 21), "resultSets[0].rowSet[0] has more shots made than attempted");
    EXPECT_EQ(with(1, "PTS", 30),
              "resultSets[1].rowSet[0] has 30 points, and shots made that give 28");
    EXPECT_EQ(with(1, "AST", 6), "PlayerStats do not make up the assists of NYK");
    EXPECT_EQ(with(1, "FGA", 21), "PlayerStats do not make up the field goals attempted of NYK");
    EXPECT_EQ(with(1, "FG3A", 14), "PlayerStats do not make up the threes attempted of NYK");
    EXPECT_EQ(with(1, "FTA", 10), "PlayerStats do not make up the free throws attempted of NYK");
    EXPECT_EQ(with(0, "TEAM_ID", 1610612738),
              "resultSets[0].rowSet[0].TEAM_ID is 1610612738, not a team of the game");
    EXPECT_EQ(with(0, "GAME_ID", "0022500562"),
              "resultSets[0].rowSet[0].GAME_ID is not 0022500561, the game of its teams");
    EXPECT_EQ(with(0, "PLAYER_ID", 101), "resultSets[0].rowSet[1] is a player's second row");
    json two_games = one_game();
    cell(two_games, 1, 1, "GAME_ID") = "0022500562";
    EXPECT_EQ(problem_of(two_games), "resultSets[1].rowSet[1].GAME_ID is 0022500562, another game");
    json cut = one_game();
    cut["resultSets"][0]["rowSet"].erase(0);
    EXPECT_EQ(problem_of(cut), "PlayerStats do not make up the points of NYK");
}

TEST(NbacTeamBoxscore, RefusesAnotherGameSeasonOrTeam) {
    Ask game;
    game.source_game_id = "0022500001";
    EXPECT_EQ(problem_of(one_game(), game),
              "about game 0022500561, where 0022500001 was asked for");
    Ask season;
    season.season = Season::starting_in(2024);
    EXPECT_EQ(problem_of(one_game(), season), "about game 0022500561, where 2024-25 was asked for");
    Ask team;
    team.team = find_team("BOS")->team_id;
    EXPECT_EQ(problem_of(one_game(), team),
              "about a game without the team 1610612738 that was asked for");
}

}  // namespace
}  // namespace tipoff::collect
