#pragma once
/// Tonight, forecast as of now.
///
/// The conform, features and forecasts steps of one date with the origin "live": games that tipped
/// off are left alone, and of the others only those get new rows, under a new as-of, of which
/// something differs from what was said last. Looking again when nothing arrived costs the reading
/// and no forecast row.

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "conform/market.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/changed_games.h"
#include "store/database.h"

namespace tipoff::operate {

struct LiveRequest {
    GameDate date{};
    std::optional<AsOf> as_of;    ///< just after the league's now, unless it is given
    std::vector<Market> markets;  ///< beside those of which the date has forecasts; points where
                                  ///< there are neither
    std::size_t threads = 2;
};

struct LiveReport {
    GameDate date{};
    AsOf as_of{};
    LiveChanges changes;
    std::vector<StepReport> steps;
    std::int64_t rows = 0;  ///< written, of all steps
    int merges = 0;
    double seconds = 0;  ///< from reading the facts to the last commit
};

/// By an engine that is warm: its facts are those of the database (`Facts::are_current`).
Expected<LiveReport> forecast_live(Backfill& backfill, store::Database& database,
                                   const Clock& clock, const LiveRequest& request);

/// Reads the facts and the models in service of `home` first.
Expected<LiveReport> forecast_live(store::Database& database, ledger::Ledger& ledger,
                                   const Clock& clock, const std::filesystem::path& home,
                                   const LiveRequest& request);

/// The markets of a live look at a date: those that are wanted, and those of which it has
/// forecasts, so that nothing which is said of it grows old.
Expected<std::vector<Market>> live_markets(store::Database& database, GameDate date,
                                           std::span<const Market> wanted);

/// The markets of which the dates have forecasts, of any origin.
Expected<std::vector<Market>> forecast_markets(store::Database& database,
                                               const store::DateScope& dates);

/// Whether the date has forecasts of any origin.
Expected<bool> has_forecasts(store::Database& database, GameDate date);

}  // namespace tipoff::operate
