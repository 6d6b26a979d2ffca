#include "features/families/absences.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife2 = 0.707106781186548;   // 2^(-1/2)
constexpr double kDecayHalfLife3 = 0.793700525984100;   // 2^(-1/3)
constexpr double kDecayHalfLife5 = 0.870550563296124;   // 2^(-1/5)
constexpr double kDecayHalfLife10 = 0.933032991536807;  // 2^(-1/10)

constexpr std::int32_t kRecentTeamGames = 10;
constexpr std::uint16_t kRecentMask = (1U << kRecentTeamGames) - 1;
constexpr double kTeamMinutes = 240;

/// Log-odds of playing. Fitted on the players expected in the seasons 2016-17 to 2020-21 by
/// `bench/fit_availability.py` (log loss 0.273; 0.291 on 2021-22 and 2022-23, which it has not
/// seen).
struct LogOdds {
    double intercept = -1.232;
    double share = 1.495;          ///< of the team's last ten games
    double missed = 0.444;         ///< he missed the last game
    double log_missed = -0.982;    ///< ln of the games missed in a row
    double share_missed = -0.744;  ///< share, where he missed the last game
    double opener = -2.378;        ///< the team's first game of a season
    double opener_missed = 1.822;  ///< where he missed the last game of the one before
    double listed = -4.293;        ///< out on the injury list
    double listed_missed = 3.647;
    double minutes = 0.1176;  ///< his usual minutes
    double minutes_missed = -0.0925;
    double back_to_back = 0.755;
    double back_to_back_minutes = -0.0506;
};

}  // namespace

Absences::Load Absences::Player::usual() const {
    if (minutes.weight <= 0) return {};
    const double usually = (minutes_short.mean() + minutes.mean()) / 2;
    const double rate = known_minutes.sum > 0 ? usage_minutes.sum / known_minutes.sum : 0;
    return {usually, rate * usually / 48};
}

void Absences::join(PlayerIndex index, TeamIndex team) {
    Player& player = players_[index];
    if (player.on_roster && player.team == team) return;
    if (player.on_roster) std::erase(teams_[player.team].roster, index);
    player.on_roster = true;
    player.team = team;
    player.appearances = 0;
    player.games_missed = 0;
    teams_[team].roster.push_back(index);
}

void Absences::observe_team(const Result& result, TeamIndex team_index) {
    const auto has_played = [&](PlayerIndex index) {
        return std::ranges::any_of(result.players, [&](const PlayerResult& played) {
            return played.player_index == index && played.row->minutes > 0;
        });
    };
    Team& team = teams_[team_index];
    team.games += 1;
    // Who has not played since the season before last is no longer expected.
    std::erase_if(team.roster, [&](PlayerIndex index) {
        Player& player = players_[index];
        player.on_roster = player.season.start_year() >= result.season.start_year() - 1;
        return !player.on_roster;
    });
    Load missing;
    for (const PlayerIndex index : team.roster) {
        Player& player = players_[index];
        const bool played = has_played(index);
        player.appearances = static_cast<std::uint16_t>(
            ((player.appearances << 1U) | (played ? 1U : 0U)) & kRecentMask);
        if (played) {
            player.games_missed = 0;
            continue;
        }
        player.games_missed = static_cast<std::int16_t>(std::min(player.games_missed + 1, 200));
        const Load usual = player.usual();
        missing.minutes += usual.minutes;
        missing.usage += usual.usage;
    }
    for (const PlayerIndex index : team.roster) {
        Player& player = players_[index];
        if (player.games_missed > 0) continue;
        player.missing_minutes_short.add(missing.minutes, kDecayHalfLife3);
        player.missing_minutes_long.add(missing.minutes, kDecayHalfLife10);
        player.missing_usage_short.add(missing.usage, kDecayHalfLife3);
        player.missing_usage_long.add(missing.usage, kDecayHalfLife10);
    }
}

void Absences::observe(const Result& result) {
    std::vector<TeamIndex> teams;
    for (const PlayerResult& played : result.players) {
        if (played.row->minutes <= 0) continue;
        join(played.player_index, played.team_index);
        players_[played.player_index].season = result.season;
        if (std::ranges::find(teams, played.team_index) == teams.end()) {
            teams.push_back(played.team_index);
        }
    }
    for (const TeamIndex team : teams)
        observe_team(result, team);
    for (const PlayerResult& played : result.players) {
        const conform::PlayerGame& box = *played.row;
        if (box.minutes <= 0) continue;
        Player& player = players_[played.player_index];
        player.minutes_short.add(box.minutes, kDecayHalfLife2);
        player.minutes.add(box.minutes, kDecayHalfLife5);
        if (std::isnan(box.usage_rate)) continue;
        player.usage_minutes.add(box.usage_rate * box.minutes, kDecayHalfLife10);
        player.known_minutes.add(box.minutes, kDecayHalfLife10);
    }
}

std::vector<double> Absences::chances_to_play(const conform::TeamContext& team,
                                              TeamIndex team_index,
                                              std::span<const conform::PlayerContext> players,
                                              std::span<const PlayerIndex> player_indexes) const {
    constexpr LogOdds kLogOdds{};
    const bool is_opener = !team.days_rest.has_value();
    const double recent = std::min(teams_[team_index].games, kRecentTeamGames);
    std::vector<double> chances;
    chances.reserve(players.size());
    for (std::size_t i = 0; i < players.size(); ++i) {
        if (players[i].is_ruled_out) {
            chances.push_back(0);
            continue;
        }
        const Player& player = players_[player_indexes[i]];
        const bool with_team = player.on_roster && player.team == team_index;
        const double share =
            with_team && recent > 0 ? std::popcount(player.appearances) / recent : 0;
        const double missed = with_team ? player.games_missed : 0;
        const double minutes = player.usual().minutes;
        double x = kLogOdds.intercept + kLogOdds.share * share + kLogOdds.minutes * minutes;
        if (players[i].injury_status == "out") x += kLogOdds.listed;
        if (is_opener) {
            x += kLogOdds.opener + (missed > 0 ? kLogOdds.opener_missed : 0);
        } else if (missed > 0) {
            x += kLogOdds.missed + kLogOdds.log_missed * std::log(missed) +
                 kLogOdds.share_missed * share + kLogOdds.minutes_missed * minutes;
            if (players[i].injury_status == "out") x += kLogOdds.listed_missed;
        }
        if (team.is_back_to_back) {
            x += kLogOdds.back_to_back + kLogOdds.back_to_back_minutes * minutes;
        }
        chances.push_back(1 / (1 + std::exp(-x)));
    }
    return chances;
}

void Absences::emit(const Matchup& matchup, FamilyRow<Absences>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    Load missing;
    Load available;
    double own_chance = 0;
    for (std::size_t i = 0; i < matchup.teammates.size(); ++i) {
        const double chance = matchup.chances_to_play[i];
        if (matchup.teammate_indexes[i] == matchup.player_index) {
            own_chance = chance;
            continue;
        }
        const Load usual = std::as_const(players_)[matchup.teammate_indexes[i]].usual();
        missing.minutes += (1 - chance) * usual.minutes;
        missing.usage += (1 - chance) * usual.usage;
        available.minutes += chance * usual.minutes;
        available.usage += chance * usual.usage;
    }
    const bool with_team = player.on_roster && player.team == matchup.team_index;
    row.set("chance_to_play", own_chance);
    row.set("team_games_missed", with_team ? player.games_missed : 0);
    row.set("minutes_expected_missing", missing.minutes);
    row.set("minutes_expected_available", available.minutes);
    row.set("minutes_missing_form_short", player.missing_minutes_short.mean());
    row.set("minutes_missing_form_long", player.missing_minutes_long.mean());
    row.set("minutes_missing_change_short", missing.minutes - player.missing_minutes_short.mean());
    row.set("minutes_missing_change_long", missing.minutes - player.missing_minutes_long.mean());
    row.set("usage_expected_missing", missing.usage);
    row.set("usage_expected_available", available.usage);
    row.set("usage_missing_form_short", player.missing_usage_short.mean());
    row.set("usage_missing_form_long", player.missing_usage_long.mean());
    row.set("usage_missing_change_short", missing.usage - player.missing_usage_short.mean());
    row.set("usage_missing_change_long", missing.usage - player.missing_usage_long.mean());
    const double usual = player.usual().minutes;
    row.set("minutes_in_proportion",
            player.minutes.weight > 0
                ? std::min(kTeamMinutes, kTeamMinutes * ratio(usual, usual + available.minutes))
                : kUnknown);
}

}  // namespace tipoff::features
