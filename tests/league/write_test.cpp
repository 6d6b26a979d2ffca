#include "league/write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/parse.h"
#include "collect/csv.h"
#include "league/gzip.h"
#include "league/teams.h"
#include "played.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::league::test {
namespace {

constexpr std::array kKinds{
    "schedule",          "player_box",          "team_box",        "shots", "game_lines",
    "player_prop_lines", "injury_transactions", "player_positions"};

/// A season's start, enough for every kind of row.
const SimulatedSeason& first_weeks() {
    static const SimulatedSeason season = played(2025, 7, parse_date("2025-11-09").value());
    return season;
}

/// A file's rows, fields by column name.
using Row = std::map<std::string, std::string, std::less<>>;

std::vector<Row> rows_of(std::span<const char> bytes) {
    collect::CsvReader reader(collect::open_bytes(bytes));
    std::vector<std::string> columns;
    std::vector<Row> rows;
    while (reader.next().value()) {
        if (columns.empty()) {
            for (const auto field : reader.fields())
                columns.emplace_back(field);
            continue;
        }
        Row row;
        for (std::size_t i = 0; i < columns.size(); ++i)
            row[columns[i]] = reader.fields()[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> rows_of_kind(std::string_view kind) {
    const std::string csv = csv_of(first_weeks(), kind);
    return rows_of(csv);
}

int number(const Row& row, std::string_view column) {
    return static_cast<int>(parse_integer(row.find(column)->second).value());
}

double decimal(const Row& row, std::string_view column) {
    return parse_number(row.find(column)->second).value();
}

struct Header {
    const char* kind;
    const char* real_file;  ///< in the folder of real data, season 2022-23
};

class Headers : public testing::TestWithParam<Header> {};

std::string header_of(std::span<const char> bytes) {
    collect::CsvReader reader(collect::open_bytes(bytes));
    std::string header;
    EXPECT_TRUE(reader.next().value());
    for (const auto field : reader.fields())
        header += std::string(field) + ",";
    return header;
}

TEST_P(Headers, AreThoseOfRealFiles) {
    const std::filesystem::path real =
        std::filesystem::path(TIPOFF_SHARED_DATA) / GetParam().real_file;
    if (!std::filesystem::exists(real)) GTEST_SKIP() << "no real data at " << real;
    const std::string csv = csv_of(first_weeks(), GetParam().kind);
    EXPECT_EQ(header_of(csv), header_of(support::read_file(real)));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Headers,
    testing::Values(Header{"schedule", "schedule_2015-16_2022-23.csv.gz"},
                    Header{"player_box", "player_box_2022-23.csv.gz"},
                    Header{"team_box", "team_box_2015-16_2022-23.csv.gz"},
                    Header{"shots", "shots_2022-23.csv.gz"},
                    Header{"game_lines", "game_lines_2015-16_2022-23.csv.gz"},
                    Header{"player_prop_lines", "player_prop_lines_2022-23_draftkings.csv.gz"},
                    Header{"injury_transactions", "injury_transactions_2014-07_2023-06.csv.gz"},
                    Header{"player_positions", "player_positions_2022-23.csv.gz"}),
    [](const testing::TestParamInfo<Header>& given) { return std::string(given.param.kind); });

TEST(LeagueFiles, AreEightWithTheSeasonInTheirNames) {
    const support::TempFolder folder;
    const auto files = support::value_of(write_season(first_weeks(), folder / "new"));
    ASSERT_EQ(files.size(), kKinds.size());
    std::set<std::string> names;
    for (const WrittenFile& file : files) {
        names.insert(file.path.filename().string());
        EXPECT_EQ(std::filesystem::file_size(file.path), file.bytes);
        EXPECT_EQ(rows_of(support::read_file(file.path)).size(), file.rows);
    }
    for (const char* kind : kKinds) {
        EXPECT_TRUE(names.contains(std::string(kind) + "_2025-26.csv.gz")) << kind;
    }
    const auto entries = std::distance(std::filesystem::directory_iterator(folder / "new"),
                                       std::filesystem::directory_iterator());
    EXPECT_EQ(entries, static_cast<std::ptrdiff_t>(kKinds.size())) << "nothing unfinished stays";
}

TEST(LeagueFiles, HaveTheSameBytesEveryTime) {
    const support::TempFolder folder;
    const SimulatedSeason again = played(2025, 7, parse_date("2025-11-09").value());
    const auto first = support::value_of(write_season(first_weeks(), folder / "a"));
    const auto second = support::value_of(write_season(again, folder / "b"));
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(support::read_file(first[i].path), support::read_file(second[i].path))
            << first[i].path.filename();
    }
}

/// One number for all that a season is. When a change of the league is meant, write down the new
/// one and say in the commit what changed.
TEST(LeagueFiles, HaveTheSignatureOfThisVersion) {
    Hasher hasher;
    for (const char* kind : kKinds)
        hasher.add(csv_of(first_weeks(), kind));
    EXPECT_EQ(to_string(hasher.finish()), "bd08f3b71bdacd53c4fc7bb946edbc95");
}

TEST(LeagueFiles, SayThatTheyAreSimulated) {
    for (const Row& row : rows_of_kind("player_box")) {
        ASSERT_TRUE(row.at("GAME_ID").starts_with("90225")) << row.at("GAME_ID");
        ASSERT_GE(parse_integer(row.at("PLAYER_ID")).value(), 90'000'001);
    }
    for (const Row& row : rows_of_kind("player_prop_lines")) {
        ASSERT_EQ(row.at("source"), "simulated");
        ASSERT_TRUE(row.at("bookmaker").starts_with("simbook_"));
    }
}

TEST(LeagueFiles, CannotBeWrittenWhereAFileStands) {
    const support::TempFolder folder;
    support::write_file(folder / "taken", "not a folder");
    const auto written = write_season(first_weeks(), folder / "taken");
    EXPECT_EQ(support::outcome_of(written), to_string(ErrorCode::kIo));
    EXPECT_NE(support::told(written).find("taken"), std::string::npos);
    EXPECT_EQ(support::read_file(folder / "taken"), "not a folder");
}

TEST(LeagueBoxes, AddUpToTheTeamAndTheSchedule) {
    struct Sum {
        int points = 0;
        int minutes = 0;
        int plus_minus = 0;
    };
    std::map<std::pair<std::string, std::string>, Sum> sums;
    for (const Row& row : rows_of_kind("player_box")) {
        Sum& sum = sums[{row.at("GAME_ID"), row.at("TEAM_ID")}];
        sum.points += number(row, "PTS");
        sum.minutes += number(row, "MIN");
        sum.plus_minus += number(row, "PLUS_MINUS");
        ASSERT_EQ(number(row, "REB"), number(row, "OREB") + number(row, "DREB"));
        ASSERT_EQ(number(row, "PTS"), 2 * (number(row, "FGM") - number(row, "FG3M")) +
                                          3 * number(row, "FG3M") + number(row, "FTM"));
    }
    for (const Row& row : rows_of_kind("team_box")) {
        const Sum& sum = sums.at({row.at("GAME_ID"), row.at("TEAM_ID")});
        ASSERT_EQ(number(row, "PTS"), sum.points);
        ASSERT_EQ(number(row, "MIN"), sum.minutes);
        ASSERT_DOUBLE_EQ(5.0 * decimal(row, "PLUS_MINUS"), sum.plus_minus);
        // Whole minutes of up to fifteen players: some off, but never far.
        ASSERT_LE(std::abs((sum.minutes - 240) % 25 > 12 ? (sum.minutes - 240) % 25 - 25
                                                         : (sum.minutes - 240) % 25),
                  6);
    }
    int finals = 0;
    for (const Row& row : rows_of_kind("schedule")) {
        if (row.at("st") != "3") continue;
        ++finals;
        ASSERT_DOUBLE_EQ(decimal(row, "h.s"), sums.at({row.at("gid"), row.at("h.tid")}).points);
        ASSERT_DOUBLE_EQ(decimal(row, "v.s"), sums.at({row.at("gid"), row.at("v.tid")}).points);
    }
    EXPECT_EQ(static_cast<std::size_t>(finals), first_weeks().games.size());
}

TEST(LeagueBoxes, PercentagesAreEmptyWithoutAnAttempt) {
    int empty = 0;
    for (const Row& row : rows_of_kind("player_box")) {
        const int attempts = number(row, "FG3A");
        if (attempts == 0) {
            ++empty;
            ASSERT_EQ(row.at("FG3_PCT"), "");
            continue;
        }
        const double share = static_cast<double>(number(row, "FG3M")) / attempts;
        ASSERT_NEAR(decimal(row, "FG3_PCT"), share, 0.00051);
    }
    EXPECT_GT(empty, 100);
}

TEST(LeagueSchedule, LeavesGamesToComeWithoutAResult) {
    int to_come = 0;
    for (const Row& row : rows_of_kind("schedule")) {
        ASSERT_EQ(row.at("gcode").substr(9), row.at("v.ta") + row.at("h.ta"));
        if (row.at("etdate") <= "2025-11-09") {
            ASSERT_EQ(row.at("st"), "3");
            ASSERT_EQ(row.at("stt"), "Final");
            continue;
        }
        ++to_come;
        ASSERT_EQ(row.at("st"), "1");
        ASSERT_EQ(row.at("h.s"), "");
        ASSERT_EQ(row.at("v.s"), "");
        ASSERT_TRUE(row.at("stt").ends_with(" ET")) << row.at("stt");
    }
    EXPECT_GT(to_come, 1000);
}

TEST(LeagueLines, OfTonightHaveNoResult) {
    int without = 0;
    for (const Row& row : rows_of_kind("game_lines")) {
        if (row.at("game_date") <= "2025-11-09") {
            ASSERT_EQ(number(row, "Points") % 2, std::abs(number(row, "Win_Margin")) % 2);
            continue;
        }
        ++without;
        ASSERT_EQ(row.at("Points"), "");
        ASSERT_EQ(row.at("Win_Margin"), "");
    }
    EXPECT_GT(without, 0);
}

TEST(LeagueLines, HaveTheirInstantsInUtc) {
    for (const Row& row : rows_of_kind("player_prop_lines")) {
        const auto start = parse_instant(row.at("commence_time"));
        const auto captured = parse_instant(row.at("captured_at"));
        ASSERT_TRUE(start && captured) << row.at("commence_time") << " " << row.at("captured_at");
        ASSERT_LT(*captured, *start);
        ASSERT_EQ(to_string(eastern_date(*start)), row.at("game_date"));
        const char sign = row.at("over_price").front();
        ASSERT_TRUE(sign == '+' || sign == '-');
    }
}

TEST(LeagueTransactions, NameOnePlayerOfTheBoxScoresEach) {
    int named = 0;
    for (const Row& row : rows_of_kind("injury_transactions")) {
        ASSERT_NE(row.at("Acquired").empty(), row.at("Relinquished").empty());
        ASSERT_FALSE(row.at("Notes").empty());
        named += row.at("Relinquished").find(" / ") != std::string::npos ? 1 : 0;
        const auto facts = team_facts();
        ASSERT_NE(std::ranges::find(facts, row.at("Team"), &TeamFacts::short_name), facts.end());
    }
    EXPECT_GT(named, 0) << "some have a second spelling";
}

TEST(LeagueGzip, HasAHeaderWithoutTimeNameOrSystem) {
    const support::TempFolder folder;
    support::value_of(write_gzip(folder / "x.gz", "some text"));
    const std::string bytes = support::read_file(folder / "x.gz");
    ASSERT_GT(bytes.size(), 10U);
    EXPECT_EQ(bytes.substr(0, 3), "\x1f\x8b\x08");
    EXPECT_EQ(bytes[3], 0) << "no name, no comment";
    EXPECT_EQ(bytes.substr(4, 4), std::string(4, '\0')) << "no time";
    EXPECT_EQ(static_cast<unsigned char>(bytes[9]), 255) << "no system";
}

TEST(LeagueGzip, ReplacesWholeFilesOnly) {
    const support::TempFolder folder;
    support::value_of(write_gzip(folder / "x.gz", "first"));
    const std::string before = support::read_file(folder / "x.gz");
    std::filesystem::create_directory(folder / "x.gz.part");
    EXPECT_EQ(support::outcome_of(write_gzip(folder / "x.gz", "second")),
              to_string(ErrorCode::kIo));
    EXPECT_EQ(support::read_file(folder / "x.gz"), before);
}

}  // namespace
}  // namespace tipoff::league::test
