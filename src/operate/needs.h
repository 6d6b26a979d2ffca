#pragma once
/// What a step needs of the data before it can be begun: tables of dates and how complete they have
/// to be. Never a clock.

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/completeness.h"
#include "operate/run_work.h"
#include "store/database.h"

namespace tipoff::operate {

struct Need {
    std::string table;  ///< a watched table
    GameDate date{};
    double least_share = 1;

    /// For so long a run waits for it, and then goes without, degraded: counted from its logical
    /// time, or from the morning after the date where that is earlier, so that a job of every hour
    /// does not wait anew each time. Nothing: it cannot go without.
    std::optional<std::chrono::minutes> patience = std::nullopt;

    /// The step that fills the table: a planned run of it for the same date goes first.
    std::string filled_by = {};
};

/// In the order in which they are looked at. `previous_date` is the game date before the work's,
/// where there is one.
[[nodiscard]] std::vector<Need> needs_of(const RunWork& work,
                                         std::optional<GameDate> previous_date);

/// The tables behind all of that: the schedule, without which nothing is expected of any date, and
/// those of the needs.
[[nodiscard]] std::vector<std::string> tables_needed(const RunWork& work,
                                                     std::optional<GameDate> previous_date);

/// How the needs of a run stand.
struct Readiness {
    std::string waits_for;  ///< "raw.player_box of 2025-12-01: 180 of 210"; empty: it can be begun
    std::string without;    ///< of a run that goes all the same: what it goes without
};

/// Looks at the needs of many runs at one instant: what several of them need is read once.
class Readying {
public:
    /// `database` outlives it.
    Readying(store::Database& database, Instant now) : database_(database), now_(now) {}

    /// `has_run_before` tells whether a planned run that goes first is about to fill a need.
    Expected<Readiness> of(const RunWork& work, Instant logical_time,
                           const std::function<bool(const Need&)>& has_run_before);

private:
    Expected<bool> has_schedule(GameDate date);
    Expected<Completeness> held(const Need& need);

    store::Database& database_;
    Instant now_;
    std::map<GameDate, bool> scheduled_;
    std::map<std::pair<std::string, GameDate>, Completeness> held_;
};

}  // namespace tipoff::operate
