// The document of accuracy is the command's, and its slices are what SQL says of the same grades.

#include <gtest/gtest.h>

#include <map>

#include "grade/report.h"
#include "serve/documents/grade.h"
#include "serve/documents/json.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

using support::value_of;

class AccuracyDocument : public testing::Test {
protected:
    AccuracyDocument()
        : document_(served_.document("/v1/accuracy?population=all&from=" + to_string(dates_.from) +
                                     "&to=" + to_string(dates_.to))) {}

    /// Of the grades of the dates that the document counts; one column a value asked for.
    store::Columns grouped(std::string_view by, std::string_view values) {
        return value_of(mini_home().database().read(
            "SELECT system_id, " + std::string(by) + " AS part, CAST(count(*) AS BIGINT), " +
                std::string(values) +
                " FROM predictions.prediction_accuracy WHERE outcome = 'graded' AND market = "
                "'points' AND season_type = 'regular' AND revision = 0 AND minutes > 0 AND "
                "game_date BETWEEN $1 AND $2 GROUP BY system_id, part ORDER BY system_id, part",
            {dates_.from, dates_.to}));
    }

    const json& system(std::string_view id) {
        for (const json& found : document_["systems"]) {
            if (found["system"] == id) return found;
        }
        throw std::runtime_error("no such system");
    }

    store::DateScope dates_{mini_home().last_day().plus_days(-20), mini_home().last_day()};
    Served served_;
    json document_;
};

TEST_F(AccuracyDocument, IsTheCommands) {
    const auto report = value_of(grade::grade_report(
        mini_home().database(), {.dates = dates_, .population = grade::Population::kAll}));
    EXPECT_EQ(document_, json::parse(grade_json(report).dump()));
}

TEST_F(AccuracyDocument, SlicesByMeanAreSqls) {
    const auto rows = grouped("CAST(floor(mean / 5) AS INTEGER)",
                              "avg(error), avg(absolute_error), min(mean), max(mean)");
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const std::string id(rows.data[0].text(i));
        const json& slice = system(id)["by_mean"].at(seen[id]++);
        EXPECT_EQ(slice["n"], rows.data[2].integer(i));
        EXPECT_NEAR(slice["bias"].get<double>(), rows.data[3].number(i), 1e-9);
        EXPECT_NEAR(slice["mae"].get<double>(), rows.data[4].number(i), 1e-9);
        EXPECT_LE(slice["from"].get<double>(), rows.data[5].number(i));
        EXPECT_GT(slice["to"].get<double>(), rows.data[6].number(i));
        EXPECT_EQ(slice["to"].get<double>() - slice["from"].get<double>(), 5);
    }
    ASSERT_FALSE(seen.empty());
    for (const auto& [id, count] : seen) {
        EXPECT_GT(count, 1U);
        EXPECT_EQ(system(id)["by_mean"].size(), count) << id;
    }
}

TEST_F(AccuracyDocument, PitCountsAreSqlsAndAddUp) {
    const auto rows = grouped("CAST(least(floor(pit * 20), 19) AS INTEGER)", "avg(pit)");
    std::map<std::string, json> counts;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        json& of_system = counts[std::string(rows.data[0].text(i))];
        if (of_system.is_null()) of_system = std::vector<int>(20, 0);
        of_system[static_cast<std::size_t>(rows.data[1].integer(i))] = rows.data[2].integer(i);
    }
    ASSERT_FALSE(counts.empty());
    for (const auto& [id, expected] : counts) {
        EXPECT_EQ(system(id)["pit_counts"], expected) << id;
        const auto n = system(id)["n"].get<double>();
        for (std::size_t bin = 0; bin < 10; ++bin) {
            const auto two = expected[2 * bin].get<double>() + expected[2 * bin + 1].get<double>();
            EXPECT_DOUBLE_EQ(system(id)["pit"][bin]["share"].get<double>(), two / n);
        }
    }
}

TEST_F(AccuracyDocument, MonthsAndGradesAreSqls) {
    const auto months = grouped("substr(CAST(game_date AS VARCHAR), 1, 7)", "avg(absolute_error)");
    const auto grades = grouped("quality_grade", "avg(absolute_error)");
    const auto expect = [this](const store::Columns& rows, const char* kind) {
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < rows.rows(); ++i) {
            const std::string id(rows.data[0].text(i));
            const json& slice = system(id)[kind].at(seen[id]++);
            EXPECT_EQ(slice["name"], rows.data[1].text(i));
            EXPECT_EQ(slice["n"], rows.data[2].integer(i));
            EXPECT_NEAR(slice["mae"].get<double>(), rows.data[3].number(i), 1e-9);
        }
        EXPECT_FALSE(seen.empty());
    };
    expect(months, "months");
    expect(grades, "grades");
}

}  // namespace
}  // namespace tipoff::serve::test
