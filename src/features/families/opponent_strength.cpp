#include "features/families/opponent_strength.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife20 = 0.965936328924846;  // 2^(-1/20)
constexpr double kLeagueDecay = 0.998845475104855;      // 2^(-1/600)

/// Games at the league's level that a defence is mixed with.
constexpr double kPriorGames = 10;

double net_rating(const TeamResult& team) {
    return team.offense->offensive_rating - team.opponent_offense->offensive_rating;
}

}  // namespace

void OpponentStrength::set_position(PlayerIndex player, std::string_view position) {
    position_groups_[player] = position_group(position);
}

void OpponentStrength::observe(const Result& result) {
    for (const TeamResult& team : result.teams) {
        Team& state = teams_[team.team_index];
        const double rating = team.opponent_offense->offensive_rating;
        state.games.push({rating, static_cast<double>(team.opponent_offense->points)});
        if (state.season != result.season) {
            state.season = result.season;
            state.net_rating = {};
        }
        if (std::isnan(rating)) continue;
        state.defensive_rating.add(rating, kDecayHalfLife20);
        league_rating_.add(rating, kLeagueDecay);
        if (const double net = net_rating(team); !std::isnan(net)) state.net_rating.add(net);
    }
    points_.observe(result, position_groups_,
                    [](const conform::PlayerGame& box) { return static_cast<double>(box.points); });
}

void OpponentStrength::emit(const Matchup& matchup, FamilyRow<OpponentStrength>& row) const {
    const Team& opponent = std::as_const(teams_)[matchup.opponent_index];
    const Team& team = std::as_const(teams_)[matchup.team_index];
    row.set("opponent_defensive_rating_last_10",
            moments_of_last(opponent.games, 10, [](const Game& g) {
                return g.defensive_rating;
            }).mean());
    row.set(
        "opponent_points_allowed_mean_last_10",
        moments_of_last(opponent.games, 10, [](const Game& g) { return g.points_allowed; }).mean());
    row.set("opponent_net_rating_season",
            opponent.season == matchup.season ? opponent.net_rating.mean() : kUnknown);
    row.set("team_net_rating_season",
            team.season == matchup.season ? team.net_rating.mean() : kUnknown);

    const double league = league_rating_.mean();
    const auto& rating = opponent.defensive_rating;
    if (rating.weight > 0) {
        row.set("opponent_defence_factor",
                (rating.sum + kPriorGames * league) / (rating.weight + kPriorGames) / league);
    }
    row.set("opponent_position_factor",
            points_.factor(matchup.opponent_index, position_group(matchup.player.position)));
}

}  // namespace tipoff::features
