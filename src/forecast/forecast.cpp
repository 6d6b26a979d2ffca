#include "forecast/forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <span>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

constexpr std::array<std::string_view, kMissingKinds> kMissingNames{
    "history", "few_games", "minutes_spread", "attempts", "zones", "pace", "neighbours"};

/// A part smaller than this does not show in text of one decimal.
constexpr double kShown = 0.05;

/// Correlation of two counts of a player game around what was expected of them: who plays longer
/// has more of all. The less he is expected to play, the more of what happens is how long he does.
/// Walk-forward forecasts of 2018-19 to 2020-21.
double correlation(Market a, Market b, double minutes) {
    require(a < b && index_of(b) < kCounts, "counts in another order");
    const auto falling = [minutes](double at_nought, double a_minute) {
        return std::max(0.0, at_nought - a_minute * minutes);
    };
    if (a == Market::kPoints && b == Market::kRebounds) return falling(0.597, 0.0122);
    if (a == Market::kPoints && b == Market::kAssists) return falling(0.416, 0.0095);
    if (a == Market::kRebounds && b == Market::kAssists) return falling(0.379, 0.0072);
    return 0;
}

std::string_view name_of(Part part) {
    switch (part) {
        case Part::kForm: return "form";
        case Part::kShotMix: return "shot mix";
        case Part::kOpponent: return "opponent";
        case Part::kPace: return "pace";
        case Part::kHome: return "venue";
        case Part::kAbsence: return "absence";
        case Part::kMinutes: return "minutes";
        case Part::kTeammates: return "teammates";
        case Part::kSchedule: return "schedule";
        case Part::kGameLine: return "game line";
        case Part::kCorrection: return "correction";
        case Part::kNeighbours: return "similar matchups";
        case Part::kLine: return "the line";
    }
    return "";
}

}  // namespace

std::string MissingSet::to_text() const {
    std::string text;
    for (std::size_t kind = 0; kind < kMissingKinds; ++kind) {
        if (!has(static_cast<Missing>(kind))) continue;
        if (!text.empty()) text += ',';
        text += kMissingNames[kind];
    }
    return text;
}

void Contributions::add(Part part, double amount) {
    for (std::size_t i = 0; i < count_; ++i) {
        if (parts_[i].part != part) continue;
        parts_[i].amount += amount;
        return;
    }
    require(count_ < kParts, "a forecast has more parts than there is room for");
    parts_[count_++] = {part, amount};
}

void Contributions::add(const Contributions& others, double factor) {
    for (const Contribution& one : others.all())
        add(one.part, one.amount * factor);
}

double Contributions::sum() const {
    double sum = 0;
    for (const Contribution& one : all())
        sum += one.amount;
    return sum;
}

Forecast added_up(Market market, std::span<const Forecast> parts) {
    require(parts.size() == counts_in(market).size(), "a sum of other parts than the market's");
    if (parts.size() == 1) return parts.front();
    Forecast sum;
    sum.market = market;
    sum.minutes = parts.front().minutes;
    double variance = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        sum.mean += parts[i].mean;
        sum.missing.add(parts[i].missing);
        sum.members |= parts[i].members;
        sum.contributions.add(parts[i].contributions, 1);
        variance += parts[i].sd * parts[i].sd;
        for (std::size_t j = 0; j < i; ++j) {
            variance += 2 * correlation(parts[j].market, parts[i].market, sum.minutes) *
                        parts[j].sd * parts[i].sd;
        }
    }
    sum.sd = std::sqrt(variance);
    return sum;
}

std::vector<Contribution> by_size(const Forecast& forecast) {
    const auto all = forecast.contributions.all();
    std::vector<Contribution> sorted(all.begin(), all.end());
    std::ranges::stable_sort(sorted, std::greater{},
                             [](const Contribution& one) { return std::abs(one.amount); });
    return sorted;
}

std::string contributions_text(const Forecast& forecast) {
    std::string text;
    for (const Contribution& contribution : forecast.contributions.all()) {
        const bool first = text.empty();
        if (first) {
            fmt::format_to(std::back_inserter(text), "{} {:.0f} min {:+.1f}",
                           name_of(contribution.part), forecast.minutes, contribution.amount);
        } else if (std::abs(contribution.amount) >= kShown) {
            fmt::format_to(std::back_inserter(text), ", {} {:+.1f}", name_of(contribution.part),
                           contribution.amount);
        }
    }
    return text;
}

}  // namespace tipoff::forecast
