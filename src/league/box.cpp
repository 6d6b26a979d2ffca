#include "league/box.h"

namespace tipoff::league {

BoxCounts& BoxCounts::operator+=(const BoxCounts& other) {
    points += other.points;
    field_goals_made += other.field_goals_made;
    field_goals_attempted += other.field_goals_attempted;
    threes_made += other.threes_made;
    threes_attempted += other.threes_attempted;
    free_throws_made += other.free_throws_made;
    free_throws_attempted += other.free_throws_attempted;
    offensive_rebounds += other.offensive_rebounds;
    defensive_rebounds += other.defensive_rebounds;
    assists += other.assists;
    steals += other.steals;
    blocks += other.blocks;
    turnovers += other.turnovers;
    fouls += other.fouls;
    plus_minus += other.plus_minus;
    return *this;
}

}  // namespace tipoff::league
