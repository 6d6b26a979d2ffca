#include "collect/import/row_fields.h"

#include <algorithm>
#include <cmath>

#include "base/parse.h"

namespace tipoff::collect {
namespace {

constexpr std::size_t kMaxTextBytes = 1000;
constexpr std::size_t kMaxShownBytes = 80;

/// As a file's whole numbers are written: "94", and "94.0" where a program took the column for
/// floating point.
std::optional<std::int64_t> whole_of(std::string_view text) {
    if (const auto value = parse_integer(text)) return value;
    const auto number = parse_number(text);
    constexpr double kExact = 9007199254740992.0;  // 2^53
    if (!number || *number != std::trunc(*number) || std::abs(*number) > kExact)
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

/// Without spaces, tabs and no-break spaces at its ends.
std::string_view without_spaces(std::string_view text) {
    constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
    while (true) {
        text = trimmed(text);
        if (text.starts_with(kNoBreakSpace)) {
            text.remove_prefix(kNoBreakSpace.size());
        } else if (text.ends_with(kNoBreakSpace)) {
            text.remove_suffix(kNoBreakSpace.size());
        } else {
            return text;
        }
    }
}

/// Bytes that follow a lead byte, or -1 when it is none.
int continuation_bytes(unsigned char lead) {
    if (lead < 0x80) return 0;
    if (lead >= 0xC2 && lead <= 0xDF) return 1;
    if (lead >= 0xE0 && lead <= 0xEF) return 2;
    if (lead >= 0xF0 && lead <= 0xF4) return 3;
    return -1;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const int more = continuation_bytes(lead);
        if (more < 0 || at + static_cast<std::size_t>(more) >= text.size()) return false;
        for (int i = 1; i <= more; ++i) {
            const auto byte = static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
            if ((byte & 0xC0) != 0x80) return false;
            // Overlong forms, surrogates and what lies beyond Unicode show in the second byte.
            if (i == 1 && ((lead == 0xE0 && byte < 0xA0) || (lead == 0xED && byte > 0x9F) ||
                           (lead == 0xF0 && byte < 0x90) || (lead == 0xF4 && byte > 0x8F))) {
                return false;
            }
        }
        at += static_cast<std::size_t>(more);
    }
    return true;
}

std::string shown_value(std::string_view value) {
    if (!is_utf8(value)) return "(not UTF-8)";
    std::size_t size = std::min(value.size(), kMaxShownBytes);
    while (size > 0 && size < value.size() &&
           (static_cast<unsigned char>(value[size]) & 0xC0) == 0x80) {
        --size;
    }
    return std::string(value.substr(0, size));
}

void RowFields::refuse(std::size_t column, std::string_view rule) {
    if (fault_) return;
    fault_ = {.column = names_[column], .rule = rule, .value = shown_value(raw(column))};
}

std::string_view RowFields::raw(std::size_t column) const {
    const std::size_t place = places_[column];
    return place == kAbsentColumn ? std::string_view{} : without_spaces(fields_[place]);
}

std::string_view RowFields::text(std::size_t column) {
    const std::string_view value = raw(column);
    if (value.size() > kMaxTextBytes) refuse(column, "longer than a kilobyte");
    if (!is_utf8(value)) refuse(column, "not UTF-8");
    return refused() ? std::string_view{} : value;
}

std::string_view RowFields::required_text(std::size_t column) {
    const std::string_view value = text(column);
    check(!value.empty(), column, "empty");
    return value;
}

std::int32_t RowFields::whole(std::size_t column, std::int32_t low, std::int32_t high) {
    if (refused()) return 0;
    const auto value = whole_of(raw(column));
    if (!value) {
        refuse(column, raw(column).empty() ? "empty" : "not a whole number");
        return 0;
    }
    if (*value < low || *value > high) {
        refuse(column, "out of range");
        return 0;
    }
    return static_cast<std::int32_t>(*value);
}

std::optional<std::int32_t> RowFields::optional_whole(std::size_t column, std::int32_t low,
                                                      std::int32_t high) {
    if (raw(column).empty()) return std::nullopt;
    return whole(column, low, high);
}

double RowFields::number(std::size_t column, double low, double high) {
    if (refused()) return 0;
    const auto value = parse_number(raw(column));
    if (!value) {
        refuse(column, raw(column).empty() ? "empty" : "not a number");
        return 0;
    }
    if (*value < low || *value > high) {
        refuse(column, "out of range");
        return 0;
    }
    return *value;
}

std::optional<std::int32_t> RowFields::price(std::size_t column) {
    constexpr std::int32_t kEven = 100;
    constexpr std::int32_t kLongest = 100'000;
    if (refused() || raw(column).empty()) return std::nullopt;
    const std::int32_t value = whole(column, -kLongest, kLongest);
    check(value >= kEven || value <= -kEven, column, "not American odds");
    return value;
}

GameDate RowFields::date(std::size_t column) {
    if (refused()) return {};
    const auto value = parse_date(raw(column));
    if (value) return *value;
    refuse(column, "not a date (YYYY-MM-DD)");
    return {};
}

GameId RowFields::game_id(std::size_t column) {
    if (refused()) return {};
    const auto value = parse_game_id(raw(column));
    if (!value) {
        refuse(column, "not a game id");
        return {};
    }
    if (!season_type_of(*value)) {
        refuse(column, "not a known season type");
        return {};
    }
    return *value;
}

std::optional<GameId> RowFields::optional_game_id(std::size_t column) {
    if (refused() || raw(column).empty()) return std::nullopt;
    return game_id(column);
}

PlayerId RowFields::player_id(std::size_t column) {
    return PlayerId{whole(column, 1, std::numeric_limits<std::int32_t>::max())};
}

TeamId RowFields::team_id(std::size_t column) {
    const TeamId id{whole(column, 1, std::numeric_limits<std::int32_t>::max())};
    if (!refused() && find_team(id) == nullptr) refuse(column, "not a known team");
    return refused() ? TeamId{} : id;
}

TeamId RowFields::team(std::size_t column) {
    if (refused()) return {};
    const Team* found = find_team(raw(column));
    if (found == nullptr) {
        refuse(column, raw(column).empty() ? "empty" : "not a known team");
        return {};
    }
    return found->team_id;
}

}  // namespace tipoff::collect
