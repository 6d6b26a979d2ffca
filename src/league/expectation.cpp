#include "league/expectation.h"

#include <algorithm>
#include <cstddef>

#include "league/model.h"

namespace tipoff::league {
namespace {

/// Possessions of a side in 48 minutes between teams of average speed, and how many more turns with
/// the ball there are after offensive rebounds and fouls.
constexpr double kPossessions = 101.0;
constexpr double kTurnsPerPossession = 1.12;
/// Share of floor fouls that are in the bonus.
constexpr double kInBonus = 0.37;
/// Misses that can be rebounded, of a side in a game at average speed.
constexpr double kMissesPerPossession = 0.475;
constexpr double kFreeThrowMisses = 0.021;  ///< a possession, last of a trip

/// Stars are on the floor with other stars more than average team-mates would have it; per unit of
/// usage above 1.
constexpr double kStarsShareLess = 0.075;

/// Averages over a side's minutes, as if it always had its average five on the floor.
struct SideAverage {
    double minutes = 0.0;
    double usage = 0.0;
    double assist = 0.0;
    double offensive_rebound = 0.0;
    double defensive_rebound = 0.0;
    double steal = 0.0;
    double creation = 0.0;  ///< of the five together
    double defence = 0.0;   ///< of the five together
};

SideAverage average_of(const SideOutlook& side) {
    SideAverage sum;
    for (const PlayerOutlook& p : side.players) {
        const Skills& s = p.player->skills;
        sum.minutes += p.minutes;
        sum.usage += p.minutes * s.usage * p.usage;
        sum.assist += p.minutes * s.assist;
        sum.offensive_rebound += p.minutes * s.offensive_rebound;
        sum.defensive_rebound += p.minutes * s.defensive_rebound;
        sum.steal += p.minutes * s.steal;
        sum.creation += p.minutes * s.creation;
        sum.defence += p.minutes * s.defence;
    }
    const double per_minute = 1.0 / std::max(1.0, sum.minutes);
    sum.usage *= per_minute;
    sum.assist *= per_minute;
    sum.offensive_rebound *= per_minute;
    sum.defensive_rebound *= per_minute;
    sum.steal *= per_minute;
    sum.creation *= 5.0 * per_minute;
    sum.defence *= 5.0 * per_minute;
    return sum;
}

/// A player's share of something among those who may have it when he is on the floor: the five, or
/// the four who did not score, with average team-mates.
double share_of(double own, double own_minutes, double team_average, double team_minutes,
                double team_mates = 4.0) {
    const double others = (team_average * team_minutes - own * own_minutes) /
                          std::max(1.0, team_minutes - own_minutes);
    return own / (own + team_mates * std::max(0.05, others));
}

/// What one turn with the ball of a player brings.
struct TurnValue {
    double points = 0.0;
    double threes = 0.0;
    double assisted_makes = 0.0;
};

TurnValue value_of_turn(const PlayerOutlook& who, double accuracy, const TeamStyle& defence,
                        double pressure) {
    const Skills& s = who.player->skills;
    TurnValue shot;
    double total_share = 0.0;
    for (std::size_t z = 0; z < kChosenZones; ++z) {
        const double share = s.zone_share[z] * defence.zone_allowed[z];
        const bool three = is_three(static_cast<Zone>(z));
        const double worth = three ? 3.0 : 2.0;
        const double open = std::clamp(s.accuracy[z] + accuracy + defence.zone_defence[z],
                                       kLeastAccuracy, kMostAccuracy);
        const double foul = kShootingFoul[z] * s.foul_drawing;
        const double made_when_fouled = open * kAccuracyWhenFouled;
        const double made = (1.0 - foul) * open + foul * made_when_fouled;
        const double free_throws = made_when_fouled + (1.0 - made_when_fouled) * worth;
        shot.points += share * (made * worth + foul * free_throws * s.free_throw);
        shot.threes += three ? share * made : 0.0;
        shot.assisted_makes += share * made * kAssisted[z];
        total_share += share;
    }
    const double turnover = kTurnover * s.turnover * turnover_pressure(pressure);
    const double fouled = (1.0 - turnover) * kFloorFoul;
    const double reaches_shot = (1.0 - turnover - fouled) / total_share;
    // A floor foul outside the bonus gives the ball back: the turn begins anew.
    const double again = 1.0 / (1.0 - fouled * (1.0 - kInBonus));
    return {.points = again * (reaches_shot * shot.points + fouled * kInBonus * 2.0 * s.free_throw),
            .threes = again * reaches_shot * shot.threes,
            .assisted_makes = again * reaches_shot * shot.assisted_makes};
}

}  // namespace

std::array<std::vector<ExpectedBox>, 2> expected_boxes(const std::array<SideOutlook, 2>& sides) {
    const std::array<SideAverage, 2> average{average_of(sides[0]), average_of(sides[1])};
    const double possessions =
        kPossessions / (sides[0].style->possession_length * sides[1].style->possession_length);

    std::array<std::vector<ExpectedBox>, 2> boxes;
    for (std::size_t side = 0; side < 2; ++side) {
        const SideAverage& own = average[side];
        const SideAverage& other = average[1 - side];
        double assisted = 0.0;
        std::vector<double> turn_share;
        for (const PlayerOutlook& p : sides[side].players) {
            const Skills& s = p.player->skills;
            const double on_floor = p.minutes / 48.0;
            const double share = share_of(s.usage * p.usage, p.minutes, own.usage, own.minutes);
            const double crowded = 1.0 - kStarsShareLess * (s.usage * p.usage - 1.0);
            const double turns = possessions * kTurnsPerPossession * on_floor * share * crowded;
            const double accuracy = p.accuracy + sides[side].accuracy + kLeagueAccuracy +
                                    kAccuracyPerPoint * (own.creation - other.defence);
            const TurnValue value = value_of_turn(p, accuracy, *sides[1 - side].style, other.steal);
            const double misses = possessions * kMissesPerPossession;
            const double free_misses = possessions * kFreeThrowMisses;
            const double offensive =
                misses * kOffensiveRebound + free_misses * kOffensiveReboundOfFreeThrow;
            const double defensive =
                misses * kDefensiveRebound + free_misses * kDefensiveReboundOfFreeThrow;
            const double rebounds =
                on_floor * (offensive * share_of(s.offensive_rebound, p.minutes,
                                                 own.offensive_rebound, own.minutes) +
                            defensive * share_of(s.defensive_rebound, p.minutes,
                                                 own.defensive_rebound, own.minutes));
            boxes[side].push_back({.points = turns * value.points,
                                   .rebounds = rebounds,
                                   .assists = 0.0,
                                   .threes = turns * value.threes});
            assisted += turns * value.assisted_makes;
            turn_share.push_back(share);
        }
        for (std::size_t i = 0; i < sides[side].players.size(); ++i) {
            const PlayerOutlook& p = sides[side].players[i];
            const double share =
                share_of(p.player->skills.assist, p.minutes, own.assist, own.minutes, 3.0);
            boxes[side][i].assists = assisted * (p.minutes / 48.0) * share * (1.0 - turn_share[i]);
        }
    }
    return boxes;
}

}  // namespace tipoff::league
