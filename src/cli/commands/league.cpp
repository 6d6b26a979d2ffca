/// `tipoff league`: a simulated season as files; as upstreams in league_serve.cpp.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.h"
#include "cli/commands/league_serve.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "league/season.h"
#include "league/write.h"

namespace tipoff::cli {
namespace {

struct WriteOptions {
    std::string folder;
    std::string season = "2025-26";
    std::optional<std::string> through;
    Format format = Format::kTable;
};

Expected<league::LeagueOptions> league_options(const WriteOptions& options,
                                               const Context& context) {
    league::LeagueOptions league;
    TIPOFF_TRY(league.season, Season::parse(options.season));
    league.seed = context.settings().seed.value_or(league.seed);
    if (options.through) {
        TIPOFF_TRY(league.through, context.date("--through", *options.through));
    }
    return league;
}

Expected<ExitCode> write(const WriteOptions& options, const Context& context) {
    TIPOFF_TRY(const league::LeagueOptions league, league_options(options, context));
    TIPOFF_TRY(const league::SimulatedSeason season, league::simulate(league));
    TIPOFF_TRY(const league::WrittenFiles files, league::write_season(season, options.folder));

    Listing listing{.columns = {"file", "rows", "bytes"}, .rows = {}};
    for (const auto& file : files) {
        listing.rows.push_back({Cell::text(file.path.string()),
                                Cell::integer(static_cast<std::int64_t>(file.rows)),
                                Cell::integer(static_cast<std::int64_t>(file.bytes))});
    }
    if (options.format == Format::kJson) {
        const Json through = league.through ? Json(to_string(*league.through)) : Json(nullptr);
        print_json({{"simulated", true},
                    {"season", to_string(league.season)},
                    {"seed", league.seed},
                    {"through", through},
                    {"files", json_rows(listing)}});
        return ExitCode::kDone;
    }
    if (options.format == Format::kTable) {
        print(fmt::format("Simulated season {}, seed {}: fictional players.\n\n",
                          to_string(league.season), league.seed));
    }
    print_listing(listing, options.format, "files");
    return ExitCode::kDone;
}

}  // namespace

void add_league_command(CommandLine& commands) {
    CommandLine league =
        commands.group({.name = "league",
                        .summary = "The simulated league: fictional players, real rules",
                        .description = "",
                        .examples = {{{"league write season/",
                                       "A whole season in the forms that tipoff import reads."},
                                      {"league write season/ --seed 8", "Another league."}}}});
    const auto options = std::make_shared<WriteOptions>();
    league
        .command(
            {.name = "write",
             .summary = "Writes a simulated season as files",
             .description =
                 "Eight csv.gz files in the forms that tipoff import reads; files of the same "
                 "names are replaced. The same season and --seed (7 unless given) are the same "
                 "bytes on every machine. Players are fictional and game ids start with 9.",
             .examples =
                 {{{"league write season/ --season 2025-26 --seed 7", "A whole season."},
                   {"league write season/ --through 2026-01-31",
                    "Results up to a day, and the lines of the next: something to forecast."}}}},
            HomeUse::kNone, [options](Context& context) { return write(*options, context); })
        .text("DIR", options->folder, "Folder to write to; made if need be", Need::kRequired)
        .text("--season", options->season, "Both years: 2025-26 (as a rule)")
        .text("--through", options->through,
              "The last day with results; later games are not played yet")
        .format(options->format);
    add_league_serve_command(league);
}

}  // namespace tipoff::cli
