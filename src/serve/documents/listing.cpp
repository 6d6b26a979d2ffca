#include "serve/documents/listing.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/parse.h"
#include "store/table.h"

namespace tipoff::serve {
namespace {

std::string csv_field(std::string_view text) {
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string field = "\"";
    for (const char c : text) {
        if (c == '"') field += '"';
        field += c;
    }
    return field + '"';
}

std::string csv_cell(const Cell& cell) {
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                return "";
            } else if constexpr (std::is_same_v<T, std::string>) {
                return csv_field(value);
            } else {
                return fmt::format("{}", value);
            }
        },
        cell.value());
}

}  // namespace

Cell Cell::text(std::string_view value) {
    Cell cell;
    cell.value_ = std::string(value);
    return cell;
}

Cell Cell::integer(std::int64_t value) {
    Cell cell;
    cell.value_ = value;
    return cell;
}

Cell Cell::boolean(bool value) {
    Cell cell;
    cell.value_ = value;
    return cell;
}

Cell Cell::number(double value, int decimals) {
    Cell cell;
    if (!std::isnan(value)) cell.value_ = value;
    cell.decimals_ = decimals;
    return cell;
}

Cell Cell::instant(Instant value) { return text(to_string(value)); }

Cell Cell::date(GameDate value) { return text(to_string(value)); }

Cell Cell::shown_as(std::string words) && {
    words_ = std::move(words);
    return std::move(*this);
}

Cell Cell::toned(Tone tone) && {
    tone_ = tone;
    return std::move(*this);
}

bool Cell::is_number() const {
    return std::holds_alternative<std::int64_t>(value_) || std::holds_alternative<double>(value_);
}

Cell text_or_null(std::string_view text) { return text.empty() ? Cell() : Cell::text(text); }

Cell instant_or_null(const std::optional<Instant>& at) { return at ? Cell::instant(*at) : Cell(); }

Cell date_or_null(const std::optional<GameDate>& date) { return date ? Cell::date(*date) : Cell(); }

Cell to_cell(const store::Column& column, std::size_t row) {
    using store::ColumnType;
    if (column.is_null(row)) return {};
    switch (column.type()) {
        case ColumnType::kBoolean: return Cell::boolean(column.integer(row) != 0);
        case ColumnType::kSmallInt:
        case ColumnType::kInteger:
        case ColumnType::kBigInt: return Cell::integer(column.integer(row));
        // A 32-bit number in the shortest decimal that reads back as it.
        case ColumnType::kReal:
            return Cell::number(
                parse_number(fmt::format("{}", static_cast<float>(column.number(row))))
                    .value_or(column.number(row)));
        case ColumnType::kDouble: return Cell::number(column.number(row));
        case ColumnType::kText: return Cell::text(column.text(row));
        case ColumnType::kDate: return Cell::date(store::ColumnCodec<GameDate>::get(column, row));
        case ColumnType::kTimestampTz:
            return Cell::instant(store::ColumnCodec<Instant>::get(column, row));
        case ColumnType::kBlob: {
            std::string hex;
            for (const char byte : column.text(row))
                hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
            return Cell::text(hex);
        }
    }
    throw InvariantBroken("a ColumnType that is not printed");
}

Listing to_listing(const store::Columns& columns, std::size_t most) {
    Listing listing{.columns = columns.names, .rows = {}};
    const std::size_t count = std::min(most, columns.rows());
    listing.rows.reserve(count);
    for (std::size_t r = 0; r < count; ++r) {
        Row& row = listing.rows.emplace_back();
        row.reserve(columns.data.size());
        for (const auto& column : columns.data)
            row.push_back(to_cell(column, r));
    }
    return listing;
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const auto& field : fields) {
        if (!line.empty()) line += ',';
        line += csv_field(field);
    }
    return line + '\n';
}

void append_csv_line(const store::Columns& columns, std::size_t row, std::string& text) {
    for (std::size_t c = 0; c < columns.data.size(); ++c) {
        if (c > 0) text += ',';
        text += csv_cell(to_cell(columns.data[c], row));
    }
    text += '\n';
}

std::string csv_text(const Listing& listing) {
    std::string text = csv_line(listing.columns);
    for (const Row& row : listing.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (c > 0) text += ',';
            text += csv_cell(row[c]);
        }
        text += '\n';
    }
    return text;
}

}  // namespace tipoff::serve
