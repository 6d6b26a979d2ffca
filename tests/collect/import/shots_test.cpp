#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "collect/import/read_file.h"
#include "collect/import/shot_reading.h"
#include "collect/import_home.h"

namespace tipoff::collect {
namespace {

using test::csv;
using test::file_named;
using test::ImportHome;

constexpr std::string_view kShotsHeader =
    "SEASON_2,TEAM_ID,PLAYER_ID,PLAYER_NAME,POSITION_GROUP,POSITION,GAME_DATE,GAME_ID,HOME_TEAM,"
    "AWAY_TEAM,"
    "SHOT_MADE,ACTION_TYPE,SHOT_TYPE,BASIC_ZONE,ZONE_NAME,ZONE_RANGE,LOC_X,LOC_Y,SHOT_DISTANCE,"
    "QUARTER,MINS_LEFT,"
    "SECS_LEFT";
constexpr std::string_view kPartialHeader =
    "SEASON_2,GAME_ID,GAME_EVENT_ID,PLAYER_ID,PLAYER_NAME,TEAM_ID,PERIOD,MINUTES_REMAINING,SECONDS_"
    "REMAINING,"
    "ACTION_TYPE,SHOT_TYPE,SHOT_ZONE_BASIC,SHOT_ZONE_AREA,SHOT_ZONE_RANGE,SHOT_DISTANCE,LOC_X,LOC_"
    "Y,SHOT_MADE_FLAG,"
    "GAME_DATE,HTM,VTM";

struct Place {
    std::string_view zone;
    std::string_view x;
    std::string_view y;
    int distance;
};

std::string shot_row(const Place& place, std::string_view clock = "1,11,40",
                     std::string_view made = "TRUE") {
    return fmt::format(
        "2022-23,1610612738,1628369,Jayson Tatum,F,SF,2022-10-18,0022200001,BOS,PHI,{},Jump "
        "Shot,{},{},Left Side,24+ "
        "ft.,{},{},{},{}",
        made, place.zone.find('3') == std::string_view::npos ? "2PT Field Goal" : "3PT Field Goal",
        place.zone, place.x, place.y, place.distance, clock);
}

std::string partial_row(const Place& place, int event, std::string_view game = "0022200001") {
    return fmt::format(
        "2022-23,{},{},1628369,Jayson Tatum,1610612738,1,11,40,Jump "
        "Shot,{},{},Area,Range,{},{},{},1,2022-10-18,BOS,PHI",
        game, event,
        place.zone.find('3') == std::string_view::npos ? "2PT Field Goal" : "3PT Field Goal",
        place.zone, place.distance, place.x, place.y);
}

/// Imports one file of shots and returns what is in the table.
std::vector<Shot> import_shots(std::string_view header, const std::vector<std::string>& rows,
                               FileReport* file = nullptr) {
    ImportHome home;
    const auto report =
        home.import({{"schedule.csv", test::schedule()}, {"shots.csv", csv(header, rows)}});
    if (file != nullptr) *file = file_named(report, "shots.csv");
    return home.rows(kShot, "ORDER BY event");
}

// Three shots in the three scales in which they are found: a left corner three from (-23.3, 4.0)
// feet, one from above the break at (3.0, 25.1), and a layup at (0.4, 0.8).
const std::vector<Place> kTenths{{"Left Corner 3", "-233", "40", 23},
                                 {"Above the Break 3", "30", "251", 25},
                                 {"Restricted Area", "4", "8", 0}};
const std::vector<Place> kMirroredFeet{{"Left Corner 3", "23.3", "9.25", 23},
                                       {"Above the Break 3", "-3", "30.35", 25},
                                       {"Restricted Area", "-0.4", "6.05", 0}};
const std::vector<Place> kTensOfFeet{{"Left Corner 3", "-2.33", "6.175", 23},
                                     {"Above the Break 3", "0.3", "8.285", 25},
                                     {"Restricted Area", "0.04", "5.855", 0}};

std::vector<std::string> rows_at(const std::vector<Place>& places) {
    std::vector<std::string> rows;
    int seconds = 40;
    for (const Place& place : places)
        rows.push_back(shot_row(place, fmt::format("1,11,{}", seconds--)));
    return rows;
}

void expect_the_three_places(const std::vector<Shot>& shots) {
    ASSERT_EQ(shots.size(), 3U);
    EXPECT_EQ(shots[0].x_feet, -23.3);
    EXPECT_EQ(shots[0].y_feet, 4.0);
    EXPECT_EQ(shots[0].zone, static_cast<int>(ShotZone::kLeftCorner3));
    EXPECT_EQ(shots[1].x_feet, 3.0);
    EXPECT_EQ(shots[1].y_feet, 25.1);
    EXPECT_EQ(shots[2].x_feet, 0.4);
    EXPECT_EQ(shots[2].y_feet, 0.8);
}

TEST(Shots, InFeetAreTakenFromTheHoop) {
    expect_the_three_places(import_shots(kShotsHeader, rows_at(kMirroredFeet)));
}

TEST(Shots, InTensOfFeetAreToldByTheirDistance) {
    expect_the_three_places(import_shots(kShotsHeader, rows_at(kTensOfFeet)));
}

TEST(Shots, InTenthsOfFeetAreAsTheUpstreamHasThem) {
    std::vector<std::string> rows;
    int event = 7;
    for (const Place& place : kTenths)
        rows.push_back(partial_row(place, event++));
    const auto shots = import_shots(kPartialHeader, rows);
    expect_the_three_places(shots);
    EXPECT_EQ(shots[0].event, 7) << "the upstream's own";
    EXPECT_EQ(shots[0].source, "shots_partial");
}

TEST(Shots, HaveTheirTimesAndPoints) {
    const auto shots = import_shots(kShotsHeader, {shot_row(kMirroredFeet[0], "5,4,59", "FALSE"),
                                                   shot_row(kMirroredFeet[2], "4,0,3")});
    ASSERT_EQ(shots.size(), 2U);
    EXPECT_EQ(shots[0].event, 1);
    EXPECT_EQ(shots[0].period, 4);
    EXPECT_EQ(shots[0].seconds_left, 3);
    EXPECT_TRUE(shots[0].made);
    EXPECT_FALSE(shots[0].three_pointer);
    EXPECT_EQ(shots[1].period, 5);
    EXPECT_EQ(shots[1].seconds_left, 299);
    EXPECT_FALSE(shots[1].made);
    EXPECT_TRUE(shots[1].three_pointer);
    EXPECT_EQ(to_string(shots[0].known_at.at), "2022-10-19T10:00:00Z");
}

TEST(Shots, EqualOnesAreAllKept) {
    const std::string row = shot_row(kMirroredFeet[2]);
    FileReport file;
    EXPECT_EQ(import_shots(kShotsHeader, {row, row, row}, &file).size(), 3U);
    EXPECT_EQ(file.duplicates, 0);
}

TEST(Shots, AreNumberedWhateverTheOrderOfTheRows) {
    auto rows = rows_at(kMirroredFeet);
    const auto forwards = import_shots(kShotsHeader, rows);
    std::ranges::reverse(rows);
    const auto backwards = import_shots(kShotsHeader, rows);
    ASSERT_EQ(forwards.size(), backwards.size());
    for (std::size_t i = 0; i < forwards.size(); ++i)
        EXPECT_EQ(forwards[i].x_feet, backwards[i].x_feet);
}

TEST(Shots, AGameThatTwoFilesStateAlikeIsOneAndDifferentlyIsNone) {
    const auto rows = rows_at(kMirroredFeet);
    auto fewer = rows;
    fewer.pop_back();
    auto turned = rows;
    std::ranges::reverse(turned);
    ImportHome alike;
    const auto report = alike.import({{"schedule.csv", test::schedule()},
                                      {"a.csv", csv(kShotsHeader, rows)},
                                      {"b.csv", csv(kShotsHeader, turned)}});
    EXPECT_EQ(alike.rows(kShot).size(), 3U);
    EXPECT_EQ(file_named(report, "a.csv").duplicates + file_named(report, "b.csv").duplicates, 3);
    ImportHome different;
    const auto refused = different.import({{"schedule.csv", test::schedule()},
                                           {"a.csv", csv(kShotsHeader, rows)},
                                           {"b.csv", csv(kShotsHeader, fewer)}});
    EXPECT_TRUE(different.rows(kShot).empty());
    EXPECT_EQ(test::first_rejection(file_named(refused, "a.csv")),
              "game_id: disagrees with another file: b.csv has 2 shots of this game, here 3, not "
              "all the same");
}

TEST(Shots, AChangedGameIsANewRevisionAsAWhole) {
    const auto rows = rows_at(kMirroredFeet);
    auto corrected = rows;
    corrected[0] = shot_row(kMirroredFeet[0], "1,11,40", "FALSE");
    ImportHome home;
    home.import({{"schedule.csv", test::schedule()}, {"a.csv", csv(kShotsHeader, rows)}});
    home.import({{"b.csv", csv(kShotsHeader, corrected)}});
    const auto newer = home.rows(kShot, "WHERE revision = 1 ORDER BY event");
    ASSERT_EQ(newer.size(), 3U);
    EXPECT_EQ(newer[0].known_at_basis, kBasisObserved);
    EXPECT_EQ(home.rows(kShot, "WHERE revision = 0").size(), 3U);
    home.import({{"c.csv", csv(kShotsHeader, corrected) + "\n"}});
    EXPECT_EQ(home.rows(kShot).size(), 6U) << "the newest statement again changes nothing";
}

TEST(Shots, APlaceThatIsNotAtItsDistanceOrOnItsSideIsRejected) {
    for (const Place& wrong : {Place{"Above the Break 3", "-3", "30.35", 12},
                               Place{"Left Corner 3", "-23.3", "9.25", 23}}) {
        std::vector<std::string> rows(200, shot_row(kMirroredFeet[1]));
        rows.push_back(shot_row(wrong));
        FileReport file;
        EXPECT_EQ(import_shots(kShotsHeader, rows, &file).size(), 200U);
        ASSERT_EQ(file.rows_rejected, 1);
        EXPECT_EQ(test::first_rejection(file),
                  "LOC_X: the place is not that of the distance and zone");
        EXPECT_EQ(file.examples[0].line, 202);
    }
}

TEST(Shots, OfAFileCutOffByTheUpstreamTheLastGameIsRejected) {
    const auto read = [](const std::vector<std::string>& rows) {
        const std::string text = csv(kShotsHeader, rows);
        StagedFile file;
        read_file(*csv_rows(text), file);
        return file;
    };
    std::vector<std::string> rows(kShotRowLimit - 1, shot_row(kMirroredFeet[2]));
    EXPECT_EQ(read(rows).records.shots.size(), rows.size());

    std::string later = rows.front();
    later.replace(later.find("0022200001"), 10, "0022200002");
    rows.insert(rows.begin(), later);
    const StagedFile cut = read(rows);
    EXPECT_EQ(cut.records.shots.size(), rows.size() - 1);
    ASSERT_EQ(cut.rejections.total(), 1);
    EXPECT_EQ(cut.rejections.kept()[0].value, "0022200002");
    EXPECT_EQ(cut.rejections.kept()[0].rule,
              "the file stops inside this game, at the upstream's limit of 102,400 rows");
}

}  // namespace
}  // namespace tipoff::collect
