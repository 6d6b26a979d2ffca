#include "cli/commands/board_output.h"

#include <fmt/core.h>

#include <algorithm>

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
            row.changed_since ? Cell::instant(row.changed_since->at) : Cell()};
}

}  // namespace

Listing board_listing(const Board& board) {
    Listing listing{
        .columns = {"game_id",        "tip_off", "player_id",    "player",      "team",
                    "opponent",       "status",  "p_plays",      "minutes",     "market",
                    "book",           "line",    "over_price",   "under_price", "p_no_vig",
                    "system",         "mean",    "median",       "sd",          "p_over",
                    "p_push",         "edge",    "ev",           "fair_line",   "grade",
                    "recommendation", "reason",  "changed_since"},
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
    }
    print_listing(listing, Format::kTable, "rows");
    if (board.rows.size() > listing.rows.size()) {
        print(fmt::format("... and {} rows more\n", board.rows.size() - listing.rows.size()));
    }
}

}  // namespace tipoff::cli
