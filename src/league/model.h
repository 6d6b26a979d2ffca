#pragma once
/// The constants of the game model: what happens on an average possession. Used by the simulated
/// games and by the bookmaker's expectation of them. Rates are tuned so that a season's averages
/// come out at those of 2022-23.

#include <array>

#include "league/box.h"

namespace tipoff::league {

/// Chance that a possession of an average player ends in a turnover.
inline constexpr double kTurnover = 0.115;
/// Of turnovers: stolen, and called as an offensive foul.
inline constexpr double kStolen = 0.545;
inline constexpr double kOffensiveFoul = 0.13;

/// Chance of a foul off the shot during an average possession.
inline constexpr double kFloorFoul = 0.067;

/// Chance that a shot from a zone draws a foul; its accuracy then falls to this share.
inline constexpr std::array<double, kChosenZones> kShootingFoul{.215, .100, .043, .013, .013, .013};
inline constexpr double kAccuracyWhenFouled = 0.42;

/// Of made shots by zone: assisted. Of missed ones: blocked.
inline constexpr std::array<double, kZones> kAssisted{.62, .42, .42, .96, .96, .80, .2};
inline constexpr std::array<double, kZones> kBlocked{.29, .155, .07, .01, .01, .01, .0};

/// Who gets a missed shot, or a missed last free throw; the rest goes out of bounds, to nobody in
/// the box score.
inline constexpr double kOffensiveRebound = 0.204;
inline constexpr double kDefensiveRebound = 0.690;
inline constexpr double kOutToOffence = 0.040;
inline constexpr double kOffensiveReboundOfFreeThrow = 0.115;
inline constexpr double kDefensiveReboundOfFreeThrow = 0.845;

/// Chance that a shot by the player who took an offensive rebound is a putback at the rim.
inline constexpr double kPutback = 0.42;

/// Accuracy that one point per 100 possessions is worth: about 88 shots of 2.3 points each.
inline constexpr double kAccuracyPerPoint = 0.0048;

/// Lineups on court are better than the average of all rosters on both ends; this sets the league's
/// accuracy.
inline constexpr double kLeagueAccuracy = -0.018;

/// Accuracy that the home team gains and the visitors lose.
inline constexpr double kHomeAccuracy = 0.0098;
/// Accuracy lost on the second night of a back-to-back; as much is given to the opponents.
inline constexpr double kBackToBackAccuracy = 0.0065;

/// Accuracy that the leading team loses, and the other gains, a point of the lead: leads shrink
/// more than chance would have it, which is why margins are as narrow as they are.
inline constexpr double kAccuracyPerLead = 0.0016;
/// The same in the last minutes of a close game, when the team behind takes what it needs and the
/// other protects.
inline constexpr double kAccuracyPerLateLead = 0.011;
/// Accuracy that both teams lose a point by which they have scored more than usual so far: defences
/// adjust.
inline constexpr double kAccuracyPerExcess = 0.0004;
inline constexpr double kUsualPointsPerMinute = 4.78;  ///< of both teams
/// Share of an expected margin that is left at the end, since leads shrink.
inline constexpr double kMarginLeft = 0.63;
/// The same of how far an expected total is from the usual one.
inline constexpr double kExcessLeft = 0.75;

/// Accuracy lost by the last shot of a tied game: everybody knows that it comes.
inline constexpr double kLastShot = 0.26;

/// Accuracy gained by a shot that may tie the game at the end: the defence guards against the other
/// one.
inline constexpr double kTyingShot = 0.10;

/// How much more seldom a team fouls for each foul that it has in the period, and a player for each
/// of his own.
inline constexpr double kTeamFoulRestraint = 0.075;
inline constexpr double kPlayerFoulRestraint = 0.14;

/// Seconds of a possession: `kPossessionShortest` plus twice `kPossessionSpread` at most, most
/// often half of that.
inline constexpr double kPossessionShortest = 3.4;
inline constexpr double kPossessionSpread = 9.85;
inline constexpr double kSecondChanceShortest = 1.0;
inline constexpr double kSecondChanceSpread = 5.0;

/// Seconds more after a score, and fewer otherwise.
inline constexpr double kBringsUpTheBall = 0.9;
inline constexpr double kStartsRunning = 0.7;

/// No shot is surer or more hopeless than this.
inline constexpr double kLeastAccuracy = 0.03;
inline constexpr double kMostAccuracy = 0.95;

/// How the average steal skill of the five who defend changes turnovers.
[[nodiscard]] constexpr double turnover_pressure(double average_steal) {
    return 0.6 + 0.4 * average_steal;
}

inline constexpr int kFoulLimit = 6;
inline constexpr int kBonusFouls = 5;  ///< from this team foul of a period on there are free throws

}  // namespace tipoff::league
