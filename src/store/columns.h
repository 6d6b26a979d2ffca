#pragma once
/// Columns of values: what goes into the database and what comes out of it.
///
/// A `Column` is a typed array with a mark for NULL per row; a `Columns` is a set of equally long
/// columns with names. Text lies in one buffer, so that a million short strings are two
/// allocations.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tipoff::store {

/// The portable types, the same in every engine.
enum class ColumnType : std::uint8_t {
    kBoolean,
    kSmallInt,
    kInteger,
    kBigInt,
    kReal,  ///< 32-bit floating point, for wide rows of measurements
    kDouble,
    kText,
    kDate,         ///< days since 1970-01-01
    kTimestampTz,  ///< microseconds since 1970-01-01T00:00:00Z
    kBlob,
};

/// The SQL name: "BIGINT", "DOUBLE PRECISION", ...
[[nodiscard]] std::string_view sql_name(ColumnType type);

/// Strings end to end in one buffer.
class TextArray {
public:
    void push_back(std::string_view text) {
        bytes_.append(text);
        ends_.push_back(bytes_.size());
    }
    [[nodiscard]] std::string_view operator[](std::size_t row) const {
        const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
        return std::string_view(bytes_).substr(begin, ends_[row] - begin);
    }
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    void reserve(std::size_t rows) { ends_.reserve(rows); }

private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

class Column {
public:
    explicit Column(ColumnType type);

    [[nodiscard]] ColumnType type() const { return type_; }
    [[nodiscard]] std::size_t size() const { return is_null_.size(); }
    void reserve(std::size_t rows);

    void push_null();
    void push_integer(std::int64_t value);   ///< every type but real, double, text and blob
    void push_double(double value);          ///< minus zero becomes zero
    void push_text(std::string_view value);  ///< text and blob
    void push_from(const Column& other, std::size_t row);  ///< of the same type

    /// Rows [first, first + count).
    [[nodiscard]] Column slice(std::size_t first, std::size_t count) const;

    [[nodiscard]] bool is_null(std::size_t row) const { return is_null_[row] != 0; }
    [[nodiscard]] std::int64_t integer(std::size_t row) const {
        return std::get<std::vector<std::int64_t>>(values_)[row];
    }
    [[nodiscard]] double number(std::size_t row) const {
        return std::get<std::vector<double>>(values_)[row];
    }
    [[nodiscard]] std::string_view text(std::size_t row) const {
        return std::get<TextArray>(values_)[row];
    }

    [[nodiscard]] std::span<const std::uint8_t> nulls() const { return is_null_; }
    [[nodiscard]] std::span<const std::int64_t> integers() const {
        return std::get<std::vector<std::int64_t>>(values_);
    }
    [[nodiscard]] std::span<const double> numbers() const {
        return std::get<std::vector<double>>(values_);
    }

private:
    ColumnType type_;
    std::vector<std::uint8_t> is_null_;  ///< 1 where NULL
    std::variant<std::vector<std::int64_t>, std::vector<double>, TextArray> values_;
};

struct Columns {
    std::vector<std::string> names;
    std::vector<Column> data;

    [[nodiscard]] std::size_t rows() const { return data.empty() ? 0 : data.front().size(); }
};

}  // namespace tipoff::store
