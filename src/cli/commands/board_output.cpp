#include "cli/commands/board_output.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace tipoff::cli {
namespace {

using operate::Board;
using operate::BoardRow;

Cell price_cell(const std::optional<std::int32_t>& price) {
    return price ? Cell::integer(*price).shown_as(fmt::format("{:+}", *price)) : Cell();
}

Cell text_or_null(const std::string& text) { return text.empty() ? Cell() : Cell::text(text); }

Tone tone_of(const std::string& recommendation) {
    if (recommendation == "OVER") return Tone::kGood;
    return recommendation == "UNDER" ? Tone::kBad : Tone::kFaint;
}

Row full_row(const BoardRow& row) {
    return {Cell::text(to_string(row.game_id)),
            Cell::instant(row.tip_off),
            Cell::integer(row.player_id.value),
            Cell::text(row.player),
            Cell::text(row.team),
            Cell::text(row.opponent),
            text_or_null(row.status),
            Cell::number(row.p_plays),
            Cell::number(row.minutes),
            Cell::text(row.market),
            row.book ? Cell::text(*row.book) : Cell(),
            Cell::number(row.line),
            price_cell(row.over_price),
            price_cell(row.under_price),
            Cell::number(row.p_no_vig),
            Cell::text(row.system_id),
            Cell::number(row.mean),
            Cell::integer(row.median),
            Cell::number(row.sd),
            Cell::number(row.p_over),
            Cell::number(row.p_push),
            Cell::number(row.edge),
            Cell::number(row.ev),
            Cell::number(row.fair_line),
            Cell::text(row.grade),
            text_or_null(row.recommendation),
            text_or_null(row.reason),
            row.before ? Cell::instant(row.before->as_of.at) : Cell(),
            row.before ? Cell::number(row.before->mean) : Cell(),
            row.before ? Cell::number(row.before->p_plays) : Cell(),
            row.before ? Cell::number(row.before->line) : Cell(),
            row.before ? text_or_null(row.before->recommendation) : Cell()};
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

Listing board_listing(const Board& board) {
    Listing listing{.columns = {"game_id",
                                "tip_off",
                                "player_id",
                                "player",
                                "team",
                                "opponent",
                                "status",
                                "p_plays",
                                "minutes",
                                "market",
                                "book",
                                "line",
                                "over_price",
                                "under_price",
                                "p_no_vig",
                                "system",
                                "mean",
                                "median",
                                "sd",
                                "p_over",
                                "p_push",
                                "edge",
                                "ev",
                                "fair_line",
                                "grade",
                                "recommendation",
                                "reason",
                                "changed_since",
                                "previous_mean",
                                "previous_p_plays",
                                "previous_line",
                                "previous_recommendation"},
                    .rows = {}};
    for (const BoardRow& row : board.rows)
        listing.rows.push_back(full_row(row));
    return listing;
}

Json board_json(const Board& board) {
    return {{"date", to_string(board.date)},
            {"as_of", board.as_of ? Json(to_string(board.as_of->at)) : Json(nullptr)},
            {"simulated", board.is_simulated},
            {"rows", json_rows(board_listing(board))}};
}

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
    for (const BoardRow& row : board.rows) {
        if (listing.rows.size() == most) break;
        listing.rows.push_back(
            {Cell::text(to_eastern_string(row.tip_off)), Cell::text(row.player),
             Cell::text(row.team), Cell::text(row.opponent),
             Cell::number(row.p_plays, 2)
                 .toned(row.status == "out" ? Tone::kWarning : Tone::kPlain),
             Cell::number(row.minutes, 0), Cell::text(row.system_id), Cell::number(row.mean, 1),
             Cell::integer(row.median), Cell::number(row.sd, 1), Cell::number(row.line, 1),
             price_cell(row.over_price), price_cell(row.under_price), Cell::number(row.p_over, 2),
             Cell::number(row.edge, 2),
             row.recommendation.empty()
                 ? Cell()
                 : Cell::text(row.recommendation).toned(tone_of(row.recommendation)),
             text_or_null(row.reason)});
        if (has_moved) {
            Row& cells = listing.rows.back();
            cells.insert(cells.end() - 1, text_or_null(moved_text(row)).toned(Tone::kWarning));
        }
    }
    print_listing(listing, Format::kTable, "rows");
    if (board.rows.size() > listing.rows.size()) {
        print(fmt::format("... and {} rows more\n", board.rows.size() - listing.rows.size()));
    }
}

}  // namespace tipoff::cli
