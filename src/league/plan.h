#pragma once
/// A coach's plan: how the 240 minutes of a game are shared among those who are available.

#include <cstddef>
#include <span>
#include <vector>

#include "league/random.h"

namespace tipoff::league {

/// Minutes that the player of a rank (0 is the best) gets in a full team.
[[nodiscard]] double usual_minutes(std::size_t rank);

/// The plan for tonight: minutes by player, adding up to 240; 0 for those who are not meant to
/// play. `roles` holds the minutes that each of the available players usually gets. When somebody
/// is missing the others move up. `rotation_length` gives the bench that many minutes more. At
/// least five players.
[[nodiscard]] std::vector<double> plan_minutes(std::span<const double> roles,
                                               double rotation_length);

/// What a plan comes to on average, knowing that players at its end are left out on some nights.
/// Adds up to 240.
[[nodiscard]] std::vector<double> expected_minutes(std::span<const double> plan);

/// What the coach makes of the plan tonight: hunches, match-ups, a fringe player in or out. Adds up
/// to 240 again.
[[nodiscard]] std::vector<double> tonights_minutes(std::span<const double> plan, Random& random);

}  // namespace tipoff::league
