#include "league/portable_math.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace tipoff::league {
namespace {

double somewhere_between(double low, double high) {
    const int step = *rc::gen::inRange(0, 1'000'000);
    return low + (high - low) * step / 1'000'000.0;
}

RC_GTEST_PROP(PortableMath, ExpAgreesWithTheLibrary, ()) {
    const double x = somewhere_between(-50.0, 50.0);
    RC_ASSERT(std::abs(portable_exp(x) / std::exp(x) - 1.0) < 1e-13);
}

RC_GTEST_PROP(PortableMath, LogAgreesWithTheLibrary, ()) {
    const double x = std::exp(somewhere_between(-300.0, 300.0));
    const double expected = std::log(x);
    RC_ASSERT(std::abs(portable_log(x) - expected) < 1e-13 * std::max(1.0, std::abs(expected)));
}

RC_GTEST_PROP(PortableMath, QuantileUndoesTheDistribution, ()) {
    const double z = somewhere_between(-4.0, 4.0);
    const double p = 0.5 * std::erfc(-z / std::sqrt(2.0));
    RC_ASSERT(std::abs(normal_quantile(p) - z) < 1e-9);
}

RC_GTEST_PROP(PortableMath, DistributionAgreesWithTheErrorFunction, ()) {
    const double z = somewhere_between(-6.0, 6.0);
    RC_ASSERT(std::abs(normal_cdf(z) - 0.5 * std::erfc(-z / std::sqrt(2.0))) < 2e-7);
}

TEST(PortableMath, KnownValues) {
    EXPECT_EQ(portable_exp(0.0), 1.0);
    EXPECT_EQ(portable_log(1.0), 0.0);
    EXPECT_NEAR(portable_exp(1.0), 2.718281828459045, 1e-15);
    EXPECT_EQ(normal_quantile(0.5), 0.0);
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
    EXPECT_NEAR(normal_quantile(1e-12), -7.034483825011931, 1e-9);
}

TEST(PortableMath, ExpEndsInZeroAndInfinity) {
    EXPECT_EQ(portable_exp(-800.0), 0.0);
    EXPECT_EQ(portable_exp(800.0), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace tipoff::league
