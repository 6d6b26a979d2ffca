#include "store/table.h"

#include <gtest/gtest.h>

#include "store/home.h"
#include "store/test_tables.h"

namespace tipoff::store {
namespace {

TEST(TableDeclaration, GivesTheDdl) {
    EXPECT_EQ(kScore.spec().create_sql(),
              "CREATE TABLE analytics.score (\n"
              "    game_id TEXT NOT NULL,\n"
              "    player_id BIGINT NOT NULL,\n"
              "    game_date DATE NOT NULL,\n"
              "    points DOUBLE PRECISION,\n"
              "    note TEXT,\n"
              "    run_id TEXT NOT NULL,\n"
              "    PRIMARY KEY (game_id, player_id)\n"
              ");\n");
}

TEST(TableDeclaration, TypeOfAMemberIsTheTypeOfItsColumn) {
    const std::string sql = kEverything.spec().create_sql();
    for (const char* column : {"flag BOOLEAN NOT NULL",
                               "tiny SMALLINT NOT NULL",
                               "small SMALLINT NOT NULL",
                               "medium INTEGER NOT NULL",
                               "big BIGINT NOT NULL",
                               "real_value REAL,",
                               "number DOUBLE PRECISION,",
                               "text_value TEXT NOT NULL",
                               "day DATE NOT NULL",
                               "written_at TIMESTAMPTZ NOT NULL",
                               "event_time TIMESTAMPTZ NOT NULL",
                               "known_at TIMESTAMPTZ NOT NULL",
                               "as_of TIMESTAMPTZ NOT NULL",
                               "game_id TEXT NOT NULL",
                               "player_id BIGINT NOT NULL",
                               "season TEXT NOT NULL",
                               "season_type TEXT NOT NULL",
                               "maybe_flag BOOLEAN,",
                               "maybe_number INTEGER,",
                               "maybe_text TEXT,",
                               "maybe_date DATE,",
                               "maybe_at TIMESTAMPTZ,"}) {
        EXPECT_NE(sql.find(std::string("    ") + column), std::string::npos) << column;
    }
}

TEST(TableDeclaration, MakesEachSchemaOnce) {
    const std::array tables{&kScore.spec(), &kEverything.spec(), &kMigration.spec()};
    const std::string sql = schema_sql(tables);
    EXPECT_TRUE(
        sql.starts_with("CREATE SCHEMA analytics;\nCREATE SCHEMA ops;\nCREATE SCHEMA raw;\n"))
        << sql;
    EXPECT_NE(sql.find("CREATE TABLE ops.migration ("), std::string::npos);
}

TEST(TableDeclaration, KeyOfFloatingPointIsNeverNull) {
    struct Line {
        double value = 0;
    };
    const Table<Line> lines{"raw", "line", "", {key<&Line::value>("line_value", "")}};
    EXPECT_NE(lines.spec().create_sql().find("line_value DOUBLE PRECISION NOT NULL"),
              std::string::npos);
}

TEST(TableRows, BecomeColumnsAndRowsAgain) {
    const std::vector<Score> rows{{.game = GameId{22200001},
                                   .player = PlayerId{2544},
                                   .date = {},
                                   .points = 31,
                                   .note = "41 min",
                                   .run_id = "a"},
                                  {.game = GameId{9022500001},
                                   .player = PlayerId{-7},
                                   .date = {},
                                   .points = 0,
                                   .note = std::nullopt,
                                   .run_id = ""}};
    const Columns columns = kScore.to_columns(rows);
    EXPECT_EQ(columns.names, (std::vector<std::string>{"game_id", "player_id", "game_date",
                                                       "points", "note", "run_id"}));
    EXPECT_EQ(columns.data[0].text(0), "0022200001");
    EXPECT_EQ(kScore.to_rows(columns), rows);
}

TEST(TableRows, OfAnotherTableAreABrokenInvariant) {
    EXPECT_THROW((void)kScore.to_rows(kEverything.to_columns({})), InvariantBroken);
    Columns columns = kScore.to_columns({});
    columns.data[1] = Column(ColumnType::kText);
    EXPECT_THROW((void)kScore.to_rows(columns), InvariantBroken);
}

TEST(TableRows, StoredTextThatIsNoGameIdIsABrokenInvariant) {
    Columns columns = kScore.to_columns(std::vector<Score>(1));
    columns.data[0] = Column(ColumnType::kText);
    columns.data[0].push_text("LAL@BOS");
    EXPECT_THROW((void)kScore.to_rows(columns), InvariantBroken);
}

}  // namespace
}  // namespace tipoff::store
