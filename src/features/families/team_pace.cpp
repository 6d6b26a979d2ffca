#include "features/families/team_pace.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife20 = 0.965936328924846;  // 2^(-1/20)
constexpr double kLeagueDecay =
    0.998845475104855;  // 2^(-1/600): a quarter of a season of team games

/// Games at the league's pace that a team is mixed with.
constexpr double kPriorGames = 5;

}  // namespace

void TeamPace::observe(const Result& result) {
    for (const TeamResult& team : result.teams) {
        const conform::TeamOffense& offense = *team.offense;
        Team& state = teams_[team.team_index];
        state.games.push(
            {offense.pace, offense.offensive_rating, static_cast<double>(offense.points)});
        if (std::isnan(offense.pace)) continue;
        state.pace.add(offense.pace, kDecayHalfLife20);
        league_pace_.add(offense.pace, kLeagueDecay);
    }
}

void TeamPace::emit(const Matchup& matchup, FamilyRow<TeamPace>& row) const {
    const Team& team = std::as_const(teams_)[matchup.team_index];
    const Team& opponent = std::as_const(teams_)[matchup.opponent_index];
    const auto pace = [](const Game& game) { return game.pace; };
    row.set("team_pace_last_10", moments_of_last(team.games, 10, pace).mean());
    row.set("opponent_pace_last_10", moments_of_last(opponent.games, 10, pace).mean());
    row.set("team_offensive_rating_last_10", moments_of_last(team.games, 10, [](const Game& g) {
                                                 return g.offensive_rating;
                                             }).mean());
    row.set("team_points_mean_last_10",
            moments_of_last(team.games, 10, [](const Game& g) { return g.points; }).mean());

    const double league = league_pace_.mean();
    const auto factor = [league](const Team& state) {
        const double shrunk =
            (state.pace.sum + kPriorGames * league) / (state.pace.weight + kPriorGames);
        return state.pace.weight > 0 ? shrunk / league : kUnknown;
    };
    row.set("expected_pace_factor", factor(team) * factor(opponent));
}

}  // namespace tipoff::features
