#pragma once
/// Of several forecasts of one player game the one that counts, and what came of it.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "grade/grade_tables.h"

namespace tipoff::grade {

/// Which forecast of a game counts when there are several: live before backfill, and of those the
/// first, the last before noon Eastern of the game date, or the last before tip-off. Where none was
/// made before noon, `kMorning` takes none.
enum class AsOfChoice : std::uint8_t { kFirst, kMorning, kLast };

[[nodiscard]] std::string_view to_string(AsOfChoice choice);
[[nodiscard]] Expected<AsOfChoice> parse_as_of_choice(std::string_view text);

/// What came of a forecast: as first settled, and as newest revised.
struct Grade {
    const Accuracy* settled;
    const Accuracy* newest;
};

/// One forecast a player game, market and system, by these. Points into `accuracy`, whose rows may
/// come in any order.
[[nodiscard]] std::vector<Grade> chosen_grades(std::span<const Accuracy> accuracy,
                                               AsOfChoice choice);

}  // namespace tipoff::grade
