#pragma once
/// A forecast against one line of one sportsbook: odds, the vig, edge, expected value, and a
/// recommendation with its reason.
///
/// Prices are American odds, at most -100 or at least +100. A stake wins its price, loses one unit,
/// and comes back on a push.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "forecast/distribution.h"

namespace tipoff::forecast {

/// Both must hold before a side is recommended. The systems alone have not beaten the closing price
/// at any threshold (`docs/systems.md`): these keep out what is within the noise of a forecast,
/// they do not promise a profit.
inline constexpr double kMinEdge =
    0.05;  ///< P(side | no push) less the price's chance without the vig
inline constexpr double kMinExpectedValue = 0.03;  ///< profit a unit staked, at the price offered

/// What a winning unit pays back in all: 1 + odds / 100 for +odds, 1 + 100 / odds for -odds.
[[nodiscard]] double decimal_odds(std::int32_t american_odds);

/// The name of the way in which `without_vig` takes out the vig, as stored and shown.
inline constexpr std::string_view kVigMethod = "proportional";

struct NoVig {
    double over = 0;  ///< chances that the prices imply; they add up to 1
    double under = 0;
    double vig = 0;  ///< by how much the implied chances exceed 1
};

/// The vig is taken out in proportion: each side's implied probability over their sum.
[[nodiscard]] NoVig without_vig(std::int32_t over_price, std::int32_t under_price);

/// Expected profit of a unit staked: p_win (decimal odds - 1) - p_lose; a push pays the stake back.
[[nodiscard]] double expected_value(double p_win, double p_lose, std::int32_t american_odds);

/// The half line (0.5, 1.5, ...) whose P(over) is nearest to one half; the lower on a tie.
[[nodiscard]] double fair_line(const CountDistribution& distribution);

struct Prices {
    std::optional<std::int32_t> over;
    std::optional<std::int32_t> under;
};

enum class Recommendation : std::uint8_t { kPass, kOver, kUnder };

/// "OVER", "UNDER" or "PASS".
[[nodiscard]] std::string_view to_string(Recommendation recommendation);

/// Why nothing is recommended.
enum class PassReason : std::uint8_t {
    kNone,         ///< a side is recommended
    kNoPrices,     ///< the line has no price: nothing can be said of its worth
    kOneSided,     ///< one price only: the vig is unknown
    kSmallEdge,    ///< the forecast is close to the price
    kVigTakesAll,  ///< the edge is there, the price leaves too little of it
};

/// What a forecast says of a line. What needs a price that is not there is NaN.
struct LineView {
    double line_value = 0;
    Prices prices;
    double p_over = 0;
    double p_push = 0;
    double p_under = 0;
    double p_over_no_vig = 0;  ///< P(over) that the prices imply without the vig
    double edge = 0;  ///< P(over | no push) less `p_over_no_vig`; negative speaks for the under
    double expected_value_over = 0;
    double expected_value_under = 0;
    double fair_line = 0;
    Recommendation recommendation = Recommendation::kPass;
    PassReason pass_reason = PassReason::kNone;

    /// Of the recommended side; of the better one for a PASS; NaN without prices.
    [[nodiscard]] double expected_value() const;
};

/// The side whose edge is at least `kMinEdge` and whose expected value is at least
/// `kMinExpectedValue`; else PASS.
[[nodiscard]] LineView view_of_line(const CountDistribution& distribution, double line_value,
                                    const Prices& prices);

/// For a person: "line 22.5, we say 19 (mean 19.8): form 31 min +20.1, venue +0.1, absence -0.4;
/// over 33%, the prices say 49%; UNDER at -115 is worth +0.25 a unit". `contributions` are the
/// `reasons` of the forecast; left out when empty.
[[nodiscard]] std::string reason_text(const LineView& view, const CountDistribution& distribution,
                                      std::string_view contributions);

}  // namespace tipoff::forecast
