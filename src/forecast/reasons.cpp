#include "forecast/reasons.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "features/feature_list.h"
#include "forecast/feature_places.h"

namespace tipoff::forecast {
namespace {

using features::feature_index;

constexpr auto kTeammatesOut = feature_index("teammates_out");
constexpr auto kTeamDaysRest = feature_index("team_days_rest");
constexpr auto kBackToBack = feature_index("is_back_to_back");
constexpr auto kGameTotal = feature_index("game_total");

/// Contributions beside the first.
constexpr std::size_t kMostReasons = 4;
/// A part smaller than this does not show in text of one decimal.
constexpr double kShown = 0.05;
/// Differences that are worth a word.
constexpr double kMinutesApart = 1.5;
constexpr double kFactorApart = 0.01;

std::string minutes_words(const MatchupFeatures& features) {
    const double lately = features.value(place::kMinutesShort);
    const double season = features.value(place::kMinutesSeason);
    if (!(std::abs(lately - season) >= kMinutesApart)) return "minutes and role";
    return fmt::format("minutes {:.0f} of late and {:.0f} this season", lately, season);
}

std::string teammates_words(const MatchupFeatures& features) {
    const double out = features.value(kTeammatesOut);
    if (!(out >= 1)) return "who may play with him";
    return fmt::format("{:.0f} teammate{} out", out, out < 2 ? "" : "s");
}

std::string opponent_words(const MatchupFeatures& features, Market market) {
    const Market count = counts_in(market).front();
    const double factor = features.value(place::kOpponentAllows.at(index_of(count)));
    if (!(std::abs(factor - 1) >= kFactorApart)) return "opponent";
    return fmt::format("opponent allows {:.0f}% {}", 100 * std::abs(factor - 1),
                       factor > 1 ? "more" : "less");
}

std::string pace_words(const MatchupFeatures& features) {
    const double factor = features.value(place::kExpectedPace);
    if (!(std::abs(factor - 1) >= kFactorApart)) return "pace";
    return factor > 1 ? "a fast game" : "a slow game";
}

std::string schedule_words(const MatchupFeatures& features) {
    if (features.value(kBackToBack) >= 1) return "second night of a back-to-back";
    const double rest = features.value(kTeamDaysRest);
    return rest >= 2 ? fmt::format("{:.0f} days of rest", rest) : "schedule";
}

std::string absence_words(const MatchupFeatures& features) {
    const double rest = features.value(place::kPlayerDaysRest);
    if (std::isnan(rest)) return "his first game of the season";
    return fmt::format("{:.0f} days since his last game", rest + 1);
}

std::string game_line_words(const MatchupFeatures& features) {
    const double total = features.value(kGameTotal);
    return std::isnan(total) ? "no game line" : fmt::format("game total {:g}", total);
}

std::string words_for(Part part, const MatchupFeatures& features, const Forecast& forecast) {
    switch (part) {
        case Part::kForm: return "form";
        case Part::kShotMix: return "shot mix";
        case Part::kOpponent: return opponent_words(features, forecast.market);
        case Part::kPace: return pace_words(features);
        case Part::kHome: return features.value(place::kIsHome) > 0 ? "at home" : "away";
        case Part::kAbsence: return absence_words(features);
        case Part::kMinutes: return minutes_words(features);
        case Part::kTeammates: return teammates_words(features);
        case Part::kSchedule: return schedule_words(features);
        case Part::kGameLine: return game_line_words(features);
        case Part::kCorrection: return "correction by past games";
        case Part::kNeighbours: return "similar matchups";
        case Part::kLine: return "what the line knows";
    }
    return "";
}

}  // namespace

std::string reasons(const MatchupFeatures& features, const Forecast& forecast) {
    std::string text;
    std::size_t told = 0;
    for (const Contribution& one : by_size(forecast)) {
        const std::string words = words_for(one.part, features, forecast);
        if (text.empty()) {
            text = fmt::format("{} {:.0f} min {:+.1f}", words, forecast.minutes, one.amount);
        } else if (std::abs(one.amount) >= kShown && told < kMostReasons) {
            fmt::format_to(std::back_inserter(text), ", {} {:+.1f}", words, one.amount);
            ++told;
        }
    }
    return text;
}

}  // namespace tipoff::forecast
