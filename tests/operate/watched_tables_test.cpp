/// The registry names what is there, and completeness counts it in one way.
#include "operate/watched_tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "collect/source.h"
#include "operate/completeness.h"
#include "operate/mini_home.h"
#include "operate/step_graph.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::outcome_of;
using support::value_of;
using test::MiniHome;

bool has_column(const store::TableSpec& table, std::string_view name) {
    return std::ranges::find(table.columns, name, &store::ColumnSpec::name) != table.columns.end();
}

TEST(WatchedTables, NameTablesColumnsAndSourcesThatThereAre) {
    std::set<std::string> seen;
    for (const WatchedTable& watched : watched_tables()) {
        const std::string name = watched.table->qualified_name();
        EXPECT_TRUE(seen.insert(name).second) << name << " twice";
        EXPECT_NE(std::ranges::find(catalogue(), watched.table), catalogue().end()) << name;
        EXPECT_EQ(find_watched(name), &watched);
        EXPECT_FALSE(watched.unit.empty()) << name;
        for (const PossibleRange& range : watched.possible)
            EXPECT_TRUE(has_column(*watched.table, range.column)) << name << " " << range.column;
        for (const std::string_view column : watched.must_be_known)
            EXPECT_TRUE(has_column(*watched.table, column)) << name << " " << column;
        EXPECT_TRUE(watched.newest.empty() || has_column(*watched.table, watched.newest)) << name;
        for (const std::string_view source : watched.sources)
            EXPECT_NE(collect::find_source(source), nullptr) << name << " " << source;
        EXPECT_EQ(watched.step == "collect", !watched.sources.empty()) << name;
        const bool counts_by_statement =
            watched.counted == Counted::kRows || watched.counted == Counted::kGamesNamed;
        EXPECT_EQ(counts_by_statement, !watched.expected.empty()) << name;
        // Without a date the rows cannot be counted by one.
        EXPECT_TRUE(watched.is_by_date() || !watched.held.empty()) << name;
        EXPECT_TRUE(watched.newest.empty() || watched.newest_sql.empty()) << name;
        EXPECT_TRUE(!watched.is_by_date() || watched.newest_sql.empty()) << name;
    }
    EXPECT_EQ(find_watched("features.nothing"), nullptr);
}

TEST(WatchedTables, AreEveryDerivedTableOfADate) {
    for (const store::TableSpec* table : derived_tables())
        EXPECT_NE(find_watched(table->qualified_name()), nullptr) << table->qualified_name();
}

/// The rows of the table below a heading of the page on status, by their first cells.
std::set<std::string> first_cells_below(std::string_view heading) {
    const std::string page =
        support::read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "docs/status.md");
    const auto begin = page.find(heading);
    if (begin == std::string::npos) throw std::runtime_error(std::string(heading));
    std::istringstream lines(page.substr(begin, page.find("\n## ", begin + 1) - begin));
    std::set<std::string> cells;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| `")) continue;
        // "| `ops.run`, `ops.leader` | why |"
        const std::string cell = line.substr(0, line.find('|', 1));
        for (auto at = cell.find('`'); at != std::string::npos; at = cell.find('`', at + 1)) {
            const auto end = cell.find('`', at + 1);
            cells.insert(cell.substr(at + 1, end - at - 1));
            at = end;
        }
    }
    return cells;
}

TEST(WatchedTables, AreAllButThoseOfWhichThePageSaysWhyNot) {
    const auto excused = first_cells_below("## Without lights");
    std::set<std::string> tables;
    for (const store::TableSpec* table : catalogue()) {
        const std::string name = table->qualified_name();
        tables.insert(name);
        EXPECT_NE(find_watched(name) != nullptr, excused.contains(name)) << name;
    }
    for (const std::string& name : excused)
        EXPECT_TRUE(tables.contains(name) || !name.contains('.')) << name << " is no table";
}

TEST(WatchedTables, AreOfEveryStepOfTheWorkflowsButThoseOfWhichThePageSaysWhyNot) {
    const auto excused = first_cells_below("## Without lights");
    const auto workflows =
        value_of(read_workflows(default_workflows_text(), "config/workflows.yaml"));
    for (const GraphStep& step : step_graph(workflows)) {
        if (step.workflows.empty()) continue;
        EXPECT_NE(!step.writes.empty(), excused.contains(step.step)) << step.step;
    }
}

TEST(CompletenessOfATable, IsAsStatusCountsIt) {
    MiniHome home;
    home.change("DELETE FROM features.feature_store WHERE game_date = $1 AND player_id % 3 = 0");
    home.change("DELETE FROM raw.game_line WHERE game_date = $1");
    for (const StatusLights& lights : home.status_of(home.last_day()).lights) {
        const Completeness alone =
            value_of(completeness(home.database(), lights.table, home.last_day()));
        EXPECT_EQ(alone.held, lights.counts.held) << lights.table;
        EXPECT_EQ(alone.expected, lights.counts.expected) << lights.table;
    }
    const auto features =
        value_of(completeness(home.database(), "features.feature_store", home.last_day()));
    EXPECT_LT(features.share(), 0.9);
    EXPECT_GT(features.share(), 0.3);
    const auto lines = value_of(completeness(home.database(), "raw.game_line", home.last_day()));
    EXPECT_EQ(lines.held, 0);
    EXPECT_EQ(lines.expected, 2) << "two games had lines on every day of the weeks before";
    EXPECT_EQ(lines.share(), 0);
}

TEST(CompletenessOfATable, OfContextsIsTheSameWhereOnlyTheirDateWasConformed) {
    MiniHome home;
    const std::string contexts = "analytics.upcoming_player_game_context";
    const auto before = value_of(completeness(home.database(), contexts, home.last_day()));
    EXPECT_GT(before.expected, 20);
    home.change("DELETE FROM analytics.player_game_summary WHERE game_date < $1");
    const auto after = value_of(completeness(home.database(), contexts, home.last_day()));
    EXPECT_EQ(after.expected, before.expected);
    EXPECT_EQ(after.held, before.held);
}

TEST(CompletenessOfATable, OfADayWithoutGamesIsWhole) {
    MiniHome home;
    for (const WatchedTable& watched : watched_tables()) {
        const auto counts = value_of(completeness(home.database(), watched.table->qualified_name(),
                                                  home.last_day().plus_days(200)));
        EXPECT_EQ(counts.expected, 0) << watched.table->qualified_name();
        EXPECT_EQ(counts.share(), 1) << watched.table->qualified_name();
    }
}

TEST(GradesOfADate, AreCountedAsFirstSettled) {
    MiniHome home;
    const auto sanity = [&] {
        return test::told(home.lights("predictions.prediction_accuracy").sanity);
    };
    const std::string before = sanity();
    EXPECT_TRUE(before.starts_with("green")) << before;
    for (const char* revision : {"1", "2"}) {
        home.change("INSERT INTO predictions.prediction_accuracy SELECT * REPLACE (" +
                    std::string(revision) +
                    " AS revision) FROM predictions.prediction_accuracy WHERE game_date = $1 AND "
                    "revision = 0");
    }
    EXPECT_EQ(sanity(), before) << "corrections are no flood of rows";
}

TEST(CompletenessOfATable, ThatIsNotWatchedIsRefused) {
    MiniHome home;
    EXPECT_EQ(outcome_of(completeness(home.database(), "ops.run", home.last_day())),
              "invalid input");
}

TEST(CompletenessOfATable, ASourceThatWasAskedIsInUse) {
    MiniHome home;
    const auto plays = [&] {
        return value_of(completeness(home.database(), "raw.play_by_play", home.last_day()))
            .expected;
    };
    EXPECT_EQ(plays(), 0) << "nobody collects plays here";
    // A run of two weeks before, which gave nothing: its rows are expected all the same.
    const auto run = value_of(home.ledger().start({.step = "collect",
                                                   .scope = "nbac_play_by_play 2022-11-01",
                                                   .dates = {},
                                                   .input_hash = ""}));
    support::execute(home.database(), "UPDATE ops.run SET started_at = $1 WHERE run_id = $2",
                     {eastern_instant(home.last_day().plus_days(-14), {}), run.run_id});
    EXPECT_EQ(plays(), 2);
}

}  // namespace
}  // namespace tipoff::operate
