#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

/// Two teams as the upstream writes them.
json two_teams() {
    const auto row = [](const char* full_name, int wins, int losses) {
        return json{{"team",
                     {{"id", 1},
                      {"conference", "East"},
                      {"division", "Southeast"},
                      {"full_name", full_name},
                      {"abbreviation", "XXX"}}},
                    {"conference_record", "2-1"},
                    {"conference_rank", 3},
                    {"division_record", "1-0"},
                    {"division_rank", 1},
                    {"wins", wins},
                    {"losses", losses},
                    {"home_record", "2-0"},
                    {"road_record", "1-1"},
                    {"season", 2025}};
    };
    return {{"data", json::array({row("Atlanta Hawks", 3, 1), row("Miami Heat", 2, 2)})},
            {"meta", {{"per_page", 100}}}};
}

TEST(BdlStandings, ReadsARecordedSeason) {
    TIPOFF_SAMPLE(document, "bdl_standings/raw_395a0451.json");
    const Reading reading =
        test::read(kBdlStandings, document, {.season = Season::starting_in(2024)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.standings.size(), 30U);
    const StatedStanding& first = reading.records.standings.front();
    EXPECT_EQ(first.team_id, find_team("CLE")->team_id);
    EXPECT_EQ(to_string(first.season), "2024-25");
    EXPECT_EQ(first.wins, 64);
    EXPECT_EQ(first.losses, 18);
    EXPECT_EQ(first.home_record, "34-7");
    std::int32_t wins = 0, losses = 0;
    for (const StatedStanding& standing : reading.records.standings) {
        wins += standing.wins;
        losses += standing.losses;
    }
    EXPECT_EQ(wins, 1230);
    EXPECT_EQ(losses, 1230);
}

TEST(BdlStandings, SaysWhichTeamsAreMissing) {
    const Reading reading = test::read(kBdlStandings, two_teams().dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.records.standings.size(), 2U);
    EXPECT_NE(reading.outcome.detail.find("2 of 30 teams; not "), std::string::npos);
    EXPECT_NE(reading.outcome.detail.find("BOS"), std::string::npos);
    EXPECT_EQ(reading.outcome.detail.find("ATL"), std::string::npos);
}

TEST(BdlStandings, APageNamesTheNextOne) {
    json document = two_teams();
    EXPECT_FALSE(test::read(kBdlStandings, document.dump()).next_cursor);
    document["meta"]["next_cursor"] = 16;
    EXPECT_EQ(test::read(kBdlStandings, document.dump()).next_cursor, "16");
    document.erase("meta");
    EXPECT_EQ(test::read(kBdlStandings, document.dump()).outcome.kind, OutcomeKind::kPartial);
}

TEST(BdlStandings, AnEmptyListIsNoSuccess) {
    const Reading reading = test::read(kBdlStandings, R"({"data": [], "meta": {"per_page": 100}})");
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(BdlStandings, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/data/1/team", "/data/1/team/full_name", "/data/1/wins", "/data/1/losses",
          "/data/1/conference_rank", "/data/1/home_record", "/data/1/season", "/data"})
        test::expect_relied_on(kBdlStandings, two_teams(), field);
}

TEST(BdlStandings, RefusesWhatCannotBe) {
    json twice = two_teams();
    twice["data"][1]["team"]["full_name"] = "Atlanta Hawks";
    EXPECT_EQ(test::read(kBdlStandings, twice.dump()).outcome.detail,
              "data[1] is a team's second row");
    json unknown = two_teams();
    unknown["data"][0]["team"]["full_name"] = "Seattle Nobodies";
    EXPECT_EQ(test::read(kBdlStandings, unknown.dump()).outcome.detail,
              "data[0].team is a team that nobody knows");
    json many = two_teams();
    many["data"][0]["wins"] = 83;
    EXPECT_EQ(test::read(kBdlStandings, many.dump()).outcome.kind, OutcomeKind::kMalformed);
    json unranked = two_teams();
    unranked["data"][1]["division_rank"] = 0;
    EXPECT_EQ(test::read(kBdlStandings, unranked.dump()).outcome.detail,
              "data[1] has division_rank 0, to be 1 to 5");
    json wrapped = two_teams();
    wrapped["data"][0]["wins"] = (std::int64_t{1} << 32) + 3;
    EXPECT_EQ(test::read(kBdlStandings, wrapped.dump()).outcome.detail,
              "data[0] has wins 4294967299, to be 0 to 82");
    EXPECT_EQ(test::read(kBdlStandings, "<html>busy</html>").outcome.kind, OutcomeKind::kMalformed);
    const Reading wrong_season =
        test::read(kBdlStandings, two_teams().dump(), {.season = Season::starting_in(2024)});
    EXPECT_EQ(wrong_season.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(wrong_season.records.standings.size(), 0U);
}

}  // namespace
}  // namespace tipoff::collect
