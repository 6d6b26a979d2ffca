#include "grade/bets.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "forecast/line.h"

namespace tipoff::grade {
namespace {

auto forecast_key(const auto& row) {
    return std::tie(row.game_id, row.player_id, row.system_id, row.as_of, row.origin);
}

enum class BetSide : std::uint8_t { kOver, kUnder };

std::optional<BetSide> recommended_side(const forecast::Pick& pick) {
    using forecast::Recommendation;
    if (pick.recommendation == to_string(Recommendation::kOver)) return BetSide::kOver;
    if (pick.recommendation == to_string(Recommendation::kUnder)) return BetSide::kUnder;
    return std::nullopt;
}

BetMeasures::Result result_of(std::int32_t actual, double line, BetSide side) {
    if (actual == line) return BetMeasures::Result::kPushed;
    const bool won = (actual > line) == (side == BetSide::kOver);
    return won ? BetMeasures::Result::kWon : BetMeasures::Result::kLost;
}

double decimal_price(const forecast::Pick& pick, BetSide side) {
    const auto& price = side == BetSide::kOver ? pick.over_price : pick.under_price;
    return price ? forecast::decimal_odds(*price) : kNone;
}

/// What the side pays at the book that pays best on the same main line.
double best_price(std::span<const forecast::Pick* const> lines, double line, BetSide side) {
    double best = kNone;
    for (const forecast::Pick* pick : lines) {
        if (pick->line_value == line) best = std::fmax(best, decimal_price(*pick, side));
    }
    return best;
}

/// Against the line with which the same book closed, where that is a later one.
void add_closing_line(ClosingLineMeasures& clv, const forecast::Pick& pick, BetSide side,
                      const MarketLines& lines) {
    const auto taken = lines.line_at(pick.game_id, pick.player_id, pick.book, pick.as_of);
    const auto closing = lines.closing_line(pick.game_id, pick.player_id, pick.book);
    if (!taken || !closing || closing->snapshot <= taken->snapshot) return;
    const double sign = side == BetSide::kOver ? 1 : -1;
    const bool is_unmoved = closing->line_value == pick.line_value;
    clv.add(sign * (closing->line_value - pick.line_value),
            is_unmoved ? sign * (closing->p_over - pick.p_no_vig) : kNone);
}

/// Bets `side` with every least edge that `distance` reaches.
template <class Bet>
void add_edges(std::vector<EdgeReport>& edges, double distance, Bet bet) {
    if (distance == 0 || std::isnan(distance)) return;
    const BetSide side = distance > 0 ? BetSide::kOver : BetSide::kUnder;
    for (EdgeReport& edge : edges) {
        if (std::abs(distance) >= edge.min_edge) bet(edge.bets, side);
    }
}

/// What the forecast said of the over, given that there is no push, against what came.
void add_probability(SystemReport& report, std::span<SliceReport* const> slices,
                     const forecast::Pick& pick, double p_over, bool went_over) {
    report.probability.add(p_over, went_over);
    report.reliability.add(p_over, went_over);
    for (SliceReport* slice : slices)
        slice->probability.add(p_over, went_over);
    if (std::isnan(pick.p_no_vig)) return;
    report.lined.probability.add(p_over, went_over);
    report.lined.price.add(pick.p_no_vig, went_over);
}

}  // namespace

MainLines::MainLines(std::span<const forecast::Pick> picks) {
    picks_.reserve(picks.size());
    for (const forecast::Pick& pick : picks)
        picks_.push_back(&pick);
    std::ranges::sort(picks_, [](const auto* a, const auto* b) {
        return std::tuple_cat(forecast_key(*a), std::tie(a->line_value, a->book)) <
               std::tuple_cat(forecast_key(*b), std::tie(b->line_value, b->book));
    });
}

std::span<const forecast::Pick* const> MainLines::of(const Accuracy& row) const {
    const auto found = std::ranges::equal_range(
        picks_, forecast_key(row), {}, [](const auto* pick) { return forecast_key(*pick); });
    return {found.begin(), found.end()};
}

void add_bets(SystemReport& report, std::span<SliceReport* const> slices, const Accuracy& settled,
              std::span<const forecast::Pick* const> main_lines, const MarketLines& lines) {
    if (main_lines.empty() || !settled.actual) return;
    const forecast::Pick& pick = *main_lines[(main_lines.size() - 1) / 2];
    const std::int32_t actual = *settled.actual;
    const auto bet = [&](BetMeasures& bets, BetSide side) {
        bets.add(result_of(actual, pick.line_value, side), decimal_price(pick, side),
                 best_price(main_lines, pick.line_value, side));
    };
    const double p_over = pick.p_push < 1 ? pick.p_over / (1 - pick.p_push) : kNone;
    if (actual != pick.line_value && !std::isnan(p_over)) {
        add_probability(report, slices, pick, p_over, actual > pick.line_value);
    }
    if (const auto side = recommended_side(pick)) {
        bet(report.picks, *side);
        for (SliceReport* slice : slices)
            bet(slice->picks, *side);
        add_closing_line(report.clv, pick, *side, lines);
    }
    add_edges(report.edges, settled.mean - pick.line_value, bet);
    add_edges(report.value_edges, p_over - pick.p_no_vig, bet);
}

}  // namespace tipoff::grade
