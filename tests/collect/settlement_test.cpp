#include "collect/settlement.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "collect/settled_home.h"

namespace tipoff::collect {
namespace {

using namespace test;
using nlohmann::json;

constexpr std::string_view kGame = "0022500601";  // PHI @ BOS, 20 January 2026, 19:30

class Settlement : public testing::Test {
protected:
    Settlement() {
        home_.know({scheduled(kGame, "2026-01-20", kBoston, kPhiladelphia,
                              eastern("2025-08-14", "12:00"))});
    }

    static StatedRecords box(int points, std::string player_id = "1628369") {
        StatedRecords records;
        StatedPlayerBox& row = records.player_boxes.emplace_back();
        row.source_game_id = kGame;
        row.game_date = day("2026-01-20");
        row.team_id = kBoston;
        row.opponent_team_id = kPhiladelphia;
        row.source_player_id = std::move(player_id);
        row.player_name = "Jayson Tatum";
        row.seconds = 2130;
        row.points = points;
        row.rebounds = row.assists = row.steals = row.blocks = row.turnovers = 1;
        return records;
    }
    Settled settle_box(Instant at, int points, std::string hash) {
        return home_.settle("nbac_player_boxscore",
                            {answer_of("nbac_player_boxscore", at, std::move(hash), box(points))});
    }

    static StatedRecords hurt(std::string name, Instant reported_at) {
        StatedRecords records;
        StatedInjury& row = records.injuries.emplace_back();
        row.reported_at = reported_at;
        row.game_date = day("2026-01-20");
        row.team_id = kBoston;
        row.opponent_team_id = kPhiladelphia;
        row.player_name = std::move(name);
        row.status = "out";
        return records;
    }

    SettledHome home_;
};

// ---- when a statement counts as known

TEST_F(Settlement, AResultThatIsCollectedEarlyCountsFromItsAnswer) {
    settle_box(eastern("2026-01-20", "23:10"), 31, "early");
    const auto rows = home_.rows(kPlayerBox);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].known_at.at, eastern("2026-01-20", "23:10"));
    EXPECT_EQ(rows[0].known_at_basis, kBasisObserved);
    EXPECT_EQ(rows[0].minutes, 36) << "35:30 rounds up";
}

TEST_F(Settlement, AResultThatIsCollectedLateCountsFromTheMorningAfter) {
    settle_box(eastern("2026-03-01", "12:00"), 31, "late");
    const auto rows = home_.rows(kPlayerBox);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].known_at.at, eastern("2026-01-21", "06:00"));
    EXPECT_EQ(rows[0].known_at_basis, kBasisAssumed);
}

TEST_F(Settlement, ACorrectionIsARevisionKnownFromItsAnswer) {
    settle_box(eastern("2026-01-20", "23:10"), 31, "first");
    settle_box(eastern("2026-01-22", "10:00"), 30, "corrected");
    const auto rows = home_.rows(kPlayerBox, "ORDER BY revision");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].points, 31);
    EXPECT_EQ(rows[1].revision, 1);
    EXPECT_EQ(rows[1].points, 30);
    EXPECT_EQ(rows[1].known_at.at, eastern("2026-01-22", "10:00"));
    EXPECT_EQ(rows[1].known_at_basis, kBasisObserved);
}

TEST_F(Settlement, TheSameStatementAgainChangesNothing) {
    settle_box(eastern("2026-01-20", "23:10"), 31, "first");
    const Settled again = settle_box(eastern("2026-01-21", "10:00"), 31, "other bytes");
    EXPECT_TRUE(again.player_boxes.empty());
    EXPECT_EQ(home_.rows(kPlayerBox).size(), 1U);
    EXPECT_EQ(home_.rows(kDocument, "WHERE source = 'nbac_player_boxscore'").size(), 2U);
}

TEST_F(Settlement, WhatIsCorrectedBackIsARevisionAsWell) {
    settle_box(eastern("2026-01-20", "23:10"), 31, "first");
    settle_box(eastern("2026-01-21", "10:00"), 30, "second");
    settle_box(eastern("2026-01-22", "10:00"), 31, "first");
    const auto rows = home_.rows(kPlayerBox, "ORDER BY revision");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[2].points, 31);
    EXPECT_EQ(rows[2].known_at.at, eastern("2026-01-22", "10:00"));
}

// ---- schedules

StatedRecords stated_game(std::string_view status, std::string_view date = "2026-01-20") {
    StatedRecords records;
    StatedGame& row = records.games.emplace_back();
    row.source_game_id = kGame;
    row.game_date = day(date);
    row.tip_off = eastern(date, "19:30");
    row.status = status;
    row.home_team_id = kBoston;
    row.away_team_id = kPhiladelphia;
    if (status == "final") {
        row.home_points = 110;
        row.away_points = 104;
    }
    return records;
}

TEST_F(Settlement, AScheduleOfBeforeTheGameDoesNotUndoItsFinalScore) {
    const auto settle = [&](Instant at, std::string_view status) {
        home_.settle("nbac_schedule",
                     {answer_of("nbac_schedule", at, tipoff::to_string(at), stated_game(status))});
    };
    settle(eastern("2026-01-21", "01:00"), "final");
    settle(eastern("2026-01-21", "02:00"), "scheduled");
    const auto rows = home_.rows(kSchedule, "ORDER BY revision");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].status, "final");
    EXPECT_EQ(rows[1].home_points, 110);
    EXPECT_EQ(rows[1].known_at.at, eastern("2026-01-21", "01:00"));
}

TEST_F(Settlement, AScheduleThatMovesMostGamesIsNotBelievedWhenItIsReadFromTheArchive) {
    // As a rebuild settles them: no one has judged these answers yet.
    const auto answer = [](Instant at, std::string_view date) {
        StatedRecords records;
        for (int i = 0; i < 30; ++i) {
            StatedGame& row = records.games.emplace_back(stated_game("scheduled", date).games[0]);
            row.source_game_id = "00225007" + std::to_string(10 + i);
        }
        return answer_of("nbac_schedule", at, std::string(date), std::move(records));
    };
    home_.settle("nbac_schedule", {answer(eastern("2026-01-10", "07:00"), "2026-01-30"),
                                   answer(eastern("2026-01-11", "07:00"), "2026-01-31")});
    EXPECT_TRUE(home_.rows(kSchedule, "WHERE game_date = DATE '2026-01-31'").empty());
    const auto documents =
        home_.rows(kDocument, "WHERE source = 'nbac_schedule' ORDER BY received_at");
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(documents[0].outcome, "kept");
    EXPECT_TRUE(documents[1].outcome.starts_with("malformed")) << documents[1].outcome;
}

// ---- several answers at once

TEST_F(Settlement, SchedulesOfTwoDaysAtOnceAreAsOneAfterTheOther) {
    const auto answers = [] {
        return std::vector{answer_of("nbac_schedule", eastern("2026-01-19", "07:00"), "put off",
                                     stated_game("scheduled", "2026-01-21")),
                           answer_of("nbac_schedule", eastern("2026-01-22", "07:00"), "played",
                                     stated_game("final", "2026-01-21"))};
    };
    SettledHome other;
    other.know(home_.rows(kSchedule));
    home_.settle("nbac_schedule", answers());
    for (ReadAnswer& one : answers())
        other.settle("nbac_schedule", {std::move(one)});
    EXPECT_EQ(home_.rows(kSchedule).size(), 3U);
    EXPECT_EQ(home_.digest(), other.digest());
}

TEST_F(Settlement, BoxScoresOfTwoDaysAtOnceAreAsOneAfterTheOther) {
    const auto answers = [] {
        std::vector<ReadAnswer> all;
        int count = 0;
        for (const int points : {31, 30, 30, 33}) {
            all.push_back(answer_of("nbac_player_boxscore",
                                    eastern("2026-01-21", "01:00") + std::chrono::hours{6 * count},
                                    "answer " + std::to_string(count), box(points)));
            ++count;
        }
        return all;
    };
    SettledHome other;
    other.know(home_.rows(kSchedule));
    home_.settle("nbac_player_boxscore", answers());
    for (ReadAnswer& one : answers())
        other.settle("nbac_player_boxscore", {std::move(one)});
    EXPECT_EQ(home_.rows(kPlayerBox).size(), 3U);
    EXPECT_EQ(home_.digest(), other.digest());
}

// ---- names that wait

TEST_F(Settlement, AnUnresolvedNameIsCountedOnceADocument) {
    const auto report = [&](std::string hash, bool is_new) {
        ReadAnswer read =
            answer_of("nbac_injury_report", eastern("2026-01-20", "17:35"), std::move(hash),
                      hurt("Tatum, Jayson", eastern("2026-01-20", "17:30")));
        read.is_new = is_new;
        home_.settle("nbac_injury_report", {std::move(read)});
        return home_.rows(kUnresolvedName).at(0).occurrences;
    };
    EXPECT_EQ(report("first", true), 1);
    EXPECT_EQ(report("first", false), 1);
    EXPECT_EQ(report("second", true), 2);
}

TEST_F(Settlement, AListOfPlayersBringsWhoWasMissing) {
    home_.settle("nbac_injury_report",
                 {answer_of("nbac_injury_report", eastern("2026-01-20", "17:35"), "report",
                            hurt("Jayson Tatum", eastern("2026-01-20", "17:30")))});
    ASSERT_EQ(home_.rows(kInjuryReport).size(), 1U);
    EXPECT_EQ(home_.rows(kInjuryReport)[0].player_id, std::nullopt);
    EXPECT_EQ(home_.rows(kUnresolvedName).size(), 1U);
    EXPECT_FALSE(support::value_of(may_take_up(home_.database(), "nbac_injury_report")));

    home_.list_players(eastern("2026-01-20", "18:00"),
                       {listed("1628369", "Jayson Tatum", kBoston)});
    EXPECT_TRUE(support::value_of(may_take_up(home_.database(), "nbac_injury_report")));
    const Settled taken_up = home_.settle("nbac_injury_report", {});
    EXPECT_EQ(taken_up.taken_up, 1);
    EXPECT_EQ(home_.rows(kInjuryReport).at(0).player_id, PlayerId{1628369});
    EXPECT_EQ(home_.rows(kInjuryReport).size(), 1U);
    EXPECT_TRUE(home_.rows(kUnresolvedName).empty());
    EXPECT_FALSE(support::value_of(may_take_up(home_.database(), "nbac_injury_report")));
}

/// An event of The Odds API with one line.
std::string prop_document() {
    const auto side = [](const char* name, int price) {
        return json{
            {"name", name}, {"description", "Jayson Tatum"}, {"price", price}, {"point", 27.5}};
    };
    return json{{"id", "aa"},
                {"sport_key", "basketball_nba"},
                {"sport_title", "NBA"},
                {"commence_time", "2026-01-21T00:40:00Z"},
                {"home_team", "Boston Celtics"},
                {"away_team", "Philadelphia 76ers"},
                {"bookmakers",
                 {{{"key", "book_a"},
                   {"title", "A"},
                   {"markets",
                    {{{"key", "player_points"},
                      {"last_update", "2026-01-20T17:00:00Z"},
                      {"outcomes", {side("Over", -110), side("Under", -112)}}}}}}}}}
        .dump();
}

/// The document, answered at noon and kept in the archive.
ReadAnswer archived_props(const std::filesystem::path& home) {
    const Source& source = *find_source("oddsapi_player_props");
    HttpAnswer http;
    http.status = 200;
    http.body = prop_document();
    http.asked_at = http.answered_at = eastern("2026-01-20", "12:05");
    const Ask ask{.source_game_id = "aa"};
    ReadAnswer read;
    read.answer =
        support::value_of(archive_answer(home, source.name, "https://example.com/aa", ask, http));
    read.reading = source.read(http.body, ask);
    return read;
}

TEST_F(Settlement, ADocumentOfPropLinesThatWaitsIsReadAgainFromTheArchive) {
    const Source& source = *find_source("oddsapi_player_props");
    const ReadAnswer read = archived_props(home_.folder());
    ASSERT_EQ(read.reading.records.prop_lines.size(), 1U) << read.reading.outcome.detail;

    const Settled waits = home_.settle(source.name, {read});
    EXPECT_EQ(waits.waiting_for_names, 1);
    EXPECT_TRUE(home_.rows(kPropLine).empty());
    EXPECT_EQ(home_.rows(kDocument, "WHERE source = 'oddsapi_player_props'").at(0).outcome,
              "kept; waiting: 0 rows without their game, 1 without their player");

    home_.list_players(eastern("2026-01-20", "18:00"),
                       {listed("1628369", "Jayson Tatum", kBoston)});
    const Settled taken_up = home_.settle(source.name, {});
    EXPECT_EQ(taken_up.taken_up, 1);
    const auto lines = home_.rows(kPropLine);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].player_id, PlayerId{1628369});
    EXPECT_EQ(lines[0].line_value, 27.5);
    EXPECT_EQ(lines[0].snapshot, eastern("2026-01-20", "12:05")) << "when it was answered";
    EXPECT_EQ(home_.rows(kDocument, "WHERE source = 'oddsapi_player_props'").at(0).outcome, "kept");
    EXPECT_TRUE(home_.rows(kUnresolvedName).empty());
}

TEST_F(Settlement, WhatStillWaitsIsNotTakenUp) {
    SettledHome other;  // whose schedule is not known yet
    other.settle("oddsapi_player_props", {archived_props(other.folder())});
    EXPECT_TRUE(support::value_of(may_take_up(other.database(), "oddsapi_player_props")));
    EXPECT_EQ(other.settle("oddsapi_player_props", {}).taken_up, 0);
    other.know(home_.rows(kSchedule));
    EXPECT_EQ(other.settle("oddsapi_player_props", {}).taken_up, 0) << "now for its player";
    EXPECT_EQ(other.rows(kDocument, "WHERE source = 'oddsapi_player_props'").at(0).outcome,
              "kept; waiting: 0 rows without their game, 1 without their player");
}

}  // namespace
}  // namespace tipoff::collect
