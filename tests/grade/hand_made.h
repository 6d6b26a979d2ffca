#pragma once
/// Small facts made by hand for the tests of grades.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "conform/summaries.h"
#include "features/feature_list.h"
#include "features/feature_tables.h"
#include "forecast/prediction_tables.h"

namespace tipoff::grade {

inline constexpr TeamId kHomeTeam{1610612738};
inline constexpr TeamId kAwayTeam{1610612755};
inline constexpr PlayerId kPlayer{1};
inline constexpr Season kSeason = Season::starting_in(2022);

/// The day `days` after 1 November 2022.
[[nodiscard]] GameDate day(int days);

/// 19:30 Eastern.
[[nodiscard]] Instant tip_off(GameDate date);

/// A finished game of the regular season with twenty box rows on record.
[[nodiscard]] conform::Game final_game(std::int64_t game_id, GameDate date);

/// A box row of the regular season.
[[nodiscard]] conform::PlayerGame box(std::int64_t game_id, PlayerId player, GameDate date,
                                      std::int32_t minutes, std::int32_t points);

/// A forecast of `system_v1` from tip-off; the median is the distribution's.
[[nodiscard]] forecast::Prediction prediction(const conform::Game& game, PlayerId player,
                                              double mean, double sd);

/// The feature row of a forecast, without a line.
[[nodiscard]] features::FeatureStoreRow feature_row(const forecast::Prediction& prediction);

}  // namespace tipoff::grade
