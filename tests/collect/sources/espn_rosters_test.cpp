#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json player(int id) {
    return {{"id", std::to_string(id)},
            {"fullName", "Player " + std::to_string(id)},
            {"jersey", "00"},
            {"position", {{"abbreviation", "SG"}}},
            {"height", 78.0},
            {"weight", 223.0},
            {"dateOfBirth", "1996-10-24T07:00Z"},
            {"experience", {{"years", 0}}},
            {"status", {{"name", "Active"}}},
            {"injuries", json::array()}};
}

/// A team of so many, the second of whom is hurt.
json roster(int size = 13) {
    json players = json::array();
    for (int i = 0; i < size; ++i)
        players.push_back(player(i));
    if (size > 1) {
        players[1]["injuries"] =
            json::array({{{"status", "Out"},
                          {"date", "2025-06-11T15:30Z"},
                          {"shortComment", "He underwent a procedure."},
                          {"details", {{"type", "Knee"}, {"returnDate", "2025-10-01"}}}}});
    }
    return {{"team", {{"displayName", "Boston Celtics"}, {"athletes", players}}}};
}

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kEspnRosters, document.dump(), ask);
}

TEST(EspnRosters, ReadsARecordedRoster) {
    TIPOFF_SAMPLE(document, "espn_roster_api/raw_2.json");
    const TeamId boston = find_team("BOS")->team_id;
    const Reading reading = test::read(kEspnRosters, document, {.team = boston});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& players = reading.records.roster;
    ASSERT_EQ(players.size(), 17U);
    const StatedRosterPlayer& brown = players.front();
    EXPECT_EQ(brown.player_name, "Jaylen Brown");
    EXPECT_EQ(brown.source_player_id, "3917376");
    EXPECT_EQ(brown.team_id, boston);
    EXPECT_EQ(brown.jersey_number, "7");
    EXPECT_EQ(brown.position, "SG");
    EXPECT_EQ(brown.height_inches, 78);
    EXPECT_EQ(brown.weight_pounds, 223);
    EXPECT_EQ(to_string(brown.birth_date.value()), "1996-10-24");
    EXPECT_EQ(brown.experience_years, 8);
    EXPECT_EQ(brown.status, "Active");
    EXPECT_FALSE(brown.season);
    EXPECT_EQ(std::ranges::count(players, std::optional(0), &StatedRosterPlayer::experience_years),
              1);  // Baylor Scheierman
    ASSERT_EQ(reading.records.injuries.size(), 2U);
    const StatedInjury& tatum = reading.records.injuries[1];
    EXPECT_EQ(tatum.player_name, "Jayson Tatum");
    EXPECT_EQ(tatum.source_player_id, "4065648");
    EXPECT_EQ(tatum.status, "out");
    EXPECT_FALSE(tatum.reported_at) << "the answer is the report";
    EXPECT_EQ(tatum.expected_return, "2026-02-01");
    EXPECT_EQ(tatum.reason.substr(0, 31), "Achilles: Tatum will miss the r");
    EXPECT_TRUE(tatum.reason.ends_with(" (of 2025-05-13)")) << tatum.reason;
}

TEST(EspnRosters, CountsItsPlayers) {
    EXPECT_EQ(read(roster(13)).outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(read(roster(21)).outcome.kind, OutcomeKind::kFresh);
    const Reading few = read(roster(12));
    EXPECT_EQ(few.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(few.outcome.detail, "12 players of BOS, to be at least 13");
    EXPECT_EQ(few.records.roster.size(), 12U);
    const Reading many = read(roster(22));
    EXPECT_EQ(many.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(many.outcome.detail, "team has 22 players of BOS, to be at most 21");
    EXPECT_EQ(records_in(many.records), 0U);
    EXPECT_EQ(read(roster(0)).outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(EspnRosters, WhatIsNotKnownOfAPlayerIsLeftOut) {
    json document = roster();
    for (const char* key : {"jersey", "height", "weight", "dateOfBirth"})
        document["team"]["athletes"][3].erase(key);
    json& hurt = document["team"]["athletes"][1]["injuries"][0];
    hurt = {{"status", "Day-To-Day"}, {"date", "2025-11-05T20:52Z"}};
    const Reading reading = read(document);
    ASSERT_EQ(reading.records.roster.size(), 13U) << reading.outcome.detail;
    const StatedRosterPlayer& bare = reading.records.roster[3];
    EXPECT_EQ(bare.jersey_number, "");
    EXPECT_FALSE(bare.height_inches || bare.weight_pounds || bare.birth_date);
    EXPECT_EQ(reading.records.roster[2].jersey_number, "00");
    ASSERT_EQ(reading.records.injuries.size(), 1U);
    EXPECT_EQ(reading.records.injuries[0].status, "questionable");
    EXPECT_EQ(reading.records.injuries[0].reason, "Day-To-Day (of 2025-11-05)");
    EXPECT_EQ(reading.records.injuries[0].expected_return, "");
}

TEST(EspnRosters, OfAPlayerTheNewestInjuryCounts) {
    json document = roster();
    json& said = document["team"]["athletes"][1]["injuries"];
    said.push_back({{"status", "Day-To-Day"}, {"date", "2025-11-05T20:52Z"}});
    said.push_back({{"status", "Out"}, {"date", "2025-10-05T20:52Z"}});
    const Reading reading = read(document);
    ASSERT_EQ(reading.records.injuries.size(), 1U) << reading.outcome.detail;
    EXPECT_EQ(reading.records.injuries[0].status, "questionable");
}

TEST(EspnRosters, AFieldThatMostPlayersLackIsRenamed) {
    for (const char* key : {"jersey", "height", "weight", "dateOfBirth"}) {
        json document = roster();
        for (int i = 0; i < 6; ++i)
            document["team"]["athletes"][i].erase(key);
        EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kFresh) << key;
        document["team"]["athletes"][6].erase(key);
        EXPECT_EQ(read(document).outcome.detail,
                  std::string("team has 13 athletes, and ") + key + " is missing for 7 of them");
        EXPECT_EQ(records_in(read(document).records), 0U);
    }
}

TEST(EspnRosters, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/team", "/team/displayName", "/team/athletes", "/team/athletes/2/id",
          "/team/athletes/2/fullName", "/team/athletes/2/position",
          "/team/athletes/2/position/abbreviation", "/team/athletes/2/experience",
          "/team/athletes/2/experience/years", "/team/athletes/2/status",
          "/team/athletes/2/status/name", "/team/athletes/2/injuries",
          "/team/athletes/1/injuries/0/status", "/team/athletes/1/injuries/0/date"})
        test::expect_relied_on(kEspnRosters, roster(), field);
    for (const char* field :
         {"/team/athletes/2/jersey", "/team/athletes/2/height", "/team/athletes/2/weight",
          "/team/athletes/2/dateOfBirth", "/team/athletes/1/injuries/0/shortComment",
          "/team/athletes/1/injuries/0/details", "/team/athletes/1/injuries/0/details/type",
          "/team/athletes/1/injuries/0/details/returnDate"}) {
        for (const test::Damage damage : {test::Damage::kNulled, test::Damage::kRetyped}) {
            const Reading reading =
                test::read(kEspnRosters, test::damaged(roster(), field, damage));
            EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << field;
        }
    }
}

TEST(EspnRosters, RefusesWhatCannotBe) {
    const auto problem_with = [](const char* pointer, const json& value) {
        json document = roster();
        document[json::json_pointer(pointer)] = value;
        const Reading reading = read(document);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with("/team/athletes/2/id", "1"),
              "team.athletes[2] is a player's second row");
    EXPECT_EQ(problem_with("/team/athletes/2/height", 198), "team.athletes[2] has a height of 198");
    EXPECT_EQ(problem_with("/team/athletes/2/weight", -1), "team.athletes[2] has a weight of -1");
    EXPECT_EQ(problem_with("/team/athletes/2/experience/years", -1),
              "team.athletes[2] has -1 years of experience");
    EXPECT_EQ(problem_with("/team/athletes/2/dateOfBirth", "24 Oct 1996"),
              "team.athletes[2] has dateOfBirth '24 Oct 1996', which is no day");
    EXPECT_EQ(problem_with("/team/athletes/1/injuries/0/status", "Tired"),
              "team.athletes[1].injuries[0] has status 'Tired', which nobody knows");
    EXPECT_EQ(problem_with("/team/athletes/1/injuries/0/date", "yesterday"),
              "team.athletes[1].injuries[0] has 'yesterday', which is no instant");
    EXPECT_EQ(problem_with("/team/displayName", "Boston Nobodies"),
              "team 'Boston Nobodies' is one that nobody knows");
    EXPECT_EQ(read(roster(), {.team = find_team("NYK")->team_id}).outcome.detail,
              "team is not of NYK, which was asked for");
}

}  // namespace
}  // namespace tipoff::collect
