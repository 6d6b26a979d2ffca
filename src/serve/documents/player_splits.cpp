#include <fmt/core.h>

#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "serve/documents/player_games.h"
#include "serve/documents/player_head.h"
#include "serve/documents/player_season.h"

namespace tipoff::serve {
namespace {

constexpr std::string_view kUnknown = "unknown";

/// Of `opponent_defence_factor`: a third of the games each, of December 2022 to June 2023.
constexpr double kStrongBelow = 0.992;
constexpr double kWeakFrom = 1.007;

/// More days than these are one value.
constexpr std::int32_t kMostRest = 3;

/// Running mean and sum of squared differences from it (Welford 1962).
struct Sums {
    std::int64_t n = 0;
    double mean = 0;
    double squares = 0;
    double minutes = 0;

    void add(double value, double played) {
        ++n;
        const double from_old = value - mean;
        mean += from_old / static_cast<double>(n);
        squares += from_old * (value - mean);
        minutes += played;
    }
};

std::string rest_of(const KnownBefore* known) {
    if (known == nullptr || !known->days_rest) return std::string(kUnknown);
    return *known->days_rest >= kMostRest ? fmt::format("{}+", kMostRest)
                                          : std::to_string(*known->days_rest);
}

std::string_view defence_of(const KnownBefore* known) {
    if (known == nullptr || std::isnan(known->defence_factor)) return kUnknown;
    if (known->defence_factor < kStrongBelow) return "strong";
    return known->defence_factor < kWeakFrom ? "average" : "weak";
}

std::string_view role_of(const conform::PlayerGame& box) {
    if (!box.started) return kUnknown;
    return *box.started ? "starter" : "bench";
}

/// What the splits are by, in the order in which they are given out, and a game's value of each.
std::array<std::pair<std::string_view, std::string>, 5> values_of(const conform::PlayerGame& box,
                                                                  const KnownBefore* known) {
    return {{{"venue", box.is_home ? "home" : "away"},
             {"rest", rest_of(known)},
             {"opponent_tier", std::string(defence_of(known))},
             {"starter", std::string(role_of(box))},
             {"month", to_string(box.game_date).substr(0, 7)}}};
}

Json split_json(std::string_view by, const std::string& value, const Sums& sums) {
    const auto n = static_cast<double>(sums.n);
    return {{"by", by},
            {"value", value},
            {"games", sums.n},
            {"mean", sums.mean},
            {"sd", sums.n > 1 ? Json(std::sqrt(sums.squares / (n - 1))) : Json(nullptr)},
            {"minutes", sums.minutes / n}};
}

}  // namespace

Expected<Json> player_splits_json(store::Database& database, const PlayerSeasonRequest& request) {
    Json document;
    TIPOFF_TRY(document["player"], player_head(database, request.player));
    std::optional<Season> season = request.season;
    if (!season) {
        TIPOFF_TRY(const auto seasons, seasons_of(database, request.player));
        if (!seasons.empty()) season = seasons.front();
    }
    document["season"] = season ? Json(to_string(*season)) : Json(nullptr);
    document["market"] = to_string(request.market);
    Json& splits = document["splits"] = Json::array();
    if (!season) return document;
    TIPOFF_TRY(const auto boxes, box_scores_of(database, request.player, *season));
    TIPOFF_TRY(const auto before, known_before(database, request.player, *season));
    std::map<std::pair<std::size_t, std::string>, Sums> sums;
    std::array<std::string_view, 5> names;
    for (const conform::PlayerGame& box : boxes) {
        const auto actual = outcome_of(box, request.market);
        if (box.minutes <= 0 || !actual) continue;
        const auto values = values_of(box, find_game(before, box.game_id));
        for (std::size_t i = 0; i < values.size(); ++i) {
            names[i] = values[i].first;
            sums[{i, values[i].second}].add(*actual, box.minutes);
        }
    }
    for (const auto& [key, of_value] : sums)
        splits.push_back(split_json(names[key.first], key.second, of_value));
    return document;
}

}  // namespace tipoff::serve
