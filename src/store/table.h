#pragma once
/// A table's columns are declared once, as the members of a row.
///
///     struct Arena { TeamId team; std::string city; std::optional<double> latitude; };
///     const store::Table<Arena> kArena{"ref", "arena", "Where a team plays.", {
///         store::key<&Arena::team>("team_id", "The team."),
///         store::value<&Arena::city>("city", "The arena's city."),
///         store::value<&Arena::latitude>("latitude", "Degrees north; NULL when unknown."),
///     }};
///
/// From it come the DDL, the reading, the writing, the check against the database at start and the
/// digest. The member's type decides the column's: strong ids, dates, instants, whole numbers,
/// floating point, text, booleans. `std::optional`, `double` and `float` (NaN) may be NULL.

#include <cmath>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/columns.h"

namespace tipoff::store {

struct ColumnSpec {
    std::string name;
    ColumnType type = ColumnType::kText;
    bool is_key = false;
    bool is_shared_key = false;  ///< of a key: many rows have the same value
    bool nullable = false;
    bool in_digest = true;  ///< run ids and wall times are not
    std::string doc;
};

struct TableSpec {
    std::string schema;
    std::string name;
    std::string doc;
    std::vector<ColumnSpec> columns;
    std::vector<std::string> checks;  ///< conditions that hold for every row, in SQL

    /// "analytics.game"
    [[nodiscard]] std::string qualified_name() const { return schema + "." + name; }
    [[nodiscard]] std::string create_sql() const;
    [[nodiscard]] std::vector<std::size_t> key_columns() const;
};

/// Rows on their way into a table. They are made into columns as they are written, a slice at a
/// time: a season's wide rows as columns would be a tenth of the process's memory.
struct Batch {
    enum class Part : std::uint8_t { kAll, kKeys };

    const TableSpec* table = nullptr;
    std::size_t rows = 0;

    /// Rows [first, first + count) in the table's declared order of columns; or of its key columns.
    std::function<Columns(std::size_t first, std::size_t count, Part part)> slice;
};

/// A batch of columns that are there already; both outlive it. Columns that are not the table's, or
/// of different lengths, are a broken invariant.
[[nodiscard]] Batch batch_of(const TableSpec& table, const Columns& columns);

/// How a C++ type lies in a column.
template <class T>
struct ColumnCodec;

template <class T>
    requires std::integral<T>
struct ColumnCodec<T> {
    static constexpr ColumnType kType = std::same_as<T, bool> ? ColumnType::kBoolean
                                        : sizeof(T) <= 2      ? ColumnType::kSmallInt
                                        : sizeof(T) == 4      ? ColumnType::kInteger
                                                              : ColumnType::kBigInt;
    static constexpr bool kNullable = false;
    static void push(Column& column, T value) {
        column.push_integer(static_cast<std::int64_t>(value));
    }
    static T get(const Column& column, std::size_t row) {
        return static_cast<T>(column.integer(row));
    }
};

template <std::floating_point T>
struct ColumnCodec<T> {
    static constexpr ColumnType kType = sizeof(T) == 4 ? ColumnType::kReal : ColumnType::kDouble;
    static constexpr bool kNullable = true;
    static void push(Column& column, T value) {
        if (std::isnan(value)) {
            column.push_null();
        } else {
            column.push_double(value);
        }
    }
    static T get(const Column& column, std::size_t row) {
        return column.is_null(row) ? std::numeric_limits<T>::quiet_NaN()
                                   : static_cast<T>(column.number(row));
    }
};

template <>
struct ColumnCodec<std::string> {
    static constexpr ColumnType kType = ColumnType::kText;
    static constexpr bool kNullable = false;
    static void push(Column& column, const std::string& value) { column.push_text(value); }
    static std::string get(const Column& column, std::size_t row) {
        return std::string(column.text(row));
    }
};

template <class Tag>
struct ColumnCodec<Id<Tag>> {
    static constexpr ColumnType kType = ColumnType::kBigInt;
    static constexpr bool kNullable = false;
    static void push(Column& column, Id<Tag> value) { column.push_integer(value.value); }
    static Id<Tag> get(const Column& column, std::size_t row) { return {column.integer(row)}; }
};

/// A game id is the league's ten characters.
template <>
struct ColumnCodec<GameId> {
    static constexpr ColumnType kType = ColumnType::kText;
    static constexpr bool kNullable = false;
    static void push(Column& column, GameId value);
    static GameId get(const Column& column, std::size_t row);
};

template <>
struct ColumnCodec<GameDate> {
    static constexpr ColumnType kType = ColumnType::kDate;
    static constexpr bool kNullable = false;
    static void push(Column& column, GameDate value) {
        column.push_integer(value.days_since_epoch());
    }
    static GameDate get(const Column& column, std::size_t row) {
        return {std::chrono::sys_days{std::chrono::days{column.integer(row)}}};
    }
};

template <>
struct ColumnCodec<Instant> {
    static constexpr ColumnType kType = ColumnType::kTimestampTz;
    static constexpr bool kNullable = false;
    static void push(Column& column, Instant value) {
        column.push_integer(value.time_since_epoch().count());
    }
    static Instant get(const Column& column, std::size_t row) {
        return Instant{std::chrono::microseconds{column.integer(row)}};
    }
};

template <class T>
    requires std::same_as<T, EventTime> || std::same_as<T, KnownAt> || std::same_as<T, AsOf>
struct ColumnCodec<T> {
    static constexpr ColumnType kType = ColumnType::kTimestampTz;
    static constexpr bool kNullable = false;
    static void push(Column& column, T value) { ColumnCodec<Instant>::push(column, value.at); }
    static T get(const Column& column, std::size_t row) {
        return T{ColumnCodec<Instant>::get(column, row)};
    }
};

/// A season is its text, "2025-26".
template <>
struct ColumnCodec<Season> {
    static constexpr ColumnType kType = ColumnType::kText;
    static constexpr bool kNullable = false;
    static void push(Column& column, Season value);
    static Season get(const Column& column, std::size_t row);
};

template <>
struct ColumnCodec<SeasonType> {
    static constexpr ColumnType kType = ColumnType::kText;
    static constexpr bool kNullable = false;
    static void push(Column& column, SeasonType value);
    static SeasonType get(const Column& column, std::size_t row);
};

template <class T>
struct ColumnCodec<std::optional<T>> {
    static constexpr ColumnType kType = ColumnCodec<T>::kType;
    static constexpr bool kNullable = true;
    static void push(Column& column, const std::optional<T>& value) {
        if (value) {
            ColumnCodec<T>::push(column, *value);
        } else {
            column.push_null();
        }
    }
    static std::optional<T> get(const Column& column, std::size_t row) {
        if (column.is_null(row)) return std::nullopt;
        return ColumnCodec<T>::get(column, row);
    }
};

/// One member of a row and its column.
template <class Row>
struct Field {
    ColumnSpec spec;
    std::function<void(std::span<const Row> rows, Column& column)> write;
    void (*read)(const Column& column, std::span<Row> rows) = nullptr;  ///< none where `computed`
};

namespace detail {
template <class>
struct MemberOf;
template <class Row, class T>
struct MemberOf<T Row::*> {
    using RowType = Row;
    using ValueType = T;
};
}  // namespace detail

/// Declares the column of a member. See `key`, `value` and `bookkeeping`.
template <auto Member>
auto field(std::string_view name, std::string_view doc, bool is_key, bool in_digest) {
    using Row = typename detail::MemberOf<decltype(Member)>::RowType;
    using T = typename detail::MemberOf<decltype(Member)>::ValueType;
    using Codec = ColumnCodec<T>;
    return Field<Row>{
        .spec = {.name = std::string(name),
                 .type = Codec::kType,
                 .is_key = is_key,
                 .nullable = Codec::kNullable && !is_key,
                 .in_digest = in_digest,
                 .doc = std::string(doc)},
        .write =
            [](std::span<const Row> rows, Column& column) {
                for (const Row& row : rows)
                    Codec::push(column, row.*Member);
            },
        .read =
            [](const Column& column, std::span<Row> rows) {
                for (std::size_t i = 0; i < rows.size(); ++i) {
                    rows[i].*Member = Codec::get(column, i);
                }
            },
    };
}

/// A column of the primary key.
template <auto Member>
auto key(std::string_view name, std::string_view doc) {
    return field<Member>(name, doc, true, true);
}

/// A column of the primary key with few values, such as a market. It stands before the other key
/// columns in the primary key: an index keeps a shared beginning once and a shared end per row.
template <auto Member>
auto shared_key(std::string_view name, std::string_view doc) {
    auto declared = field<Member>(name, doc, true, true);
    declared.spec.is_shared_key = true;
    return declared;
}

/// A column of the content.
template <auto Member>
auto value(std::string_view name, std::string_view doc) {
    return field<Member>(name, doc, false, true);
}

/// A column that tells how the row came to be (run id, wall time): left out of the digest.
template <auto Member>
auto bookkeeping(std::string_view name, std::string_view doc) {
    return field<Member>(name, doc, false, false);
}

/// A column that is some function of the row, written and never read back into one. The type of
/// its value decides the column's.
template <class Row, class Get>
Field<Row> computed(std::string_view name, std::string_view doc, Get get) {
    using Codec = ColumnCodec<std::remove_cvref_t<std::invoke_result_t<Get, const Row&>>>;
    return {.spec = {.name = std::string(name),
                     .type = Codec::kType,
                     .nullable = Codec::kNullable,
                     .doc = std::string(doc)},
            .write =
                [get](std::span<const Row> rows, Column& column) {
                    for (const Row& row : rows)
                        Codec::push(column, get(row));
                },
            .read = nullptr};
}

template <class Row>
class Table {
public:
    Table(std::string_view schema, std::string_view name, std::string_view doc,
          std::vector<Field<Row>> fields, std::vector<std::string> checks = {})
        : fields_(std::move(fields)) {
        spec_ = {.schema = std::string(schema),
                 .name = std::string(name),
                 .doc = std::string(doc),
                 .columns = {},
                 .checks = std::move(checks)};
        for (const auto& f : fields_)
            spec_.columns.push_back(f.spec);
    }

    [[nodiscard]] const TableSpec& spec() const { return spec_; }

    /// The rows as columns, in the declared order; all of them, or those of the key.
    [[nodiscard]] Columns to_columns(std::span<const Row> rows,
                                     Batch::Part part = Batch::Part::kAll) const {
        Columns columns;
        for (const auto& f : fields_) {
            if (part == Batch::Part::kKeys && !f.spec.is_key) continue;
            columns.names.push_back(f.spec.name);
            Column& column = columns.data.emplace_back(f.spec.type);
            column.reserve(rows.size());
            f.write(rows, column);
        }
        return columns;
    }

    /// The rows, which outlive it, on their way into the table.
    [[nodiscard]] Batch batch(std::span<const Row> rows) const {
        return {&spec_, rows.size(),
                [this, rows](std::size_t first, std::size_t count, Batch::Part part) {
                    return to_columns(rows.subspan(first, count), part);
                }};
    }

    /// Rows from columns in the declared order.
    [[nodiscard]] std::vector<Row> to_rows(const Columns& columns) const {
        require(columns.data.size() == fields_.size(), "columns that are not this table's");
        std::vector<Row> rows(columns.rows());
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            require(columns.data[i].type() == fields_[i].spec.type, "a column of another type");
            require(fields_[i].read != nullptr, "a computed column is not read back");
            fields_[i].read(columns.data[i], rows);
        }
        return rows;
    }

private:
    TableSpec spec_;
    std::vector<Field<Row>> fields_;
};

}  // namespace tipoff::store
