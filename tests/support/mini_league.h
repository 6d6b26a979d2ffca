#pragma once
/// A small made-up league of four teams in raw rows, for tests that need whole seasons and no
/// files.
///
/// Two seasons of some weeks, two games every other day: boxes that add up, shots by zone, lines
/// with and without a clock and in play, injuries, positions, trades, a postponed game, stat
/// corrections that become known days later. The same seed gives the same league.

#include <cstdint>

#include "conform/raw_facts.h"

namespace tipoff::test {

struct MiniLeagueOptions {
    std::uint64_t seed = 1;
    int first_season = 2021;
    int seasons = 2;
    int game_days = 14;  ///< a season
};

[[nodiscard]] conform::RawFacts mini_league(const MiniLeagueOptions& options);

/// The facts with everything that became known at `from` or later taken out or changed: `change`
/// alters values, otherwise rows are dropped. Games of later dates keep their place in the
/// schedule, without a result.
[[nodiscard]] conform::RawFacts with_another_future(conform::RawFacts facts, Instant from,
                                                    bool change);

}  // namespace tipoff::test
