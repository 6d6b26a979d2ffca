#include "collect/notes.h"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "collect/answer_archive.h"

namespace tipoff::collect {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kManual = "manual";
constexpr std::string_view kNotes = "notes";

Expected<Note> note_from(const std::string& text, const ArchivedAnswer& document) {
    try {
        const Json json = Json::parse(text);
        Note note;
        note.player_id = PlayerId{json.at("player_id").get<std::int64_t>()};
        TIPOFF_TRY(note.game_date, parse_date(json.at("date").get<std::string>()));
        json.at("note").get_to(note.kind);
        if (json.contains("minutes")) note.minutes = json.at("minutes").get<double>();
        json.at("player").get_to(note.player_name);
        note.known_at = KnownAt{document.answered_at};
        note.known_at_basis = kBasisManual;
        note.document_hash = document.content_hash;
        return note;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::kCorrupt, problem.what());
    }
}

}  // namespace

const store::Table<Note> kNote{
    "raw",
    "note",
    "What a person noted of a player before his game.",
    {
        store::key<&Note::player_id>("player_id", "The player."),
        store::key<&Note::game_date>("game_date", "The league's day of the game."),
        store::shared_key<&Note::revision>("revision",
                                           "Each note of the player and date counts up."),
        store::value<&Note::kind>(
            "kind",
            "\"out\", \"minutes\", or \"clear\": what was noted before stands "
            "no more."),
        store::value<&Note::minutes>("minutes", "The minutes that he is to play; else NULL."),
        store::value<&Note::player_name>("player_name", "His name at the time."),
        store::value<&Note::known_at>("known_at", "When it was noted."),
        store::value<&Note::known_at_basis>("known_at_basis", "\"manual\"."),
        store::value<&Note::document_hash>("document_hash",
                                           "Content hash of the document that states it."),
    }};

Expected<Note> archive_note(const std::filesystem::path& home, Note note) {
    Json json{{"player_id", note.player_id.value},
              {"date", to_string(note.game_date)},
              {"note", note.kind},
              {"player", note.player_name}};
    if (note.minutes) json["minutes"] = *note.minutes;
    HttpAnswer document;
    document.body = json.dump();
    document.asked_at = note.known_at.at;
    document.answered_at = note.known_at.at;
    TIPOFF_TRY(const auto archived, archive_answer(home, kManual, kNotes, {}, document));
    note.known_at_basis = kBasisManual;
    note.document_hash = archived.content_hash;
    return note;
}

Expected<std::vector<Note>> archived_notes(const std::filesystem::path& home) {
    TIPOFF_TRY(const auto documents, archived_answers(home, kManual));
    std::map<std::pair<PlayerId, GameDate>, std::int32_t> revisions;
    std::vector<Note> notes;
    for (const ArchivedAnswer& document : documents) {
        if (document.url != kNotes) continue;
        TIPOFF_TRY(const std::string body, archived_body(home, document.content_hash));
        auto note = note_from(body, document);
        if (!note) return std::unexpected(note.error().with_context(document.content_hash));
        note->revision = revisions[{note->player_id, note->game_date}]++;
        notes.push_back(*std::move(note));
    }
    return notes;
}

}  // namespace tipoff::collect
