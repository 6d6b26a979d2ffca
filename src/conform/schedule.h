#pragma once
/// The schedule as a history of statements, and what it said at an instant.

#include <cstdint>
#include <span>
#include <vector>

#include "base/calendar.h"
#include "collect/raw_tables.h"
#include "conform/raw_facts.h"

namespace tipoff::conform {

/// May a fact known at the one instant be used at the other? `is_admissible`, unless a test takes
/// the guard out.
using Admissible = bool (*)(KnownAt, AsOf);

/// All games of the facts, in the order of the newest statement's date, tip-off and game id.
/// Preseason and All-Star games are left out. Holds pointers into the facts.
class ScheduleHistory {
public:
    explicit ScheduleHistory(std::span<const collect::Schedule> rows);

    [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }

    /// Every statement of a game, the oldest first.
    [[nodiscard]] std::span<const collect::Schedule* const> statements(std::size_t game) const {
        return std::span(rows_).subspan(begins_[game], begins_[game + 1] - begins_[game]);
    }
    [[nodiscard]] const collect::Schedule& newest(std::size_t game) const {
        return *rows_[begins_[game + 1] - 1];
    }

private:
    std::vector<const collect::Schedule*> rows_;
    std::vector<std::size_t> begins_;
};

struct PairingAsKnown {
    const collect::Schedule* row = nullptr;
    bool is_postponed = false;
};

/// Where and when the schedule said that a game is played. The first pairing of a game counts as
/// known all season; that it was postponed or moved is known from then on.
[[nodiscard]] PairingAsKnown pairing_as_known(std::span<const collect::Schedule* const> statements,
                                              AsOf as_of, Admissible admissible);

}  // namespace tipoff::conform
