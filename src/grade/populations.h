#pragma once
/// Which player games a number is about.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "grade/grade_tables.h"

namespace tipoff::grade {

enum class Population : std::uint8_t {
    kAll,
    kTenPriorGames,
    kNewPlayer,
    kSettled,
    kRotation,
    kLined,
};

inline constexpr std::array kPopulations{Population::kAll,       Population::kTenPriorGames,
                                         Population::kNewPlayer, Population::kSettled,
                                         Population::kRotation,  Population::kLined};

/// "all", "ten_prior_games", ...
[[nodiscard]] std::string_view to_string(Population population);

/// One sentence for a reader of the numbers. Earlier games are those that `History` counts.
[[nodiscard]] std::string_view definition(Population population);

/// `kUsage` with the list of populations where the text names none.
[[nodiscard]] Expected<Population> parse_population(std::string_view text);

/// What decides whether a player game belongs to a population.
struct Standing {
    std::int32_t minutes = 0;      ///< in this game
    std::int32_t prior_games = 0;  ///< before it, as of `Before`
    std::int32_t season_games = 0;
    double last_10_minutes = kNone;
    bool lined = false;  ///< a real line before tip-off
};

[[nodiscard]] bool contains(Population population, const Standing& standing);

/// Scoring tiers, by the mean points of the last ten games before the game, never by its outcome.
enum class Tier : std::uint8_t { kNoHistory, kUnder10, k10To20, k20To30, k30AndOver };

inline constexpr std::array kTiers{Tier::kNoHistory, Tier::kUnder10, Tier::k10To20, Tier::k20To30,
                                   Tier::k30AndOver};

/// "no_history", "under_10", "10_to_20", "20_to_30", "30_and_over".
[[nodiscard]] std::string_view to_string(Tier tier);

/// `last_10_points` is NaN for a player without earlier games; a bound belongs to the upper tier.
[[nodiscard]] Tier tier_of(double last_10_points);

/// Tiers of the minutes that are to be expected, by the mean minutes of the last ten games before
/// the game: the same for every system, and never by the minutes he then played.
enum class MinutesTier : std::uint8_t { kNoHistory, kUnder15, k15To25, k25To32, k32AndOver };

inline constexpr std::array kMinutesTiers{MinutesTier::kNoHistory, MinutesTier::kUnder15,
                                          MinutesTier::k15To25, MinutesTier::k25To32,
                                          MinutesTier::k32AndOver};

/// "no_history", "under_15_min", "15_to_25_min", "25_to_32_min", "32_and_over_min".
[[nodiscard]] std::string_view to_string(MinutesTier tier);

/// As `tier_of`.
[[nodiscard]] MinutesTier minutes_tier_of(double last_10_minutes);

}  // namespace tipoff::grade
