#pragma once
/// How much of what a table should have of a date is there. A step whose inputs are tables asks
/// this before it runs.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/game_day.h"
#include "operate/watched_tables.h"
#include "store/database.h"

namespace tipoff::operate {

struct Completeness {
    std::int64_t held = 0;
    std::int64_t expected = 0;

    /// 1 where nothing is expected.
    [[nodiscard]] double share() const;
};

/// What a table holds of a date against what it should. `now` lets games be over of which no
/// schedule has said so yet. A table that is not watched is `kInvalidInput`.
Expected<Completeness> completeness(store::Database& database, std::string_view table,
                                    GameDate date, std::optional<Instant> now = std::nullopt);

/// The same with the day's games at hand, for a caller that asks of many tables. `rows` is the
/// number of rows of the date where that is known already.
Expected<Completeness> completeness(store::Database& database, const WatchedTable& watched,
                                    const GameDay& day, std::optional<Instant> now,
                                    std::optional<std::int64_t> rows = std::nullopt);

/// Whether a table that is optional should have rows of the date at all.
Expected<bool> is_in_use(store::Database& database, const WatchedTable& watched,
                         const GameDay& day);

}  // namespace tipoff::operate
