#pragma once
/// Everything that the conform room takes from `raw`, in memory.
///
/// Plain rows: a test may fill them by hand. Nothing here depends on the order of the rows. The
/// `document_hash` of rows that were read is left empty.

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/ids.h"
#include "collect/collected_tables.h"
#include "collect/notes.h"
#include "collect/raw_tables.h"
#include "conform/zone_fields.h"
#include "store/database.h"

namespace tipoff::conform {

/// Shots of a player in a game that became known at one instant. A shot that was stated anew is
/// taken away (counts below zero) and added again at the instant of the newer statement, so that
/// the sum of all rows known at an instant is what the shot chart said then.
struct ShotCount {
    std::string source;
    GameId game_id;
    PlayerId player_id;
    KnownAt known_at{};
    ZoneCounts counts;
};

/// A list that says for which team a player is: none for one who is on no team.
struct ListedPlayer {
    PlayerId player_id;
    std::optional<TeamId> team_id;
    KnownAt known_at{};
    bool operator==(const ListedPlayer&) const = default;
};

/// All statements of all revisions; lines taken in play are left out.
struct RawFacts {
    std::vector<collect::Schedule> schedule;
    std::vector<collect::PlayerBox> player_boxes;
    std::vector<collect::TeamBox> team_boxes;
    std::vector<ShotCount> shots;
    std::vector<collect::GameLine> game_lines;
    std::vector<collect::PropLine> prop_lines;
    std::vector<collect::InjuryTransaction> injuries;
    std::vector<collect::Position> positions;
    std::vector<ListedPlayer> listed;  ///< in the order in which it became known
    std::vector<collect::Player> players;
    std::vector<collect::Note> notes;  ///< by hand
};

/// Reads the raw tables, each in the order of its key. Fails as the database does.
[[nodiscard]] Expected<RawFacts> read_raw(store::Database& database);

/// Of the players who have a box score in a range of dates: all their box scores up to its end, and
/// the schedule. For whoever needs players' games and nothing else; the other facts are left empty.
/// Fails as the database does.
[[nodiscard]] Expected<RawFacts> read_box_scores(store::Database& database,
                                                 const store::DateScope& dates);

}  // namespace tipoff::conform
