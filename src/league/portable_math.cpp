#include "league/portable_math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace tipoff::league {
namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kInverseLn2 = 1.44269504088896338700e+00;

/// Horner's rule, highest power last in `coefficients`.
template <std::size_t N>
double polynomial(double x, const std::array<double, N>& coefficients) {
    double value = coefficients[N - 1];
    for (std::size_t i = N - 1; i-- > 0;)
        value = value * x + coefficients[i];
    return value;
}

}  // namespace

double portable_exp(double x) {
    if (x < -700.0) return 0.0;
    if (x > 700.0) return std::numeric_limits<double>::infinity();
    // x = k ln 2 + r with |r| <= ln 2 / 2, then the Taylor series of e^r.
    const double k = std::floor(x * kInverseLn2 + 0.5);
    const double r = (x - k * kLn2High) - k * kLn2Low;
    double term = 1.0;
    double sum = 1.0;
    for (int n = 1; n <= 14; ++n) {
        term = term * r / n;
        sum += term;
    }
    const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(k) + 1023);
    return sum * std::bit_cast<double>(exponent << 52U);
}

double portable_log(double x) {
    // x = m 2^e with m in [sqrt(1/2), sqrt(2)), then log m = 2 artanh((m - 1) / (m + 1)).
    auto bits = std::bit_cast<std::uint64_t>(x);
    auto exponent = static_cast<std::int64_t>(bits >> 52U) - 1023;
    bits = (bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL;
    double mantissa = std::bit_cast<double>(bits);
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        ++exponent;
    }
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double s2 = s * s;
    double power = s;
    double sum = s;
    for (int n = 3; n <= 25; n += 2) {
        power *= s2;
        sum += power / n;
    }
    const auto e = static_cast<double>(exponent);
    return e * kLn2High + (2.0 * sum + e * kLn2Low);
}

double normal_cdf(double z) {
    const double x = std::abs(z) / std::sqrt(2.0);
    const double t = 1.0 / (1.0 + 0.3275911 * x);
    static constexpr std::array kErf{0.0,         0.254829592,  -0.284496736,
                                     1.421413741, -1.453152027, 1.061405429};
    const double upper_tail = 0.5 * polynomial(t, kErf) * portable_exp(-x * x);
    return z > 0.0 ? 1.0 - upper_tail : upper_tail;
}

double normal_quantile(double p) {
    static constexpr std::array kCentralTop{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                            1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                            4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                            3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static constexpr std::array kCentralBottom{1.0,
                                               4.2313330701600911252e+1,
                                               6.8718700749205790830e+2,
                                               5.3941960214247511077e+3,
                                               2.1213794301586595867e+4,
                                               3.9307895800092710610e+4,
                                               2.8729085735721942674e+4,
                                               5.2264952788528545610e+3};
    static constexpr std::array kTailTop{1.42343711074968357734e0,  4.63033784615654529590e0,
                                         5.76949722146069140550e0,  3.64784832476320460504e0,
                                         1.27045825245236838258e0,  2.41780725177450611770e-1,
                                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr std::array kTailBottom{1.0,
                                            2.05319162663775882187e0,
                                            1.67638483018380384940e0,
                                            6.89767334985100004550e-1,
                                            1.48103976427480074590e-1,
                                            1.51986665636164571966e-2,
                                            5.47593808499534494600e-4,
                                            1.05075007164441684324e-9};
    static constexpr std::array kFarTop{6.65790464350110377720e0,  5.46378491116411436990e0,
                                        1.78482653991729133580e0,  2.96560571828504891230e-1,
                                        2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                        2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr std::array kFarBottom{1.0,
                                           5.99832206555887937690e-1,
                                           1.36929880922735805310e-1,
                                           1.48753612908506148525e-2,
                                           7.86869131145613259100e-4,
                                           1.84631831751005468180e-5,
                                           1.42151175831644588870e-7,
                                           2.04426310338993978564e-15};

    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(r, kCentralTop) / polynomial(r, kCentralBottom);
    }
    const double tail = std::sqrt(-portable_log(q < 0.0 ? p : 1.0 - p));
    const double size = tail <= 5.0
                            ? polynomial(tail - 1.6, kTailTop) / polynomial(tail - 1.6, kTailBottom)
                            : polynomial(tail - 5.0, kFarTop) / polynomial(tail - 5.0, kFarBottom);
    return q < 0.0 ? -size : size;
}

}  // namespace tipoff::league
