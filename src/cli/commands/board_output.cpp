#include "cli/commands/board_output.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "serve/documents/board.h"

namespace tipoff::cli {
namespace {

using operate::Board;
using operate::BoardRow;

Tone tone_of(const std::string& recommendation) {
    if (recommendation == "OVER") return Tone::kGood;
    return recommendation == "UNDER" ? Tone::kBad : Tone::kFaint;
}

/// Whether the two differ once they are written with so many decimals.
bool differs(double a, double b, int decimals) {
    return fmt::format("{:.{}f}", a, decimals) != fmt::format("{:.{}f}", b, decimals);
}

/// "mean 24.1 -> 21.7, pick PASS -> UNDER": what a person can see of the change.
std::string moved_text(const BoardRow& row) {
    if (!row.before) return {};
    std::string text;
    const auto add = [&text](const std::string& part) {
        text += text.empty() ? part : ", " + part;
    };
    const operate::SaidBefore& before = *row.before;
    if (differs(before.mean, row.mean, 1))
        add(fmt::format("mean {:.1f} -> {:.1f}", before.mean, row.mean));
    if (differs(before.p_plays, row.p_plays, 2))
        add(fmt::format("plays {:.2f} -> {:.2f}", before.p_plays, row.p_plays));
    if (row.book && std::isnan(before.line)) {
        add("new line");
    } else if (row.book && differs(before.line, row.line, 1)) {
        add(fmt::format("line {:.1f} -> {:.1f}", before.line, row.line));
    }
    if (!before.recommendation.empty() && before.recommendation != row.recommendation)
        add(fmt::format("pick {} -> {}", before.recommendation, row.recommendation));
    return text;
}

}  // namespace

void print_board_table(const Board& board, std::size_t most) {
    print(fmt::format(
        "{}Board of {}{}\n\n", board.is_simulated ? "SIMULATED LEAGUE, fictional players. " : "",
        to_string(board.date),
        board.as_of ? fmt::format(", as of {}", to_eastern_string(board.as_of->at)) : ""));
    if (board.rows.empty()) {
        print(
            "No forecasts: tipoff backfill --dates makes them; tipoff coverage says who is "
            "expected.\n");
        return;
    }
    Listing listing{
        .columns = {"tip_off", "player", "team", "opp", "plays", "min", "system", "mean", "median",
                    "sd", "line", "over", "under", "p_over", "edge", "pick", "reason"},
        .rows = {}};
    // The column of what moved is there when something has.
    const bool has_moved = std::ranges::any_of(
        board.rows, [](const BoardRow& row) { return !moved_text(row).empty(); });
    if (has_moved) listing.columns.insert(listing.columns.end() - 1, "moved");
    // So is the market's, where there are several.
    const bool has_markets = std::ranges::any_of(
        board.rows, [&](const BoardRow& row) { return row.market != board.rows[0].market; });
    const auto market_place = std::ranges::find(listing.columns, "system");
    const auto before_system = market_place - listing.columns.begin();
    if (has_markets) listing.columns.insert(market_place, "market");
    for (const BoardRow& row : board.rows) {
        if (listing.rows.size() == most) break;
        listing.rows.push_back(
            {Cell::text(to_eastern_string(row.tip_off)), Cell::text(row.player),
             Cell::text(row.team), Cell::text(row.opponent),
             Cell::number(row.p_plays, 2)
                 .toned(row.status == "out" ? Tone::kWarning : Tone::kPlain),
             Cell::number(row.minutes, 0), Cell::text(row.system_id), Cell::number(row.mean, 1),
             Cell::integer(row.median), Cell::number(row.sd, 1), Cell::number(row.line, 1),
             serve::price_cell(row.over_price), serve::price_cell(row.under_price),
             Cell::number(row.p_over, 2), Cell::number(row.edge, 2),
             row.recommendation.empty()
                 ? Cell()
                 : Cell::text(row.recommendation).toned(tone_of(row.recommendation)),
             serve::text_or_null(row.reason)});
        if (has_markets) {
            Row& cells = listing.rows.back();
            cells.insert(cells.begin() + before_system, Cell::text(row.market));
        }
        if (has_moved) {
            Row& cells = listing.rows.back();
            cells.insert(cells.end() - 1,
                         serve::text_or_null(moved_text(row)).toned(Tone::kWarning));
        }
    }
    print_listing(listing, Format::kTable, "rows");
    if (board.rows.size() > listing.rows.size()) {
        print(fmt::format("... and {} rows more\n", board.rows.size() - listing.rows.size()));
    }
}

}  // namespace tipoff::cli
