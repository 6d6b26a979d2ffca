#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json two_players() {
    const auto player = [](int id, const char* first, const char* last, int team,
                           const char* full_name) {
        return json{{"id", id},
                    {"first_name", first},
                    {"last_name", last},
                    {"position", "G-F"},
                    {"jersey_number", "00"},
                    {"team", {{"id", team}, {"full_name", full_name}}}};
    };
    return {{"data", json::array({player(1, "Nene", "Hilario", 30, "Washington Wizards"),
                                  player(2, "Jo", "Doe", 13, "LA Clippers")})},
            {"meta", {{"next_cursor", 277}, {"per_page", 100}}}};
}

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kBdlActivePlayers, document.dump(), ask);
}

TEST(BdlActivePlayers, ReadsARecordedPage) {
    TIPOFF_SAMPLE(document, "bdl_active_players/raw_ac3e7bd3.json");
    const Reading reading = test::read(kBdlActivePlayers, document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.next_cursor, "277");
    const auto& players = reading.records.players;
    ASSERT_EQ(players.size(), 100U);
    EXPECT_EQ(players.front().player_name, "Steven Adams");
    EXPECT_EQ(players.front().source_player_id, "3");
    EXPECT_EQ(players.front().team_id, find_team("HOU")->team_id);
    EXPECT_EQ(players.front().jersey_number, "12");
    EXPECT_EQ(players.front().position, "C");
    EXPECT_TRUE(players.front().on_roster);
    EXPECT_EQ(std::ranges::count(players, find_team("LAC")->team_id, &StatedPlayer::team_id), 7);
    EXPECT_EQ(std::ranges::count(players, find_team("BKN")->team_id, &StatedPlayer::team_id), 0);
}

TEST(BdlActivePlayers, KeepsJerseysAsTextAndKnowsWhoHasNoTeam) {
    json document = two_players();
    document["data"][1]["team"] = nullptr;
    document["data"][1]["jersey_number"] = nullptr;
    document["data"][1]["position"] = nullptr;
    const Reading reading = read(document);
    ASSERT_EQ(reading.records.players.size(), 2U) << reading.outcome.detail;
    EXPECT_EQ(reading.records.players[0].jersey_number, "00");
    EXPECT_EQ(reading.records.players[1].jersey_number, "");
    EXPECT_FALSE(reading.records.players[1].team_id);
    EXPECT_FALSE(reading.records.players[1].on_roster);
}

TEST(BdlActivePlayers, AnEmptyPageIsNoSuccess) {
    EXPECT_EQ(read({{"data", json::array()}, {"meta", {{"per_page", 100}}}}).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
}

TEST(BdlActivePlayers, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/data", "/meta", "/meta/per_page", "/data/1/id", "/data/1/first_name",
          "/data/1/last_name", "/data/1/team/id", "/data/1/team/full_name"})
        test::expect_relied_on(kBdlActivePlayers, two_players(), field);
    for (const char* field : {"/data/1/team", "/data/1/position", "/data/1/jersey_number"})
        test::expect_relied_on(kBdlActivePlayers, two_players(), field, true);
}

/// A page that is full says whether another one follows.
TEST(BdlActivePlayers, TheCursorOfAFullPageIsReliedOn) {
    json document = two_players();
    document["meta"] = {{"next_cursor", 277}, {"per_page", 2}};
    EXPECT_EQ(read(document).next_cursor, "277");
    test::expect_relied_on(kBdlActivePlayers, document, "/meta/next_cursor", true);
    document["meta"].erase("next_cursor");
    EXPECT_EQ(read(document).outcome.detail,
              "meta has no next_cursor, and the page is full: 2 rows");
    document["meta"]["next_cursor"] = nullptr;
    EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kFresh) << "it says that it is the last";
    EXPECT_FALSE(read(document).next_cursor);
}

TEST(BdlActivePlayers, RefusesWhatCannotBe) {
    json twice = two_players();
    twice["data"][1]["id"] = 1;
    EXPECT_EQ(read(twice).outcome.detail, "data[1] is a player's second row");
    json other = two_players();
    other["data"][1]["team"]["full_name"] = "Boston Celtics";
    EXPECT_EQ(read(other).outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(read(two_players(), {.team = find_team("WAS")->team_id}).outcome.detail,
              "data[1] is not of WAS, which was asked for");
    json old = two_players();
    old["data"][1]["team"] = {{"id", 37}, {"full_name", "Chicago Stags"}};
    const Reading reading = read(old);
    EXPECT_EQ(reading.records.players.size(), 1U);
    EXPECT_EQ(reading.notes, std::vector<std::string>{
                                 "left out: Jo Doe of Chicago Stags, which is not of the league"});
}

}  // namespace
}  // namespace tipoff::collect
