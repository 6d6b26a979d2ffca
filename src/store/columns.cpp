#include "store/columns.h"

#include "base/error.h"

namespace tipoff::store {

std::string_view sql_name(ColumnType type) {
    switch (type) {
        case ColumnType::kBoolean: return "BOOLEAN";
        case ColumnType::kSmallInt: return "SMALLINT";
        case ColumnType::kInteger: return "INTEGER";
        case ColumnType::kBigInt: return "BIGINT";
        case ColumnType::kReal: return "REAL";
        case ColumnType::kDouble: return "DOUBLE PRECISION";
        case ColumnType::kText: return "TEXT";
        case ColumnType::kDate: return "DATE";
        case ColumnType::kTimestampTz: return "TIMESTAMPTZ";
        case ColumnType::kBlob: return "BYTEA";
    }
    throw InvariantBroken("a ColumnType without a name");
}

Column::Column(ColumnType type) : type_(type) {
    if (type == ColumnType::kDouble || type == ColumnType::kReal) {
        values_ = std::vector<double>{};
    } else if (type == ColumnType::kText || type == ColumnType::kBlob) {
        values_ = TextArray{};
    }
}

void Column::reserve(std::size_t rows) {
    is_null_.reserve(rows);
    std::visit([rows](auto& values) { values.reserve(rows); }, values_);
}

void Column::push_null() {
    is_null_.push_back(1);
    std::visit(
        [](auto& values) {
            if constexpr (requires { values.push_back(0); }) {
                values.push_back(0);
            } else {
                values.push_back(std::string_view{});
            }
        },
        values_);
}

void Column::push_integer(std::int64_t value) {
    is_null_.push_back(0);
    std::get<std::vector<std::int64_t>>(values_).push_back(value);
}

void Column::push_double(double value) {
    is_null_.push_back(0);
    // SQL holds both zeros for equal, so a merge could not tell them apart and a digest would:
    // there is one.
    std::get<std::vector<double>>(values_).push_back(value == 0 ? 0.0 : value);
}

void Column::push_text(std::string_view value) {
    is_null_.push_back(0);
    std::get<TextArray>(values_).push_back(value);
}

void Column::push_from(const Column& other, std::size_t row) {
    require(type_ == other.type_, "a value of another type");
    if (other.is_null(row)) {
        push_null();
    } else if (type_ == ColumnType::kText || type_ == ColumnType::kBlob) {
        push_text(other.text(row));
    } else if (type_ == ColumnType::kReal || type_ == ColumnType::kDouble) {
        push_double(other.number(row));
    } else {
        push_integer(other.integer(row));
    }
}

Column Column::slice(std::size_t first, std::size_t count) const {
    Column taken(type_);
    taken.reserve(count);
    for (std::size_t row = first; row < first + count; ++row)
        taken.push_from(*this, row);
    return taken;
}

}  // namespace tipoff::store
