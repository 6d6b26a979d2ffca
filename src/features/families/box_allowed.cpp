#include "features/families/box_allowed.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife20 = 0.965936328924846;  // 2^(-1/20)
constexpr double kLeagueDecay = 0.998845475104855;      // 2^(-1/600)

/// Games at the league's level that a team is mixed with.
constexpr double kPriorGames = 10;

constexpr std::array<Slot<BoxAllowed>, 3> kTeamSlots{
    "opponent_rebounds_factor", "opponent_assists_factor", "opponent_threes_factor"};
constexpr std::array<Slot<BoxAllowed>, 3> kPositionSlots{"opponent_position_rebounds_factor",
                                                         "opponent_position_assists_factor",
                                                         "opponent_position_threes_factor"};

double number_or_unknown(const std::optional<std::int32_t>& value) {
    return value ? static_cast<double>(*value) : kUnknown;
}

/// Rebounds, assists and threes of a player's or a team's game.
template <class GameRow>
std::array<double, 3> counts_of(const GameRow& game) {
    return {number_or_unknown(game.rebounds), number_or_unknown(game.assists),
            number_or_unknown(game.three_pointers_made)};
}

double misses_of(const conform::TeamOffense& team) {
    return number_or_unknown(team.field_goals_attempted) - number_or_unknown(team.field_goals_made);
}

/// Adds a count to a team's sum and to the league's; one that is not on record to neither.
void add_known(double count, DecayedSum& team, DecayedSum& league) {
    if (std::isnan(count)) return;
    team.add(count, kDecayHalfLife20);
    league.add(count, kLeagueDecay);
}

/// A team's mean over the league's, shrunk; NaN where either has nothing on record.
double factor(const DecayedSum& team, const DecayedSum& league) {
    const double usual = league.mean();
    if (team.weight <= 0 || !(usual > 0)) return kUnknown;
    return (team.sum + kPriorGames * usual) / (team.weight + kPriorGames) / usual;
}

}  // namespace

void BoxAllowed::set_position(PlayerIndex player, std::string_view position) {
    position_groups_[player] = position_group(position);
}

void BoxAllowed::observe(const Result& result) {
    for (const TeamResult& team : result.teams) {
        const auto allowed = counts_of(*team.opponent_offense);
        Team& state = teams_[team.team_index];
        for (std::size_t i = 0; i < kCounts; ++i)
            add_known(allowed[i], state.allowed[i], league_[i]);
        add_known(misses_of(*team.offense), state.misses, league_misses_);
        const double forced = misses_of(*team.opponent_offense);
        if (!std::isnan(forced)) state.misses_forced.add(forced, kDecayHalfLife20);
    }
    for (std::size_t i = 0; i < kCounts; ++i) {
        by_position_[i].observe(result, position_groups_,
                                [i](const conform::PlayerGame& box) { return counts_of(box)[i]; });
    }
}

void BoxAllowed::emit(const Matchup& matchup, FamilyRow<BoxAllowed>& row) const {
    const Team& team = std::as_const(teams_)[matchup.team_index];
    const Team& opponent = std::as_const(teams_)[matchup.opponent_index];
    const auto group = position_group(matchup.player.position);
    for (std::size_t i = 0; i < kCounts; ++i) {
        row.set(kTeamSlots[i], factor(opponent.allowed[i], league_[i]));
        row.set(kPositionSlots[i], by_position_[i].factor(matchup.opponent_index, group));
    }
    const auto missed_by = [this](const Team& shooting, const Team& defending) {
        return factor(shooting.misses, league_misses_) *
               factor(defending.misses_forced, league_misses_);
    };
    row.set("missed_shots_factor", (missed_by(team, opponent) + missed_by(opponent, team)) / 2);
}

}  // namespace tipoff::features
