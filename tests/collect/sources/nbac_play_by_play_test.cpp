#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "collect/shot_zone.h"
#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

constexpr std::int64_t kClippers = 1610612746;
constexpr std::int64_t kMinnesota = 1610612750;

json action_of(int number, const char* type, const char* sub_type) {
    return {{"actionNumber", number},
            {"clock", "PT05M30.50S"},
            {"period", 2},
            {"actionType", type},
            {"subType", sub_type},
            {"personId", 0},
            {"scoreHome", "0"},
            {"scoreAway", "0"},
            {"isFieldGoal", 0},
            {"description", "what happened"}};
}

json shot_of(int number, const char* type, std::int64_t team, const char* result) {
    json shot = action_of(number, type, "Jump Shot");
    shot["teamId"] = team;
    shot["personId"] = 201935;
    shot["playerNameI"] = "J. Harden";
    shot["shotResult"] = result;
    return shot;
}

json field_goal_of(int number, const char* type, std::int64_t team, const char* result) {
    json shot = shot_of(number, type, team, result);
    shot["isFieldGoal"] = 1;
    shot["xLegacy"] = -228;
    shot["yLegacy"] = 28;
    shot["shotDistance"] = 22.97;
    shot["area"] = "Left Corner 3";
    return shot;
}

/// A three made, a free throw made, a rebound of a team, and as many timeouts as make a game whole.
constexpr std::size_t kThree = 0, kFreeThrow = 1, kRebound = 2;
json a_game() {
    json actions = json::array();
    actions.push_back(field_goal_of(7, "3pt", kClippers, "Made"));
    actions.push_back(shot_of(5, "freethrow", kMinnesota, "Made"));
    json rebound = action_of(8, "rebound", "offensive");
    rebound["teamId"] = kClippers;
    rebound["area"] = "Mid-Range";
    actions.push_back(rebound);
    for (int i = 10; i < 57; ++i)
        actions.push_back(action_of(i, "timeout", "full"));
    json end = action_of(100, "game", "end");
    end["clock"] = "PT00M00.00S";
    end["period"] = 4;
    end["scoreHome"] = "3";
    end["scoreAway"] = "1";
    actions.push_back(end);
    return {{"meta", {{"version", 1}}}, {"game", {{"gameId", "0022500500"}, {"actions", actions}}}};
}

std::string problem_of(const json& document, const Ask& ask = {}) {
    const Reading reading = test::read(kNbacPlayByPlay, document.dump(), ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(records_in(reading.records), 0U);
    return reading.outcome.detail;
}

TEST(NbacPlayByPlay, ReadsARecordedGame) {
    TIPOFF_SAMPLE(document, "nbac_play_by_play/raw_14ecf360.json.gz");
    Ask ask;
    ask.source_game_id = "0022400500";
    ask.season = Season::starting_in(2024);
    ask.team = TeamId{kMinnesota};
    const Reading reading = test::read(kNbacPlayByPlay, document, ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& plays = reading.records.plays;
    ASSERT_EQ(plays.size(), 571U);

    std::array<int, kShotZones> of_zone{};
    int made = 0;
    for (const StatedPlay& play : plays) {
        if (!play.zone) continue;
        ++of_zone[static_cast<std::size_t>(*play.zone)];
        made += *play.shot_made ? 1 : 0;
    }
    EXPECT_EQ(of_zone, (std::array<int, kShotZones>{44, 46, 17, 14, 5, 55, 0}));
    EXPECT_EQ(made, 78);
    EXPECT_EQ(
        std::ranges::count_if(plays, [](const auto& play) { return play.shot_made.has_value(); }),
        223);

    const StatedPlay& start = plays.front();
    EXPECT_EQ(start.action, 2);
    EXPECT_EQ(start.seconds_left, 720);
    EXPECT_FALSE(start.team_id);
    EXPECT_EQ(start.source_player_id, "");
    EXPECT_EQ(start.player_name, "");
    const auto hook = std::ranges::find(plays, 7, &StatedPlay::action);
    ASSERT_NE(hook, plays.end());
    EXPECT_EQ(hook->source_game_id, "0022400500");
    EXPECT_EQ(hook->period, 1);
    EXPECT_EQ(hook->seconds_left, 702);
    EXPECT_EQ(hook->team_id, TeamId{kClippers});
    EXPECT_EQ(hook->source_player_id, "1627826");
    EXPECT_EQ(hook->player_name, "I. Zubac");
    EXPECT_EQ(hook->action_type, "2pt");
    EXPECT_EQ(hook->sub_type, "Hook");
    EXPECT_EQ(hook->description, "MISS I. Zubac turnaround Hook");
    EXPECT_EQ(hook->shot_made, false);
    EXPECT_EQ(hook->zone, static_cast<std::int16_t>(ShotZone::kPaint));
    EXPECT_EQ(hook->x_feet, 0.1);
    EXPECT_EQ(hook->y_feet, 5.6);
    EXPECT_EQ(hook->distance_feet, 5.57);
    EXPECT_EQ(plays.back().home_points, 108);
    EXPECT_EQ(plays.back().away_points, 106);
}

TEST(NbacPlayByPlay, ThePlaceGivesTheZoneThatTheSourceGives) {
    TIPOFF_SAMPLE(document, "nbac_play_by_play/raw_14ecf360.json.gz");
    int of_one_mind = 0, shots = 0;
    for (const StatedPlay& play : test::read(kNbacPlayByPlay, document).records.plays) {
        if (!play.zone) continue;
        ++shots;
        const ShotZone placed = shot_zone_at(*play.x_feet, *play.y_feet, play.action_type == "3pt");
        if (placed == static_cast<ShotZone>(*play.zone)) ++of_one_mind;
    }
    EXPECT_EQ(shots, 181);
    EXPECT_EQ(of_one_mind, 180);  // action 94: a tip-in at the hoop, called mid-range
}

TEST(NbacPlayByPlay, WithoutAnAreaThePlaceTells) {
    json document = a_game();
    document["game"]["actions"][kThree].erase("area");
    const Reading reading = test::read(kNbacPlayByPlay, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.records.plays.at(kThree).zone,
              static_cast<std::int16_t>(ShotZone::kLeftCorner3));
}

TEST(NbacPlayByPlay, ReadsShotsFreeThrowsAndWhatIsNeither) {
    const Reading reading = test::read(kNbacPlayByPlay, a_game().dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.plays.size(), 51U);
    const StatedPlay& three = reading.records.plays[kThree];
    EXPECT_EQ(three.seconds_left, 330.5);
    EXPECT_EQ(three.shot_made, true);
    EXPECT_EQ(three.x_feet, -22.8);
    EXPECT_EQ(three.y_feet, 2.8);
    const StatedPlay& free_throw = reading.records.plays[kFreeThrow];
    EXPECT_EQ(free_throw.shot_made, true);
    EXPECT_FALSE(free_throw.zone);
    EXPECT_FALSE(free_throw.x_feet);
    const StatedPlay& rebound = reading.records.plays[kRebound];
    EXPECT_FALSE(rebound.shot_made);
    EXPECT_FALSE(rebound.zone);
    EXPECT_EQ(rebound.team_id, TeamId{kClippers});
}

TEST(NbacPlayByPlay, SaysWhatIsMissingOfAGame) {
    json running = a_game();
    running["game"]["actions"].erase(50);
    running["game"]["actions"][49]["scoreHome"] = "4";
    Reading reading = test::read(kNbacPlayByPlay, running.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kNotYet);
    EXPECT_EQ(reading.outcome.detail, "the game is not over: period 2, 330 seconds left");
    EXPECT_EQ(records_in(reading.records), 0U);

    json shots = a_game();
    shots["game"]["actions"][50]["scoreHome"] = "5";
    reading = test::read(kNbacPlayByPlay, shots.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "shots of 4 of 6 points");

    json few = a_game();
    for (int i = 0; i < 2; ++i)
        few["game"]["actions"].erase(10);
    reading = test::read(kNbacPlayByPlay, few.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "a whole game of 49 actions");
}

TEST(NbacPlayByPlay, ToldApartEmpty) {
    json none = a_game();
    none["game"]["actions"] = json::array();
    EXPECT_EQ(test::read(kNbacPlayByPlay, none.dump()).outcome.kind, OutcomeKind::kEmptyUnexpected);

    json stars = a_game();
    stars["game"]["gameId"] = "0032500001";
    Reading reading = test::read(kNbacPlayByPlay, stars.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(reading.notes,
              std::vector<std::string>{"left out: 0032500001, of the All-Star weekend"});

    json exhibition = a_game();
    exhibition["game"]["gameId"] = "0012500002";
    exhibition["game"]["actions"][kThree]["teamId"] = 15020;
    reading = test::read(kNbacPlayByPlay, exhibition.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(records_in(reading.records), 0U);
    EXPECT_EQ(reading.notes, std::vector<std::string>{
                                 "left out: 0012500002, against a team that is not of the league"});
}

TEST(NbacPlayByPlay, ADamagedFieldIsNamed) {
    for (const char* field : {"/game", "/game/gameId", "/game/actions"})
        test::expect_relied_on(kNbacPlayByPlay, a_game(), field);
    for (const char* field :
         {"actionNumber", "clock", "period", "actionType", "subType", "description", "scoreHome",
          "scoreAway", "personId", "playerNameI", "isFieldGoal", "teamId", "shotResult", "xLegacy",
          "yLegacy", "shotDistance"})
        test::expect_relied_on(kNbacPlayByPlay, a_game(), std::string("/game/actions/0/") + field);
    for (const char* field : {"playerNameI", "shotResult", "teamId"})
        test::expect_relied_on(kNbacPlayByPlay, a_game(), std::string("/game/actions/1/") + field);
}

TEST(NbacPlayByPlay, RefusesWhatCannotBe) {
    const auto with = [](const char* field, const json& value) {
        json document = a_game();
        document["game"]["actions"][kThree][field] = value;
        return problem_of(document);
    };
    const std::string three = "game.actions[0]";
    for (const char* clock : {"PT12M00.10S", "05:30", "PT05M60.00S", "PT05M-1.00S", "PTM10S"})
        EXPECT_EQ(
            with("clock", clock),
            three + " has '" + clock + "' for clock, to be as 'PT11M42.00S' within the period");
    json overtime = a_game();
    overtime["game"]["actions"][kThree]["period"] = 5;
    EXPECT_EQ(problem_of(overtime), three +
                                        " has 'PT05M30.50S' for clock, to be as 'PT11M42.00S' "
                                        "within the period");
    EXPECT_EQ(with("period", 0), three + " has 0 for period");
    EXPECT_EQ(with("scoreHome", "-3"), three + " has '-3' for scoreHome, to be a score");
    EXPECT_EQ(with("shotResult", "Blocked"),
              three + " has 'Blocked' for shotResult, to be Made or Missed");
    // A zone by another name is no reason to have none.
    EXPECT_EQ(with("area", "01 Left Corner 3"),
              three + " has '01 Left Corner 3' for area, which is none of the zones");
    EXPECT_EQ(with("shotDistance", 7.0),
              three + " has 7 for shotDistance, and a place 23.0 ft from the hoop");
    EXPECT_EQ(with("xLegacy", -22800), three + " has -22800, 28 for a place");
    EXPECT_EQ(with("isFieldGoal", 0), three + " has 0 for isFieldGoal and is '3pt'");
    EXPECT_EQ(with("actionType", "freethrow"), three + " has 1 for isFieldGoal and is 'freethrow'");
    EXPECT_EQ(with("actionNumber", 5), "game.actions[1] has 5 for actionNumber again");
    EXPECT_EQ(with("teamId", 12), three + ".teamId is 12, which is none of the teams");
    json third = a_game();
    third["game"]["actions"][kRebound]["teamId"] = find_team("BOS")->team_id.value;
    EXPECT_EQ(problem_of(third), "game.actions[2] is of a third team");
    json points = a_game();
    points["game"]["actions"][50]["scoreHome"] = "2";
    EXPECT_EQ(problem_of(points), "shots of 4 points in a game of 3");
    json many = a_game();
    for (int i = 1000; i < 1960; ++i)
        many["game"]["actions"].push_back(action_of(i, "timeout", "full"));
    EXPECT_EQ(problem_of(many), "game.actions has 1011 actions, to be at most 1000");
}

TEST(NbacPlayByPlay, RefusesAnotherGameSeasonOrTeam) {
    Ask game;
    game.source_game_id = "0022500501";
    EXPECT_EQ(problem_of(a_game(), game), "about game 0022500500, where 0022500501 was asked for");
    Ask season;
    season.season = Season::starting_in(2024);
    season.source_game_id = "0022500500";
    EXPECT_EQ(problem_of(a_game(), season), "about game 0022500500, where 2024-25 was asked for");
    Ask team;
    team.team = find_team("BOS")->team_id;
    EXPECT_EQ(problem_of(a_game(), team),
              "about a game without the team 1610612738 that was asked for");
}

}  // namespace
}  // namespace tipoff::collect
