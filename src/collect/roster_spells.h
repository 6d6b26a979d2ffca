#pragma once
/// Rosters over time: who stood on a team's list, from when and until when.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collect/collected_tables.h"
#include "collect/raw_tables.h"
#include "store/database.h"

namespace tipoff::collect {

/// A team's list in one answer.
struct RosterSnapshot {
    std::string source;
    Season season;
    TeamId team_id;
    Instant answered_at{};
    std::string url;
    bool is_whole = true;              ///< false: not all of the list may be there
    std::vector<RosterSpell> players;  ///< open, without revisions
};

/// A list that lost more than so many players at once is held back until another answer, an hour
/// later or more, says the same, and none in between was whole: an upstream that forgets half a
/// team is more common than a trade of five.
inline constexpr std::size_t kMostLost = 4;
inline constexpr std::chrono::hours kConfirmedAfter{1};
inline constexpr std::chrono::hours kConfirmedUntil{72};

/// The outcome of a document whose list is held back, and still may be confirmed.
inline constexpr std::string_view kHeldBack = "partial: held back";

struct SettledRosters {
    std::vector<RosterSpell> rows;  ///< opened, and those closed now
    std::vector<std::string> held;  ///< one sentence a list that is held back
    /// Outcomes by document: of lists that are held back, and of those that a later one settled.
    std::map<std::string, std::string> outcomes;
    /// Stored documents whose outcome changes by it.
    std::vector<Document> documents;
};

/// Opens and closes spells by the snapshots, which are in the order of their answers. A team that
/// is in no snapshot keeps its list as it was. One that is not whole closes nothing: who is missing
/// in it may be what is missing of it.
Expected<SettledRosters> settle_rosters(store::Database& database,
                                        const store::Table<RosterSpell>& table,
                                        const std::vector<RosterSnapshot>& snapshots);

}  // namespace tipoff::collect
