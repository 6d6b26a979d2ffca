#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json two_injuries() {
    const auto injury = [](int id, const char* last, int team, const char* status) {
        return json{
            {"player", {{"id", id}, {"first_name", "Jo"}, {"last_name", last}, {"team_id", team}}},
            {"return_date", "Nov 9"},
            {"description", std::string("Nov 5: ") + last + " (knee) is hurt."},
            {"status", status}};
    };
    return {{"data", json::array({injury(7, "Doe", 2, "Out"), injury(8, "Roe", 30, "Doubtful")})},
            {"meta", {{"per_page", 100}}}};
}

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kBdlInjuries, document.dump(), ask);
}

TEST(BdlInjuries, ReadsARecordedPage) {
    TIPOFF_SAMPLE(document, "bdl_injuries/raw_49fd60fb.json");
    const Reading reading = test::read(kBdlInjuries, document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.next_cursor, "4082934");
    const auto& injuries = reading.records.injuries;
    ASSERT_EQ(injuries.size(), 100U);
    EXPECT_EQ(std::ranges::count(injuries, "questionable", &StatedInjury::status), 91);
    EXPECT_EQ(std::ranges::count(injuries, "out", &StatedInjury::status), 9);
    const StatedInjury& first = injuries.front();
    EXPECT_EQ(first.player_name, "Jacob Toppin");
    EXPECT_EQ(first.team_id, find_team("ATL")->team_id);
    EXPECT_EQ(first.expected_return, "Jul 17");
    EXPECT_EQ(first.reason.substr(0, 29), "Day-To-Day: Jul 14: Toppin (h");
    EXPECT_FALSE(first.reported_at);
}

TEST(BdlInjuries, ReadsARecordedTeam) {
    TIPOFF_SAMPLE(document, "bdl_injuries/raw_d45e630e.json");
    const TeamId boston = find_team("BOS")->team_id;
    const Reading reading = test::read(kBdlInjuries, document, {.team = boston});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_FALSE(reading.next_cursor);
    ASSERT_EQ(reading.records.injuries.size(), 2U);
    const StatedInjury& tatum = reading.records.injuries[1];
    EXPECT_EQ(tatum.player_name, "Jayson Tatum");
    EXPECT_EQ(tatum.source_player_id, "434");
    EXPECT_EQ(tatum.status, "out");
    EXPECT_EQ(tatum.expected_return, "Feb 1");
    EXPECT_EQ(tatum.reason.substr(0, 18), "May 13: Tatum will");
    EXPECT_EQ(
        test::read(kBdlInjuries, document, {.team = find_team("ATL")->team_id}).outcome.detail,
        "data[0] is not of ATL, which was asked for");
}

TEST(BdlInjuries, MapsTheSourcesWordsAndKeepsThem) {
    const auto stated = [](const char* word) {
        json document = two_injuries();
        document["data"][0]["status"] = word;
        const Reading reading = read(document);
        EXPECT_EQ(reading.records.injuries.size(), 2U) << reading.outcome.detail;
        if (reading.records.injuries.empty()) return std::string();
        const StatedInjury& injury = reading.records.injuries[0];
        return injury.status + " | " + injury.reason;
    };
    const std::string report = "Nov 5: Doe (knee) is hurt.";
    EXPECT_EQ(stated("Out"), "out | " + report);
    EXPECT_EQ(stated("Doubtful"), "doubtful | " + report);
    EXPECT_EQ(stated("Questionable"), "questionable | " + report);
    EXPECT_EQ(stated("Probable"), "probable | " + report);
    EXPECT_EQ(stated("Available"), "available | " + report);
    EXPECT_EQ(stated("Day-To-Day"), "questionable | Day-To-Day: " + report);
    EXPECT_EQ(stated("Game Time Decision"), "questionable | Game Time Decision: " + report);
    EXPECT_EQ(stated("Out For Season"), "out | Out For Season: " + report);
    EXPECT_EQ(stated("Out Indefinitely"), "out | Out Indefinitely: " + report);
    EXPECT_EQ(stated("Suspension"), "out | Suspension: " + report);
    json bare = two_injuries();
    bare["data"][0]["status"] = "Suspended";
    bare["data"][0]["description"] = nullptr;
    bare["data"][0]["return_date"] = nullptr;
    ASSERT_EQ(read(bare).records.injuries.size(), 2U);
    EXPECT_EQ(read(bare).records.injuries[0].reason, "Suspended");
    EXPECT_EQ(read(bare).records.injuries[0].expected_return, "");
}

TEST(BdlInjuries, SomebodyOfTheLeagueIsAlwaysHurt) {
    const json none{{"data", json::array()}, {"meta", {{"per_page", 100}}}};
    EXPECT_EQ(read(none).outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(read(none, {.team = find_team("BOS")->team_id}).outcome.kind,
              OutcomeKind::kEmptyLegal);
}

TEST(BdlInjuries, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/data", "/meta", "/meta/per_page", "/data/1/player", "/data/1/player/id",
          "/data/1/player/first_name", "/data/1/player/last_name", "/data/1/player/team_id",
          "/data/1/status"})
        test::expect_relied_on(kBdlInjuries, two_injuries(), field);
    for (const char* field : {"/data/1/return_date", "/data/1/description"})
        test::expect_relied_on(kBdlInjuries, two_injuries(), field, true);
}

/// A page that is full says whether another one follows.
TEST(BdlInjuries, TheCursorOfAFullPageIsReliedOn) {
    json document = two_injuries();
    document["meta"] = {{"next_cursor", 277}, {"per_page", 2}};
    EXPECT_EQ(read(document).next_cursor, "277");
    test::expect_relied_on(kBdlInjuries, document, "/meta/next_cursor", true);
    document["meta"].erase("next_cursor");
    EXPECT_EQ(read(document).outcome.detail,
              "meta has no next_cursor, and the page is full: 2 rows");
    document["meta"]["next_cursor"] = nullptr;
    EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kFresh) << "it says that it is the last";
    EXPECT_FALSE(read(document).next_cursor);
}

TEST(BdlInjuries, RefusesWhatCannotBe) {
    json word = two_injuries();
    word["data"][1]["status"] = "Tired";
    EXPECT_EQ(read(word).outcome.detail, "data[1] has status 'Tired', which nobody knows");
    EXPECT_EQ(records_in(read(word).records), 0U);
    json nobody = two_injuries();
    nobody["data"][1]["player"]["id"] = -8;
    EXPECT_EQ(read(nobody).outcome.detail, "data[1].player has id -8");
    json twice = two_injuries();
    twice["data"][1]["player"]["id"] = 7;
    EXPECT_EQ(read(twice).outcome.detail, "data[1] is a player's second row");
    json team = two_injuries();
    team["data"][1]["player"]["team_id"] = 50;
    EXPECT_EQ(read(team).records.injuries.size(), 1U);
    EXPECT_EQ(read(team).notes,
              std::vector<std::string>{"left out: Jo Roe of team 50, which is not of the league"});
}

}  // namespace
}  // namespace tipoff::collect
