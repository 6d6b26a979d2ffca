#pragma once
/// The tables that the pipeline should have of every game date, how many rows each should hold, and
/// what its values can be.
///
/// How much is expected always follows from the schedule and from what the step before has left,
/// never from the calendar: a day without games expects nothing. A step that asks whether its
/// inputs are there asks `completeness` of them.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "store/table.h"

namespace tipoff::operate {

/// What is counted, and against what.
enum class Counted : std::uint8_t {
    kGamesNamed,    ///< games that anything names, as `WatchedTable::expected` says
    kGamesStated,   ///< games of the date, postponed ones among them
    kGames,         ///< games of the date that are not postponed
    kGamesOver,     ///< games whose box score is due
    kTeams,         ///< teams of the date
    kTeamsOver,     ///< teams of games whose box score is due
    kRows,          ///< what `WatchedTable::expected` says
    kOnceAGameDay,  ///< at least one row where there are games
};

/// When a row of the date should be there.
enum class DueAt : std::uint8_t {
    kMorning,      ///< when the league's day begins
    kBeforeGames,  ///< `kLinesDue` before the first tip-off
    kAfterGames,   ///< as games end
};
inline constexpr std::chrono::hours kLinesDue{2};

/// A column's least and greatest possible value.
struct PossibleRange {
    std::string_view column;
    double low;
    double high;
};

struct WatchedTable {
    std::string_view step;  ///< "collect", "conform", "train", "forecasts", ...
    const store::TableSpec* table = nullptr;
    std::string_view unit;  ///< "players", "teams", "games", ...: what completeness counts
    Counted counted{};
    DueAt due{};

    /// Statement of one number, $1 the date; for `kRows` and `kGamesNamed`. Where it says `held` as
    /// well, that is its last number.
    std::string_view expected = {};
    /// Statement of one number, $1 the date; for lists of a season, which count teams and have no
    /// date, of team ids, $1 the season and $2 the instant. Empty: the rows of the date, or their
    /// games or teams, are counted.
    std::string_view held = {};

    /// Column with the instant of the newest fact behind a row, or at which it was looked at; empty
    /// where there is none.
    std::string_view newest = {};
    /// Of a table without a date: statement of that instant, $1 the date.
    std::string_view newest_sql = {};
    std::chrono::hours fresh_for{24};  ///< before the games, or after them

    /// Fewer rows of a team in a game are none; for `kTeamsOver`.
    std::int64_t least_rows_of_team = 1;

    /// Rows whose values are looked at, as a condition; empty for all of the date.
    std::string_view looked_at = {};
    std::vector<PossibleRange> possible = {};
    /// Of the days before, a wide or long table is looked at in one of so many rows, by a number
    /// among its key: what is usual is seen as well, in a third of the time.
    std::int64_t one_in = 1;
    std::string_view sampled_by = {};
    /// Columns that half of the rows must know, whatever was usual until now.
    std::vector<std::string_view> must_be_known = {};

    /// Columns that only games fill, which are over.
    std::vector<std::string_view> results = {};
    /// Rows come all day long: how many there are of a game is compared once the games are over.
    bool gathers_rows = false;

    /// Of a collected table: the sources that fill it.
    std::vector<std::string_view> sources = {};
    /// Expected only where it is in use: it has rows of the four weeks before, or one of its
    /// sources was asked then.
    bool is_optional = false;

    /// The share from which on a table is complete; below 1 where what is expected is counted in
    /// another way than the step counts.
    double enough = 1;

    [[nodiscard]] bool is_by_date() const;  ///< has a game date
};

/// In the order in which the pipeline fills them.
[[nodiscard]] std::span<const WatchedTable> watched_tables();

/// By qualified name, "features.feature_store"; null where it is not watched.
[[nodiscard]] const WatchedTable* find_watched(std::string_view table);

/// Days that a date is held against.
inline constexpr int kDaysBefore = 28;

}  // namespace tipoff::operate
