/// `tipoff names`: names that no player was found for, and linking them.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/parse.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "collect/teams.h"
#include "operate/names.h"

namespace tipoff::cli {
namespace {

struct UnresolvedOptions {
    std::optional<std::string> source;
    Format format = Format::kTable;
};

struct LinkOptions {
    std::string name;
    std::string player;
    std::optional<std::string> source;
    std::optional<std::string> team;
    std::optional<std::string> season;
    Format format = Format::kTable;
};

Listing listing_of(const std::vector<collect::UnresolvedName>& names) {
    Listing listing{
        .columns = {"name", "source", "team", "season", "occurrences", "first_seen", "last_seen"},
        .rows = {}};
    for (const collect::UnresolvedName& name : names) {
        const collect::Team* team = collect::find_team(name.team_id);
        listing.rows.push_back({Cell::text(name.player_name), Cell::text(name.source),
                                Cell::text(team == nullptr ? "" : team->tricode),
                                Cell::text(to_string(name.season)), Cell::integer(name.occurrences),
                                Cell::date(name.first_seen), Cell::date(name.last_seen)});
    }
    return listing;
}

Expected<ExitCode> unresolved(const UnresolvedOptions& options, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    std::string where;
    store::Values values;
    if (options.source) {
        where = "WHERE source = $1 ";
        values.emplace_back(*options.source);
    }
    TIPOFF_TRY(const auto names,
               store::read_rows(home->database(), collect::kUnresolvedName,
                                where + "ORDER BY occurrences DESC, player_name, source", values));
    print_listing(listing_of(names), options.format, "names");
    if (options.format == Format::kTable && !names.empty())
        print(
            "\ntipoff names link NAME --player ID links one; its rows are taken up by "
            "themselves\n");
    return ExitCode::kDone;
}

Expected<operate::LinkRequest> request_of(const LinkOptions& options) {
    operate::LinkRequest request{.name = options.name,
                                 .player_id = {},
                                 .source = options.source,
                                 .team = std::nullopt,
                                 .season = std::nullopt};
    const auto id = parse_integer(options.player);
    if (!id) return fail(ErrorCode::kUsage, fmt::format("--player: '{}' is no id", options.player));
    request.player_id = {*id};
    if (options.team) {
        TIPOFF_TRY(request.team, parse_team("--team", *options.team));
    }
    if (options.season) {
        TIPOFF_TRY(request.season, Season::parse(*options.season));
    }
    return request;
}

Expected<ExitCode> link(const LinkOptions& options, const Context& context) {
    TIPOFF_TRY(const operate::LinkRequest request, request_of(options));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    ledger::Ledger ledger(home->database(), context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home->holds_lock()));
    TIPOFF_TRY(const auto report, operate::link_name(home->database(), ledger, context.clock(),
                                                     home->folder(), request));
    std::int64_t collected = 0;
    for (const operate::CollectReport& source : report.taken_up)
        collected += source.taken_up;
    if (options.format == Format::kJson) {
        print_json({{"linked", json_rows(listing_of(report.linked))},
                    {"player_id", request.player_id.value},
                    {"taken_up", {{"collected", collected}, {"imported", report.imported}}}});
        return ExitCode::kDone;
    }
    print_listing(listing_of(report.linked), options.format, "linked");
    if (options.format == Format::kTable) {
        print(
            fmt::format("\nlinked to player {}; taken up: {} collected documents and rows, {} "
                        "imported rows\n",
                        request.player_id.value, collected, report.imported));
    }
    return ExitCode::kDone;
}

}  // namespace

void add_names_command(CommandLine& commands) {
    CommandLine names = commands.group(
        {.name = "names",
         .summary = "Names that no player was found for",
         .description = "A name is matched by id first, then by the source's own id of an earlier "
                        "match, then by name among the players of the team and season; never by "
                        "guess.",
         .examples = {{{"names unresolved", "Those that wait, the most frequent first."},
                       {"names link \"Jimmy Butler III\" --player 202710",
                        "Whoever is so called is this player; what waited is taken up."}}}});
    const auto listed = std::make_shared<UnresolvedOptions>();
    names
        .command({.name = "unresolved",
                  .summary = "Names without a player, the most frequent first",
                  .description = "",
                  .examples = {{{"names unresolved", "All of them."},
                                {"names unresolved --source oddsapi_player_props --format json",
                                 "Those of one source, for a script."}}}},
                 HomeUse::kShared,
                 [listed](Context& context) { return unresolved(*listed, context); })
        .text("--source", listed->source, "only names of this source")
        .format(listed->format);
    const auto linked = std::make_shared<LinkOptions>();
    names
        .command({.name = "link",
                  .summary = "Links a name to a player, and takes up what waited for it",
                  .description = "The link is kept in the archive, so that a rebuilt database has "
                                 "it again.",
                  .examples = {{{"names link \"Jimmy Butler III\" --player 202710",
                                 "In every source that has the name."},
                                {"names link \"J. Williams\" --player 1631114 --team OKC --season "
                                 "2025-26",
                                 "In one team's season alone."}}}},
                 HomeUse::kShared, [linked](Context& context) { return link(*linked, context); })
        .text("NAME", linked->name, "the name, as a source writes it", Need::kRequired)
        .text("--player", linked->player, "id of the player (ref.player)", Need::kRequired)
        .text("--source", linked->source, "only names of this source")
        .text("--team", linked->team, "only names of this team")
        .text("--season", linked->season, "only names of this season, as 2025-26")
        .format(linked->format);
}

}  // namespace tipoff::cli
