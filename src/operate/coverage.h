#pragma once
/// Coverage: every expected player of a range of dates is predicted, voided, or a gap with one
/// reason.
///
/// Expected are the players of the grid and of the contexts, those whom a book quotes, those whom a
/// roster has with one of the teams before tip-off, names that a roster or a book has and nobody
/// knows, and, once a game is over, those who played in it. Of a game that no step has seen yet
/// those are expected who last appeared for its teams. A bet is voided, whatever the forecast, when
/// the game is over and he has no box row, or when it is put off after he was forecast. A forecast
/// is conditional on playing: who is listed as out and is forecast stays predicted. Markets that
/// books quote and no system models are counted beside, not as gaps; so are players without a line.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "operate/gap_reason.h"
#include "store/database.h"

namespace tipoff::operate {

struct CoverageRequest {
    store::DateScope dates;
    std::string market = "points";
    std::optional<std::string> system_id;  ///< predicted by this system; by any otherwise
    std::optional<Instant> now;            ///< what tells "no line yet" from "no line"
};

struct CoverageGap {
    GameDate date;
    GameId game_id;
    PlayerId player_id;  ///< 0 where a name is all there is
    std::string player;  ///< empty when no source names him
    std::string team;    ///< tricode; empty when it is not known
    GapReason reason{};
    std::string detail;
};

struct CoverageVoid {
    GameDate date;
    GameId game_id;
    PlayerId player_id;
    std::string player;
    std::string team;
    VoidReason reason{};
    std::string detail;  ///< "inactive: left ankle sprain"; "no box row"
};

struct CoverageDay {
    GameDate date;
    std::int64_t expected = 0;
    std::int64_t predicted = 0;
    std::int64_t voided = 0;
    std::int64_t gaps = 0;
    std::optional<GapReason> top_reason;  ///< the most frequent one
};

/// Predicted players by their line: a line that is not there is no gap, since nothing can be done
/// about it but wait.
struct LineCounts {
    std::int64_t lined = 0;
    std::int64_t no_line_yet = 0;  ///< the game has not begun
    std::int64_t no_line = 0;      ///< and there will be none
};

struct CoverageReport {
    store::DateScope dates;
    std::string market;
    std::optional<std::string> system_id;
    std::int64_t expected = 0;
    std::int64_t predicted = 0;
    std::int64_t voided = 0;
    std::vector<CoverageGap> gaps;
    std::vector<CoverageVoid> voids;
    std::map<GapReason, std::int64_t> reasons;
    std::map<VoidReason, std::int64_t> void_reasons;
    std::vector<CoverageDay> days;  ///< with anybody expected
    LineCounts lines;

    /// Of those who played so long, who was predicted.
    struct {
        std::int64_t n = 0, predicted = 0;
    } played_ten_minutes;

    /// Player games that books quote in markets without a system, by market.
    std::map<std::string, std::int64_t> not_modelled;
};

/// expected = predicted + voided + gaps holds for every report; anything else is a broken
/// invariant.
Expected<CoverageReport> coverage(store::Database& database, const CoverageRequest& request);

}  // namespace tipoff::operate
