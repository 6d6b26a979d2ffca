#include "collect/teams.h"

#include <gtest/gtest.h>

#include <set>

namespace tipoff::collect {
namespace {

std::string tricode_of(std::string_view spelling) {
    const Team* team = find_team(spelling);
    return team == nullptr ? "" : team->tricode;
}

TEST(Teams, AreThirtyInTwoConferences) {
    std::set<std::string> tricodes;
    int east = 0;
    for (const Team& team : teams()) {
        tricodes.insert(team.tricode);
        east += team.conference == "East" ? 1 : 0;
        EXPECT_NE(find_city(team.city), nullptr) << team.full_name;
    }
    EXPECT_EQ(tricodes.size(), 30U);
    EXPECT_EQ(east, 15);
}

TEST(Teams, AreFoundByEverySpellingOfTheirNames) {
    EXPECT_EQ(tricode_of("BOS"), "BOS");
    EXPECT_EQ(tricode_of("Boston Celtics"), "BOS");
    EXPECT_EQ(tricode_of("LA Clippers"), "LAC");
    EXPECT_EQ(tricode_of("Los Angeles Clippers"), "LAC");
    EXPECT_EQ(tricode_of("Blazers"), "POR");
    EXPECT_EQ(tricode_of("Trail Blazers"), "POR");
    EXPECT_EQ(tricode_of("Sixers"), "PHI");
    EXPECT_EQ(tricode_of("76ers"), "PHI");
    EXPECT_EQ(tricode_of("GoldenState"), "GSW");
    EXPECT_EQ(tricode_of("gs"), "GSW");
    EXPECT_EQ(tricode_of("utah"), "UTA");
}

TEST(Teams, KeepTheirIdOverMovesAndRenames) {
    EXPECT_EQ(tricode_of("NJN"), "BKN");
    EXPECT_EQ(tricode_of("Seattle SuperSonics"), "OKC");
    EXPECT_EQ(tricode_of("Charlotte Bobcats"), "CHA");
    EXPECT_EQ(tricode_of("CHO"), "CHA");
    EXPECT_EQ(tricode_of("NOH"), "NOP");
    EXPECT_EQ(tricode_of("New Orleans Hornets"), "NOP");
    EXPECT_EQ(tricode_of("PHO"), "PHX");
}

TEST(Teams, AnUnknownOrAmbiguousSpellingFindsNone) {
    EXPECT_EQ(find_team("Los Angeles"), nullptr);
    EXPECT_EQ(find_team("XYZ"), nullptr);
    EXPECT_EQ(find_team(""), nullptr);
    EXPECT_EQ(find_team(TeamId{1610612736}), nullptr);
}

TEST(Teams, AreFoundById) {
    for (const Team& team : teams())
        EXPECT_EQ(find_team(team.team_id), &team);
}

TEST(Cities, AreFoundAsSchedulesWriteThem) {
    ASSERT_NE(find_city("Mexico City, Mexico"), nullptr);
    EXPECT_EQ(find_city("Mexico City, Mexico")->time_zone, "America/Mexico_City");
    ASSERT_NE(find_city("Tampa"), nullptr);
    EXPECT_NEAR(find_city("Tampa")->latitude, 27.94, 0.01);
    EXPECT_EQ(find_city("Atlantis"), nullptr);
    EXPECT_EQ(find_city(""), nullptr);
}

}  // namespace
}  // namespace tipoff::collect
