// I-43: one program expected `br_roster` and another filled `br_rosters_current`. I-44: queries of
// tables that there were not came back empty.

#include <gtest/gtest.h>

#include <set>

#include "collect/source.h"
#include "operate/step_graph.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using support::outcome_of;
using support::told;
using support::value_of;

TEST(I43NamesOfTablesAndSources, AreAllOfOneRegister) {
    std::set<std::string> tables;
    for (const store::TableSpec* table : catalogue())
        tables.insert(table->qualified_name());
    const Workflows workflows =
        value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
    std::set<std::string> sources;
    int named = 0;
    for (const GraphStep& step : step_graph(workflows)) {
        for (const auto* list : {&step.reads, &step.writes}) {
            for (const std::string& table : *list) {
                ++named;
                EXPECT_TRUE(tables.contains(table)) << step.step << " " << table;
            }
        }
        for (const GraphSource& source : step.sources) {
            EXPECT_NE(collect::find_source(source.source), nullptr) << source.source;
            for (const std::string& table : source.writes)
                EXPECT_TRUE(tables.contains(table)) << source.source << " " << table;
        }
    }
    EXPECT_GT(named, 30);
    for (const WatchedTable& watched : watched_tables()) {
        for (const std::string_view source : watched.sources)
            EXPECT_NE(collect::find_source(source), nullptr) << source;
    }
    // A name that there is not is refused as the program starts, with its place.
    EXPECT_EQ(told(read_workflows("jobs:\n  - name: rosters\n    what: rosters\n    cron: 0 6 * * "
                                  "*\n    tasks:\n      - collect: br_rosters_current\n",
                                  "w.yaml")),
              "w.yaml:6:18: there is no source 'br_rosters_current'");
}

TEST_P(TableIncident, I44ATableThatIsNotThereIsAnErrorAndNotEmpty) {
    ASSERT_GT(support::count_rows(home_.database(), "raw.prop_line"), 0);
    support::execute(home_.database(), "DROP TABLE raw.prop_line", {});
    EXPECT_NE(outcome_of(Facts::load(home_.database())), "ok");
    EXPECT_NE(outcome_of(status(home_.database(), home_.last_day())), "ok");
    EXPECT_NE(outcome_of(store::read_rows(home_.database(), collect::kPropLine, "")), "ok");
}

}  // namespace
}  // namespace tipoff::operate
