#include "features/families/usage.h"

#include <algorithm>

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife10 = 0.933032991536807;  // 2^(-1/10)
constexpr double kRotationMinutes = 10;

}  // namespace

void Usage::observe(const Result& result) {
    for (const TeamResult& team : result.teams)
        team_games_[team.team_index].push(result.game_date);
    for (const PlayerResult& played : result.players) {
        const conform::PlayerGame& box = *played.row;
        if (box.minutes <= 0) continue;
        Player& player = players_[played.player_index];
        player.team = played.team_index;
        player.dates.push(result.game_date);
        player.all_minutes.add(box.minutes, kDecayHalfLife10);
        if (std::isnan(box.usage_rate)) continue;
        if (player.season != result.season) {
            player.season = result.season;
            player.season_usage = {};
        }
        player.usage.push(box.usage_rate);
        player.season_usage.add(box.usage_rate);
        player.usage_minutes.add(box.usage_rate * box.minutes, kDecayHalfLife10);
        player.minutes.add(box.minutes, kDecayHalfLife10);
    }
}

double Usage::usual_minutes(const Player& player, TeamIndex team) const {
    const auto& team_games = team_games_[team];
    if (team_games.size() == 0 || player.team != team) return 0;
    const GameDate oldest = team_games[team_games.size() - 1];
    double appearances = 0;
    for (std::size_t back = 0; back < player.dates.size(); ++back) {
        if (player.dates[back] >= oldest) appearances += 1;
    }
    const double share = std::min(1.0, appearances / static_cast<double>(team_games.size()));
    return player.all_minutes.weight > 0 ? player.all_minutes.mean() * share : 0;
}

void Usage::emit(const Matchup& matchup, FamilyRow<Usage>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    row.set("usage_mean_last_10",
            moments_of_last(player.usage, 10, [](double u) { return u; }).mean());
    row.set("usage_mean_season",
            player.season == matchup.season ? player.season_usage.mean() : kUnknown);
    row.set("usage_mean_ewm", ratio(player.usage_minutes.sum, player.minutes.sum));

    double out = 0, minutes = 0, usage = 0;
    for (std::size_t i = 0; i < matchup.teammates.size(); ++i) {
        const bool himself = matchup.teammate_indexes[i] == matchup.player_index;
        if (himself || matchup.teammates[i].injury_status != "out") continue;
        const Player& absent = std::as_const(players_)[matchup.teammate_indexes[i]];
        const double usually = usual_minutes(absent, matchup.team_index);
        if (usually >= kRotationMinutes) out += 1;
        minutes += usually;
        const double rate = ratio(absent.usage_minutes.sum, absent.minutes.sum);
        if (!std::isnan(rate)) usage += rate * usually / 48;
    }
    row.set("teammates_out", out);
    row.set("minutes_vacated", minutes);
    row.set("usage_vacated", usage);
}

}  // namespace tipoff::features
