#include "store/postgres/postgres_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>
#include <variant>

namespace tipoff::store {
namespace {

using std::string_view_literals::operator""sv;

/// Types by the numbers that PostgreSQL has given them for good.
enum KnownType : Oid {
    kBool = 16,
    kBytea = 17,
    kChar = 18,
    kName = 19,
    kInt8 = 20,
    kInt2 = 21,
    kInt4 = 23,
    kText = 25,
    kOid = 26,
    kFloat4 = 700,
    kFloat8 = 701,
    kUnknown = 705,
    kBpchar = 1042,
    kVarchar = 1043,
    kDate = 1082,
    kTimestamp = 1114,
    kTimestampTz = 1184,
    kNumeric = 1700,
};

/// Its days and microseconds count from 2000-01-01.
constexpr std::int32_t kEpochDays = 10'957;
constexpr std::int64_t kEpochMicroseconds = std::int64_t{kEpochDays} * 86'400 * 1'000'000;

template <std::integral T>
void append_integer(std::string& bytes, T value) {
    using Bits = std::make_unsigned_t<T>;
    const auto bits = static_cast<Bits>(value);
    for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<unsigned char>(bits >> shift));
}

template <std::integral T>
T read_integer(const char* bytes) {
    std::make_unsigned_t<T> bits = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bits = static_cast<decltype(bits)>((bits << 8U) | static_cast<unsigned char>(bytes[i]));
    return static_cast<T>(bits);
}

struct Encoder {
    std::string& bytes;

    Oid operator()(std::nullptr_t) const { return 0; }
    Oid operator()(bool value) const {
        bytes += value ? '\1' : '\0';
        return kBool;
    }
    Oid operator()(std::int64_t value) const {
        append_integer(bytes, value);
        return kInt8;
    }
    Oid operator()(double value) const {
        append_integer(bytes, std::bit_cast<std::int64_t>(value));
        return kFloat8;
    }
    Oid operator()(const std::string& value) const {
        bytes = value;
        return 0;
    }
    Oid operator()(Instant value) const {
        append_integer(bytes, std::int64_t{value.time_since_epoch().count()} - kEpochMicroseconds);
        return kTimestampTz;
    }
    Oid operator()(GameDate value) const {
        append_integer(bytes, static_cast<std::int32_t>(value.days_since_epoch()) - kEpochDays);
        return kDate;
    }
};

/// The type in which a result column is handed on: that of DuckDB for the same expression, but for
/// NUMERIC, which a sum of whole numbers is here.
std::optional<ColumnType> type_of(Oid type) {
    switch (type) {
        case kBool: return ColumnType::kBoolean;
        case kInt2: return ColumnType::kSmallInt;
        case kInt4: return ColumnType::kInteger;
        case kInt8:
        case kOid: return ColumnType::kBigInt;
        case kFloat4: return ColumnType::kReal;
        case kFloat8:
        case kNumeric: return ColumnType::kDouble;
        case kChar:
        case kName:
        case kText:
        case kUnknown:
        case kBpchar:
        case kVarchar: return ColumnType::kText;
        case kBytea: return ColumnType::kBlob;
        case kDate: return ColumnType::kDate;
        case kTimestamp:
        case kTimestampTz: return ColumnType::kTimestampTz;
        default: return std::nullopt;
    }
}

/// Groups of four decimal digits.
double numeric_value(const char* bytes) {
    constexpr std::int16_t kNegative = 0x4000;
    const auto groups = read_integer<std::int16_t>(bytes);
    const auto weight = read_integer<std::int16_t>(bytes + 2);
    const auto sign = read_integer<std::int16_t>(bytes + 4);
    std::string text = sign == kNegative ? "-0" : "0";
    for (int i = 0; i < groups; ++i)
        text += fmt::format("{:04}", read_integer<std::int16_t>(bytes + 8 + 2 * i));
    text += fmt::format("e{}", 4 * (weight + 1 - groups));
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void push(Column& column, Oid type, const char* bytes, std::size_t size) {
    switch (type) {
        case kBool: return column.push_integer(*bytes != 0 ? 1 : 0);
        case kInt2: return column.push_integer(read_integer<std::int16_t>(bytes));
        case kInt4: return column.push_integer(read_integer<std::int32_t>(bytes));
        case kOid: return column.push_integer(read_integer<std::uint32_t>(bytes));
        case kInt8: return column.push_integer(read_integer<std::int64_t>(bytes));
        case kFloat4:
            return column.push_double(
                static_cast<double>(std::bit_cast<float>(read_integer<std::int32_t>(bytes))));
        case kFloat8:
            return column.push_double(std::bit_cast<double>(read_integer<std::int64_t>(bytes)));
        case kNumeric: return column.push_double(numeric_value(bytes));
        case kDate:
            return column.push_integer(std::int64_t{read_integer<std::int32_t>(bytes)} +
                                       kEpochDays);
        case kTimestamp:
        case kTimestampTz:
            return column.push_integer(read_integer<std::int64_t>(bytes) + kEpochMicroseconds);
        default: return column.push_text({bytes, size});
    }
}

void append_field(std::string& bytes, const Column& column, std::size_t row) {
    const auto append = [&bytes](auto value) {
        append_integer(bytes, static_cast<std::int32_t>(sizeof value));
        append_integer(bytes, value);
    };
    switch (column.type()) {
        case ColumnType::kBoolean: return append(static_cast<std::int8_t>(column.integer(row)));
        case ColumnType::kSmallInt: return append(static_cast<std::int16_t>(column.integer(row)));
        case ColumnType::kInteger: return append(static_cast<std::int32_t>(column.integer(row)));
        case ColumnType::kBigInt: return append(column.integer(row));
        case ColumnType::kReal:
            return append(std::bit_cast<std::int32_t>(static_cast<float>(column.number(row))));
        case ColumnType::kDouble: return append(std::bit_cast<std::int64_t>(column.number(row)));
        case ColumnType::kDate:
            return append(static_cast<std::int32_t>(column.integer(row) - kEpochDays));
        case ColumnType::kTimestampTz: return append(column.integer(row) - kEpochMicroseconds);
        case ColumnType::kText:
        case ColumnType::kBlob:
            append_integer(bytes, static_cast<std::int32_t>(column.text(row).size()));
            bytes += column.text(row);
    }
}

}  // namespace

Expected<BoundValues> BoundValues::of(const Values& values) {
    constexpr int kTextFormat = 0;
    constexpr int kBinaryFormat = 1;
    BoundValues bound;
    bound.bytes_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string& bytes = bound.bytes_[i];
        bound.types_.push_back(std::visit(Encoder{bytes}, values[i]));
        const bool is_text = std::holds_alternative<std::string>(values[i]);
        if (is_text && bytes.find('\0') != std::string::npos) {
            return fail(ErrorCode::kInvalidInput,
                        fmt::format("parameter ${} of the query cannot be used: it has a zero byte",
                                    i + 1));
        }
        const bool is_null = std::holds_alternative<std::nullptr_t>(values[i]);
        bound.places_.push_back(is_null ? nullptr : bytes.c_str());
        bound.lengths_.push_back(static_cast<int>(bytes.size()));
        bound.formats_.push_back(is_text ? kTextFormat : kBinaryFormat);
    }
    return bound;
}

Expected<Columns> take_result(const PGresult* result) {
    Columns columns;
    const int width = PQnfields(result);
    const int rows = PQntuples(result);
    for (int c = 0; c < width; ++c) {
        const std::string name = PQfname(result, c);
        const Oid type = PQftype(result, c);
        const auto known = type_of(type);
        if (!known) {
            return fail(
                ErrorCode::kInvalidInput,
                fmt::format("column '{}' of the result has a type that cannot be shown", name),
                fmt::format("cast it: CAST({} AS VARCHAR)", name));
        }
        Column column(*known);
        column.reserve(static_cast<std::size_t>(rows));
        for (int row = 0; row < rows; ++row) {
            if (PQgetisnull(result, row, c) != 0) {
                column.push_null();
            } else {
                push(column, type, PQgetvalue(result, row, c),
                     static_cast<std::size_t>(PQgetlength(result, row, c)));
            }
        }
        columns.names.push_back(name);
        columns.data.push_back(std::move(column));
    }
    return columns;
}

std::string_view copy_head() { return "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv; }

std::string_view copy_end() { return "\377\377"sv; }

void append_copy_rows(std::string& bytes, const Columns& rows) {
    constexpr std::int32_t kNull = -1;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        append_integer(bytes, static_cast<std::int16_t>(rows.data.size()));
        for (const Column& column : rows.data) {
            if (column.is_null(row)) {
                append_integer(bytes, kNull);
            } else {
                append_field(bytes, column, row);
            }
        }
    }
}

}  // namespace tipoff::store
