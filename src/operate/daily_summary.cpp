#include "operate/daily_summary.h"

#include <fmt/core.h>

#include <utility>

#include "operate/coverage.h"
#include "operate/status.h"

namespace tipoff::operate {
namespace {

constexpr std::string_view kMarket = "points";
constexpr std::string_view kPopulation = "ten_prior_games";

/// The systems of the date, best first.
Expected<store::Columns> performance(store::Database& database, GameDate date) {
    return database.read(
        "SELECT system_id, CAST(n AS BIGINT), mae, bias FROM predictions.system_performance WHERE "
        "game_date = $1 AND market = $2 AND population = $3 AND n > 0 ORDER BY mae, system_id",
        {date, std::string(kMarket), std::string(kPopulation)});
}

/// Runs of the date that did not do what they were for.
Expected<store::Columns> unsuccessful(store::Database& database, GameDate date) {
    return database.read(
        "SELECT step, scope, state, reason, run_id FROM ops.run WHERE game_date = $1 AND state IN "
        "('degraded', 'failed', 'abandoned') ORDER BY run_id",
        {date});
}

/// What is red of the date, a line a light: "  raw.player_box, completeness: 2 of 4 teams".
Expected<std::string> red_lights(store::Database& database, GameDate date) {
    TIPOFF_TRY(const StatusReport report, status(database, date));
    std::string lines;
    for (const StatusLights& lights : report.lights) {
        for (const auto& [name, reading] :
             {std::pair{"job", &lights.job}, std::pair{"age", &lights.age},
              std::pair{"completeness", &lights.completeness},
              std::pair{"values", &lights.sanity}}) {
            if (reading->light == Light::kRed)
                lines += fmt::format("  {}, {}: {}\n", lights.table, name, reading->says);
        }
    }
    return lines;
}

}  // namespace

Expected<DailySummary> daily_summary(store::Database& database, GameDate date) {
    DailySummary summary;
    TIPOFF_TRY(const CoverageReport covered, coverage(database, {.dates = {date, date}}));
    TIPOFF_TRY(const store::Columns systems, performance(database, date));
    TIPOFF_TRY(const store::Columns runs, unsuccessful(database, date));
    const std::string day = to_string(date);
    if (covered.expected == 0) {
        summary.title = fmt::format("{}: nobody was expected to play", day);
    } else {
        // Who did not play is voided, whether he was forecast or not.
        summary.title = fmt::format("{}: {} of {} players forecast", day, covered.predicted,
                                    covered.expected - covered.voided);
        summary.body = fmt::format("{} forecast, {} voided, {} without a forecast\n",
                                   covered.predicted, covered.voided, covered.gaps.size());
        for (const auto& [reason, count] : covered.reasons)
            summary.body += fmt::format("  {} {}\n", to_string(reason), count);
    }
    if (systems.rows() > 0) {
        summary.title +=
            fmt::format(", {} off by {:.2f}", systems.data[0].text(0), systems.data[2].number(0));
        summary.body +=
            fmt::format("\npoints, mean absolute error of the median ({})\n", kPopulation);
        for (std::size_t i = 0; i < systems.rows(); ++i) {
            summary.body += fmt::format("  {}: {:.2f} on {} player games, bias {:+.2f}\n",
                                        systems.data[0].text(i), systems.data[2].number(i),
                                        systems.data[1].integer(i), systems.data[3].number(i));
        }
    }
    if (covered.expected > 0) {
        TIPOFF_TRY(const std::string red, red_lights(database, date));
        if (!red.empty()) summary.body += "\nred in the status of the date\n" + red;
    }
    if (runs.rows() > 0) summary.body += "\nruns that did not do what they were for\n";
    for (std::size_t i = 0; i < runs.rows(); ++i) {
        summary.body +=
            fmt::format("  {} {} of {}: {} {}\n", runs.data[4].text(i), runs.data[0].text(i),
                        runs.data[1].text(i), runs.data[2].text(i), runs.data[3].text(i));
    }
    return summary;
}

}  // namespace tipoff::operate
