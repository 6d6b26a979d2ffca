#pragma once
/// The games that are known, by id and by date and team.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/import/rejection.h"
#include "collect/import/staged.h"
#include "collect/raw_tables.h"

namespace tipoff::collect {

/// 06:00 Eastern on the day after: when what happened on `date` counts as known.
[[nodiscard]] KnownAt morning_after(GameDate date);

struct ScheduledGame {
    GameId game_id;
    GameDate date{};
    Instant tip_off{};
    TeamId home;
    TeamId away;
    std::optional<std::int32_t> home_points;
    std::optional<std::int32_t> away_points;
    KnownAt result_known_at{};
};

class ScheduleIndex {
public:
    /// A newer statement of a game replaces the one before.
    void add(const Schedule& game);

    /// The game that a record speaks of, when the schedule has it and agrees with all that the
    /// record says. Otherwise nothing, and `why` (without its line) says what is wrong.
    [[nodiscard]] const ScheduledGame* find(const GameReference& reference, Rejection& why) const;

    [[nodiscard]] const ScheduledGame* find(GameId id) const;

private:
    [[nodiscard]] const ScheduledGame* find_by_date(const GameReference& reference) const;

    std::unordered_map<GameId, ScheduledGame> by_id_;
    /// The home team's games; nothing where it has two on one day.
    std::map<std::pair<GameDate, TeamId>, std::optional<GameId>> by_date_;
    std::map<Season, std::int64_t> games_of_season_;
};

}  // namespace tipoff::collect
