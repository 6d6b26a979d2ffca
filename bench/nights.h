#pragma once
/// What a night of forecasts costs a process that is warm.

#include <array>
#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "conform/market.h"
#include "measuring.h"

namespace tipoff::bench {

inline constexpr std::array kMarketsOfANight{Market::kPoints, Market::kRebounds, Market::kAssists,
                                             Market::kThrees, Market::kPra};

struct Night {
    GameDate date;
    GameDate before;  ///< the game date before it
};

/// The `count` nights whose number of expected players is nearest to that of the holds, in the
/// order of time.
Expected<std::vector<Night>> choose_nights(const operate::Facts& facts, std::size_t count);

/// The last game date before the newest season's second half, from which nights are taken.
[[nodiscard]] GameDate date_before_nights(const operate::Facts& facts);

/// `count` nights of about 450 expected players, in five markets by all five systems: from feature
/// rows to durable forecasts, picks and the expected grid. All that was known the day before has
/// been learnt; the rows are new to the tables. Needs the models of `measure_models` in the same
/// home, which forecast whether or not they passed their gates.
Expected<Json> measure_night(const std::filesystem::path& home, std::size_t count);

/// Such nights of the last home by `similarity_v1` alone: forms, search and forecasts of the four
/// counts, on one thread and on two. They are compared with what was known of that home before
/// each, and with all of the other homes, whose seasons stand in the place of earlier ones.
Expected<Json> measure_similarity(const std::vector<std::filesystem::path>& homes,
                                  std::size_t count);

}  // namespace tipoff::bench
