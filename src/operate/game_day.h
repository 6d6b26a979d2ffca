#pragma once
/// The games of a date, by the newest statement of each, from what was collected alone: the
/// schedule is what says how much a date should have.

#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "collect/raw_tables.h"
#include "store/database.h"

namespace tipoff::operate {

/// A box score is due so long after tip-off, whatever a schedule that nobody has asked for since
/// still says.
inline constexpr std::chrono::hours kBoxScoreDue{4};

struct GameDay {
    GameDate date;
    std::vector<collect::Schedule> games;  ///< of the date by its newest statement, by tip-off

    /// Without the date's games none; postponed games do not count.
    [[nodiscard]] std::optional<Instant> first_tip_off() const;

    [[nodiscard]] std::int64_t to_be_played() const;  ///< not postponed
    /// Final, or not postponed and `kBoxScoreDue` after tip-off.
    [[nodiscard]] std::int64_t over(std::optional<Instant> now) const;
    /// Of the games that are not postponed.
    [[nodiscard]] std::set<TeamId> teams() const;
};

/// A game that moved to another date is not of this one.
Expected<GameDay> game_day(store::Database& database, GameDate date);

/// The date before on which any of the date's teams played; none before their first.
Expected<std::optional<GameDate>> last_played_before(store::Database& database, GameDate date);

}  // namespace tipoff::operate
