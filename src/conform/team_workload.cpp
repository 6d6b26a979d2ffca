#include "conform/team_workload.h"

#include "conform/places.h"

namespace tipoff::conform {
namespace {

const collect::City* arena_of(const collect::Schedule& row) {
    return place_of(row.city, row.home_team_id);
}

void count_game(int days_ago, TeamWorkload& workload) {
    ++workload.games_played_season;
    workload.games_last_4_days += days_ago <= 4;
    workload.games_last_6_days += days_ago <= 6;
    workload.games_last_7_days += days_ago <= 7;
    workload.games_last_14_days += days_ago <= 14;
}

}  // namespace

TeamWorkloads::TeamWorkloads(const ScheduleHistory& schedule, Admissible admissible)
    : schedule_(schedule), admissible_(admissible) {
    for (std::size_t game = 0; game < schedule.size(); ++game) {
        const collect::Schedule& row = schedule.newest(game);
        for (const TeamId team : {row.home_team_id, row.away_team_id}) {
            games_[{team, season_of(row.game_id)}].push_back(game);
        }
    }
}

TeamWorkload TeamWorkloads::before(std::size_t game, TeamId team, AsOf as_of) const {
    TeamWorkload workload;
    const collect::Schedule& row = schedule_.newest(game);
    const auto found = games_.find({team, season_of(row.game_id)});
    if (found == games_.end()) return workload;

    const collect::Schedule* last = nullptr;
    for (const std::size_t other : found->second) {
        if (other == game) continue;
        const auto known = pairing_as_known(schedule_.statements(other), as_of, admissible_);
        const int days_ago = days_between(known.row->game_date, row.game_date);
        if (days_ago <= 0 || known.is_postponed) continue;
        count_game(days_ago, workload);
        if (!last || last->tip_off < known.row->tip_off) last = known.row;
    }
    if (!last) return workload;

    workload.days_rest = days_between(last->game_date, row.game_date) - 1;
    const collect::City* from = arena_of(*last);
    const collect::City* to = arena_of(row);
    if (from && to) {
        workload.travel_miles = miles_between(*from, *to);
        workload.time_zone_change = hours_ahead(*from, *to, row.tip_off);
    }
    return workload;
}

}  // namespace tipoff::conform
