#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

const json kHeaders = {"PERSON_ID", "PLAYER_LAST_NAME", "PLAYER_FIRST_NAME", "PLAYER_SLUG",
                       "TEAM_ID",   "JERSEY_NUMBER",    "POSITION",          "ROSTER_STATUS",
                       "FROM_YEAR", "TO_YEAR"};

json& cell(json& document, std::size_t row, const std::string& header) {
    const auto place = std::ranges::find(kHeaders, json(header)) - kHeaders.begin();
    return document["resultSets"][0]["rowSet"][row][static_cast<std::size_t>(place)];
}

/// A player of each team.
json a_player_of_each() {
    json rows = json::array();
    for (const Team& team : teams()) {
        rows.push_back({team.team_id.value - 1610612000, "Player", "A", "a-player",
                        team.team_id.value, "00", "G-F", 1.0, "2019", "2025"});
    }
    return {{"resource", "playerindex"},
            {"parameters", {{"Season", "2025-26"}}},
            {"resultSets",
             json::array({{{"name", "PlayerIndex"}, {"headers", kHeaders}, {"rowSet", rows}}})}};
}

std::string problem_of(const json& document, const Ask& ask = {}) {
    const Reading reading = test::read(kNbacPlayerList, document.dump(), ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(records_in(reading.records), 0U);
    return reading.outcome.detail;
}

TEST(NbacPlayerList, ReadsARecordedSeason) {
    TIPOFF_SAMPLE(document, "nbac_player_list/raw_7af00b51.json");
    const Reading reading =
        test::read(kNbacPlayerList, document, {.season = Season::starting_in(2025)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& players = reading.records.players;
    ASSERT_EQ(players.size(), 594U);
    const StatedPlayer& first = players.front();
    EXPECT_EQ(first.source_player_id, "1630173");
    EXPECT_EQ(first.player_name, "Precious Achiuwa");
    EXPECT_EQ(first.team_id, find_team("NYK")->team_id);
    EXPECT_EQ(first.jersey_number, "5");
    EXPECT_EQ(first.position, "F");
    EXPECT_EQ(first.from_season, 2020);
    EXPECT_EQ(first.to_season, 2025);
    EXPECT_TRUE(first.on_roster);
    EXPECT_EQ(std::ranges::count(players, "00", &StatedPlayer::jersey_number), 10);
    EXPECT_EQ(std::ranges::count(players, "", &StatedPlayer::jersey_number), 31);  // 30 null
    EXPECT_EQ(std::ranges::count(players, "", &StatedPlayer::position), 8);
    EXPECT_EQ(std::ranges::count(players, find_team("CHA")->team_id, &StatedPlayer::team_id), 24);
}

TEST(NbacPlayerList, APlayerMayHaveNoTeamNumberPositionOrYears) {
    json document = a_player_of_each();
    document["resultSets"][0]["rowSet"].push_back(
        {7, "Nenê", "", "nene", 0, nullptr, nullptr, nullptr, nullptr, nullptr});
    const Reading reading = test::read(kNbacPlayerList, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.players.size(), 31U);
    const StatedPlayer& last = reading.records.players.back();
    EXPECT_EQ(last.player_name, "Nenê");
    EXPECT_FALSE(last.team_id);
    EXPECT_EQ(last.jersey_number, "");
    EXPECT_FALSE(last.from_season);
    EXPECT_FALSE(last.on_roster);
}

TEST(NbacPlayerList, SaysWhichTeamsHaveNoPlayer) {
    json document = a_player_of_each();
    cell(document, 1, "TEAM_ID") = 0;
    const Reading reading = test::read(kNbacPlayerList, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "players of 29 of 30 teams; not BOS");
    EXPECT_EQ(reading.records.players.size(), 30U);
}

TEST(NbacPlayerList, AnEmptyListIsNoSuccess) {
    json document = a_player_of_each();
    document["resultSets"][0]["rowSet"] = json::array();
    EXPECT_EQ(test::read(kNbacPlayerList, document.dump()).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
}

TEST(NbacPlayerList, ADamagedFieldIsNamed) {
    for (const char* field : {"/parameters", "/parameters/Season"})
        test::expect_relied_on(kNbacPlayerList, a_player_of_each(), field);
    for (const json& column : kHeaders) {
        if (column == "PLAYER_SLUG") continue;
        SCOPED_TRACE(column.get<std::string>());
        const auto place =
            static_cast<std::size_t>(std::ranges::find(kHeaders, column) - kHeaders.begin());
        json renamed = a_player_of_each();
        renamed["resultSets"][0]["headers"][place] = "RENAMED";
        EXPECT_EQ(problem_of(renamed),
                  "resultSets[0] (PlayerIndex) has no column " + column.get<std::string>());
        json retyped = a_player_of_each();
        cell(retyped, 1, column) = json::array();
        EXPECT_TRUE(problem_of(retyped).starts_with("resultSets[0].rowSet[1]." +
                                                    column.get<std::string>() + " is a list"))
            << problem_of(retyped);
    }
    for (const char* column : {"PERSON_ID", "PLAYER_LAST_NAME", "PLAYER_FIRST_NAME", "TEAM_ID"}) {
        json nulled = a_player_of_each();
        cell(nulled, 1, column) = nullptr;
        EXPECT_NE(problem_of(nulled).find("is null"), std::string::npos) << column;
    }
}

TEST(NbacPlayerList, RefusesWhatCannotBe) {
    const auto with = [](const char* header, const json& value) {
        json document = a_player_of_each();
        cell(document, 1, header) = value;
        return problem_of(document);
    };
    const std::string row = "resultSets[0].rowSet[1]";
    EXPECT_EQ(with("PERSON_ID", 1610612737 - 1610612000), row + " is a player's second row");
    EXPECT_EQ(with("TEAM_ID", 12), row + ".TEAM_ID is 12, which is none of the teams");
    EXPECT_EQ(with("FROM_YEAR", "2026"),
              row + " has his first season in 2026 and his last in 2025");
    EXPECT_EQ(with("FROM_YEAR", "19"), row + ".FROM_YEAR is '19', to be the year of a season");
    EXPECT_EQ(with("ROSTER_STATUS", 2), row + ".ROSTER_STATUS is 2, to be 0 or 1");
    json nameless = a_player_of_each();
    cell(nameless, 1, "PLAYER_LAST_NAME") = " ";
    cell(nameless, 1, "PLAYER_FIRST_NAME") = "";
    EXPECT_EQ(problem_of(nameless), row + " has no name");
}

TEST(NbacPlayerList, RefusesAnotherSeason) {
    Ask ask;
    ask.season = Season::starting_in(2024);
    EXPECT_EQ(problem_of(a_player_of_each(), ask),
              "players of 2025-26, where 2024-25 was asked for");
    json bare_year = a_player_of_each();
    bare_year["parameters"]["Season"] = "2025";
    EXPECT_EQ(problem_of(bare_year), "parameters.Season is '2025', to be as 2025-26");
}

}  // namespace
}  // namespace tipoff::collect
