/// `tipoff picks`: the board of a date.

#include <fmt/core.h>

#include <limits>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/board_output.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "conform/market.h"
#include "forecast/systems.h"
#include "operate/board.h"
#include "serve/documents/board.h"

namespace tipoff::cli {
namespace {

struct PicksOptions {
    std::string date = "today";
    std::optional<std::string> market, system_id, player, book, as_of;
    std::optional<double> min_edge;
    bool best_price = false;
    bool alternates = false;
    Format format = Format::kTable;
};

/// The systems as a person reads them: "moving_average_v1, zone_matchup_v1".
std::string system_names() {
    std::string names;
    for (const auto id : forecast::kSystemIds) {
        names += names.empty() ? "" : ", ";
        names += id;
    }
    return names;
}

Error no_such_system(std::string_view name) {
    return {ErrorCode::kUsage, fmt::format("--system: there is no system '{}'", name),
            "one of " + system_names()};
}

Expected<ExitCode> run(const PicksOptions& options, const Context& context) {
    operate::BoardRequest request;
    TIPOFF_TRY(request.date, context.date("--date", options.date));
    TIPOFF_TRY(const auto markets, parse_one_market(options.market));
    if (options.system_id && !forecast::find_system_id(*options.system_id)) {
        return std::unexpected(no_such_system(*options.system_id));
    }
    request.system_id = options.system_id;
    request.player = options.player;
    request.book = options.book;
    request.min_edge = options.min_edge;
    request.best_price = options.best_price;
    request.alternates = options.alternates;
    if (options.as_of) {
        TIPOFF_TRY(const Instant at, Context::instant("--as-of", *options.as_of));
        request.as_of = AsOf{at};
    }
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const operate::Board board,
               operate::board_of_markets(home->database(), request, markets));
    switch (options.format) {
        case Format::kJson: print_json(serve::board_json(board)); break;
        case Format::kCsv: print_listing(serve::board_listing(board), Format::kCsv, "rows"); break;
        case Format::kTable:
            print_board_table(board, std::numeric_limits<std::size_t>::max());
            break;
    }
    return ExitCode::kDone;
}

}  // namespace

void add_picks_command(CommandLine& commands) {
    const auto options = std::make_shared<PicksOptions>();
    commands
        .command(
            {.name = "picks",
             .summary = "The board of a date: forecasts beside the lines they were held against",
             .description = "Each system's mean, chance of the over, edge over the price without "
                            "the vig, and OVER, UNDER or PASS with the reason.",
             .examples = {{{"picks --date 2023-03-01 --min-edge 0.05",
                            "Where a system and the price differ by five points in a hundred."},
                           {"picks --date today --player doncic --format json",
                            "One player, for a script."}}}},
            HomeUse::kShared, [options](Context& context) { return run(*options, context); })
        .text("--date", options->date, "The league's day (today)")
        .text("--market", options->market, market_names() + " (all that the date has forecasts of)")
        .text("--system", options->system_id, "Only this system: " + system_names())
        .text("--player", options->player, "Part of a name; accents and case do not matter")
        .text("--book", options->book, "Only this sportsbook")
        .number("--min-edge", options->min_edge,
                "Least difference from the price's chance, 0.05 is five points in a hundred")
        .flag("--best-price", options->best_price,
              "Of the same line at several books, only the best paid")
        .flag("--alternates", options->alternates, "Lines beside each book's main one as well")
        .text("--as-of", options->as_of, "Forecasts made at this instant (2023-03-01T16:00:00Z)")
        .format(options->format);
}

}  // namespace tipoff::cli
