#include "forecast/forecast.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

constexpr std::array<std::string_view, kMissingKinds> kMissingNames{
    "history", "few_games", "minutes_spread", "attempts", "zones", "pace", "neighbours"};

/// A part smaller than this does not show in text of one decimal.
constexpr double kShown = 0.05;

std::string_view name_of(Part part) {
    switch (part) {
        case Part::kForm: return "form";
        case Part::kShotMix: return "shot mix";
        case Part::kOpponent: return "opponent";
        case Part::kPace: return "pace";
        case Part::kHome: return "venue";
        case Part::kAbsence: return "absence";
        case Part::kNeighbours: return "similar matchups";
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

void Contributions::add(Part part, double points) {
    require(count_ < kMostParts, "a forecast has more parts than there is room for");
    parts_[count_++] = {part, points};
}

std::string contributions_text(const Forecast& forecast) {
    std::string text;
    for (const Contribution& contribution : forecast.contributions.all()) {
        const bool first = text.empty();
        if (first) {
            fmt::format_to(std::back_inserter(text), "{} {:.0f} min {:+.1f}",
                           name_of(contribution.part), forecast.minutes, contribution.points);
        } else if (std::abs(contribution.points) >= kShown) {
            fmt::format_to(std::back_inserter(text), ", {} {:+.1f}", name_of(contribution.part),
                           contribution.points);
        }
    }
    return text;
}

}  // namespace tipoff::forecast
