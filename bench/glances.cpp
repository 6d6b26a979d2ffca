#include "glances.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "operate/coverage.h"
#include "operate/status.h"

namespace tipoff::bench {
namespace {

Json milliseconds_of(std::vector<double> seconds) {
    std::ranges::sort(seconds);
    return {{"median_ms", 1000 * seconds[seconds.size() / 2]},
            {"greatest_ms", 1000 * seconds.back()}};
}

/// The dates around the middle of the newest season.
Expected<std::vector<GameDate>> middle_dates(store::Database& database, std::size_t count) {
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT DISTINCT game_date FROM analytics.game WHERE season = (SELECT "
                             "max(season) FROM analytics.game WHERE player_rows > 0) AND "
                             "player_rows > 0 ORDER BY game_date",
                             {}));
    if (rows.rows() < count) {
        return fail(ErrorCode::kNotFound,
                    "the newest season has no " + std::to_string(count) + " dates");
    }
    std::vector<GameDate> dates;
    for (std::size_t i = 0; i < count; ++i) {
        dates.push_back(
            store::ColumnCodec<GameDate>::get(rows.data[0], (rows.rows() - count) / 2 + i));
    }
    return dates;
}

}  // namespace

Expected<Json> measure_glances(const std::filesystem::path& home_folder, std::size_t count) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    store::Database& database = home->database();
    TIPOFF_TRY(const auto dates, middle_dates(database, std::max<std::size_t>(count, 1)));
    std::vector<double> status;
    std::vector<double> coverage;
    for (const bool counts : {false, true}) {
        for (const GameDate date : dates) {
            Lap lap(clock);
            TIPOFF_CHECK(operate::status(database, date));
            const double status_seconds = lap.seconds();
            TIPOFF_CHECK(operate::coverage(database, {.dates = {date, date}}));
            const double coverage_seconds = lap.seconds();
            if (!counts) continue;
            status.push_back(status_seconds);
            coverage.push_back(coverage_seconds);
        }
    }
    return Json{{"dates", dates.size()},
                {"status", milliseconds_of(std::move(status))},
                {"coverage", milliseconds_of(std::move(coverage))}};
}

}  // namespace tipoff::bench
