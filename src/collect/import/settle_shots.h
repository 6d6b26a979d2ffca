#pragma once
/// Shots, a million of them, settled game by game.
///
/// A source states a game's shots as a whole: two files with the same shots of a game are one
/// statement, two with different ones disagree, and a changed statement is a new revision of all of
/// the game's shots (the greatest revision is the game's). Where the source has no event ids, a
/// shot's event is its place, from 1, in the order: period, time left (most first), team, player,
/// place (x, y), zone, distance, two or three, missed before made. Shots equal in all of that are
/// kept, each with its own number: the box scores count them too.

#include <vector>

#include "collect/import/staged.h"
#include "store/database.h"

namespace tipoff::collect {

struct ShotFact {
    StagedShot shot;
    std::uint32_t file = 0;
    std::int32_t revision = 0;
    bool observed = false;  ///< a changed statement: known from this import on
};

/// Numbers the shots, keeps those that are to be written, marks kept lines, counts duplicates, and
/// tells the files of their disagreements.
Status settle_shots(store::Database& database, std::vector<StagedFile>& files,
                    std::vector<ShotFact>& shots);

/// The rows of raw.shot; all that is named outlives the batch. `now` is the import's instant.
[[nodiscard]] store::Batch shot_batch(const std::vector<ShotFact>& shots,
                                      const std::vector<StagedFile>& files, Instant now);

}  // namespace tipoff::collect
