#pragma once
/// Whether chances came true as often as they were said to: tables of ten equal bins of [0, 1].

#include <array>
#include <cstddef>
#include <cstdint>

#include "grade/measures.h"

namespace tipoff::grade {

inline constexpr std::size_t kCalibrationBins = 10;

/// Of PIT values, whose ends are what one looks at.
inline constexpr std::size_t kPitBins = 2 * kCalibrationBins;

/// Where a bin begins and ends.
[[nodiscard]] constexpr double lower_bound_of(std::size_t bin) {
    return static_cast<double>(bin) / kCalibrationBins;
}
[[nodiscard]] constexpr double upper_bound_of(std::size_t bin) { return lower_bound_of(bin + 1); }

/// The bin of a probability in [0, 1]: 0.5 belongs to the upper of its two bins, 1 to the last.
[[nodiscard]] std::size_t calibration_bin(double probability);

/// Said chances of the over against the share that went over, by the chance said; pushes are left
/// out by the caller.
class ReliabilityTable {
public:
    struct Bin {
        std::int64_t n = 0;
        std::int64_t over = 0;
        double sum = 0;  ///< of the chances said

        [[nodiscard]] double predicted() const;   ///< mean; NaN without
        [[nodiscard]] double observed() const;    ///< share; NaN without
        [[nodiscard]] Interval interval() const;  ///< of the share
    };

    void add(double p_over, bool went_over);

    [[nodiscard]] const std::array<Bin, kCalibrationBins>& bins() const { return bins_; }

private:
    std::array<Bin, kCalibrationBins> bins_;
};

/// Randomised PIT values by bin: of a calibrated forecast every bin has a tenth. Full ends say that
/// the spread is too small, a full middle that it is too large, a slope that the mean is off.
class PitTable {
public:
    void add(double pit);

    [[nodiscard]] std::int64_t n() const { return n_; }
    [[nodiscard]] double share(std::size_t bin) const;  ///< NaN without forecasts
    [[nodiscard]] const std::array<std::int64_t, kPitBins>& counts() const { return counts_; }

private:
    std::int64_t n_ = 0;
    std::array<std::int64_t, kPitBins> counts_{};  ///< two for every bin of `share`
};

}  // namespace tipoff::grade
