#pragma once
/// Where the systems find their features in a row. Looked up when the program is compiled: a
/// misspelt name does not compile.

#include <array>
#include <cstddef>

#include "conform/market.h"
#include "features/feature_list.h"

namespace tipoff::forecast::place {

using features::feature_index;

inline constexpr auto kGamesOnRecord = feature_index("games_on_record");
inline constexpr auto kGamesThisSeason = feature_index("games_this_season");
inline constexpr auto kMinutesShort = feature_index("minutes_mean_ewm_short");
inline constexpr auto kMinutesLong = feature_index("minutes_mean_ewm_long");
inline constexpr auto kMinutesSeason = feature_index("minutes_mean_season");
inline constexpr auto kMinutesSd = feature_index("minutes_sd_last_10");
inline constexpr auto kIsHome = feature_index("is_home");
inline constexpr auto kPlayerDaysRest = feature_index("player_days_rest");
inline constexpr auto kChanceToPlay = feature_index("chance_to_play");
inline constexpr auto kPointsLine = feature_index("points_line");
inline constexpr auto kPointsLineBooks = feature_index("points_line_books");
inline constexpr auto kAttemptsPerMinute = feature_index("field_goals_attempted_per_minute_ewm");
inline constexpr auto kFreeThrowsPerMinute = feature_index("free_throws_attempted_per_minute_ewm");
inline constexpr auto kFreeThrowPct = feature_index("free_throw_pct_long");
inline constexpr auto kExpectedPace = feature_index("expected_pace_factor");
inline constexpr auto kOpponentDefence = feature_index("opponent_defence_factor");

/// By count: his rate a minute (half-life 10 games), and what the opponent allows over the
/// league's.
inline constexpr std::array<std::size_t, kCounts> kPerMinute{
    feature_index("points_per_minute_ewm"), feature_index("rebounds_per_minute_ewm"),
    feature_index("assists_per_minute_ewm"), feature_index("threes_per_minute_ewm")};
inline constexpr std::array<std::size_t, kCounts> kOpponentAllows{
    kOpponentDefence, feature_index("opponent_rebounds_factor"),
    feature_index("opponent_assists_factor"), feature_index("opponent_threes_factor")};

/// By zone, in the order of `features::ZoneGroup`.
inline constexpr std::array kZoneShare{
    feature_index("zone_share_restricted_area"), feature_index("zone_share_paint"),
    feature_index("zone_share_mid_range"), feature_index("zone_share_corner_3"),
    feature_index("zone_share_above_break_3")};
inline constexpr std::array kZoneAccuracy{
    feature_index("zone_accuracy_restricted_area"), feature_index("zone_accuracy_paint"),
    feature_index("zone_accuracy_mid_range"), feature_index("zone_accuracy_corner_3"),
    feature_index("zone_accuracy_above_break_3")};
inline constexpr std::array kOpponentAccuracy{
    feature_index("opponent_accuracy_factor_restricted_area"),
    feature_index("opponent_accuracy_factor_paint"),
    feature_index("opponent_accuracy_factor_mid_range"),
    feature_index("opponent_accuracy_factor_corner_3"),
    feature_index("opponent_accuracy_factor_above_break_3")};
inline constexpr std::array kOpponentVolume{feature_index("opponent_volume_factor_restricted_area"),
                                            feature_index("opponent_volume_factor_paint"),
                                            feature_index("opponent_volume_factor_mid_range"),
                                            feature_index("opponent_volume_factor_corner_3"),
                                            feature_index("opponent_volume_factor_above_break_3")};

}  // namespace tipoff::forecast::place
