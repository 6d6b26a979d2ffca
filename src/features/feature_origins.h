#pragma once
/// Where features come from: the group that each belongs to, and the tables behind it.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "features/feature.h"

namespace tipoff::features {

/// A family as people know it.
struct FeatureGroup {
    std::string_view title;
    std::span<const FeatureSpec> specs;
};

/// Every group, in the order of a feature row.
[[nodiscard]] std::span<const FeatureGroup> feature_groups();

/// The title of the group that the feature at a place of the row belongs to.
[[nodiscard]] std::string_view group_of(std::size_t feature);

/// What a feature's `inputs` call a part of the facts, and the tables that hold it.
struct FeatureInput {
    std::string_view name;
    std::string_view tables;  ///< with commas
};

[[nodiscard]] std::span<const FeatureInput> feature_inputs();

/// The tables behind a feature, each once, in the order of its inputs; through other features where
/// those are its inputs. A word that is neither an input nor a feature is a broken invariant.
[[nodiscard]] std::vector<std::string_view> tables_behind(const FeatureSpec& spec);

}  // namespace tipoff::features
