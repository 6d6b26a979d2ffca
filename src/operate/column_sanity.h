#pragma once
/// Whether a date's values are such as can be, and such as are usual: each column against what is
/// possible and against the four weeks before.
///
/// A column is unusual when far more or far fewer of its rows are known, or are zero, than on any
/// of those days, or when its mean lies far from theirs. "Far" is measured by how much the days
/// differ from each other, so that what is sparse, or follows the calendar, is left in peace; and
/// by a least change, so that what never differs may differ a little.

#include <cstdint>
#include <string>
#include <vector>

#include "operate/dated_rows.h"
#include "operate/light.h"
#include "operate/watched_tables.h"

namespace tipoff::operate {

/// Fewer days, or rows, say nothing of what is usual.
inline constexpr int kLeastDaysBefore = 5;
inline constexpr std::int64_t kLeastRowsBefore = 60;

/// A share has changed when it differs by this from the mean of the days before, and by
/// `kFarInSpreads` of what it usually differs by.
inline constexpr double kShareChange = 0.15;
inline constexpr double kShareChangeRed = 0.40;
inline constexpr double kFarInSpreads = 5.0;

/// A mean has drifted when it differs by this many standard deviations of the values.
inline constexpr double kMeanDrift = 0.6;
inline constexpr double kMeanDriftRed = 2.0;

/// Rows a game, against the mean of the days before.
inline constexpr double kRowsDoubled = 1.8;
inline constexpr double kRowsHalved = 0.55;

struct ColumnFinding {
    std::string column;  ///< empty where it is of the rows
    Light light = Light::kGreen;
    double weight = 0;  ///< of two lights of one colour the heavier is shown
    std::string says;   ///< "0.0% known, 28 days 97.1%"
};

/// The worst first; empty where everything is as usual. What only results fill, and how many rows
/// have gathered, is looked at once the date's games are over.
[[nodiscard]] std::vector<ColumnFinding> unusual_columns(const WatchedTable& watched,
                                                         const DatedRows& dated,
                                                         bool games_are_over);

}  // namespace tipoff::operate
