#pragma once
/// Exponential, logarithm and the normal distribution, made of additions, multiplications,
/// divisions and square roots only.
///
/// The math libraries of two machines may differ in the last bit of `exp` and `log`; these do not,
/// so a simulated season has the same bytes everywhere. Accurate to about 1e-14 relative, which is
/// far more than a season needs.

namespace tipoff::league {

/// e to the power `x`; 0 below -700, infinity above 700.
[[nodiscard]] double portable_exp(double x);

/// Natural logarithm of a positive, finite, normal number.
[[nodiscard]] double portable_log(double x);

/// P(Z <= z) of the standard normal distribution (Abramowitz and Stegun 7.1.26; absolute error
/// below 2e-7).
[[nodiscard]] double normal_cdf(double z);

/// The standard normal value below which a share `p` in (0, 1) lies (Wichura's algorithm AS 241,
/// PPND16).
[[nodiscard]] double normal_quantile(double p);

}  // namespace tipoff::league
