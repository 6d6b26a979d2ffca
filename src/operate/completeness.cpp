#include "operate/completeness.h"

#include <fmt/core.h>

#include <algorithm>

#include "operate/dated_sql.h"

namespace tipoff::operate {

double Completeness::share() const {
    if (expected <= 0) return 1;
    return static_cast<double>(held) / static_cast<double>(expected);
}

Expected<DayCompleteness> DayCompleteness::load(store::Database& database, GameDate date,
                                                std::optional<Instant> now) {
    DayCompleteness made(database, now);
    TIPOFF_TRY(made.day_, game_day(database, date));
    TIPOFF_TRY(made.runs_, DayRuns::load(database, {date, date}));
    return made;
}

/// A statement of one number is both.
Expected<Completeness> DayCompleteness::count(std::string_view statement) {
    TIPOFF_TRY(const store::Columns rows, database_->read(with_dates(statement, {day_.date}), {}));
    const auto number = [&](const store::Column& column) {
        return rows.rows() == 0 || column.is_null(0) ? 0 : column.integer(0);
    };
    return Completeness{.held = number(rows.data.back()), .expected = number(rows.data.front())};
}

/// Several tables are held against the same number: whoever asks for it first counts it.
Expected<Completeness> DayCompleteness::counted_once(std::string_view statement) {
    std::promise<Expected<Completeness>> promise;
    std::unique_lock lock(counts_->mutex);
    const auto [place, is_first] =
        counts_->by_statement.try_emplace(statement, promise.get_future().share());
    const auto counted = place->second;
    lock.unlock();
    if (is_first) promise.set_value(count(statement));
    return counted.get();
}

/// Teams of the day among those of the statement, as it stood at the first tip-off.
Expected<std::int64_t> DayCompleteness::teams_held(const WatchedTable& watched) {
    const auto tip_off = day_.first_tip_off();
    if (!tip_off) return 0;
    TIPOFF_TRY(const store::Columns rows,
               database_->read(watched.held, {to_string(season_of(day_.date)), *tip_off}));
    const auto playing = day_.teams();
    std::int64_t count = 0;
    for (std::size_t i = 0; i < rows.rows(); ++i)
        count += playing.contains(TeamId{rows.data[0].integer(i)}) ? 1 : 0;
    return count;
}

Expected<std::int64_t> DayCompleteness::held(const WatchedTable& watched, const DatedRows* rows) {
    if (rows == nullptr && watched.counted == Counted::kTeams) return teams_held(watched);
    if (!watched.held.empty()) {
        TIPOFF_TRY(const Completeness counted, counted_once(watched.held));
        return counted.held;
    }
    switch (watched.counted) {
        case Counted::kGamesNamed:
        case Counted::kGamesStated:
        case Counted::kGames:
        case Counted::kGamesOver: return rows->games;
        case Counted::kTeamsOver: return rows->teams;
        case Counted::kOnceAGameDay: return std::min<std::int64_t>(rows->of_date, 1);
        case Counted::kTeams:
        case Counted::kRows: return rows->of_date;
    }
    throw InvariantBroken("a Counted that is not held");
}

Expected<std::int64_t> DayCompleteness::expected(const WatchedTable& watched) {
    switch (watched.counted) {
        case Counted::kGamesStated: return static_cast<std::int64_t>(day_.games.size());
        case Counted::kGames: return day_.to_be_played();
        case Counted::kGamesOver: return day_.over(now_);
        case Counted::kTeams: return 2 * day_.to_be_played();
        case Counted::kTeamsOver: return 2 * day_.over(now_);
        case Counted::kOnceAGameDay: return std::min<std::int64_t>(day_.to_be_played(), 1);
        case Counted::kGamesNamed:
        case Counted::kRows: {
            TIPOFF_TRY(const Completeness counted, counted_once(watched.expected));
            return counted.expected;
        }
    }
    throw InvariantBroken("a Counted that is not expected");
}

Expected<bool> DayCompleteness::is_in_use(const WatchedTable& watched, const DatedRows* rows) {
    if (!watched.is_optional || runs_.was_asked(watched.sources)) return true;
    if (rows != nullptr) return rows->before + rows->of_date > 0;
    const Instant day_is_over =
        eastern_instant(day_.date.plus_days(1), {.hour = 0, .minute = 0, .second = 0});
    TIPOFF_TRY(
        const store::Columns found,
        database_->read(fmt::format("SELECT 1 FROM {} WHERE season = $1 AND known_at < $2 LIMIT 1",
                                    watched.table->qualified_name()),
                        {to_string(season_of(day_.date)), day_is_over}));
    return found.rows() > 0;
}

Expected<Completeness> DayCompleteness::of(const WatchedTable& watched, const DatedRows* rows) {
    require(watched.is_by_date() == (rows != nullptr), "rows of a table without a date");
    Completeness made;
    // What is not in use has no rows either.
    TIPOFF_TRY(const bool in_use, is_in_use(watched, rows));
    if (!in_use) return made;
    TIPOFF_TRY(made.held, held(watched, rows));
    TIPOFF_TRY(made.expected, expected(watched));
    return made;
}

Expected<Completeness> completeness(store::Database& database, std::string_view table,
                                    GameDate date, std::optional<Instant> now) {
    const WatchedTable* watched = find_watched(table);
    if (watched == nullptr) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' is not one of the tables that a date should have", table));
    }
    TIPOFF_TRY(DayCompleteness day, DayCompleteness::load(database, date, now));
    if (!watched->is_by_date()) return day.of(*watched, nullptr);
    const int days_before = watched->is_optional ? kDaysBefore : 0;
    TIPOFF_TRY(const DatedRows rows, read_dated_rows(database, *watched, date, days_before));
    return day.of(*watched, &rows);
}

}  // namespace tipoff::operate
