#include "store/table.h"

#include <fmt/core.h>

namespace tipoff::store {

std::string TableSpec::create_sql() const {
    std::string columns_sql;
    std::string shared_keys;
    std::string other_keys;
    for (const auto& column : columns) {
        columns_sql += fmt::format("    {} {}{},\n", column.name, sql_name(column.type),
                                   column.nullable ? "" : " NOT NULL");
        if (!column.is_key) continue;
        (column.is_shared_key ? shared_keys : other_keys) += column.name + ", ";
    }
    std::string keys = shared_keys + other_keys;
    keys.resize(keys.size() - 2);
    std::string checks_sql;
    for (const std::string& check : checks)
        checks_sql += fmt::format(",\n    CHECK ({})", check);
    return fmt::format("CREATE TABLE {} (\n{}    PRIMARY KEY ({}){}\n);\n", qualified_name(),
                       columns_sql, keys, checks_sql);
}

std::vector<std::size_t> TableSpec::key_columns() const {
    std::vector<std::size_t> keys;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].is_key) keys.push_back(i);
    }
    return keys;
}

Batch batch_of(const TableSpec& table, const Columns& columns) {
    require(columns.data.size() == table.columns.size(), "columns that are not this table's");
    for (std::size_t c = 0; c < columns.data.size(); ++c) {
        require(columns.data[c].type() == table.columns[c].type, "a column of another type");
        require(columns.data[c].size() == columns.rows(), "columns of different lengths");
    }
    const auto slice = [&table, &columns](std::size_t first, std::size_t count, Batch::Part part) {
        Columns taken;
        for (std::size_t c = 0; c < columns.data.size(); ++c) {
            if (part == Batch::Part::kKeys && !table.columns.at(c).is_key) continue;
            taken.names.push_back(columns.names[c]);
            taken.data.push_back(columns.data[c].slice(first, count));
        }
        return taken;
    };
    return {&table, columns.rows(), slice};
}

void ColumnCodec<GameId>::push(Column& column, GameId value) { column.push_text(to_string(value)); }

GameId ColumnCodec<GameId>::get(const Column& column, std::size_t row) {
    auto id = parse_game_id(column.text(row));
    require(id.has_value(), "a stored game id that is not one");
    return *id;
}

void ColumnCodec<Season>::push(Column& column, Season value) { column.push_text(to_string(value)); }

Season ColumnCodec<Season>::get(const Column& column, std::size_t row) {
    auto season = Season::parse(column.text(row));
    require(season.has_value(), "a stored season that is not one");
    return *season;
}

void ColumnCodec<SeasonType>::push(Column& column, SeasonType value) {
    column.push_text(to_string(value));
}

SeasonType ColumnCodec<SeasonType>::get(const Column& column, std::size_t row) {
    auto type = parse_season_type(column.text(row));
    require(type.has_value(), "a stored season type that is not one");
    return *type;
}

}  // namespace tipoff::store
