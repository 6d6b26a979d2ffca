#pragma once
/// What a system sees of a matchup: its feature row, nothing else.

#include <cstddef>
#include <span>

namespace tipoff::forecast {

/// A view over a feature row in the order of the feature list (`features::feature_index` gives the
/// places when the program is compiled). NaN is unknown. The row has to outlive the view.
class MatchupFeatures {
public:
    explicit constexpr MatchupFeatures(std::span<const float> values) : values_(values) {}

    [[nodiscard]] constexpr double value(std::size_t index) const {
        return static_cast<double>(values_[index]);
    }

private:
    std::span<const float> values_;
};

}  // namespace tipoff::forecast
