#include "grade/calibration.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/error.h"

namespace tipoff::grade {
namespace {

TEST(CalibrationBins, CoverTheUnitIntervalAndABoundBelongsToTheUpperBin) {
    EXPECT_EQ(calibration_bin(0), 0U);
    EXPECT_EQ(calibration_bin(0.0999), 0U);
    EXPECT_EQ(calibration_bin(0.1), 1U);
    EXPECT_EQ(calibration_bin(0.5), 5U);
    EXPECT_EQ(calibration_bin(0.9999), 9U);
    EXPECT_EQ(calibration_bin(1), 9U);
    EXPECT_THROW(std::ignore = calibration_bin(1.01), InvariantBroken);
    EXPECT_THROW(std::ignore = calibration_bin(std::numeric_limits<double>::quiet_NaN()),
                 InvariantBroken);
}

TEST(ReliabilityTable, HasMeanSaidAndShareSeenByBin) {
    ReliabilityTable table;
    for (int i = 0; i < 29; ++i)
        table.add(i < 10 ? 0.42 : 0.48, i == 0);
    table.add(0.92, true);
    const auto& bin = table.bins()[4];
    EXPECT_EQ(bin.n, 29);
    EXPECT_NEAR(bin.predicted(), (10 * 0.42 + 19 * 0.48) / 29, 1e-12);
    EXPECT_DOUBLE_EQ(bin.observed(), 1.0 / 29);
    // 1 of 29: Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table
    // I.
    EXPECT_NEAR(bin.interval().low, 0.0061, 5e-5);
    EXPECT_NEAR(bin.interval().high, 0.1718, 5e-5);
    EXPECT_EQ(table.bins()[9].n, 1);
    EXPECT_EQ(table.bins()[9].observed(), 1);
    EXPECT_TRUE(std::isnan(table.bins()[0].observed()));
    EXPECT_TRUE(std::isnan(table.bins()[0].predicted()));
}

TEST(PitTable, HasTheShareOfEveryBin) {
    PitTable table;
    EXPECT_TRUE(std::isnan(table.share(0)));
    for (const double pit : {0.0, 0.05, 0.55, 1.0})
        table.add(pit);
    EXPECT_EQ(table.n(), 4);
    EXPECT_EQ(table.share(0), 0.5);
    EXPECT_EQ(table.share(5), 0.25);
    EXPECT_EQ(table.share(9), 0.25);
    EXPECT_EQ(table.share(3), 0);
}

TEST(PitTable, CountsTwentyBinsOfWhichTwoAreOneOfTheShares) {
    PitTable table;
    for (const double pit : {0.0, 0.05, 0.55, 0.1, 0.3, 1.0})
        table.add(pit);
    // Bounds belong to the upper bin, and the last one to the last.
    const std::array<std::int64_t, kPitBins> expected{1, 1, 1, 0, 0, 0, 1, 0, 0, 0,
                                                      0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    EXPECT_EQ(table.counts(), expected);
    EXPECT_DOUBLE_EQ(table.share(0), 2.0 / 6);
    EXPECT_DOUBLE_EQ(table.share(1), 1.0 / 6);
    EXPECT_DOUBLE_EQ(table.share(9), 1.0 / 6);
    EXPECT_THROW(table.add(-0.01), InvariantBroken);
}

}  // namespace
}  // namespace tipoff::grade
