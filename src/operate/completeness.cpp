#include "operate/completeness.h"

#include <fmt/core.h>

#include <algorithm>

namespace tipoff::operate {
namespace {

Expected<std::int64_t> one_number(store::Database& database, std::string_view sql,
                                  const store::Values& values) {
    TIPOFF_TRY(const store::Columns rows, database.read(sql, values));
    return rows.rows() == 0 || rows.data[0].is_null(0) ? 0 : rows.data[0].integer(0);
}

/// Teams of the day that the statement's teams have among them, as it stood at the first tip-off.
Expected<std::int64_t> teams_held(store::Database& database, const WatchedTable& watched,
                                  const GameDay& day) {
    const auto tip_off = day.first_tip_off();
    if (!tip_off) return 0;
    TIPOFF_TRY(const store::Columns rows,
               database.read(watched.held, {to_string(season_of(day.date)), *tip_off}));
    const auto playing = day.teams();
    std::int64_t held = 0;
    for (std::size_t i = 0; i < rows.rows(); ++i)
        held += playing.contains(TeamId{rows.data[0].integer(i)}) ? 1 : 0;
    return held;
}

Expected<std::int64_t> rows_held(store::Database& database, const WatchedTable& watched,
                                 const GameDay& day, std::optional<std::int64_t> rows) {
    if (!watched.is_by_date()) return teams_held(database, watched, day);
    if (!watched.held.empty()) return one_number(database, watched.held, {day.date});
    if (!rows) {
        TIPOFF_TRY(
            rows,
            one_number(database,
                       fmt::format("SELECT CAST(count(*) AS BIGINT) FROM {} WHERE game_date = $1",
                                   watched.table->qualified_name()),
                       {day.date}));
    }
    return watched.counted == Counted::kOnceAGameDay ? std::min<std::int64_t>(*rows, 1) : *rows;
}

Expected<std::int64_t> rows_expected(store::Database& database, const WatchedTable& watched,
                                     const GameDay& day, std::optional<Instant> now) {
    switch (watched.counted) {
        case Counted::kGames: return day.to_be_played();
        case Counted::kGamesOver: return day.over(now);
        case Counted::kTeams: return 2 * day.to_be_played();
        case Counted::kTeamsOver: return 2 * day.over(now);
        case Counted::kOnceAGameDay: return std::min<std::int64_t>(day.to_be_played(), 1);
        case Counted::kRows: return one_number(database, watched.expected, {day.date});
    }
    throw InvariantBroken("a Counted without a number");
}

}  // namespace

double Completeness::share() const {
    if (expected <= 0) return 1;
    return static_cast<double>(held) / static_cast<double>(expected);
}

Expected<bool> is_in_use(store::Database& database, const WatchedTable& watched,
                         const GameDay& day) {
    if (!watched.is_optional) return true;
    const std::string table = watched.table->qualified_name();
    // A document may name a game weeks ahead, or nothing at all: whoever was asked is in use.
    std::string asked;
    for (const std::string_view source : watched.sources) {
        asked += fmt::format("{}scope = '{}' OR starts_with(scope, '{} ')",
                             asked.empty() ? "" : " OR ", source, source);
    }
    const std::string rows_before =
        watched.is_by_date()
            ? fmt::format("SELECT 1 FROM {} WHERE game_date BETWEEN CAST($1 AS DATE) - {} AND $1",
                          table, kDaysBefore)
            : fmt::format("SELECT 1 FROM {} WHERE season = '{}' AND CAST(known_at AS DATE) <= $1",
                          table, to_string(season_of(day.date)));
    TIPOFF_TRY(
        const auto found,
        one_number(database,
                   fmt::format("SELECT CAST(EXISTS ({}) OR EXISTS (SELECT 1 FROM ops.run "
                               "WHERE step = 'collect' AND ({}) AND CAST(started_at AS DATE) "
                               "BETWEEN CAST($1 AS DATE) - {} AND CAST($1 AS DATE) + 1) AS "
                               "BIGINT)",
                               rows_before, asked, kDaysBefore),
                   {day.date}));
    return found != 0;
}

Expected<Completeness> completeness(store::Database& database, const WatchedTable& watched,
                                    const GameDay& day, std::optional<Instant> now,
                                    std::optional<std::int64_t> rows) {
    Completeness made;
    TIPOFF_TRY(made.held, rows_held(database, watched, day, rows));
    TIPOFF_TRY(const bool in_use, is_in_use(database, watched, day));
    if (!in_use) return made;
    TIPOFF_TRY(made.expected, rows_expected(database, watched, day, now));
    return made;
}

Expected<Completeness> completeness(store::Database& database, std::string_view table,
                                    GameDate date, std::optional<Instant> now) {
    const WatchedTable* watched = find_watched(table);
    if (watched == nullptr) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' is not one of the tables that a date should have", table));
    }
    TIPOFF_TRY(const GameDay day, game_day(database, date));
    return completeness(database, *watched, day, now);
}

}  // namespace tipoff::operate
