#include "operate/dated_rows.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "operate/dated_sql.h"

namespace tipoff::operate {
namespace {

bool has_column(const store::TableSpec& table, std::string_view name) {
    return std::ranges::find(table.columns, name, &store::ColumnSpec::name) != table.columns.end();
}

bool is_looked_at(const store::ColumnSpec& column) {
    using enum store::ColumnType;
    const bool is_value = column.type == kReal || column.type == kDouble ||
                          column.type == kInteger || column.type == kSmallInt ||
                          column.type == kBoolean;
    // Of a key only a line is a measurement.
    const bool is_measured = !column.is_key || column.type == kDouble;
    return is_value && is_measured && column.name != "feature_list_version" &&
           column.name != "revision";
}

/// Places of columns that are not looked at for their values.
struct Places {
    std::size_t game = 0, team = 0, newest = 0;  ///< 0: not there
};

std::string statement(const WatchedTable& watched, Places& places, std::size_t& columns) {
    std::string sql = "SELECT game_date";
    columns = 1;
    const auto take = [&](std::string_view name, std::size_t& place) {
        if (name.empty() || !has_column(*watched.table, name)) return;
        sql += fmt::format(", {}", name);
        place = columns++;
    };
    take("game_id", places.game);
    if (watched.counted == Counted::kTeamsOver) take("team_id", places.team);
    take(watched.newest, places.newest);
    for (const store::ColumnSpec& column : watched.table->columns) {
        if (is_looked_at(column)) sql += ", " + column.name;
    }
    sql +=
        fmt::format(" FROM {} WHERE game_date BETWEEN $1 AND $2", watched.table->qualified_name());
    if (watched.one_in > 1) {
        sql +=
            fmt::format(" AND (game_date = $2 OR {} % {} = 0)", watched.sampled_by, watched.one_in);
    }
    if (!watched.looked_at.empty()) sql += fmt::format(" AND ({})", watched.looked_at);
    return sql;
}

}  // namespace

Expected<DatedRows> read_dated_rows(store::Database& database, const WatchedTable& watched,
                                    GameDate date, int days_before) {
    DatedRows made{.date = date};
    Places places;
    const std::string sql = statement(watched, places, made.first_column);
    TIPOFF_TRY(made.rows, database.read(with_dates(sql, {date.plus_days(-days_before), date}), {}));

    std::map<std::pair<std::string_view, std::int64_t>, std::int64_t> rows_of;
    const auto dates = made.rows.data[0].integers();
    for (std::size_t i = 0; i < dates.size(); ++i) {
        if (dates[i] != date.days_since_epoch()) continue;
        ++made.of_date;
        const auto& data = made.rows.data;
        if (places.game != 0) {
            ++rows_of[{data[places.game].text(i),
                       places.team == 0 ? 0 : data[places.team].integer(i)}];
        }
        if (places.newest == 0 || data[places.newest].is_null(i)) continue;
        const auto at = store::ColumnCodec<Instant>::get(data[places.newest], i);
        made.newest = std::max(made.newest.value_or(at), at);
    }
    made.before = static_cast<std::int64_t>(dates.size()) - made.of_date;
    std::string_view last_game;
    for (const auto& [game_and_team, rows] : rows_of) {
        made.games += game_and_team.first != last_game ? 1 : 0;
        last_game = game_and_team.first;
        made.teams += rows >= watched.least_rows_of_team ? 1 : 0;
    }
    return made;
}

}  // namespace tipoff::operate
