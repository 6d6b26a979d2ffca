#pragma once
/// What a report is made from, read from the database or made by hand.

#include <vector>

#include "conform/analytics_tables.h"
#include "conform/market.h"
#include "forecast/prediction_tables.h"
#include "grade/grade_tables.h"
#include "grade/market_lines.h"
#include "store/database.h"

namespace tipoff::grade {

/// The order of the rows is of no account.
struct ReportFacts {
    std::vector<Accuracy> accuracy;                 ///< of the dates and the market
    std::vector<forecast::Pick> picks;              ///< main lines of the dates and the market
    std::vector<conform::PlayerGame> player_games;  ///< through the last date, every statement
    MarketLines lines{{}};
};

/// Reads the grades, picks, lines and box scores of the dates, and the earlier box scores of
/// whoever played on them. Box scores come from the raw rows: those of days that were never derived
/// count.
Expected<ReportFacts> read_report_facts(store::Database& database, const store::DateScope& dates,
                                        Market market);

}  // namespace tipoff::grade
