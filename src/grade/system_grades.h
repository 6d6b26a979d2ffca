#pragma once
/// One system's part of a report in the making. Sums run in the order in which grades are added.

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "conform/market.h"
#include "grade/bets.h"
#include "grade/chosen_grades.h"
#include "grade/market_lines.h"
#include "grade/report.h"

namespace tipoff::grade {

/// Plain numbers for a player game, and what happened; NaN where there is none.
struct BesideForecast {
    std::int32_t actual = 0;
    double last_10 = kNone;
    double season_mean = kNone;
    double line = kNone;
};

class SystemGrades {
public:
    SystemGrades(const std::string& system_id, Market market);

    void add_void() { ++report_.voided; }

    /// `is_shared`: every system forecast the player game. `main_lines` are those of the forecast.
    void add(const Grade& grade, const BesideForecast& beside, bool is_shared,
             std::span<const forecast::Pick* const> main_lines, const MarketLines& lines);

    [[nodiscard]] SystemReport report() const;

private:
    /// The slices that a forecast belongs to, one of each kind; a quality grade may be unknown.
    std::vector<SliceReport*> slices_of(const Accuracy& row);

    double mean_step_;  ///< how wide a slice by the forecast's mean is
    SystemReport report_;
    std::map<std::chrono::year_month, SliceReport> months_;
    std::map<TeamId, SliceReport> teams_;
    std::map<std::int64_t, SliceReport> means_;
};

}  // namespace tipoff::grade
