#include "grade/populations.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace tipoff::grade {
namespace {

constexpr std::int32_t kEnoughGames = 10;
constexpr double kRotationMinutes = 15;

}  // namespace

std::string_view to_string(Population population) {
    switch (population) {
        case Population::kAll: return "all";
        case Population::kTenPriorGames: return "ten_prior_games";
        case Population::kNewPlayer: return "new_player";
        case Population::kSettled: return "settled";
        case Population::kRotation: return "rotation";
        case Population::kLined: return "lined";
    }
    throw InvariantBroken("a population without a name");
}

std::string_view definition(Population population) {
    switch (population) {
        case Population::kAll: return "every player game on record, also one of seconds";
        case Population::kTenPriorGames: return "minutes > 0 and at least 10 earlier games";
        case Population::kNewPlayer: return "minutes > 0 and fewer than 10 earlier games";
        case Population::kSettled: return "minutes > 0 and at least 10 earlier games this season";
        case Population::kRotation:
            return "minutes > 0, at least 10 earlier games and 15 or more minutes a game in the "
                   "last 10";
        case Population::kLined: return "minutes > 0 and a real line before tip-off";
    }
    throw InvariantBroken("a population without a definition");
}

Expected<Population> parse_population(std::string_view text) {
    const auto* found =
        std::ranges::find(kPopulations, text, [](Population p) { return to_string(p); });
    if (found != kPopulations.end()) return *found;
    return fail(ErrorCode::kUsage, "no population '" + std::string(text) + "'",
                "populations: all, ten_prior_games, new_player, settled, rotation, lined");
}

bool contains(Population population, const Standing& standing) {
    if (population == Population::kAll) return true;
    if (standing.minutes == 0) return false;
    const bool has_history = standing.prior_games >= kEnoughGames;
    switch (population) {
        case Population::kAll: return true;
        case Population::kTenPriorGames: return has_history;
        case Population::kNewPlayer: return !has_history;
        case Population::kSettled: return standing.season_games >= kEnoughGames;
        case Population::kRotation:
            return has_history && standing.last_10_minutes >= kRotationMinutes;
        case Population::kLined: return standing.lined;
    }
    throw InvariantBroken("a population without a rule");
}

std::string_view to_string(Tier tier) {
    switch (tier) {
        case Tier::kNoHistory: return "no_history";
        case Tier::kUnder10: return "under_10";
        case Tier::k10To20: return "10_to_20";
        case Tier::k20To30: return "20_to_30";
        case Tier::k30AndOver: return "30_and_over";
    }
    throw InvariantBroken("a tier without a name");
}

Tier tier_of(double last_10_points) {
    if (std::isnan(last_10_points)) return Tier::kNoHistory;
    if (last_10_points < 10) return Tier::kUnder10;
    if (last_10_points < 20) return Tier::k10To20;
    if (last_10_points < 30) return Tier::k20To30;
    return Tier::k30AndOver;
}

std::string_view to_string(MinutesTier tier) {
    switch (tier) {
        case MinutesTier::kNoHistory: return "no_history";
        case MinutesTier::kUnder15: return "under_15_min";
        case MinutesTier::k15To25: return "15_to_25_min";
        case MinutesTier::k25To32: return "25_to_32_min";
        case MinutesTier::k32AndOver: return "32_and_over_min";
    }
    throw InvariantBroken("a tier of minutes without a name");
}

MinutesTier minutes_tier_of(double last_10_minutes) {
    if (std::isnan(last_10_minutes)) return MinutesTier::kNoHistory;
    if (last_10_minutes < 15) return MinutesTier::kUnder15;
    if (last_10_minutes < 25) return MinutesTier::k15To25;
    if (last_10_minutes < 32) return MinutesTier::k25To32;
    return MinutesTier::k32AndOver;
}

}  // namespace tipoff::grade
