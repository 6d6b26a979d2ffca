#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

constexpr std::int64_t kBoston = 1610612738;
constexpr std::int64_t kDenver = 1610612743;
constexpr std::int64_t kBreakers = 15020;

json side(std::int64_t team_id, const char* name, int score) {
    return {{"teamId", team_id}, {"teamName", name}, {"wins", 0}, {"losses", 0}, {"score", score}};
}

/// Boston in Denver as the upstream writes it, at 8:30 PM Eastern, in winter.
json game(const std::string& id, int status, const char* text) {
    const bool has_begun = status > 1;
    return {{"gameId", id},
            {"gameStatus", status},
            {"gameStatusText", text},
            {"gameDateEst", "2025-11-12T00:00:00Z"},
            {"gameDateTimeEst", "2025-11-12T20:30:00Z"},
            {"gameDateTimeUTC", "2025-11-13T01:30:00Z"},
            {"arenaName", "Ball Arena"},
            {"arenaCity", "Denver"},
            {"postponedStatus", "N"},
            {"homeTeam", side(kDenver, "Nuggets", has_begun ? 103 : 0)},
            {"awayTeam", side(kBoston, "Celtics", has_begun ? 107 : 0)}};
}

json schedule_of(json games) {
    return {
        {"meta", {{"version", 1}}},
        {"leagueSchedule",
         {{"seasonYear", "2025-26"},
          {"leagueId", "00"},
          {"gameDates",
           json::array({{{"gameDate", "11/12/2025 00:00:00"}, {"games", std::move(games)}}})}}}};
}

json one_final() { return schedule_of(json::array({game("0022500001", 3, "Final")})); }

/// What is read of one game.
StatedGame read_one(const json& one) {
    const Reading reading = test::read(kNbacSchedule, schedule_of(json::array({one})).dump());
    EXPECT_EQ(reading.records.games.size(), 1U) << reading.outcome.detail;
    return reading.records.games.empty() ? StatedGame{} : reading.records.games.front();
}

std::string problem_of(const json& one) {
    const Reading reading = test::read(kNbacSchedule, schedule_of(json::array({one})).dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(records_in(reading.records), 0U);
    return reading.outcome.detail;
}

TEST(NbacSchedule, ReadsARecordedSeason) {
    TIPOFF_SAMPLE(document, "nbac_schedule_api/raw_80cb1fd6.json.gz");
    const Reading reading =
        test::read(kNbacSchedule, document, {.season = Season::starting_in(2024)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& games = reading.records.games;
    ASSERT_EQ(games.size(), 1390U);  // of 1400: 6 All-Star, 4 against teams of other leagues

    std::map<SeasonType, int> of_type;
    for (const StatedGame& stated : games) {
        EXPECT_EQ(stated.status, "final");
        ASSERT_TRUE(stated.tip_off);
        ++of_type[*stated.season_type];
    }
    EXPECT_EQ(of_type, (std::map<SeasonType, int>{{SeasonType::kPreseason, 69},
                                                  {SeasonType::kRegular, 1230},
                                                  {SeasonType::kPlayoffs, 84},
                                                  {SeasonType::kPlayIn, 6},
                                                  {SeasonType::kCup, 1}}));

    const StatedGame& first = games.front();
    EXPECT_EQ(first.source_game_id, "0012400001");
    EXPECT_EQ(to_string(first.game_date), "2024-10-04");
    EXPECT_EQ(tipoff::to_string(*first.tip_off), "2024-10-04T16:00:00Z");
    EXPECT_EQ(first.home_team_id, TeamId{kDenver});
    EXPECT_EQ(first.away_team_id, TeamId{kBoston});
    EXPECT_EQ(first.home_points, 103);
    EXPECT_EQ(first.away_points, 107);
    EXPECT_EQ(first.arena, "Etihad Arena");
    EXPECT_EQ(first.city, "Abu Dhabi");

    EXPECT_EQ(reading.notes,
              (std::vector<std::string>{"left out: 6 of the All-Star weekend",
                                        "left out: 3 against Breakers, not of the league",
                                        "left out: 1 against Ulm, not of the league"}));
}

TEST(NbacSchedule, AnEveningGameInUtcStaysOnItsEasternDate) {
    const StatedGame stated = read_one(game("0022500001", 1, "8:30 pm ET"));
    EXPECT_EQ(to_string(stated.game_date), "2025-11-12");
    ASSERT_TRUE(stated.tip_off);
    EXPECT_EQ(tipoff::to_string(*stated.tip_off), "2025-11-13T01:30:00Z");
}

TEST(NbacSchedule, TheStatusSaysWhatIsKnownOfTheScore) {
    const StatedGame scheduled = read_one(game("0022500001", 1, "8:30 pm ET"));
    EXPECT_EQ(scheduled.status, "scheduled");
    EXPECT_FALSE(scheduled.home_points);
    EXPECT_FALSE(scheduled.away_points);
    const StatedGame running = read_one(game("0022500001", 2, "Q3 5:12"));
    EXPECT_EQ(running.status, "in_progress");
    EXPECT_EQ(running.home_points, 103);
    const StatedGame ended = read_one(game("0022500001", 3, "Final/OT"));
    EXPECT_EQ(ended.status, "final");
    EXPECT_EQ(ended.away_points, 107);
}

TEST(NbacSchedule, PostponedIsWhatTheTextCallsSo) {
    for (const char* text : {"PPD", "Postponed", "Cancelled"}) {
        const StatedGame stated = read_one(game("0022500001", 1, text));
        EXPECT_EQ(stated.status, "postponed") << text;
        EXPECT_FALSE(stated.home_points);
    }
    json flagged = game("0022500001", 1, "8:30 pm ET");
    flagged["postponedStatus"] = "Y";
    EXPECT_EQ(read_one(flagged).status, "scheduled");
}

TEST(NbacSchedule, ATimeThatIsNotSetIsNotMidnight) {
    json undecided = game("0022500001", 1, "TBD");
    undecided["gameDateTimeEst"] = "2025-11-12T00:00:00Z";
    undecided["gameDateTimeUTC"] = "2025-11-12T05:00:00Z";
    const StatedGame stated = read_one(undecided);
    EXPECT_EQ(to_string(stated.game_date), "2025-11-12");
    EXPECT_FALSE(stated.tip_off);
}

TEST(NbacSchedule, AnArenaMayBeUnknown) {
    json nowhere = game("0022500001", 1, "8:30 pm ET");
    nowhere["arenaName"] = nullptr;
    nowhere["arenaCity"] = nullptr;
    EXPECT_EQ(read_one(nowhere).arena, "");
}

TEST(NbacSchedule, LeavesOutWhatIsNoGameOfTheLeagueAndSaysSo) {
    json foreign = game("0012500002", 3, "Final");
    foreign["awayTeam"] = side(kBreakers, "Breakers", 80);
    json undecided = game("0042500101", 1, "TBD");
    undecided["homeTeam"] = {{"teamId", 0}, {"teamName", nullptr}, {"score", 0}};
    undecided["awayTeam"] = undecided["homeTeam"];
    json stars = game("0032500001", 3, "Final");
    stars["homeTeam"] = side(1610616851, "Global Stars", 40);
    const json document =
        schedule_of(json::array({game("0012500001", 3, "Final"), foreign, undecided, stars}));
    const Reading reading = test::read(kNbacSchedule, document.dump());
    ASSERT_EQ(reading.records.games.size(), 1U) << reading.outcome.detail;
    EXPECT_EQ(reading.records.games.front().season_type, SeasonType::kPreseason);
    EXPECT_EQ(reading.notes,
              (std::vector<std::string>{"left out: 1 of the All-Star weekend",
                                        "left out: 1 of teams not known yet",
                                        "left out: 1 against Breakers, not of the league"}));
}

TEST(NbacSchedule, AFewGamesAreNoSeason) {
    const Reading reading = test::read(kNbacSchedule, one_final().dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "games: 1, on dates: 1; a season has 100 on 50 and more");
    EXPECT_EQ(reading.records.games.size(), 1U);
    json many = json::array();
    for (int i = 1; i <= 120; ++i)
        many.push_back(game("00225" + std::to_string(10000 + i), 3, "Final"));
    EXPECT_EQ(test::read(kNbacSchedule, schedule_of(many).dump()).outcome.kind,
              OutcomeKind::kPartial);
}

TEST(NbacSchedule, AnEmptyScheduleIsNoSuccess) {
    EXPECT_EQ(test::read(kNbacSchedule, schedule_of(json::array()).dump()).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
}

TEST(NbacSchedule, ADamagedFieldIsNamed) {
    const std::string first = "/leagueSchedule/gameDates/0/games/0";
    for (const std::string& field :
         {std::string("/leagueSchedule"), std::string("/leagueSchedule/seasonYear"),
          std::string("/leagueSchedule/gameDates"),
          std::string("/leagueSchedule/gameDates/0/games"), first + "/gameId",
          first + "/gameStatus", first + "/gameStatusText", first + "/gameDateEst",
          first + "/gameDateTimeEst", first + "/gameDateTimeUTC", first + "/homeTeam",
          first + "/awayTeam", first + "/homeTeam/teamId", first + "/awayTeam/teamId",
          first + "/homeTeam/score", first + "/awayTeam/score"})
        test::expect_relied_on(kNbacSchedule, one_final(), field);
    for (const char* field : {"/arenaName", "/arenaCity"})
        test::expect_relied_on(kNbacSchedule, one_final(), first + field, true);
}

TEST(NbacSchedule, RefusesWhatCannotBe) {
    const json ended = game("0022500001", 3, "Final");
    const std::string path = "leagueSchedule.gameDates[0].games[0]";

    json eastern = ended;  // both clocks are UTC: the convention has changed
    eastern["gameDateTimeEst"] = eastern["gameDateTimeUTC"];
    EXPECT_EQ(problem_of(eastern), path +
                                       " has 2025-11-13T01:30:00Z for gameDateTimeUTC, and a "
                                       "gameDateTimeEst of 2025-11-13 01:30 ET");
    json moved = ended;
    moved["gameDateEst"] = "2025-11-13T00:00:00Z";
    EXPECT_EQ(problem_of(moved),
              path + " has 2025-11-13 for gameDateEst and starts at 2025-11-12 20:30 ET");
    json tied = ended;
    tied["homeTeam"]["score"] = 107;
    EXPECT_EQ(problem_of(tied), path + " ended 107:107");
    json negative = ended;
    negative["homeTeam"]["score"] = -1;
    EXPECT_EQ(problem_of(negative), path + ".homeTeam has -1 for score");
    json itself = ended;
    itself["homeTeam"]["teamId"] = kBoston;
    EXPECT_EQ(problem_of(itself), path + " has one team against itself");
    json unknown = ended;
    unknown["homeTeam"]["teamId"] = kBreakers;
    EXPECT_EQ(problem_of(unknown),
              path + ".homeTeam has 15020 for teamId, which is none of the teams");
    json status = ended;
    status["gameStatus"] = 4;
    EXPECT_EQ(problem_of(status), path + " has 4 for gameStatus, to be 1, 2 or 3");
    EXPECT_EQ(problem_of(game("0022400001", 3, "Final")),
              path + " is 0022400001, in the schedule of 2025-26");
    EXPECT_EQ(problem_of(game("0092500001", 3, "Final")),
              path + ".gameId is 0092500001, whose third digit is no known season type");
    EXPECT_EQ(problem_of(game("22500001", 3, "Final")),
              path + ".gameId is '22500001', to be a game id of ten digits");
    EXPECT_EQ(
        test::read(kNbacSchedule, schedule_of(json::array({ended, ended})).dump()).outcome.detail,
        "leagueSchedule.gameDates[0].games[1] is 0022500001 again");
}

TEST(NbacSchedule, RefusesAnotherSeason) {
    const Reading reading =
        test::read(kNbacSchedule, one_final().dump(), {.season = Season::starting_in(2024)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(reading.outcome.detail, "the schedule of 2025-26, where 2024-25 was asked for");
    json bare_year = one_final();
    bare_year["leagueSchedule"]["seasonYear"] = "2025";
    EXPECT_EQ(test::read(kNbacSchedule, bare_year.dump()).outcome.kind, OutcomeKind::kMalformed);
}

TEST(NbacSchedule, GoesByTheNamesOfItsRecordings) {
    for (const char* name : {"nbac_schedule", "nbac_schedule_api", "nbac_schedule_cdn"})
        EXPECT_EQ(find_source(name), find_source("nbac_schedule")) << name;
    EXPECT_NE(find_source("nbac_schedule"), nullptr);
    EXPECT_EQ(find_source(""), nullptr);
}

}  // namespace
}  // namespace tipoff::collect
