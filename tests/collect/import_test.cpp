#include "collect/import.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "collect/import_home.h"
#include "support/database.h"

namespace tipoff::collect {
namespace {

using test::csv;
using test::file_named;
using test::first_rejection;
using test::ImportHome;

/// `count` rows of different players of Boston's, each with 10 points.
std::vector<std::string> many_rows(int count) {
    std::vector<std::string> rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back(test::boston_row(1000 + i, fmt::format("Player {}", i), 10));
    }
    return rows;
}

std::string with_points(std::string row, std::string_view points) {
    return row.replace(row.find(",30,10,"), 7, fmt::format(",30,{},", points));
}

TEST(Import, KeepsWhatTheFilesState) {
    ImportHome home;
    const auto report =
        home.import({{"schedule.csv", test::schedule()}, {"box.csv.gz", test::player_box()}});
    EXPECT_EQ(report.files_dropped, 0);
    EXPECT_EQ(report.rows_read, 6);
    EXPECT_EQ(report.rows_kept, 6);
    const auto boxes = home.rows(kPlayerBox, "WHERE player_id = 1628369");
    ASSERT_EQ(boxes.size(), 1U);
    EXPECT_EQ(boxes[0].source, "player_box");
    EXPECT_EQ(boxes[0].player_name, "Jayson Tatum");
    EXPECT_EQ(boxes[0].points, 35);
    EXPECT_EQ(boxes[0].field_goals_attempted, 22);
    EXPECT_EQ(boxes[0].started, std::nullopt);
    EXPECT_EQ(to_string(boxes[0].known_at.at), "2022-10-19T10:00:00Z")
        << "06:00 Eastern, the day after";
    EXPECT_EQ(boxes[0].known_at_basis, kBasisAssumed);
    const auto games = home.rows(kSchedule);
    ASSERT_EQ(games.size(), 2U);
    EXPECT_EQ(to_string(games[0].tip_off), "2022-10-18T23:30:00Z");
    EXPECT_EQ(games[0].home_points, 126);
    EXPECT_EQ(home.rows(kPlayer).size(), 4U);
    EXPECT_EQ(home.rows(kTeam).size(), 30U);
}

TEST(Import, MergesEachTableOnce) {
    ImportHome home;
    const auto report = home.import({{"a.csv", test::schedule()},
                                     {"b.csv", csv(test::kPlayerBoxHeader, many_rows(3))},
                                     {"c.csv", test::player_box()}});
    std::vector<std::string> tables;
    for (const auto& table : report.tables)
        tables.push_back(table.table);
    std::ranges::sort(tables);
    EXPECT_EQ(tables, (std::vector<std::string>{"raw.document", "raw.player_box", "raw.schedule",
                                                "ref.player", "ref.team"}));
    EXPECT_EQ(report.merges, 5);
}

TEST(Import, ArchivesTheBytesOfEveryFileKeptOrDropped) {
    ImportHome home;
    const auto report =
        home.import({{"schedule.csv", test::schedule()}, {"odd.csv", "a,b\n1,2\n"}});
    for (const FileReport& file : report.files) {
        const std::string& hash = file.content_hash;
        const auto archived = home.folder() / "archive" / hash.substr(0, 2) / (hash + ".csv");
        EXPECT_EQ(support::read_file(archived), support::read_file(file.path));
    }
    const auto documents = home.rows(kDocument, "ORDER BY kind");
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(documents[0].outcome, "kept");
    EXPECT_EQ(documents[1].kind, "unknown");
}

TEST(Import, ATruncatedGzipIsLeftOutAsAWhole) {
    ImportHome home;
    const std::string whole = support::gzipped(csv(test::kPlayerBoxHeader, many_rows(300)));
    support::write_file(home.folder() / "cut.csv.gz",
                        std::string_view(whole).substr(0, whole.size() - 6));
    support::write_file(home.folder() / "schedule.csv", test::schedule());
    const auto report =
        home.import_paths({home.folder() / "cut.csv.gz", home.folder() / "schedule.csv"});
    const FileReport& cut = file_named(report, "cut.csv.gz");
    EXPECT_EQ(cut.outcome, FileOutcome::kDropped);
    EXPECT_NE(cut.reason.find("gzip data is damaged: ends before its trailer"), std::string::npos)
        << cut.reason;
    EXPECT_TRUE(home.rows(kPlayerBox).empty());
    EXPECT_EQ(home.rows(kSchedule).size(), 2U) << "the sound file is imported all the same";
}

TEST(Import, AnUnknownHeaderIsToldWhichKindItIsNearestTo) {
    ImportHome home;
    std::string header(test::kPlayerBoxHeader);
    header.replace(header.find("PLUS_MINUS"), 10, "PLUSMINUS");
    const auto report =
        home.import({{"box.csv", csv(header, many_rows(2))}, {"x.csv", "a,b\n1,2\n"}});
    EXPECT_EQ(file_named(report, "box.csv").reason,
              "its columns are those of no known kind; nearest is player_box, missing PLUS_MINUS");
    EXPECT_EQ(file_named(report, "x.csv").reason, "its columns are those of no known kind");
    EXPECT_EQ(report.files_dropped, 2);
}

TEST(Import, ARaggedRowARepeatedColumnOrNoRowsDropTheFile) {
    ImportHome home;
    const auto report = home.import({
        {"ragged.csv", csv(test::kInjuryHeader, {"2022-10-20,Celtics,,Al Horford"})},
        {"repeated.csv", csv("Date,Team,Date,Acquired,Relinquished,Notes", {"1,2,3,4,5,6"})},
        {"headed.csv", csv(test::kInjuryHeader, {})},
        {"empty.csv", ""},
    });
    EXPECT_EQ(file_named(report, "ragged.csv").reason, "line 2 has 4 fields, the header has 5");
    EXPECT_EQ(file_named(report, "repeated.csv").reason, "the header has the column 'Date' twice");
    EXPECT_EQ(file_named(report, "headed.csv").reason, "the file has a header and no rows");
    EXPECT_EQ(file_named(report, "empty.csv").reason, "the file is empty");
}

TEST(Import, ARowWithANonNumberIsRejectedWithItsPlace) {
    ImportHome home;
    auto rows = many_rows(100);
    rows[41] = with_points(rows[41], "ten");
    const auto report = home.import(
        {{"schedule.csv", test::schedule()}, {"box.csv", csv(test::kPlayerBoxHeader, rows)}});
    const FileReport& file = file_named(report, "box.csv");
    EXPECT_EQ(file.outcome, FileOutcome::kKept);
    EXPECT_EQ(file.rows_read, 100);
    EXPECT_EQ(file.rows_kept, 99);
    EXPECT_EQ(file.rows_rejected, 1);
    const auto rejected = home.rows(kRejectedRow);
    ASSERT_EQ(rejected.size(), 1U);
    EXPECT_EQ(rejected[0].document_hash, file.content_hash);
    EXPECT_EQ(rejected[0].line, 43);
    EXPECT_EQ(rejected[0].column_name, "PTS");
    EXPECT_EQ(rejected[0].reason, "not a whole number");
    EXPECT_EQ(rejected[0].value, "ten");
    EXPECT_EQ(home.rows(kPlayerBox).size(), 99U);
}

TEST(Import, MoreThanOneWrongRowInAHundredDropsTheFile) {
    ImportHome home;
    auto rows = many_rows(100);
    rows[0] = with_points(rows[0], "");
    rows[1] = with_points(rows[1], "1e9");
    const auto report = home.import(
        {{"schedule.csv", test::schedule()}, {"box.csv", csv(test::kPlayerBoxHeader, rows)}});
    const FileReport& file = file_named(report, "box.csv");
    EXPECT_EQ(file.outcome, FileOutcome::kDropped);
    EXPECT_EQ(file.reason,
              "2 of 100 rows are wrong in themselves, more than 1 in a hundred; the first: line 2, "
              "PTS: empty");
    EXPECT_EQ(file.rows_kept, 0);
    EXPECT_TRUE(home.rows(kPlayerBox).empty());
    EXPECT_EQ(home.rows(kRejectedRow).size(), 3U) << "both rows and the file itself";
}

struct WrongRow {
    std::string_view what;
    std::string_view from;
    std::string_view to;
    std::string_view rejection;
};

class ImportOfAWrongRow : public testing::TestWithParam<WrongRow> {};

TEST_P(ImportOfAWrongRow, NamesTheColumn) {
    auto rows = many_rows(100);
    std::string& row = rows[0];
    const auto at = row.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    row.replace(at, GetParam().from.size(), GetParam().to);
    ImportHome home;
    const auto report = home.import(
        {{"schedule.csv", test::schedule()}, {"box.csv", csv(test::kPlayerBoxHeader, rows)}});
    EXPECT_EQ(first_rejection(file_named(report, "box.csv")), GetParam().rejection);
    EXPECT_EQ(file_named(report, "box.csv").rows_rejected, 1);
}

INSTANTIATE_TEST_SUITE_P(
    Import, ImportOfAWrongRow,
    testing::Values(
        WrongRow{"points", ",30,10,", ",30,11,",
                 "PTS: points do not add up: 2 x (FGM - FG3M) + 3 x FG3M + FTM"},
        WrongRow{"rebounds", ",1,4,5,", ",1,4,6,", "REB: rebounds do not add up: OREB + DREB"},
        WrongRow{"made", ",5,10,0.5,", ",5,4,0.5,", "FGM: more made than attempted"},
        WrongRow{"minutes", ",30,10,", ",99,10,", "MIN: out of range"},
        WrongRow{"no minutes", ",30,10,", ",,10,", "MIN: empty"},
        WrongRow{"half a minute", ",30,10,", ",30.5,10,", "MIN: not a whole number"},
        WrongRow{"team", "1610612738", "1610612799", "TEAM_ID: not a known team"},
        WrongRow{"tricode", ",BOS,Team", ",NYK,Team", "TEAM_ABBREVIATION: not the team of TEAM_ID"},
        WrongRow{"matchup", "BOS vs. PHI", "NYK vs. PHI", "MATCHUP: the matchup is another team's"},
        WrongRow{"no matchup", "BOS vs. PHI", "BOS-PHI",
                 "MATCHUP: not a matchup such as 'DAL vs. BOS' or 'DAL @ BOS'"},
        WrongRow{"season type", "0022200001", "0072200001", "GAME_ID: not a known season type"},
        WrongRow{"game id", "0022200001", "22200001x", "GAME_ID: not a game id"},
        WrongRow{"season", "22022,", "22021,", "SEASON_ID: not the season of the game id"},
        WrongRow{"date", "2022-10-18", "2022-10-32", "GAME_DATE: not a date (YYYY-MM-DD)"},
        WrongRow{"name", "Player 0", "Player \xFF", "PLAYER_NAME: not UTF-8"},
        WrongRow{"other game", "0022200001", "0022200007", "game_id: no such game in the schedule"},
        WrongRow{"other date", "2022-10-18", "2022-10-19",
                 "game_id: the schedule has this game on another date: 2022-10-18"},
        WrongRow{"other teams", "BOS vs. PHI", "BOS vs. NYK",
                 "game_id: the schedule has other teams in this game: PHI @ BOS"}),
    [](const auto& wrong) {
        std::string name(wrong.param.what);
        std::ranges::replace(name, ' ', '_');
        return name;
    });

TEST(Import, EqualRowsAreOneAndCounted) {
    ImportHome home;
    const std::string row = test::boston_row(1628369, "Jayson Tatum", 35);
    const auto report = home.import({{"schedule.csv", test::schedule()},
                                     {"box.csv", csv(test::kPlayerBoxHeader, {row, row, row})}});
    const FileReport& file = file_named(report, "box.csv");
    EXPECT_EQ(file.duplicates, 2);
    EXPECT_EQ(file.rows_kept, 3);
    EXPECT_EQ(file.rows_rejected, 0);
    EXPECT_EQ(home.rows(kPlayerBox).size(), 1U);
}

TEST(Import, OfTwoRowsThatDisagreeNeitherIsBelieved) {
    ImportHome home;
    const auto report =
        home.import({{"schedule.csv", test::schedule()},
                     {"box.csv", csv(test::kPlayerBoxHeader,
                                     {test::boston_row(1628369, "Jayson Tatum", 35),
                                      test::boston_row(201143, "Al Horford", 6),
                                      test::boston_row(1628369, "Jayson Tatum", 36)})}});
    EXPECT_EQ(first_rejection(file_named(report, "box.csv")),
              "points: disagrees with another row of the file: box.csv line 4 has 36, here 35");
    EXPECT_EQ(file_named(report, "box.csv").rows_rejected, 2);
    EXPECT_EQ(home.rows(kPlayerBox).size(), 1U);
}

TEST(Import, OfTwoFilesThatDisagreeNeitherRowIsBelieved) {
    ImportHome home;
    const auto report = home.import(
        {{"schedule.csv", test::schedule()},
         {"a.csv", test::player_box()},
         {"b.csv", csv(test::kPlayerBoxHeader, {test::boston_row(1628369, "Jayson Tatum", 33)})}});
    EXPECT_EQ(first_rejection(file_named(report, "a.csv")),
              "points: disagrees with another file: b.csv line 2 has 33, here 35");
    EXPECT_EQ(first_rejection(file_named(report, "b.csv")),
              "points: disagrees with another file: a.csv line 2 has 35, here 33");
    EXPECT_EQ(file_named(report, "a.csv").rows_kept, 3);
    EXPECT_TRUE(home.rows(kPlayerBox, "WHERE player_id = 1628369").empty());
}

TEST(Import, TwiceChangesNothing) {
    ImportHome home;
    const test::Files files{
        {"schedule.csv", test::schedule()},
        {"box.csv", test::player_box()},
        {"injuries.csv", csv(test::kInjuryHeader, {"2022-10-20,Celtics,,Nobody Known,knee",
                                                   "2022-10-21,Celtics,,Al Horford,back"})}};
    home.import(files);
    const std::string before = home.digest();
    home.clock().advance(std::chrono::hours{24});
    const auto again = home.import(files);
    EXPECT_EQ(home.digest(), before);
    EXPECT_EQ(file_named(again, "box.csv").outcome, FileOutcome::kAlreadyImported);
    EXPECT_EQ(file_named(again, "injuries.csv").outcome, FileOutcome::kKept)
        << "it has a name that may be found by now";
    for (const auto& table : again.tables)
        EXPECT_EQ(table.changed, 0) << table.table;
}

TEST(Import, TheSameContentUnderTwoNamesIsReadOnce) {
    ImportHome home;
    const auto report = home.import({{"a.csv", test::player_box()},
                                     {"b.csv", test::player_box()},
                                     {"schedule.csv", test::schedule()}});
    EXPECT_EQ(file_named(report, "b.csv").outcome, FileOutcome::kAlreadyImported);
    EXPECT_EQ(file_named(report, "b.csv").reason, "the same content as a.csv");
    EXPECT_EQ(home.rows(kDocument).size(), 2U);
}

TEST(Import, NeitherTheFilesNamesNorTheirOrderNorThreadsMatter) {
    const std::vector<std::string> contents{
        test::schedule(),
        test::player_box(),
        csv(test::kPlayerBoxHeader, many_rows(20)),
        csv(test::kPlayerBoxHeader, {test::boston_row(1628369, "Jayson Tatum", 33),
                                     test::boston_row(201143, "Al Horford", 6)}),
        csv(test::kInjuryHeader,
            {"2022-10-20,Celtics,,Al Horford,back", "2022-10-20,Celtics,,Jayson Tatum,wrist"}),
        csv(test::kInjuryHeader,
            {"2022-10-20,Celtics,,Somebody,knee", "2022-10-20,Celtics,,Al Horford,back"}),
    };
    std::string expected;
    for (std::size_t turn = 0; turn < 2 * contents.size(); ++turn) {
        test::Files files;
        for (std::size_t i = 0; i < contents.size(); ++i) {
            // Every content at every place in the order of names, forwards and backwards.
            const std::size_t place = (i + turn) % contents.size();
            const bool backwards = turn >= contents.size();
            files[fmt::format("{}.csv", backwards ? contents.size() - place : place)] = contents[i];
        }
        ImportHome home;
        home.import(files, 1 + static_cast<int>(turn % 4));
        if (expected.empty()) expected = home.digest_of_facts();
        EXPECT_EQ(home.digest_of_facts(), expected) << "turn " << turn;
    }
}

TEST(Import, AChangedStatementIsANewRevisionKnownFromTheImportOn) {
    ImportHome home;
    home.import({{"schedule.csv", test::schedule()}, {"box.csv", test::player_box()}});
    const auto report =
        home.import({{"corrected.csv",
                      csv(test::kPlayerBoxHeader, {test::boston_row(1628369, "Jayson Tatum", 34),
                                                   test::boston_row(201143, "Al Horford", 6)})}});
    EXPECT_EQ(report.rows_rejected, 0);
    const auto rows = home.rows(kPlayerBox, "WHERE player_id = 1628369 ORDER BY revision");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].points, 35) << "the first statement stays";
    EXPECT_EQ(rows[1].points, 34);
    EXPECT_EQ(rows[1].revision, 1);
    EXPECT_EQ(to_string(rows[1].known_at.at), "2023-07-01T12:00:00Z");
    EXPECT_EQ(rows[1].known_at_basis, kBasisObserved);
    EXPECT_EQ(home.rows(kPlayerBox, "WHERE player_id = 201143").size(), 1U);
}

TEST(Import, AResultThatWasNotThereBeforeIsNoCorrection) {
    ImportHome home;
    home.import({{"before.csv", test::schedule_before_first_game()}});
    EXPECT_EQ(home.rows(kSchedule, "WHERE game_id = '0022200001'")[0].home_points, std::nullopt);
    home.import({{"after.csv", test::schedule()}});
    const auto games = home.rows(kSchedule, "WHERE game_id = '0022200001' ORDER BY revision");
    ASSERT_EQ(games.size(), 2U);
    EXPECT_EQ(games[1].home_points, 126);
    EXPECT_EQ(to_string(games[1].known_at.at), "2022-10-19T10:00:00Z");
    EXPECT_EQ(games[1].known_at_basis, kBasisAssumed);
    EXPECT_EQ(home.rows(kSchedule, "WHERE game_id = '0022200002'").size(), 1U);
}

TEST(Import, RowsWithoutAScheduleWaitForIt) {
    ImportHome home;
    const auto first = home.import({{"box.csv", test::player_box()}});
    EXPECT_EQ(first_rejection(file_named(first, "box.csv")),
              "game_id: no schedule of its season has been imported: 2022-23");
    EXPECT_TRUE(home.rows(kPlayerBox).empty());
    home.import({{"schedule.csv", test::schedule()}, {"box.csv", test::player_box()}});
    EXPECT_EQ(home.rows(kPlayerBox).size(), 4U);
    EXPECT_TRUE(home.rows(kRejectedRow).empty()) << "what was refused before is taken now";
    ImportHome at_once;
    at_once.import({{"schedule.csv", test::schedule()}, {"box.csv", test::player_box()}});
    EXPECT_EQ(home.digest(), at_once.digest());
}

TEST(Import, RealAndSimulatedDataDoNotMix) {
    ImportHome home;
    home.import({{"schedule.csv", test::schedule()}});
    std::string simulated = test::schedule();
    for (const std::string_view id : {"0022200001", "0022200002"}) {
        simulated.replace(simulated.find(id), 1, "9");
    }
    const auto report = home.import({{"simulated.csv", simulated}});
    EXPECT_EQ(file_named(report, "simulated.csv").reason,
              "it is of a simulated league, and this home holds real data");
    EXPECT_EQ(home.rows(kSchedule).size(), 2U);

    ImportHome other;
    other.import({{"simulated.csv", simulated}});
    const auto real = other.import({{"schedule.csv", test::schedule()}});
    EXPECT_EQ(file_named(real, "schedule.csv").reason,
              "it is real data, and this home holds a simulated league");
}

TEST(Import, ReadsParquetAsItReadsCsv) {
    ImportHome from_csv;
    from_csv.import({{"schedule.csv", test::schedule()}, {"box.csv", test::player_box()}});
    ImportHome from_parquet;
    support::write_file(from_parquet.folder() / "box.csv", test::player_box());
    support::write_file(from_parquet.folder() / "schedule.csv", test::schedule());
    for (const std::string name : {"box", "schedule"}) {
        const auto path = (from_parquet.folder() / name).string();
        support::execute(
            from_parquet.database(),
            fmt::format("COPY (SELECT * FROM read_csv('{0}.csv', all_varchar = true)) TO "
                        "'{0}.parquet' (FORMAT parquet)",
                        path));
    }
    const auto report = from_parquet.import_paths(
        {from_parquet.folder() / "box.parquet", from_parquet.folder() / "schedule.parquet"});
    EXPECT_EQ(report.rows_kept, 6);
    auto expected = from_csv.rows(kPlayerBox);
    auto rows = from_parquet.rows(kPlayerBox);
    ASSERT_EQ(rows.size(), expected.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].player_id, expected[i].player_id);
        EXPECT_EQ(rows[i].player_name, expected[i].player_name);
        EXPECT_EQ(rows[i].points, expected[i].points);
    }
}

TEST(Import, APathThatIsNotThereIsAnError) {
    ImportHome home;
    ImportOptions options;
    options.home = home.folder();
    options.paths = {home.folder() / "nowhere"};
    const auto staged = stage_import(home.database(), home.clock(), options);
    ASSERT_FALSE(staged.has_value());
    EXPECT_EQ(staged.error().code(), ErrorCode::kNotFound);
}

TEST(Import, TellsItsProgress) {
    ImportHome home;
    support::write_file(home.folder() / "a.csv", test::schedule());
    support::write_file(home.folder() / "b.csv", test::player_box());
    ImportOptions options;
    options.home = home.folder();
    options.paths = {home.folder()};
    std::size_t last = 0;
    options.progress = [&](const ImportProgress& progress) {
        EXPECT_EQ(progress.files, 2U);
        EXPECT_EQ(progress.files_done, ++last);
    };
    ASSERT_TRUE(stage_import(home.database(), home.clock(), options).has_value());
    EXPECT_EQ(last, 2U);
}

}  // namespace
}  // namespace tipoff::collect
