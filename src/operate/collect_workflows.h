#pragma once
/// Sets of sources that belong together at a time of the day.

#include <span>
#include <string_view>
#include <vector>

namespace tipoff::operate {

struct CollectStep {
    std::string_view source;
    int days_from_today = 0;  ///< -1: yesterday's games
};

struct CollectWorkflow {
    std::string_view name;
    std::string_view what;
    std::vector<CollectStep> steps;
};

/// "morning", "lines", "post_game", "rosters".
[[nodiscard]] std::span<const CollectWorkflow> collect_workflows();

/// Null where there is none of that name.
[[nodiscard]] const CollectWorkflow* find_collect_workflow(std::string_view name);

}  // namespace tipoff::operate
