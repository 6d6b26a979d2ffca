#pragma once
/// The rows of a watched table on a date and on days before it, in the columns that are looked at,
/// and what is counted of them.

#include <cstdint>
#include <optional>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/watched_tables.h"
#include "store/columns.h"
#include "store/database.h"

namespace tipoff::operate {

struct DatedRows {
    GameDate date;
    store::Columns rows;           ///< the first column is the game date
    std::size_t first_column = 1;  ///< of those that are looked at

    std::int64_t before = 0;        ///< rows of the days before
    std::int64_t of_date = 0;       ///< rows of the date
    std::int64_t games = 0;         ///< that they are of
    std::int64_t teams = 0;         ///< teams of games, with `least_rows_of_team` rows
    std::optional<Instant> newest;  ///< of `WatchedTable::newest`, of the date
};

/// Rows of the date and of so many days before. The table has a game date.
Expected<DatedRows> read_dated_rows(store::Database& database, const WatchedTable& watched,
                                    GameDate date, int days_before);

}  // namespace tipoff::operate
