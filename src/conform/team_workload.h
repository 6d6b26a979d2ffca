#pragma once
/// What the schedule asks of a team: rest, density of games, travel.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "conform/analytics_tables.h"
#include "conform/schedule.h"

namespace tipoff::conform {

struct TeamWorkload {
    std::int32_t games_played_season = 0;
    std::optional<std::int32_t> days_rest;
    std::int32_t games_last_4_days = 0;
    std::int32_t games_last_6_days = 0;
    std::int32_t games_last_7_days = 0;
    std::int32_t games_last_14_days = 0;
    double travel_miles = kUnknown;
    std::optional<std::int32_t> time_zone_change;
};

/// Answers from the schedule as it was known at an instant: a game counts once its date is past,
/// with or without a result, unless it was known to be postponed. Only games of the same season
/// count. The history must outlive this.
class TeamWorkloads {
public:
    TeamWorkloads(const ScheduleHistory& schedule, Admissible admissible);

    /// Before `game` (its place in the history), for one of its two teams.
    [[nodiscard]] TeamWorkload before(std::size_t game, TeamId team, AsOf as_of) const;

private:
    struct TeamSeason {
        TeamId team_id;
        Season season;
        bool operator==(const TeamSeason&) const = default;
    };
    struct TeamSeasonHash {
        std::size_t operator()(const TeamSeason& key) const noexcept {
            return std::hash<TeamId>{}(key.team_id) * 4096 +
                   static_cast<std::size_t>(key.season.start_year());
        }
    };

    const ScheduleHistory& schedule_;
    Admissible admissible_;
    std::unordered_map<TeamSeason, std::vector<std::size_t>, TeamSeasonHash> games_;
};

}  // namespace tipoff::conform
