#include "features/families/shot_zones.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife30 = 0.977159968434246;  // 2^(-1/30)

/// The league's counts fade by game: a half-life of about a season (1,230 games).
constexpr double kLeagueDecay = 0.999436622405634;  // 2^(-1/1230)

/// Attempts of the league's profile that a player's own share is mixed with. This and the next:
/// greatest likelihood of the next game's attempts and makes, 95,000 player games of 2016-17 to
/// 2020-21.
constexpr double kSharePriorAttempts = 7;

/// Attempts of the league's accuracy that a player's own is mixed with, by zone: close to the rim
/// players differ more and are known sooner.
constexpr std::array<double, kZoneGroups> kAccuracyPriorAttempts{50, 55, 95, 100, 210};

constexpr std::array<Slot<ShotZones>, kZoneGroups> kShareSlots{
    "zone_share_restricted_area", "zone_share_paint", "zone_share_mid_range", "zone_share_corner_3",
    "zone_share_above_break_3"};
constexpr std::array<Slot<ShotZones>, kZoneGroups> kAccuracySlots{
    "zone_accuracy_restricted_area", "zone_accuracy_paint", "zone_accuracy_mid_range",
    "zone_accuracy_corner_3", "zone_accuracy_above_break_3"};

}  // namespace

void ShotZones::observe(const Result& result) {
    ZoneCounts game_total;
    for (const PlayerResult& played : result.players) {
        const conform::PlayerGame& box = *played.row;
        if (box.minutes <= 0) continue;
        Player& player = players_[played.player_index];
        const auto counts = zone_counts(box);
        player.games.push({result.season, result.season_type, counts.has_value()});
        if (!counts) continue;
        player.counts.fade(kDecayHalfLife30);
        player.counts.add(*counts);
        game_total.add(*counts);
    }
    if (game_total.total_attempts() > 0) {
        league_.fade(kLeagueDecay);
        league_.add(game_total);
    }
}

void ShotZones::emit(const Matchup& matchup, FamilyRow<ShotZones>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    double games = 0, with_shots = 0;
    for (std::size_t back = 0; back < player.games.size(); ++back) {
        const Game& game = player.games[back];
        if (game.season != matchup.season || game.season_type != matchup.season_type) continue;
        games += 1;
        if (game.has_shots) with_shots += 1;
    }
    const double completeness = ratio(with_shots, games);
    row.set("zone_completeness", completeness);
    const double league_attempts = league_.total_attempts();
    if (!(completeness >= kZoneCompletenessFloor) || league_attempts <= 0) return;

    const double attempts = player.counts.total_attempts();
    row.set("zone_attempts_weighted", attempts);
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        const double league_share = league_.attempts[z] / league_attempts;
        const double league_accuracy = ratio(league_.makes[z], league_.attempts[z]);
        row.set(kShareSlots[z], (player.counts.attempts[z] + kSharePriorAttempts * league_share) /
                                    (attempts + kSharePriorAttempts));
        row.set(kAccuracySlots[z],
                (player.counts.makes[z] + kAccuracyPriorAttempts[z] * league_accuracy) /
                    (player.counts.attempts[z] + kAccuracyPriorAttempts[z]));
    }
}

}  // namespace tipoff::features
