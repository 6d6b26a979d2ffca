#include <fmt/core.h>
#include <gtest/gtest.h>

#include "collect/import/kind.h"
#include "collect/import_home.h"

namespace tipoff::collect {
namespace {

using test::csv;
using test::file_named;
using test::first_rejection;
using test::ImportHome;

constexpr std::string_view kCompactHeader =
    "PLAYER_ID,PLAYER_NAME,TEAM_ABBREVIATION,GAME_DATE,MATCHUP,WL,MIN,PTS,REB,AST,STL,BLK,TOV,FG_"
    "PCT,FG3_PCT,FT_PCT,"
    "PLUS_MINUS,SEASON_TYPE";

std::string compact_row(std::string_view date, std::string_view matchup,
                        std::string_view season_type) {
    return fmt::format("1628369,Jayson Tatum,BOS,{},{},W,38,35,12,4,0,1,2,0.65,0.4,1.0,7,{}", date,
                       matchup, season_type);
}

TEST(PlayerBoxPlayoffsCompact, FindsItsGameByDateAndTeam) {
    ImportHome home;
    home.import({{"schedule.csv", test::schedule()},
                 {"box.csv", csv(kCompactHeader,
                                 {compact_row("2022-10-18", "BOS vs. PHI", "Regular Season")})}});
    const auto rows = home.rows(kPlayerBox);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(to_string(rows[0].game_id), "0022200001");
    EXPECT_EQ(rows[0].source, "player_box_playoffs_compact");
    EXPECT_EQ(rows[0].rebounds, 12);
    EXPECT_EQ(rows[0].field_goals_attempted, std::nullopt) << "the source does not say";
    EXPECT_EQ(rows[0].offensive_rebounds, std::nullopt);
}

TEST(PlayerBoxPlayoffsCompact, ADateOrSeasonTypeThatTheScheduleDoesNotHaveIsRejected) {
    const auto rejection = [](const std::string& row) {
        ImportHome home;
        const auto report = home.import(
            {{"schedule.csv", test::schedule()}, {"box.csv", csv(kCompactHeader, {row})}});
        return first_rejection(file_named(report, "box.csv"));
    };
    EXPECT_EQ(rejection(compact_row("2022-10-19", "BOS vs. PHI", "Regular Season")),
              "game_id: no such game in the schedule");
    EXPECT_EQ(rejection(compact_row("2022-10-18", "BOS vs. NYK", "Regular Season")),
              "game_id: no such game in the schedule");
    EXPECT_EQ(rejection(compact_row("2022-10-18", "BOS vs. PHI", "Playoffs")),
              "game_id: the schedule has this game as another season type: regular");
}

TEST(PlayerBoxPlayoffs, KnowsWhoStarted) {
    std::string header(test::kPlayerBoxHeader);
    header.replace(header.find("SEASON_ID"), 9, "START_POSITION");
    auto starter = test::boston_row(1628369, "Jayson Tatum", 35);
    auto other = test::boston_row(201143, "Al Horford", 6);
    starter.replace(0, 5, "F");
    other.replace(0, 5, "");
    ImportHome home;
    home.import({{"schedule.csv", test::schedule()}, {"box.csv", csv(header, {starter, other})}});
    const auto rows = home.rows(kPlayerBox, "ORDER BY player_id");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].started, false);
    EXPECT_EQ(rows[1].started, true);
    EXPECT_EQ(rows[1].source, "player_box_playoffs");
}

TEST(Schedule, RowsThatCannotBeAreRejected) {
    const auto rejection = [](std::string_view from, std::string_view to) {
        std::string text = test::schedule();
        text.replace(text.find(from), from.size(), to);
        ImportHome home;
        return first_rejection(file_named(home.import({{"schedule.csv", text}}), "schedule.csv"));
    };
    EXPECT_EQ(rejection(",2022-10-18,", ",2021-10-18,"),
              "etdate: not a day of the season of the game id");
    EXPECT_EQ(rejection("19:30:00", "25:30:00"), "ettime: not a time of day");
    EXPECT_EQ(rejection("1610612755", "1610612738"), "v.ta: not the team of its id");
    EXPECT_EQ(rejection("117.0", "126.0"), "h.s: a final score that is a tie");
    EXPECT_EQ(rejection("126.0", ""), "h.s: empty");
    EXPECT_EQ(rejection(",3,Final", ",9,Final"), "st: out of range");
    EXPECT_EQ(rejection("22-23", "21-22"), "seas: not the season of the game id");
}

TEST(Schedule, AGameUnderWayHasNoResult) {
    std::string text = test::schedule();
    text.replace(text.find(",3,Final"), 8, ",2,1st Qtr");
    ImportHome home;
    home.import({{"schedule.csv", text}});
    const auto games = home.rows(kSchedule);
    EXPECT_EQ(games.at(0).status, "in_progress");
    EXPECT_EQ(games[0].home_points, std::nullopt);
}

constexpr std::string_view kPositionsHeader = "PLAYER_ID,POSITION,TeamID,POSITION_SIMPLE";

TEST(PlayerPositions, TakeTheirSeasonFromTheNameAndAreKnownFromTheNextOne) {
    ImportHome home;
    home.import(
        {{"player_positions_2021-22.csv", csv(kPositionsHeader, {"1628369,F-G,1610612738,F"})}});
    const auto rows = home.rows(kPosition);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(to_string(rows[0].season), "2021-22");
    EXPECT_EQ(rows[0].position, "F-G");
    EXPECT_EQ(to_string(rows[0].known_at.at), "2022-10-01T04:00:00Z");
}

TEST(PlayerPositions, WithoutASeasonOrWithAnOddPositionAreRejected) {
    ImportHome home;
    const auto report =
        home.import({{"positions.csv", csv(kPositionsHeader, {"1628369,F,1610612738,F"})},
                     {"odd_2021-22.csv", csv(kPositionsHeader, {"1628369,PG,1610612738,G"})},
                     {"column.csv",
                      csv("PLAYER_ID,POSITION,TeamID,SEASON", {"1628369,F,1610612738,2020-21"})}});
    EXPECT_EQ(
        first_rejection(file_named(report, "positions.csv")),
        "SEASON: no season: neither a column SEASON nor one such as 2022-23 in the file's name");
    EXPECT_EQ(first_rejection(file_named(report, "odd_2021-22.csv")),
              "POSITION: not a position such as G, F, C or G-F");
    EXPECT_EQ(to_string(home.rows(kPosition).at(0).season), "2020-21");
}

TEST(TeamBox, IsToldFromAPlayersBoxThatLacksAColumn) {
    std::vector<std::string> header;
    for (const std::string_view column : kPlayerBoxKind.required_columns())
        header.emplace_back(column);
    EXPECT_EQ(find_kind(header), &kPlayerBoxKind);
    std::erase(header, "PLAYER_NAME");
    EXPECT_EQ(find_kind(header), nullptr) << "with PLAYER_ID it is no team's box";
    std::erase(header, "PLAYER_ID");
    EXPECT_EQ(find_kind(header), &kTeamBoxKind);
}

TEST(Kinds, EachIsFoundByItsOwnColumns) {
    for (const Kind* kind : kinds()) {
        std::vector<std::string> header{"a column that nobody knows"};
        for (const std::string_view column : kind->required_columns())
            header.emplace_back(column);
        ASSERT_EQ(find_kind(header), kind) << kind->name;
        header.erase(header.begin() + 1);
        const Kind* other = find_kind(header);
        EXPECT_NE(other, kind) << "without " << kind->columns[0];
    }
}

}  // namespace
}  // namespace tipoff::collect
