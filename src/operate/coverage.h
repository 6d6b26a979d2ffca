#pragma once
/// Coverage: every expected player of a range of dates is predicted, voided, or a gap with one
/// reason.
///
/// Expected are the players of the grid, those whom a book quotes, and, once a game is over, those
/// who played in it. A bet is voided, whatever the forecast, when the game is over and he has no
/// box row. Markets that books quote and no system models are counted beside, not as gaps.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "operate/gap_reason.h"
#include "store/database.h"

namespace tipoff::operate {

struct CoverageGap {
    GameDate date;
    GameId game_id;
    PlayerId player_id;
    std::string player;  ///< empty when no source names him
    std::string team;    ///< tricode; empty when it is not known
    GapReason reason{};
    std::string detail;
};

struct CoverageReport {
    store::DateScope dates;
    std::string market;
    std::int64_t expected = 0;
    std::int64_t predicted = 0;
    std::int64_t voided = 0;
    std::vector<CoverageGap> gaps;
    std::map<GapReason, std::int64_t> reasons;

    /// Player games that books quote in markets without a system, by market.
    std::map<std::string, std::int64_t> not_modelled;
};

/// expected = predicted + voided + gaps holds for every report; anything else is a broken
/// invariant.
Expected<CoverageReport> coverage(store::Database& database, store::DateScope dates,
                                  std::string_view market);

}  // namespace tipoff::operate
