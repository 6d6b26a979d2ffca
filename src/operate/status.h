#pragma once
/// The state of a date: what each step left behind, and four lights that are kept apart.
///
/// Job state says whether the step ran; age says how new the newest fact behind its table is, at
/// the time at which it counts; completeness holds the rows against the expected grid; sanity holds
/// each column's values against what is possible and against the four weeks before. What is not due
/// yet, and a day without games, is green.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/column_sanity.h"
#include "operate/completeness.h"
#include "operate/light.h"
#include "store/database.h"

namespace tipoff::operate {

struct StatusLights {
    std::string step;
    std::string table;
    std::string unit;  ///< what completeness counts
    LightReading job;
    LightReading age;
    LightReading completeness;
    LightReading sanity;
    Completeness counts;
    std::vector<ColumnFinding> findings;  ///< of columns, the worst first
};

struct StatusReport {
    GameDate date;
    std::int64_t games = 0;
    struct {
        std::int64_t players = 0, teams = 0;
    } feature_store;
    struct {
        std::int64_t players = 0, rows = 0, systems = 0, markets = 0;
    } predictions;
    struct {
        std::int64_t rows = 0;
        /// Share of rows in which the factor is known; NaN without rows.
        double fatigue = 0, zone_mismatch = 0, pace = 0, usage = 0;
    } composite_factors;
    struct {
        std::int64_t passed = 0, failed = 0;
        std::map<std::string, std::int64_t> reasons;
    } daily_cache;
    std::vector<StatusLights> lights;
};

/// Of the date as it stands at `now`; without it everything counts as due. Errors are the
/// database's.
Expected<StatusReport> status(store::Database& database, GameDate date,
                              std::optional<Instant> now = std::nullopt);

}  // namespace tipoff::operate
