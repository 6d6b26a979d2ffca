/// `tipoff note`: a fact by hand; the board follows.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/parse.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/live_output.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "collect/teams.h"
#include "operate/live.h"
#include "operate/notes.h"

namespace tipoff::cli {
namespace {

struct NoteOptions {
    std::string player;
    std::string date = "today";
    std::vector<std::string> words;  ///< "out", "minutes 30", "clear"
    std::optional<std::int64_t> threads;
    Format format = Format::kTable;
};

constexpr double kMostMinutes = 68;  ///< a game of four overtimes

Error not_a_note() {
    return {ErrorCode::kUsage, "what is noted is missing, or cannot be read",
            "out, minutes N (of 1 to 68), or clear"};
}

Expected<operate::NoteRequest> request_of(const NoteOptions& options, const Context& context) {
    operate::NoteRequest request;
    TIPOFF_TRY(request.date, context.date("--date", options.date));
    const auto& words = options.words;
    if (words.empty()) return std::unexpected(not_a_note());
    request.kind = words.front();
    if (request.kind == collect::kNoteMinutes) {
        if (words.size() != 2) return std::unexpected(not_a_note());
        request.minutes = parse_number(words[1]);
        if (!request.minutes || *request.minutes < 1 || *request.minutes > kMostMinutes)
            return std::unexpected(not_a_note());
        return request;
    }
    const bool is_known = request.kind == collect::kNoteOut || request.kind == collect::kNoteClear;
    if (!is_known || words.size() != 1) return std::unexpected(not_a_note());
    return request;
}

/// The one player who is meant; several are listed in the hint.
Expected<operate::NotedPlayer> one_player(const std::vector<operate::NotedPlayer>& meant,
                                          const operate::NoteRequest& request,
                                          const std::string& player) {
    if (meant.size() == 1) return meant.front();
    if (meant.empty()) {
        return fail(ErrorCode::kUsage,
                    fmt::format("--player: nobody of the teams of {} is '{}'",
                                to_string(request.date), player),
                    "an id, or a part of the name; tipoff coverage --date shows who is expected");
    }
    constexpr std::size_t kListed = 12;
    std::string names;
    for (std::size_t i = 0; i < meant.size() && i < kListed; ++i) {
        const collect::Team* team = collect::find_team(meant[i].team_id);
        names += fmt::format("{}{} ({}, --player {})", i == 0 ? "" : "; ", meant[i].player_name,
                             team == nullptr ? "" : team->tricode, meant[i].player_id.value);
    }
    if (meant.size() > kListed) names += fmt::format("; and {} more", meant.size() - kListed);
    return fail(ErrorCode::kUsage,
                fmt::format("--player: '{}' fits {} players of {}", player, meant.size(),
                            to_string(request.date)),
                names);
}

std::string sentence_of(const collect::Note& note) {
    const std::string who = fmt::format("{} on {}", note.player_name, to_string(note.game_date));
    if (note.kind == collect::kNoteOut) return who + ": noted as out";
    if (note.kind == collect::kNoteClear) return who + ": what was noted stands no more";
    return fmt::format("{}: noted at {:g} minutes", who, *note.minutes);
}

void print_result(const collect::Note& note, const std::optional<operate::LiveReport>& live,
                  Format format) {
    if (format == Format::kJson) {
        Json json{{"player_id", note.player_id.value},
                  {"player", note.player_name},
                  {"date", to_string(note.game_date)},
                  {"note", note.kind},
                  {"minutes", note.minutes ? Json(*note.minutes) : Json(nullptr)},
                  {"known_at", to_string(note.known_at.at)},
                  {"forecast", live ? live_json(*live) : Json(nullptr)}};
        print_json(json);
        return;
    }
    if (format == Format::kCsv) {
        print_listing(moved_listing(live ? *live : operate::LiveReport{}), format, "moved");
        return;
    }
    print(sentence_of(note) + "\n");
    if (live) {
        print_live_table(*live);
    } else {
        print("the date has no forecasts yet; those to come know of it\n");
    }
}

Expected<ExitCode> run(const NoteOptions& options, const Context& context) {
    TIPOFF_TRY(operate::NoteRequest request, request_of(options, context));
    TIPOFF_TRY(const std::size_t threads, thread_count(options.threads));
    TIPOFF_TRY(const operate::Workflows workflows, context.workflows());
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    store::Database& database = home->database();
    TIPOFF_TRY(const auto meant, operate::players_meant(database, request.date, options.player));
    TIPOFF_TRY(request.player, one_player(meant, request, options.player));
    ledger::Ledger ledger(database, context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home->holds_lock()));
    TIPOFF_TRY(const collect::Note note,
               operate::write_note(database, ledger, context.clock(), home->folder(), request));
    std::optional<operate::LiveReport> live;
    TIPOFF_TRY(const bool has_forecasts, operate::has_forecasts(database, request.date));
    if (has_forecasts) {
        Progress progress(context.clock());
        progress.show("forecasting again");
        operate::LiveRequest again;
        again.date = request.date;
        again.threads = threads;
        again.markets = workflows.markets;
        TIPOFF_TRY(
            live, operate::forecast_live(database, ledger, context.clock(), home->folder(), again));
    }
    print_result(note, live, options.format);
    return ExitCode::kDone;
}

}  // namespace

void add_note_command(CommandLine& commands) {
    const auto options = std::make_shared<NoteOptions>();
    commands
        .command(
            {.name = "note",
             .summary = "A fact by hand about a player of a date; the board follows",
             .description =
                 "`out`: he does not play. `minutes N`: he is expected to play so many. `clear`: "
                 "what was noted stands no more. The newest note stands from now on, for games "
                 "that have not tipped off; those of the date are forecast again where it has "
                 "forecasts. `evaluate` leaves notes out.",
             .examples = {{{"note --player doncic --date today out",
                            "He is out; his game is forecast again."},
                           {"note --player 1629029 --date 2025-11-21 minutes 24",
                            "By his id: a limit of minutes."}}}},
            HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .text("--player", options->player,
              "Id, or a part of the name of one player of the date's teams", Need::kRequired)
        .text("--date", options->date, "The league's day (today)")
        .list("NOTE", options->words, "out, minutes N, or clear", Need::kRequired)
        .integer("--threads", options->threads, "Threads for the forecasts (2)")
        .format(options->format);
}

}  // namespace tipoff::cli
