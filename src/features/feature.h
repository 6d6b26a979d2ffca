#pragma once
/// A feature, and the part of a feature row that one family fills.
///
/// A feature row holds one `float` a feature, NaN where nothing is known: what is stored is what a
/// system reads, to the bit. A family names its features in `kSpecs` and sets them by name; a
/// misspelt name does not compile.

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace tipoff::features {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// What a feature means. The page `docs/features.md` is made from these.
struct FeatureSpec {
    std::string_view name;
    std::string_view unit;
    double low;   ///< no value lies below; the fold checks it
    double high;  ///< no value lies above
    std::string_view meaning;
    std::string_view inputs;
    std::string_view null_means;
};

/// The place of a feature within its family, looked up when the program is compiled.
template <class Family>
class Slot {
public:
    consteval Slot(const char* name) : index_(find(name)) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] constexpr std::size_t index() const { return index_; }

private:
    static consteval std::size_t find(std::string_view name) {
        for (std::size_t i = 0; i < Family::kSpecs.size(); ++i) {
            if (Family::kSpecs[i].name == name) return i;
        }
        throw "no feature of this family has that name";
    }
    std::size_t index_;
};

/// One family's part of a feature row.
template <class Family>
class FamilyRow {
public:
    explicit FamilyRow(std::span<float> values) : values_(values) {}

    /// Sets a feature; NaN for unknown. Values are rounded to `float` here, once.
    void set(Slot<Family> slot, double value) { values_[slot.index()] = static_cast<float>(value); }

private:
    std::span<float> values_;
};

}  // namespace tipoff::features
