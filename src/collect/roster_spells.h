#pragma once
/// Rosters over time: who stood on a team's list, from when and until when.

#include <string>
#include <vector>

#include "collect/collected_tables.h"
#include "store/database.h"

namespace tipoff::collect {

/// A team's list in one answer.
struct RosterSnapshot {
    std::string source;
    Season season;
    TeamId team_id;
    Instant answered_at{};
    std::string url;
    std::vector<RosterSpell> players;  ///< open, without revisions
};

/// A list that lost more than so many players at once is held back until another answer, an hour
/// later or more, says the same: an upstream that forgets half a team is more common than a trade
/// of five.
inline constexpr std::size_t kMostLost = 4;
inline constexpr std::chrono::hours kConfirmedAfter{1};
inline constexpr std::chrono::hours kConfirmedUntil{72};

struct SettledRosters {
    std::vector<RosterSpell> rows;            ///< opened, and those closed now
    std::vector<std::string> held;            ///< one sentence a list that was held back
    std::vector<std::string> held_documents;  ///< their hashes
};

/// Opens and closes spells by the snapshots, which are in the order of their answers. A team that
/// is in no snapshot keeps its list as it was.
Expected<SettledRosters> settle_rosters(store::Database& database,
                                        const store::Table<RosterSpell>& table,
                                        const std::vector<RosterSnapshot>& snapshots);

}  // namespace tipoff::collect
