#pragma once
/// A player of the simulated league: who he is and what he can do. The skills are latent: no file
/// shows them, box scores come from them through the simulated games.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "league/box.h"
#include "league/names.h"
#include "league/random.h"

namespace tipoff::league {

enum class Position : std::uint8_t {
    kPointGuard,
    kShootingGuard,
    kSmallForward,
    kPowerForward,
    kCenter
};
inline constexpr std::size_t kPositions = 5;

/// "PG", "SG", "SF", "PF", "C".
[[nodiscard]] std::string_view to_string(Position position);

/// "G", "F" or "C".
[[nodiscard]] std::string_view group_of(Position position);

/// What a player can do. Relative values are 1 for an average player of the league.
struct Skills {
    double usage = 1.0;                             ///< how often he ends a possession, relative
    std::array<double, kChosenZones> zone_share{};  ///< where he shoots from; adds up to 1
    std::array<double, kChosenZones>
        accuracy{};             ///< chance of an open shot there against an average defence
    double free_throw = 0.78;   ///< chance of a free throw
    double foul_drawing = 1.0;  ///< relative
    double turnover = 1.0;      ///< a possession of his ends so, relative
    double assist = 1.0;        ///< relative to team-mates on court, as those below
    double offensive_rebound = 1.0;
    double defensive_rebound = 1.0;
    double steal = 1.0;
    double block = 1.0;
    double foul = 1.0;
    double creation = 0.0;  ///< what he adds to his team's shots, points per 100 possessions
    double defence = 0.0;   ///< what he takes from the opponents' shots, points per 100 possessions
};

struct Player {
    std::int64_t player_id = 0;  ///< 90000001 and up
    PlayerName name;
    Position position = Position::kPointGuard;
    std::string_view listed_position;  ///< as rosters write it: "G", "G-F", "F-C", ...
    int age = 22;                      ///< on opening night
    double quality = 0.0;     ///< standard deviations from the average of all who are on a roster
    double durability = 1.0;  ///< relative chance of an injury
    Skills skills;
};

/// A player of this position, age and quality, otherwise by chance. The name and id are the
/// caller's to give.
[[nodiscard]] Player make_player(Position position, int age, double quality, Random& random);

/// One summer later: a year older, better when young, worse past 30, and somewhat different by
/// chance.
void grow_older(Player& player, Random& random);

}  // namespace tipoff::league
