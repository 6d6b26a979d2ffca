#pragma once
/// What the two forms of shot charts share: zones, the clock, the limit of rows, the check of a
/// shot's place.

#include <cstdint>
#include <span>
#include <string_view>

#include "collect/import/kind.h"

namespace tipoff::collect {

/// stats.nba.com answers at most this many shots: a file of exactly so many was cut off in its last
/// game.
inline constexpr std::int64_t kShotRowLimit = 102'400;

/// A zone by NBA.com's name ("In The Paint (Non-RA)"); an unknown name refuses the row.
std::uint8_t read_zone(RowFields& row, std::size_t column);

/// Whether SHOT_TYPE is "3PT Field Goal"; anything but that and "2PT Field Goal" refuses the row.
bool read_three_pointer(RowFields& row, std::size_t column);

/// Period and the seconds left in it, by the two columns of the clock.
void read_clock(RowFields& row, std::size_t period, std::size_t minutes, std::size_t seconds,
                StagedShot& shot);

/// The game's teams and the shooter's, which must be one of them.
void read_shot_teams(RowFields& row, std::size_t home, std::size_t away, std::size_t team,
                     StagedShot& shot);

/// A coordinate in thousandths of its unit.
std::int32_t read_thousandths(RowFields& row, std::size_t column);

/// Refuses the last game of a file that stops at the upstream's limit of rows.
void refuse_cut_off_game(StagedFile& file);

/// Refuses shots whose place (by now in tenths of feet from the hoop) is not at their distance,
/// which NBA.com rounds down to whole feet, or whose corner is on the other side: left is where x
/// is negative.
std::int64_t refuse_misplaced_shots(StagedFile& file);

}  // namespace tipoff::collect
