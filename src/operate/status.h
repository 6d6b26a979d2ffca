#pragma once
/// The state of a date: what each step left behind, and four lights that are kept apart.
///
/// Job state says whether the step ran; age says how new the newest fact behind its table is;
/// completeness holds the rows against the expected grid; sanity holds the values against what is
/// possible.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "store/database.h"

namespace tipoff::operate {

enum class Light : std::uint8_t { kGreen, kYellow, kRed };

/// "green", "yellow", "red".
[[nodiscard]] std::string_view to_string(Light light);

struct LightReading {
    Light light = Light::kRed;
    std::string says;  ///< "succeeded", "2 h", "412 of 412", ...
};

struct StatusLights {
    std::string step;
    std::string table;
    LightReading job;
    LightReading age;
    LightReading completeness;
    LightReading sanity;
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

/// Errors are the database's. A date without games is all green and empty.
Expected<StatusReport> status(store::Database& database, GameDate date);

}  // namespace tipoff::operate
