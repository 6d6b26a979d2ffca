#pragma once
/// Who is likely to play tonight, and whose minutes are there to be had.
///
/// A player's recent form already contains the absences of his teammates in those games: what moves
/// his minutes tonight is the change. Injury lists are late and incomplete, so that every expected
/// teammate counts with his chance to play: a logistic regression on how long he has been away, his
/// share of the team's last games, the injury list and his usual minutes.
///
/// A roster here is everybody whose last game of this season or the last was for the team.

#include <array>
#include <cstdint>
#include <vector>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

class Absences {
public:
    static constexpr std::array kSpecs{
        FeatureSpec{"chance_to_play", "share", 0, 1,
                    "Chance that he plays, from absences so far and the injury list.",
                    "player games, team games, injuries", ""},
        FeatureSpec{"team_games_missed", "games", 0, 200,
                    "Games of his team in a row that he has missed.", "player games", ""},
        FeatureSpec{"minutes_expected_missing", "minutes", 0, 1500,
                    "Usual minutes of teammates, each times his chance not to play.",
                    "player games, injuries", ""},
        FeatureSpec{"minutes_expected_available", "minutes", 0, 1500,
                    "Usual minutes of teammates, each times his chance to play.",
                    "player games, injuries", ""},
        FeatureSpec{"minutes_missing_form_short", "minutes", 0, 1500,
                    "Usual minutes of teammates who were missing in his games, half-life 3 games.",
                    "player games", "no game played yet"},
        FeatureSpec{"minutes_missing_form_long", "minutes", 0, 1500,
                    "The same, half-life 10 games.", "player games", "no game played yet"},
        FeatureSpec{"minutes_missing_change_short", "minutes", -1500, 1500,
                    "Expected missing minutes less those of his games, half-life 3.",
                    "player games, injuries", "no game played yet"},
        FeatureSpec{"minutes_missing_change_long", "minutes", -1500, 1500,
                    "The same, half-life 10.", "player games, injuries", "no game played yet"},
        FeatureSpec{"usage_expected_missing", "share", 0, 30,
                    "Usage x minutes / 48 of teammates, each times his chance not to play.",
                    "player games, team games, injuries", ""},
        FeatureSpec{"usage_expected_available", "share", 0, 30,
                    "Usage x minutes / 48 of teammates, each times his chance to play.",
                    "player games, team games, injuries", ""},
        FeatureSpec{"usage_missing_form_short", "share", 0, 30,
                    "Usage x minutes / 48 of teammates who were missing in his games, half-life 3.",
                    "player games, team games", "no game played yet"},
        FeatureSpec{"usage_missing_form_long", "share", 0, 30, "The same, half-life 10 games.",
                    "player games, team games", "no game played yet"},
        FeatureSpec{"usage_missing_change_short", "share", -30, 30,
                    "Expected missing usage less that of his games, half-life 3.",
                    "player games, team games, injuries", "no game played yet"},
        FeatureSpec{"usage_missing_change_long", "share", -30, 30, "The same, half-life 10.",
                    "player games, team games, injuries", "no game played yet"},
        FeatureSpec{"minutes_in_proportion", "minutes", 0, 240,
                    "His minutes if the team's 240 go by usual minutes among those who may play.",
                    "player games, injuries", "no game played yet"},
    };

    /// Chances to play of the expected players of one team, in their order.
    [[nodiscard]] std::vector<double> chances_to_play(
        const conform::TeamContext& team, TeamIndex team_index,
        std::span<const conform::PlayerContext> players,
        std::span<const PlayerIndex> player_indexes) const;

    void emit(const Matchup& matchup, FamilyRow<Absences>& row) const;
    void observe(const Result& result);

private:
    /// What teammates take of a game.
    struct Load {
        double minutes = 0;
        double usage = 0;  ///< usage x minutes / 48
    };
    struct Player {
        DecayedSum minutes_short;  ///< half-life 2 games
        DecayedSum minutes;        ///< half-life 5 games
        DecayedSum usage_minutes;  ///< usage x minutes, half-life 10 games
        DecayedSum known_minutes;  ///< of the games with a usage rate, half-life 10 games
        DecayedSum missing_minutes_short, missing_minutes_long;
        DecayedSum missing_usage_short, missing_usage_long;
        std::uint16_t appearances = 0;  ///< the team's last ten games, the newest in bit 0
        std::int16_t games_missed = 0;  ///< in a row
        bool on_roster = false;
        TeamIndex team = 0;
        Season season;  ///< of his last game

        [[nodiscard]] Load usual() const;
    };
    struct Team {
        std::vector<PlayerIndex> roster;
        std::int32_t games = 0;
    };

    void join(PlayerIndex player, TeamIndex team);
    void observe_team(const Result& result, TeamIndex team);

    ByIndex<Player> players_;
    ByIndex<Team> teams_;
};

}  // namespace tipoff::features
