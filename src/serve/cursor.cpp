#include "serve/cursor.h"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "store/table.h"

namespace tipoff::serve {
namespace {

using nlohmann::json;

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// A value with its kind, since an instant and a whole number look alike.
json tagged(const store::Value& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return {"b", *truth};
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return {"i", *whole};
    if (const auto* number = std::get_if<double>(&value)) return {"n", *number};
    if (const auto* text = std::get_if<std::string>(&value)) return {"t", *text};
    if (const auto* at = std::get_if<Instant>(&value)) return {"@", at->time_since_epoch().count()};
    if (const auto* date = std::get_if<GameDate>(&value)) return {"d", date->days_since_epoch()};
    throw InvariantBroken("a key with a NULL");
}

store::Value untagged(const json& tagged) {
    const auto kind = tagged.at(0).get<std::string>();
    const json& value = tagged.at(1);
    if (kind == "b") return value.get<bool>();
    if (kind == "i") return value.get<std::int64_t>();
    if (kind == "n") return value.get<double>();
    if (kind == "t") return value.get<std::string>();
    if (kind == "@") return Instant{std::chrono::microseconds{value.get<std::int64_t>()}};
    if (kind == "d")
        return GameDate{std::chrono::sys_days{std::chrono::days{value.get<std::int32_t>()}}};
    throw std::invalid_argument("a kind that is none");
}

std::string short_name(std::string_view query) {
    return to_string(fingerprint_of(query)).substr(0, 16);
}

}  // namespace

store::Value value_at(const store::Column& column, std::size_t row) {
    using store::ColumnType;
    if (column.is_null(row)) return nullptr;
    switch (column.type()) {
        case ColumnType::kBoolean: return column.integer(row) != 0;
        case ColumnType::kSmallInt:
        case ColumnType::kInteger:
        case ColumnType::kBigInt: return column.integer(row);
        case ColumnType::kReal:
        case ColumnType::kDouble: return column.number(row);
        case ColumnType::kText:
        case ColumnType::kBlob: return std::string(column.text(row));
        case ColumnType::kDate: return store::ColumnCodec<GameDate>::get(column, row);
        case ColumnType::kTimestampTz: return store::ColumnCodec<Instant>::get(column, row);
    }
    throw InvariantBroken("a column of no type");
}

std::string cursor_text(std::string_view query, const store::Values& key) {
    json document = json::array({short_name(query)});
    for (const store::Value& value : key)
        document.push_back(tagged(value));
    const std::string plain = document.dump();
    std::string text(sodium_base64_ENCODED_LEN(plain.size(), kBase64), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), kBase64);
    text.pop_back();  // the NUL that ends it
    return text;
}

Expected<store::Values> read_cursor(std::string_view query, std::string_view text) {
    std::string plain(text.size(), '\0');
    std::size_t size = 0;
    const bool is_base64 =
        sodium_base642bin(reinterpret_cast<unsigned char*>(plain.data()), plain.size(), text.data(),
                          text.size(), nullptr, &size, nullptr, kBase64) == 0;
    plain.resize(size);
    const json document = json::parse(is_base64 ? plain : "", nullptr, false);
    const auto refused = [] {
        return fail(ErrorCode::kInvalidInput, "cursor: it is none of this list",
                    "take next_cursor of an answer to the same request");
    };
    if (!document.is_array() || document.empty() || document[0] != short_name(query))
        return refused();
    store::Values key;
    try {
        for (std::size_t i = 1; i < document.size(); ++i)
            key.push_back(untagged(document[i]));
    } catch (const std::exception&) {
        return refused();
    }
    // Only what was given out, byte by byte.
    if (cursor_text(query, key) != text) return refused();
    return key;
}

}  // namespace tipoff::serve
