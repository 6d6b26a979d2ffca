#pragma once
/// Notes by hand as they stood at an instant.

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "collect/notes.h"
#include "conform/schedule.h"

namespace tipoff::conform {

/// Holds pointers to the notes.
class Notes {
public:
    Notes(std::span<const collect::Note> notes, Admissible admissible);

    /// The newest note of the player and date that was known before the as-of; null where there is
    /// none, or it was withdrawn.
    [[nodiscard]] const collect::Note* standing(PlayerId player, GameDate date, AsOf as_of) const;

private:
    Admissible admissible_;
    std::map<std::pair<GameDate, PlayerId>, std::vector<const collect::Note*>>
        notes_;  ///< the oldest first
};

}  // namespace tipoff::conform
