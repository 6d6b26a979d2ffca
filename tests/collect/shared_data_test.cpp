// The import of eight real seasons, where they lie beside the checkout. What is rejected there is
// known, by file and reason.

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "collect/import_home.h"
#include "support/database.h"

namespace tipoff::collect {
namespace {

using Counts = std::map<std::string, std::int64_t>;

class SharedData : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (!std::filesystem::exists(kFolder)) return;
        home_ = new test::ImportHome;
        report_ = new ImportReport(home_->import_paths({kFolder}, 2));
    }
    static void TearDownTestSuite() {
        delete report_;
        delete home_;
        report_ = nullptr;
        home_ = nullptr;
    }
    void SetUp() override {
        if (home_ == nullptr) GTEST_SKIP() << "no real seasons in " << kFolder;
    }

    static constexpr const char* kFolder = TIPOFF_SHARED_DATA;
    static inline test::ImportHome* home_ = nullptr;
    static inline ImportReport* report_ = nullptr;
};

TEST_F(SharedData, EveryFileIsKept) {
    EXPECT_EQ(report_->files.size(), 28U);
    for (const FileReport& file : report_->files) {
        EXPECT_EQ(file.outcome, FileOutcome::kKept) << file.path << ": " << file.reason;
        EXPECT_EQ(file.rows_read, file.rows_kept + file.rows_rejected) << file.path;
    }
    EXPECT_EQ(report_->merges, 14) << "one a table";
}

TEST_F(SharedData, RejectedRowsAreTheKnownDefects) {
    Counts counts;
    for (const FileReport& file : report_->files) {
        for (const ReasonCount& reason : file.reasons) {
            counts[fmt::format("{}: {}: {}", file.kind, reason.column, reason.reason)] +=
                reason.count;
        }
    }
    EXPECT_EQ(
        counts,
        (Counts{
            {"game_lines: OU: out of range", 11},
            {"game_lines: Spread: the spread has no sign and the moneylines are even: whose it is "
             "cannot be "
             "told",
             103},
            {"game_lines: Spread: the spread is not a believable number of half points", 1},
            {"game_lines: game_id: no such game in the schedule", 1},
            {"game_lines: game_id: the row's result is not the schedule's", 3},
            {"game_lines_by_market: game_id: no such game in the schedule", 190},
            {"game_lines_by_market: game_id: the schedule has this game on another date", 851},
            {"injury_transactions: Acquired: not a player's name", 7},
            {"injury_transactions: Acquired: the same player both acquired and relinquished", 1},
            {"injury_transactions: Relinquished: neither Acquired nor Relinquished names a player",
             2},
            {"injury_transactions: Relinquished: not a player's name", 4},
            {"injury_transactions: Team: empty", 3},
            {"injury_transactions: Team: not a known team", 1},
            {"prop_lines: game_id: no such game in the schedule", 138},
            {"prop_lines: over_price: no book offers these two prices together", 1},
            {"prop_lines: over_price: not American odds", 1},
            {"prop_lines: under_price: not American odds", 3},
            {"shots_partial: GAME_ID: the file stops inside this game, at the upstream's limit of "
             "102,400 rows",
             142},
        }));
    EXPECT_EQ(support::count_rows(home_->database(), "raw.rejected_row"), 1463);
}

TEST_F(SharedData, TablesHaveTheRowsOfTheFiles) {
    Counts counts;
    for (const std::string table :
         {"raw.schedule", "raw.player_box", "raw.team_box", "raw.shot", "raw.game_line",
          "raw.prop_line", "raw.injury_transaction", "raw.position", "ref.player"}) {
        counts[table] = support::count_rows(home_->database(), table);
    }
    EXPECT_EQ(counts, (Counts{{"raw.schedule", 10'206},
                              {"raw.player_box", 212'474},
                              {"raw.team_box", 19'038},
                              {"raw.shot", 1'120'213},
                              {"raw.game_line", 32'900},
                              {"raw.prop_line", 116'000},
                              {"raw.injury_transaction", 24'538},
                              {"raw.position", 1'014},
                              {"ref.player", 1'247}}));
}

TEST_F(SharedData, LinesTakenInPlayAreMarked) {
    auto& database = home_->database();
    EXPECT_EQ(support::count_rows(database, "raw.prop_line WHERE in_play"), 3718)
        << "3,765 are marked in the file, 47 of them are of a game that was not played that day";
    EXPECT_EQ(support::count_rows(database, "raw.game_line WHERE in_play"), 9)
        << "one game of a known day, two rows with moneylines that no book offers before a game";
}

TEST_F(SharedData, TeamPointsOfEveryGameAreTheSumOfItsPlayers) {
    const auto differing = home_->database().read(
        "SELECT count(*) FROM (SELECT game_id, team_id, sum(points) AS points FROM raw.player_box "
        "GROUP BY ALL) AS p "
        "JOIN raw.schedule AS s USING (game_id) WHERE s.status = 'final' AND p.points <> "
        "CASE p.team_id WHEN s.home_team_id THEN s.home_points ELSE s.away_points END",
        {});
    ASSERT_TRUE(differing.has_value());
    EXPECT_EQ(differing->data[0].integer(0), 0);
}

TEST_F(SharedData, ShotsAreTheFieldGoalsOfTheBoxes) {
    // Attempts by which games differ from the box scores: 2016-17 lacks 185 shots upstream, 2022-23
    // one.
    const auto counts = home_->database().read(
        "SELECT substr(b.game_id, 4, 2), sum(abs(b.attempts - coalesce(s.attempts, 0)))::BIGINT "
        "FROM "
        "(SELECT game_id, sum(field_goals_attempted)::BIGINT AS attempts FROM raw.player_box WHERE "
        "source = "
        "'player_box' GROUP BY ALL) AS b LEFT JOIN (SELECT game_id, count(*) AS attempts FROM "
        "raw.shot WHERE source = "
        "'shots' GROUP BY ALL) AS s USING (game_id) GROUP BY 1 HAVING count(s.attempts) > 0 ORDER "
        "BY 1",
        {});
    ASSERT_TRUE(counts.has_value());
    Counts differing;
    for (std::size_t i = 0; i < counts->rows(); ++i) {
        differing[std::string(counts->data[0].text(i))] = counts->data[1].integer(i);
    }
    EXPECT_EQ(differing, (Counts{{"16", 185}, {"17", 0}, {"19", 0}, {"20", 0}, {"22", 1}}));
}

TEST_F(SharedData, ASecondImportChangesNothing) {
    const std::string before = home_->digest();
    const auto again = home_->import_paths({kFolder}, 1);
    for (const auto& table : again.tables)
        EXPECT_EQ(table.changed, 0) << table.table;
    EXPECT_EQ(home_->digest(), before);
}

}  // namespace
}  // namespace tipoff::collect
