#include "conform/player_history.h"

#include <algorithm>
#include <tuple>

namespace tipoff::conform {

void PlayerHistory::observe(PlayerNumber player, std::uint32_t game, const PlayerGame& row) {
    auto& known = players_[player].appearances;
    const Appearance appearance{.game = game,
                                .game_date = row.game_date,
                                .season = row.season,
                                .team_id = row.team_id,
                                .minutes = row.minutes,
                                .row = &row};
    // Nearly always the newest: results come in game order but for the late and the corrected.
    auto place = known.end();
    while (place != known.begin() && std::prev(place)->game >= game)
        --place;
    if (place != known.end() && place->game == game) {
        if (place->row->revision < row.revision) *place = appearance;
    } else {
        known.insert(place, appearance);
    }
    const auto listed_on = players_[player].listed_on;
    if (!listed_on || *listed_on <= known.back().game_date) move(player, known.back().team_id);
}

void PlayerHistory::observe(PlayerNumber player, std::optional<TeamId> team, GameDate listed_on) {
    Player& listed = players_[player];
    if (listed.appearances.empty() || listed_on < listed.appearances.back().game_date) return;
    listed.listed_on = listed_on;
    move(player, team.value_or(TeamId{}));
}

void PlayerHistory::observe(PlayerNumber player, const collect::InjuryTransaction& transaction) {
    const auto order = [](const collect::InjuryTransaction& row) {
        return std::tie(row.transaction_date, row.ordinal, row.source, row.team_id);
    };
    auto& newest = players_[player].injury;
    if (!newest || order(*newest) < order(transaction)) newest = &transaction;
}

bool PlayerHistory::is_out(PlayerNumber player) const {
    const Player& p = players_[player];
    if (!p.injury || p.injury->returned) return false;
    return p.appearances.empty() || p.appearances.back().game_date <= p.injury->transaction_date;
}

std::span<const PlayerNumber> PlayerHistory::last_seen_with(TeamId team) const {
    const auto found = rosters_.find(team);
    return found == rosters_.end() ? std::span<const PlayerNumber>() : found->second;
}

void PlayerHistory::move(PlayerNumber player, TeamId to) {
    TeamId& team = players_[player].team;
    if (team == to) return;
    if (team != TeamId{}) std::erase(rosters_[team], player);
    if (to != TeamId{}) rosters_[to].push_back(player);
    team = to;
}

}  // namespace tipoff::conform
