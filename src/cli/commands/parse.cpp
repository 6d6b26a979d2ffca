/// `tipoff parse`: one recorded document through its parser.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/json_output.h"
#include "collect/archive.h"
#include "collect/byte_stream.h"
#include "collect/source.h"
#include "collect/teams.h"

namespace tipoff::cli {
namespace {

/// Rows of each kind that a table shows unless `--limit` says otherwise.
constexpr std::int64_t kUsualRows = 20;

struct ParseOptions {
    std::string source;
    std::string file;
    std::optional<std::string> date;
    std::optional<std::string> season;
    std::optional<std::string> team;
    std::optional<std::int64_t> limit;
    Format format = Format::kTable;
};

Expected<collect::Ask> ask_of(const ParseOptions& options) {
    collect::Ask ask;
    if (options.date) {
        TIPOFF_TRY(ask.date, parse_date(*options.date));
    }
    if (options.season) {
        TIPOFF_TRY(ask.season, Season::parse(*options.season));
    }
    if (options.team) {
        TIPOFF_TRY(ask.team, parse_team("--team", *options.team));
    }
    return ask;
}

/// The file's bytes, unpacked where they are gzip.
Expected<std::vector<char>> document_in(const std::string& file) {
    TIPOFF_TRY(const std::vector<char> bytes, collect::read_document(file));
    auto document = collect::unpacked(bytes, collect::kMaxDocumentBytes);
    if (!document) return std::unexpected(document.error().with_context(file));
    return document;
}

ExitCode exit_code_of(collect::OutcomeKind kind) {
    switch (kind) {
        case collect::OutcomeKind::kFresh:
        case collect::OutcomeKind::kUnchanged:
        case collect::OutcomeKind::kEmptyLegal: return ExitCode::kDone;
        case collect::OutcomeKind::kMalformed: return ExitCode::kFailed;
        default: return ExitCode::kIncomplete;
    }
}

/// The table that a kind of record of a source is for. A sportsbook's event is a name of a game.
std::string_view table_of(std::string_view kind, std::string_view source) {
    if (kind == "game") {
        const bool is_of_books = source.starts_with("oddsapi") || source.starts_with("bettingpros");
        return is_of_books ? "ref.game_alias" : "raw.schedule";
    }
    if (kind == "roster_player")
        return source == "br_rosters" ? "raw.br_roster" : "raw.espn_roster";
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTables{
        {{"player_box", "raw.player_box"},
         {"team_box", "raw.team_box"},
         {"play", "raw.play_by_play"},
         {"player", "raw.active_player"},
         {"standing", "raw.standings"},
         {"injury", "raw.injury_report"},
         {"availability", "raw.inactive_player"},
         {"game_line", "raw.game_line"},
         {"prop_line", "raw.prop_line"}}};
    const auto* found =
        std::ranges::find(kTables, kind, [](const auto& pair) { return pair.first; });
    require(found != kTables.end(), "a kind of record that no table holds");
    return found->second;
}

/// What is wrong with the document, and where in it; nothing where all is as it should be.
Json problems_of(const collect::Reading& reading) {
    if (exit_code_of(reading.outcome.kind) == ExitCode::kDone) return Json::array();
    std::string_view what = reading.outcome.detail;
    if (what.starts_with(reading.where)) {
        what.remove_prefix(reading.where.size());
        if (what.starts_with(' ')) what.remove_prefix(1);
    }
    return Json::array({{{"where", reading.where}, {"what", what}}});
}

void print_json_of(const collect::Source& source, const collect::Reading& reading,
                   std::size_t most) {
    Json document{{"source", source.name},
                  {"outcome", to_string(reading.outcome.kind)},
                  {"problems", problems_of(reading)},
                  {"detail", reading.outcome.detail},
                  {"notes", reading.notes},
                  {"next_cursor", nullptr},
                  {"counts", Json::object()},
                  {"tables", Json::object()}};
    if (reading.next_cursor) document["next_cursor"] = *reading.next_cursor;
    collect::for_each_kind(reading.records, [&](const auto& table, const auto& rows) {
        if (rows.empty()) return;
        const std::string& kind = table.spec().name;
        document["counts"][kind] = rows.size();
        document["tables"][table_of(kind, source.name)] =
            json_rows(to_listing(table.to_columns(std::span(rows)), most));
    });
    print_json(document);
}

Expected<ExitCode> run(const ParseOptions& options) {
    if (options.limit && *options.limit < 0)
        return fail(ErrorCode::kUsage, "--limit: no fewer than 0 rows");
    TIPOFF_TRY(const collect::Source* source, parse_source(options.source));
    TIPOFF_TRY(const collect::Ask ask, ask_of(options));
    TIPOFF_TRY(const std::vector<char> document, document_in(options.file));
    const collect::Reading reading = source->read(document, ask);
    const bool is_table = options.format == Format::kTable;
    const std::size_t most = options.limit ? static_cast<std::size_t>(*options.limit)
                             : is_table    ? static_cast<std::size_t>(kUsualRows)
                                           : SIZE_MAX;
    if (options.format == Format::kJson) {
        print_json_of(*source, reading, most);
        return exit_code_of(reading.outcome.kind);
    }
    if (is_table) {
        print(fmt::format("{}: {}{}{}\n", source->name, to_string(reading.outcome.kind),
                          reading.outcome.detail.empty() ? "" : ": ", reading.outcome.detail));
        for (const std::string& note : reading.notes)
            print(fmt::format("  {}\n", note));
        if (reading.next_cursor)
            print(fmt::format("  one page; the next one's cursor is {}\n", *reading.next_cursor));
    }
    collect::for_each_kind(reading.records, [&](const auto& table, const auto& rows) {
        if (rows.empty()) return;
        const std::string& kind = table.spec().name;
        if (is_table) print(fmt::format("\n{}: {} rows\n", kind, rows.size()));
        print_listing(to_listing(table.to_columns(std::span(rows)), most), options.format, kind);
        if (is_table && rows.size() > most)
            print(fmt::format("... {} more: --limit N, or --format json\n", rows.size() - most));
    });
    return exit_code_of(reading.outcome.kind);
}

}  // namespace

void add_parse_command(CommandLine& commands) {
    const auto options = std::make_shared<ParseOptions>();
    commands
        .command(
            {.name = "parse",
             .summary = "One recorded document through its parser: outcome, counts, rows",
             .description = "Touches no database and asks nobody. The document may be packed with "
                            "gzip. What --date, --season and --team say is held against it.",
             .examples = {{{"parse bdl_standings standings.json --season 2024-25",
                            "The standings that a file holds, checked to be of that season."},
                           {"parse nbac_injury_report report.pdf --format json",
                            "Every row, for a script."}}}},
            HomeUse::kNone, [options](Context&) { return run(*options); })
        .text("SOURCE", options->source, "whose document it is", Need::kRequired)
        .text("FILE", options->file, "the document", Need::kRequired)
        .text("--date", options->date, "the game date that was asked for")
        .text("--season", options->season, "the season that was asked for, as 2025-26")
        .text("--team", options->team, "the team that was asked for")
        .integer("--limit", options->limit, "rows of each kind to show")
        .format(options->format);
}

}  // namespace tipoff::cli
