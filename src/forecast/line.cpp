#include "forecast/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "conform/lines.h"

namespace tipoff::forecast {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double expected_value_or_unknown(double p_win, double p_lose, std::optional<std::int32_t> price) {
    return price ? expected_value(p_win, p_lose, *price) : kUnknown;
}

void recommend(LineView& view) {
    if (!view.prices.over && !view.prices.under) {
        view.pass_reason = PassReason::kNoPrices;
        return;
    }
    if (!view.prices.over || !view.prices.under) {
        view.pass_reason = PassReason::kOneSided;
        return;
    }
    if (std::abs(view.edge) < kMinEdge) {
        view.pass_reason = PassReason::kSmallEdge;
        return;
    }
    const bool is_over = view.edge > 0;
    const double value = is_over ? view.expected_value_over : view.expected_value_under;
    if (value < kMinExpectedValue) {
        view.pass_reason = PassReason::kVigTakesAll;
        return;
    }
    view.recommendation = is_over ? Recommendation::kOver : Recommendation::kUnder;
}

std::string verdict(const LineView& view) {
    switch (view.pass_reason) {
        case PassReason::kNone: break;
        case PassReason::kNoPrices: return "PASS: no prices";
        case PassReason::kOneSided: return "PASS: only one side is priced";
        case PassReason::kSmallEdge:
            return fmt::format("PASS: edge {:+.1f}%, less than the {:.0f}% asked for",
                               100 * view.edge, 100 * kMinEdge);
        case PassReason::kVigTakesAll:
            return fmt::format("PASS: at these prices worth {:+.2f} a unit", view.expected_value());
    }
    const bool is_over = view.recommendation == Recommendation::kOver;
    return fmt::format("{} at {:+d} is worth {:+.2f} a unit", to_string(view.recommendation),
                       is_over ? *view.prices.over : *view.prices.under, view.expected_value());
}

}  // namespace

double decimal_odds(std::int32_t american_odds) {
    require(american_odds >= 100 || american_odds <= -100,
            "American odds are at least 100 in size");
    return american_odds > 0 ? 1 + american_odds / 100.0 : 1 + 100.0 / -american_odds;
}

NoVig without_vig(std::int32_t over_price, std::int32_t under_price) {
    const double over = conform::implied_probability(over_price);
    const double under = conform::implied_probability(under_price);
    return {
        .over = over / (over + under), .under = under / (over + under), .vig = over + under - 1};
}

double expected_value(double p_win, double p_lose, std::int32_t american_odds) {
    return p_win * (decimal_odds(american_odds) - 1) - p_lose;
}

double fair_line(const CountDistribution& distribution) {
    const int median = distribution.median();
    const double upper = median + 0.5;
    if (median == 0) return upper;
    const double lower = median - 0.5;
    const auto distance = [&](double line) { return std::abs(distribution.p_over(line) - 0.5); };
    return distance(lower) <= distance(upper) ? lower : upper;
}

std::string_view to_string(Recommendation recommendation) {
    switch (recommendation) {
        case Recommendation::kPass: return "PASS";
        case Recommendation::kOver: return "OVER";
        case Recommendation::kUnder: return "UNDER";
    }
    return "";
}

double LineView::expected_value() const {
    if (recommendation == Recommendation::kOver) return expected_value_over;
    if (recommendation == Recommendation::kUnder) return expected_value_under;
    return std::fmax(expected_value_over, expected_value_under);
}

LineView view_of_line(const CountDistribution& distribution, double line_value,
                      const Prices& prices) {
    LineView view;
    view.line_value = line_value;
    view.prices = prices;
    view.p_over = distribution.p_over(line_value);
    view.p_push = distribution.p_push(line_value);
    view.p_under = distribution.p_under(line_value);
    view.fair_line = fair_line(distribution);
    view.expected_value_over = expected_value_or_unknown(view.p_over, view.p_under, prices.over);
    view.expected_value_under = expected_value_or_unknown(view.p_under, view.p_over, prices.under);
    view.p_over_no_vig =
        prices.over && prices.under ? without_vig(*prices.over, *prices.under).over : kUnknown;
    view.edge = view.p_over / (view.p_over + view.p_under) - view.p_over_no_vig;
    recommend(view);
    return view;
}

std::string reason_text(const LineView& view, const CountDistribution& distribution,
                        std::string_view contributions) {
    std::string text = fmt::format("line {:g}, we say {} (mean {:.1f})", view.line_value,
                                   distribution.median(), distribution.mean());
    if (!contributions.empty()) text.append(": ").append(contributions);
    const double over = view.p_over / (view.p_over + view.p_under);
    fmt::format_to(std::back_inserter(text), "; over {:.0f}%", 100 * over);
    if (!std::isnan(view.p_over_no_vig)) {
        fmt::format_to(std::back_inserter(text), ", the prices say {:.0f}%",
                       100 * view.p_over_no_vig);
    }
    return text.append("; ").append(verdict(view));
}

}  // namespace tipoff::forecast
