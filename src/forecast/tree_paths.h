#pragma once
/// The ways down the trees of a booster, for telling what each feature added to what they say.
///
/// XGBoost's own approximate contributions clear and add up every feature for every tree, which
/// for a night's players takes ten times as long as the ways down themselves.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tipoff::forecast {

class TreePaths {
public:
    /// From a booster as XGBoost writes it (`ubj`). One that it did not write is a broken
    /// invariant.
    explicit TreePaths(std::string_view booster);

    /// Saabas ("Interpreting random forests", 2014): on the way down a tree each split moves the
    /// mean of what lies below it, and that move is its feature's. `values` are rows of `columns`
    /// features, NaN where unknown; `shares`, zeros before, get `columns + 1` numbers a row, the
    /// last what all rows have in common, which add up to the sum of the leaves reached.
    void add_contributions(std::span<const float> values, std::size_t columns,
                           std::span<float> shares) const;

private:
    struct Node {
        float threshold = 0;     ///< below it to the left
        float mean = 0;          ///< of the leaves below, by how much they weighed in training
        std::int32_t left = -1;  ///< -1 at a leaf
        std::int32_t right = -1;
        std::uint32_t feature = 0;
        bool unknown_to_left = false;
    };

    std::vector<Node> nodes_;  ///< of all trees; children come after their parent
    std::vector<std::size_t> roots_;
};

}  // namespace tipoff::forecast
