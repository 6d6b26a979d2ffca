#include "store/duckdb/duckdb_columns.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <span>
#include <string>

#include "store/duckdb/duckdb_handles.h"

namespace tipoff::store {
namespace {

/// DuckDB's messages open with their kind, "Binder Error: ...", except where an appender tells
/// them. An error of the query may quote the user's own words: there only the kind decides.
ErrorCode code_of(std::string_view message) {
    constexpr std::array kOfTheQuery{
        "Parser",     "Binder", "Catalog",         "Conversion",   "Invalid Input", "Out of Range",
        "Permission", "Syntax", "Not implemented", "Invalid type", "Mismatch Type"};
    const auto kind_end = message.find(" Error: ");
    const std::string_view kind =
        kind_end == std::string_view::npos ? "" : message.substr(0, kind_end);
    if (std::ranges::find(kOfTheQuery, kind) != kOfTheQuery.end()) return ErrorCode::kInvalidInput;
    if (message.contains("Invalid unicode")) return ErrorCode::kInvalidInput;
    if (message.contains("Corrupt database file")) return ErrorCode::kCorrupt;
    constexpr std::array kOfTheMachine{"Could not write", "Could not fsync", "Could not truncate",
                                       "No space left", "could not allocate"};
    const bool of_the_machine = std::ranges::any_of(
        kOfTheMachine, [message](std::string_view words) { return message.contains(words); });
    if (of_the_machine || kind == "IO" || kind == "Out of Memory") return ErrorCode::kIo;
    // Another has added a row of this key since we began, or before.
    if (message.contains(kKeyIsThere)) return ErrorCode::kFenced;
    const bool on_row = message.contains("onflict") || message.contains("constraint violation");
    if (kind == "TransactionContext" && on_row) return ErrorCode::kFenced;
    return ErrorCode::kInternal;
}

/// The type in which a result column is handed on; wider than DuckDB's where it has more of them.
std::optional<ColumnType> type_of(duckdb_type type) {
    switch (type) {
        case DUCKDB_TYPE_BOOLEAN: return ColumnType::kBoolean;
        case DUCKDB_TYPE_TINYINT:
        case DUCKDB_TYPE_SMALLINT: return ColumnType::kSmallInt;
        case DUCKDB_TYPE_UTINYINT:
        case DUCKDB_TYPE_USMALLINT:
        case DUCKDB_TYPE_INTEGER: return ColumnType::kInteger;
        case DUCKDB_TYPE_UINTEGER:
        case DUCKDB_TYPE_UBIGINT:
        case DUCKDB_TYPE_HUGEINT:
        case DUCKDB_TYPE_BIGINT: return ColumnType::kBigInt;
        case DUCKDB_TYPE_FLOAT: return ColumnType::kReal;
        case DUCKDB_TYPE_DOUBLE:
        case DUCKDB_TYPE_DECIMAL: return ColumnType::kDouble;
        case DUCKDB_TYPE_VARCHAR: return ColumnType::kText;
        case DUCKDB_TYPE_BLOB: return ColumnType::kBlob;
        case DUCKDB_TYPE_DATE: return ColumnType::kDate;
        case DUCKDB_TYPE_TIMESTAMP:
        case DUCKDB_TYPE_TIMESTAMP_TZ: return ColumnType::kTimestampTz;
        default: return std::nullopt;
    }
}

/// A bit a row, and no mask where every row is there; the library's own question is a call a value.
bool is_there(const std::uint64_t* validity, idx_t row) {
    return validity == nullptr || ((validity[row / 64] >> (row % 64)) & 1) != 0;
}

template <class T>
void take_integers(const void* data, const std::uint64_t* validity, idx_t rows, Column& out) {
    const T* values = static_cast<const T*>(data);
    for (idx_t i = 0; i < rows; ++i) {
        if (!is_there(validity, i)) {
            out.push_null();
        } else {
            out.push_integer(static_cast<std::int64_t>(values[i]));
        }
    }
}

template <class T, class Convert>
void take_values(const void* data, const std::uint64_t* validity, idx_t rows, Column& out,
                 Convert convert) {
    const T* values = static_cast<const T*>(data);
    for (idx_t i = 0; i < rows; ++i) {
        if (!is_there(validity, i)) {
            out.push_null();
        } else {
            convert(values[i], out);
        }
    }
}

std::optional<std::int64_t> narrowed(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    return static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> narrowed(duckdb_hugeint value) {
    const auto low = static_cast<std::int64_t>(value.lower);
    const bool fits = (value.upper == 0 && low >= 0) || (value.upper == -1 && low < 0);
    return fits ? std::optional(low) : std::nullopt;
}

/// Whether every value fits into 64 bits; those that do not are taken as NULL.
template <class T>
bool take_wide(const void* data, const std::uint64_t* validity, idx_t rows, Column& out) {
    bool all_fit = true;
    take_values<T>(data, validity, rows, out, [&all_fit](T value, Column& c) {
        const auto narrow = narrowed(value);
        all_fit = all_fit && narrow;
        if (narrow) {
            c.push_integer(*narrow);
        } else {
            c.push_null();
        }
    });
    return all_fit;
}

void take_text(const duckdb_string_t& value, Column& out) {
    duckdb_string_t copy = value;
    out.push_text({duckdb_string_t_data(&copy), duckdb_string_t_length(copy)});
}

double decimal_scale(duckdb_logical_type type) {
    double scale = 1;
    for (int i = 0; i < duckdb_decimal_scale(type); ++i)
        scale *= 10;
    return scale;
}

template <class T>
void take_decimal(const void* data, const std::uint64_t* validity, idx_t rows, Column& out,
                  double scale) {
    take_values<T>(data, validity, rows, out,
                   [scale](T v, Column& c) { c.push_double(static_cast<double>(v) / scale); });
}

void take_vector(duckdb_vector vector, duckdb_type type, idx_t rows, Column& out) {
    const void* data = duckdb_vector_get_data(vector);
    const std::uint64_t* validity = duckdb_vector_get_validity(vector);
    switch (type) {
        case DUCKDB_TYPE_BOOLEAN: return take_integers<bool>(data, validity, rows, out);
        case DUCKDB_TYPE_TINYINT: return take_integers<std::int8_t>(data, validity, rows, out);
        case DUCKDB_TYPE_UTINYINT: return take_integers<std::uint8_t>(data, validity, rows, out);
        case DUCKDB_TYPE_SMALLINT: return take_integers<std::int16_t>(data, validity, rows, out);
        case DUCKDB_TYPE_USMALLINT: return take_integers<std::uint16_t>(data, validity, rows, out);
        case DUCKDB_TYPE_DATE:
        case DUCKDB_TYPE_INTEGER: return take_integers<std::int32_t>(data, validity, rows, out);
        case DUCKDB_TYPE_UINTEGER: return take_integers<std::uint32_t>(data, validity, rows, out);
        case DUCKDB_TYPE_TIMESTAMP:
        case DUCKDB_TYPE_TIMESTAMP_TZ:
        case DUCKDB_TYPE_BIGINT: return take_integers<std::int64_t>(data, validity, rows, out);
        case DUCKDB_TYPE_FLOAT:
            return take_values<float>(data, validity, rows, out,
                                      [](float v, Column& c) { c.push_double(v); });
        case DUCKDB_TYPE_DOUBLE:
            return take_values<double>(data, validity, rows, out,
                                       [](double v, Column& c) { c.push_double(v); });
        case DUCKDB_TYPE_VARCHAR:
        case DUCKDB_TYPE_BLOB:
            return take_values<duckdb_string_t>(data, validity, rows, out, take_text);
        case DUCKDB_TYPE_DECIMAL: {
            const TypeHandle logical(duckdb_vector_get_column_type(vector));
            const double scale = decimal_scale(logical.get());
            switch (duckdb_decimal_internal_type(logical.get())) {
                case DUCKDB_TYPE_SMALLINT:
                    return take_decimal<std::int16_t>(data, validity, rows, out, scale);
                case DUCKDB_TYPE_INTEGER:
                    return take_decimal<std::int32_t>(data, validity, rows, out, scale);
                case DUCKDB_TYPE_BIGINT:
                    return take_decimal<std::int64_t>(data, validity, rows, out, scale);
                default:
                    return take_values<duckdb_hugeint>(
                        data, validity, rows, out, [scale](duckdb_hugeint v, Column& c) {
                            c.push_double(duckdb_hugeint_to_double(v) / scale);
                        });
            }
        }
        default: throw InvariantBroken("a result type that was let through");
    }
}

/// Takes a vector of any type that `type_of` knows; false when a whole number of it is wider than
/// 64 bits.
bool take_any_vector(duckdb_vector vector, duckdb_type type, idx_t rows, Column& out) {
    const void* data = duckdb_vector_get_data(vector);
    const std::uint64_t* validity = duckdb_vector_get_validity(vector);
    if (type == DUCKDB_TYPE_UBIGINT) return take_wide<std::uint64_t>(data, validity, rows, out);
    if (type == DUCKDB_TYPE_HUGEINT) return take_wide<duckdb_hugeint>(data, validity, rows, out);
    take_vector(vector, type, rows, out);
    return true;
}

template <class T, class From>
void put(std::span<const From> values, void* data) {
    T* const out = static_cast<T*>(data);
    for (std::size_t i = 0; i < values.size(); ++i)
        out[i] = static_cast<T>(values[i]);
}

void put_values(const Column& column, duckdb_vector vector) {
    void* data = duckdb_vector_get_data(vector);
    switch (column.type()) {
        case ColumnType::kBoolean: return put<bool>(column.integers(), data);
        case ColumnType::kSmallInt: return put<std::int16_t>(column.integers(), data);
        case ColumnType::kInteger:
        case ColumnType::kDate: return put<std::int32_t>(column.integers(), data);
        case ColumnType::kBigInt:
        case ColumnType::kTimestampTz: return put<std::int64_t>(column.integers(), data);
        case ColumnType::kReal: return put<float>(column.numbers(), data);
        case ColumnType::kDouble: return put<double>(column.numbers(), data);
        case ColumnType::kText:
        case ColumnType::kBlob:
            for (std::size_t i = 0; i < column.size(); ++i) {
                if (column.is_null(i)) continue;
                const auto text = column.text(i);
                duckdb_vector_assign_string_element_len(vector, i, text.data(), text.size());
            }
    }
}

void put_nulls(const Column& column, duckdb_vector vector) {
    const auto nulls = column.nulls();
    if (std::ranges::find(nulls, 1) == nulls.end()) return;
    duckdb_vector_ensure_validity_writable(vector);
    std::uint64_t* const validity = duckdb_vector_get_validity(vector);
    for (std::size_t i = 0; i < nulls.size(); ++i) {
        if (nulls[i] != 0) duckdb_validity_set_row_invalid(validity, i);
    }
}

}  // namespace

Error duckdb_error(std::string_view what, const char* message) {
    const std::string_view text = message == nullptr ? "no message" : message;
    return {code_of(text), fmt::format("{}: {}", what, text)};
}

Expected<Columns> take_result(duckdb_result* result) {
    Columns columns;
    std::vector<duckdb_type> types;
    const idx_t width = duckdb_column_count(result);
    for (idx_t c = 0; c < width; ++c) {
        const char* name = duckdb_column_name(result, c);
        types.push_back(duckdb_column_type(result, c));
        const auto type = type_of(types.back());
        if (!type) {
            return fail(
                ErrorCode::kInvalidInput,
                fmt::format("column '{}' of the result has a type that cannot be shown", name),
                fmt::format("cast it: CAST({} AS VARCHAR)", name));
        }
        columns.names.emplace_back(name);
        columns.data.emplace_back(*type);
    }
    while (true) {
        const ChunkHandle chunk(duckdb_fetch_chunk(*result));
        if (chunk.get() == nullptr) break;
        const idx_t rows = duckdb_data_chunk_get_size(chunk.get());
        if (rows == 0) break;
        for (idx_t c = 0; c < width; ++c) {
            duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), c);
            if (take_any_vector(vector, types[c], rows, columns.data[c])) continue;
            return fail(ErrorCode::kInvalidInput,
                        fmt::format("column '{}' of the result has a number of more than 64 bits",
                                    columns.names[c]),
                        fmt::format("cast it: CAST({} AS DOUBLE)", columns.names[c]));
        }
    }
    return columns;
}

duckdb_type duckdb_type_of(ColumnType type) {
    switch (type) {
        case ColumnType::kBoolean: return DUCKDB_TYPE_BOOLEAN;
        case ColumnType::kSmallInt: return DUCKDB_TYPE_SMALLINT;
        case ColumnType::kInteger: return DUCKDB_TYPE_INTEGER;
        case ColumnType::kBigInt: return DUCKDB_TYPE_BIGINT;
        case ColumnType::kReal: return DUCKDB_TYPE_FLOAT;
        case ColumnType::kDouble: return DUCKDB_TYPE_DOUBLE;
        case ColumnType::kText: return DUCKDB_TYPE_VARCHAR;
        case ColumnType::kDate: return DUCKDB_TYPE_DATE;
        case ColumnType::kTimestampTz: return DUCKDB_TYPE_TIMESTAMP_TZ;
        case ColumnType::kBlob: return DUCKDB_TYPE_BLOB;
    }
    throw InvariantBroken("a ColumnType without a DuckDB type");
}

void put_columns(const Columns& rows, duckdb_data_chunk chunk) {
    require(rows.rows() <= duckdb_vector_size(), "more rows than a DuckDB vector holds");
    for (std::size_t c = 0; c < rows.data.size(); ++c) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, c);
        put_values(rows.data[c], vector);
        put_nulls(rows.data[c], vector);
    }
    duckdb_data_chunk_set_size(chunk, rows.rows());
}

}  // namespace tipoff::store
