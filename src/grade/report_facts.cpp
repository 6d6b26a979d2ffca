#include "grade/report_facts.h"

#include "conform/raw_facts.h"
#include "conform/summaries.h"

namespace tipoff::grade {

Expected<ReportFacts> read_report_facts(store::Database& database, const store::DateScope& dates,
                                        Market market) {
    const std::string name(to_string(market));
    const store::Values values{dates.from, dates.to, name};
    ReportFacts facts;
    TIPOFF_TRY(facts.accuracy,
               store::read_rows(database, kAccuracy,
                                "WHERE game_date BETWEEN $1 AND $2 AND market = $3", values));
    TIPOFF_TRY(facts.picks,
               store::read_rows(
                   database, forecast::kPick,
                   "WHERE game_date BETWEEN $1 AND $2 AND market = $3 AND is_main_line", values));
    TIPOFF_TRY(const conform::RawFacts box_scores, conform::read_box_scores(database, dates));
    facts.player_games = conform::summarize(box_scores).player_games;
    TIPOFF_TRY(facts.lines, MarketLines::read(database, dates, market));
    return facts;
}

}  // namespace tipoff::grade
