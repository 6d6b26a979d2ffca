#include "conform/notes.h"

#include <algorithm>
#include <tuple>

namespace tipoff::conform {

Notes::Notes(std::span<const collect::Note> notes, Admissible admissible)
    : admissible_(admissible) {
    for (const collect::Note& note : notes)
        notes_[{note.game_date, note.player_id}].push_back(&note);
    for (auto& [key, of_player] : notes_) {
        std::ranges::sort(of_player, {}, [](const collect::Note* note) {
            return std::tie(note->known_at, note->revision);
        });
    }
}

const collect::Note* Notes::standing(PlayerId player, GameDate date, AsOf as_of) const {
    const auto found = notes_.find({date, player});
    if (found == notes_.end()) return nullptr;
    const collect::Note* newest = nullptr;
    for (const collect::Note* note : found->second) {
        if (admissible_(note->known_at, as_of)) newest = note;
    }
    return newest != nullptr && newest->kind == collect::kNoteClear ? nullptr : newest;
}

}  // namespace tipoff::conform
