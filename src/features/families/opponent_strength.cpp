#include "features/families/opponent_strength.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife20 = 0.965936328924846;  // 2^(-1/20)
constexpr double kLeagueDecay = 0.998845475104855;      // 2^(-1/600)

/// Games at the league's level that a defence is mixed with.
constexpr double kPriorGames = 10;

/// The group of "G", "F", "C", "G-F", ...: the first letter counts. 0 when unknown.
std::int8_t group_of(std::string_view position) {
    if (position.empty()) return 0;
    switch (position.front()) {
        case 'G': return 1;
        case 'F': return 2;
        case 'C': return 3;
        default: return 0;
    }
}

double net_rating(const TeamResult& team) {
    return team.offense->offensive_rating - team.opponent_offense->offensive_rating;
}

}  // namespace

void OpponentStrength::set_position(PlayerIndex player, std::string_view position) {
    position_groups_[player] = group_of(position);
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

    struct Totals {
        double points = 0;
        double minutes = 0;
    };
    // By defending team: what each position scored against it tonight.
    std::array<std::array<Totals, kPositionGroups>, 2> totals{};
    if (result.teams.size() != 2) return;
    for (const PlayerResult& played : result.players) {
        const auto group = std::as_const(position_groups_)[played.player_index];
        if (group == 0) continue;
        const std::size_t defender = played.opponent_index == result.teams[0].team_index ? 0 : 1;
        Totals& total = totals[defender][static_cast<std::size_t>(group - 1)];
        total.points += played.row->points;
        total.minutes += played.row->minutes;
    }
    for (std::size_t defender = 0; defender < 2; ++defender) {
        Team& state = teams_[result.teams[defender].team_index];
        for (std::size_t g = 0; g < kPositionGroups; ++g) {
            const Totals& total = totals[defender][g];
            if (total.minutes <= 0) continue;
            state.allowed[g].points.add(total.points, kDecayHalfLife20);
            state.allowed[g].minutes.add(total.minutes, kDecayHalfLife20);
            league_allowed_[g].points.add(total.points, kLeagueDecay);
            league_allowed_[g].minutes.add(total.minutes, kLeagueDecay);
        }
    }
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

    const auto group = group_of(matchup.player.position);
    if (group == 0) return;
    const Allowed& allowed = opponent.allowed[static_cast<std::size_t>(group - 1)];
    const Allowed& all = league_allowed_[static_cast<std::size_t>(group - 1)];
    const double league_rate = ratio(all.points.sum, all.minutes.sum);
    const double prior_minutes = kPriorGames * all.minutes.mean();
    if (std::isnan(league_rate) || allowed.minutes.weight <= 0) return;
    const double rate =
        (allowed.points.sum + prior_minutes * league_rate) / (allowed.minutes.sum + prior_minutes);
    row.set("opponent_position_factor", rate / league_rate);
}

}  // namespace tipoff::features
