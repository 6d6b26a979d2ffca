#include "grade/calibration.h"

#include <algorithm>

#include "base/error.h"

namespace tipoff::grade {

namespace {

std::size_t bin_of(double probability, std::size_t bins) {
    require(probability >= 0 && probability <= 1, "a probability outside of [0, 1]");
    return std::min(static_cast<std::size_t>(probability * static_cast<double>(bins)), bins - 1);
}

}  // namespace

std::size_t calibration_bin(double probability) { return bin_of(probability, kCalibrationBins); }

double ReliabilityTable::Bin::predicted() const {
    return n > 0 ? sum / static_cast<double>(n) : kNone;
}

double ReliabilityTable::Bin::observed() const {
    return n > 0 ? static_cast<double>(over) / static_cast<double>(n) : kNone;
}

Interval ReliabilityTable::Bin::interval() const { return wilson_interval(over, n); }

void ReliabilityTable::add(double p_over, bool went_over) {
    Bin& bin = bins_[calibration_bin(p_over)];
    ++bin.n;
    bin.over += went_over ? 1 : 0;
    bin.sum += p_over;
}

void PitTable::add(double pit) {
    ++n_;
    ++counts_[bin_of(pit, kPitBins)];
}

double PitTable::share(std::size_t bin) const {
    const std::int64_t count = counts_.at(2 * bin) + counts_.at(2 * bin + 1);
    return n_ > 0 ? static_cast<double>(count) / static_cast<double>(n_) : kNone;
}

}  // namespace tipoff::grade
