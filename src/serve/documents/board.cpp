#include "serve/documents/board.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace tipoff::serve {

using operate::Board;
using operate::BoardRow;

namespace {

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

}  // namespace

Cell price_cell(const std::optional<std::int32_t>& price) {
    return price ? Cell::integer(*price).shown_as(fmt::format("{:+}", *price)) : Cell();
}

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

Json board_json(const Board& board, BoardForm form) {
    Json rows = json_rows(board_listing(board));
    if (form == BoardForm::kWide) {
        for (std::size_t i = 0; i < board.rows.size(); ++i) {
            const BoardRow& row = board.rows[i];
            rows[i]["is_home"] = row.is_home;
            rows[i]["quantiles"] = row.quantiles;
            rows[i]["contributions"] = json_value(text_or_null(row.contributions));
        }
    }
    return {{"date", to_string(board.date)},
            {"as_of", board.as_of ? Json(to_string(board.as_of->at)) : Json(nullptr)},
            {"simulated", board.is_simulated},
            {"rows", std::move(rows)}};
}

}  // namespace tipoff::serve
