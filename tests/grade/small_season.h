#pragma once
/// A season in small for the tests of reports, and all bits of a report.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grade/report.h"
#include "hand_made.h"

namespace tipoff::grade {

/// The first game of a `SmallSeason`. The ids of later games are lower, as those of games that were
/// put off are: their order is not that of the dates.
inline constexpr std::int64_t kFirstGame = 22200201;

/// Everything of two months.
[[nodiscard]] GradeRequest request(Population population = Population::kAll);

/// Every player game on a day of its own, so that a player's games follow.
class SmallSeason {
public:
    /// Player `id` scores `points` in his next game.
    SmallSeason& plays(PlayerId id, std::int32_t points, std::int32_t minutes = 30);

    /// A graded forecast of the last game.
    SmallSeason& forecast(double mean, std::string system = "system_v1");

    /// The last forecast against a book's main line; the side as in the table, or "PASS".
    SmallSeason& pick(double line, std::string recommendation,
                      std::optional<std::int32_t> over = -110,
                      std::optional<std::int32_t> under = -110, std::string book = "a");

    /// A book's line on the last game, so many minutes before tip-off.
    SmallSeason& quote(double line, int minutes_before, bool undated = false,
                       std::int32_t over = -110, std::int32_t under = -110);

    [[nodiscard]] ReportFacts facts() const;
    [[nodiscard]] ReportFacts& change() { return facts_; }

    [[nodiscard]] GradeReport report(const GradeRequest& asked = request()) const {
        return build_report(facts(), asked);
    }

private:
    ReportFacts facts_;
    std::vector<MarketQuote> quotes_;
};

/// Of the report's numbers one of every kind, to the bit.
[[nodiscard]] std::vector<std::uint64_t> bits(const GradeReport& report);

}  // namespace tipoff::grade
