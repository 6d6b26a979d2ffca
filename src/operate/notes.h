#pragma once
/// A fact by hand, and what follows from it.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "collect/notes.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace tipoff::operate {

/// A player of a team that plays on the date.
struct NotedPlayer {
    PlayerId player_id;
    std::string player_name;
    TeamId team_id;
    Instant tip_off{};  ///< of his team's game
};

/// The players of the date's teams who are meant: by id, or by a part of the name, accents and case
/// of no account. By name.
Expected<std::vector<NotedPlayer>> players_meant(store::Database& database, GameDate date,
                                                 const std::string& player);

struct NoteRequest {
    NotedPlayer player;
    GameDate date{};
    std::string kind;  ///< as in `collect::Note`
    std::optional<double> minutes;
};

/// Archives the note and stores it, known now. `kRefused` when his game has tipped off: a note
/// reaches no game that has begun.
Expected<collect::Note> write_note(store::Database& database, ledger::Ledger& ledger,
                                   const Clock& clock, const std::filesystem::path& home,
                                   const NoteRequest& request);

}  // namespace tipoff::operate
