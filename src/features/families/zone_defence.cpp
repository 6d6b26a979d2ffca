#include "features/families/zone_defence.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife20 = 0.965936328924846;  // 2^(-1/20)
constexpr double kLeagueDecay = 0.999718271586284;      // 2^(-1/2460): a season of team games

/// Attempts at the league's accuracy that a defence is mixed with: what a team allows is mostly
/// chance. This and the next: greatest likelihood of the next game's attempts and makes, 2016-17 to
/// 2020-21.
constexpr std::array<double, kZoneGroups> kAccuracyPriorAttempts{420, 520, 1600, 1150, 2800};

/// Games at the league's volume that a defence is mixed with.
constexpr double kVolumePriorGames = 12;

constexpr std::array<Slot<ZoneDefence>, kZoneGroups> kAccuracySlots{
    "opponent_accuracy_factor_restricted_area", "opponent_accuracy_factor_paint",
    "opponent_accuracy_factor_mid_range", "opponent_accuracy_factor_corner_3",
    "opponent_accuracy_factor_above_break_3"};
constexpr std::array<Slot<ZoneDefence>, kZoneGroups> kVolumeSlots{
    "opponent_volume_factor_restricted_area", "opponent_volume_factor_paint",
    "opponent_volume_factor_mid_range", "opponent_volume_factor_corner_3",
    "opponent_volume_factor_above_break_3"};

}  // namespace

void ZoneDefence::observe(const Result& result) {
    for (const TeamResult& result_of_team : result.teams) {
        Team& team = teams_[result_of_team.team_index];
        const auto allowed = zone_counts(*result_of_team.opponent_offense);
        team.games.push({result.season, result.season_type, allowed.has_value()});
        if (!allowed) continue;
        team.allowed.fade(kDecayHalfLife20);
        team.allowed.add(*allowed);
        team.weight = team.weight * kDecayHalfLife20 + 1;
        league_.fade(kLeagueDecay);
        league_.add(*allowed);
        league_weight_ = league_weight_ * kLeagueDecay + 1;
    }
}

void ZoneDefence::emit(const Matchup& matchup, FamilyRow<ZoneDefence>& row) const {
    const Team& team = std::as_const(teams_)[matchup.opponent_index];
    double games = 0, with_shots = 0;
    for (std::size_t back = 0; back < team.games.size(); ++back) {
        const Game& game = team.games[back];
        if (game.season != matchup.season || game.season_type != matchup.season_type) continue;
        games += 1;
        if (game.has_shots) with_shots += 1;
    }
    const double completeness = ratio(with_shots, games);
    row.set("opponent_zone_completeness", completeness);
    if (!(completeness >= kZoneCompletenessFloor)) return;

    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        const double league_accuracy = ratio(league_.makes[z], league_.attempts[z]);
        const double prior = kAccuracyPriorAttempts[z];
        const double accuracy =
            (team.allowed.makes[z] + prior * league_accuracy) / (team.allowed.attempts[z] + prior);
        row.set(kAccuracySlots[z], ratio(accuracy, league_accuracy));
        const double league_volume = league_.attempts[z] / league_weight_;
        const double volume = (team.allowed.attempts[z] + kVolumePriorGames * league_volume) /
                              (team.weight + kVolumePriorGames);
        row.set(kVolumeSlots[z], ratio(volume, league_volume));
    }
}

}  // namespace tipoff::features
