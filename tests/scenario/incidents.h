#pragma once
/// What the scenarios of incidents share: instants of the simulated season, and the runs of a home.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ops_tables.h"
#include "scenario/operated_league.h"
#include "support/database.h"
#include "support/engines.h"
#include "support/expected.h"

namespace tipoff::scenario {

/// Under the program's own workflows, whole.
class IncidentLeague : public OperatedLeague {
public:
    /// In a place that outlives it.
    explicit IncidentLeague(const support::HomePlace& place, league::FaultPlan* faults = nullptr)
        : OperatedLeague(place, faults, operate::default_workflows_text()) {}
};

/// An Eastern time of the day so many days after opening night.
[[nodiscard]] inline Instant on_day(int day, int hour, int minute = 0) {
    return eastern_instant(opening_night().plus_days(day),
                           {.hour = hour, .minute = minute, .second = 0});
}

/// Moves the clock on to an instant without doing anything: the machine was off.
inline void sleep_until(OperatedLeague& league, Instant instant) {
    const Instant now = league.clock().league_now();
    if (instant > now) league.clock().advance(instant - now);
}

/// In the order in which they were begun last, those that were not begun by their plan.
[[nodiscard]] inline std::vector<ledger::RunRow> runs_where(OperatedLeague& league,
                                                            std::string_view condition) {
    return support::value_of(
        store::read_rows(league.database(), ledger::kRun,
                         "WHERE " + std::string(condition) + " ORDER BY fencing_token"));
}

[[nodiscard]] inline std::int64_t number(OperatedLeague& league, std::string_view sql) {
    return support::value_of(league.database().read(sql, {})).data[0].integer(0);
}

/// "DATE '2025-10-21'" of the day so many days after opening night.
[[nodiscard]] inline std::string sql_day(int day) {
    return "DATE '" + to_string(opening_night().plus_days(day)) + "'";
}

/// Requests to addresses with this in their path, in a stretch of time.
[[nodiscard]] inline std::int64_t asked(OperatedLeague& league, std::string_view part,
                                        Instant before = Instant::max(),
                                        Instant from = Instant::min()) {
    std::int64_t count = 0;
    for (const auto& request : league.league().server().requests()) {
        const bool is_then = request.began >= from && request.began < before;
        count += is_then && request.path.contains(part) ? 1 : 0;
    }
    return count;
}

}  // namespace tipoff::scenario
