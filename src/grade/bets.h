#pragma once
/// Forecasts against the lines of the books: what their bets would have come to.

#include <span>
#include <vector>

#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "grade/market_lines.h"
#include "grade/report.h"

namespace tipoff::grade {

/// The main lines of all forecasts, each one's by line and book. Holds pointers into the picks.
class MainLines {
public:
    explicit MainLines(std::span<const forecast::Pick> picks);

    [[nodiscard]] std::span<const forecast::Pick* const> of(const Accuracy& row) const;

private:
    std::vector<const forecast::Pick*> picks_;
};

/// Adds one graded forecast to whatever of the report needs a line: it is bet at the main line of
/// the middle book, the lower of the two in the middle. Nothing where no book had one. `slices` are
/// those of the report that the forecast belongs to.
void add_bets(SystemReport& report, std::span<SliceReport* const> slices, const Accuracy& settled,
              std::span<const forecast::Pick* const> main_lines, const MarketLines& lines);

}  // namespace tipoff::grade
