#pragma once
/// Facts by hand: what a person knows of a player before his game and no source says yet.
///
/// A note is archived first, as a document of the source "manual", so that a rebuilt database has
/// it again; then it is a row of `raw.note`. It speaks of one player on one date of the league and
/// is never changed: the newest one stands.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::collect {

inline constexpr std::string_view kBasisManual = "manual";

inline constexpr std::string_view kNoteOut = "out";          ///< he does not play
inline constexpr std::string_view kNoteMinutes = "minutes";  ///< he is expected to play so many
inline constexpr std::string_view kNoteClear = "clear";      ///< what was noted stands no more

struct Note {
    PlayerId player_id;
    GameDate game_date{};
    std::int32_t revision = 0;  ///< counts up with each note of the player and date
    std::string kind;           ///< "out", "minutes" or "clear"
    std::optional<double> minutes;
    std::string player_name;
    KnownAt known_at{};
    std::string known_at_basis;  ///< "manual"
    std::string document_hash;
};

extern const store::Table<Note> kNote;  ///< raw.note

/// Archives the note; the row that states it has the hash of the document. `kIo` where the archive
/// fails.
Expected<Note> archive_note(const std::filesystem::path& home, Note note);

/// The rows of every note that was archived, as they were stored.
Expected<std::vector<Note>> archived_notes(const std::filesystem::path& home);

}  // namespace tipoff::collect
