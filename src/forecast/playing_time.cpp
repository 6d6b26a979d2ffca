#include "forecast/playing_time.h"

#include <algorithm>
#include <cmath>

#include "forecast/feature_places.h"

namespace tipoff::forecast {
namespace {

constexpr double kUsualDays = 2;
constexpr double kMostDays = 60;

/// Fewer games than this are called few; the populations draw the line at the same place.
constexpr double kFewGames = 10;

/// `days_rest` is unknown before his first game of a season: then he comes back from the summer, or
/// is new.
double absence(double days_rest, double games) {
    if (std::isnan(days_rest)) return games > 0 ? std::log(kMostDays / kUsualDays) : 0;
    return std::log(std::clamp(days_rest + 1, kUsualDays, kMostDays) / kUsualDays);
}

}  // namespace

double effective_games(double games, double half_life) {
    return (1 - std::exp2(-games / half_life)) / (1 - std::exp2(-1 / half_life));
}

double shrunk(double value, double weight, double prior, double prior_weight) {
    if (std::isnan(value)) return prior;
    return (weight * value + prior_weight * prior) / (weight + prior_weight);
}

PlayingTime playing_time(const MatchupFeatures& features, const MinutesParameters& parameters) {
    const MinutesParameters& p = parameters;
    PlayingTime time;
    time.games = features.value(place::kGamesOnRecord);
    time.absence = absence(features.value(place::kPlayerDaysRest), time.games);
    const double chance = features.value(place::kChanceToPlay);
    time.doubt = std::isnan(chance) ? 0 : 1 - chance;
    time.usual_minutes =
        shrunk(features.value(place::kMinutesLong), effective_games(time.games, kLongHalfLife),
               p.newcomer_minutes, p.long_prior);
    const double recent =
        shrunk(features.value(place::kMinutesShort), effective_games(time.games, kShortHalfLife),
               time.usual_minutes, p.short_prior);
    const double season =
        shrunk(features.value(place::kMinutesSeason), features.value(place::kGamesThisSeason),
               time.usual_minutes, p.season_prior);
    const double level = p.short_weight * recent + (1 - p.short_weight) * season;
    time.minutes = p.intercept + p.slope * level + p.curvature * level * level;

    if (time.games < 1)
        time.missing.add(Missing::kHistory);
    else if (time.games < kFewGames)
        time.missing.add(Missing::kFewGames);
    return time;
}

double count_sd(double mean, double minutes_sd, const PlayingTime& time,
                const SpreadParameters& parameters) {
    const SpreadParameters& p = parameters;
    const double sd_of_minutes = std::isnan(minutes_sd) ? p.minutes_sd_prior : minutes_sd;
    const double through_minutes = mean / time.minutes * sd_of_minutes;
    const double usual = p.constant + p.linear * mean + p.quadratic * mean * mean +
                         p.minutes * through_minutes * through_minutes;
    const double uncertainty =
        1 + p.absence * time.absence + p.inexperience / std::sqrt(time.games + 1);
    return std::sqrt(std::max(usual, mean) * uncertainty * (1 + p.doubt * time.doubt) *
                     p.allowance);
}

double within_range(double mean) {
    return std::clamp(mean, CountDistribution::kMinMean, CountDistribution::kMaxMean);
}

}  // namespace tipoff::forecast
