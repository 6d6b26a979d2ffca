#include "collect/sources/espn.h"

#include <fmt/core.h>

#include <limits>

#include "base/names.h"
#include "base/parse.h"

namespace tipoff::collect {

std::string espn_status(const JsonValue& status, std::string_view state, std::string_view words) {
    if (!status.is_sound()) return {};
    const std::string folded = fold_name(words);
    if (folded == "postponed") return "postponed";
    if (folded == "canceled" || folded == "cancelled") return "canceled";
    if (state == "pre") return "scheduled";
    if (state == "in") return "in_progress";
    if (state == "post" && folded.starts_with("final")) return "final";
    status.wrong(fmt::format("is '{}' ({}), which nobody knows", words, state));
    return {};
}

SeasonType espn_season_type(const JsonValue& holder, std::int64_t number) {
    switch (number) {
        case 1: return SeasonType::kPreseason;
        case 2: return SeasonType::kRegular;
        case 3: return SeasonType::kPlayoffs;
        case 5: return SeasonType::kPlayIn;
        default: holder.wrong(fmt::format("is season type {}, which nobody knows", number));
    }
    return SeasonType::kRegular;
}

Instant espn_instant(const JsonValue& holder, std::string_view text) {
    if (!holder.is_sound()) return {};
    const auto instant = parse_instant(text);
    if (instant) return *instant;
    holder.wrong(fmt::format("has '{}', which is no instant", text));
    return {};
}

std::int32_t espn_score(const JsonValue& holder, std::string_view key) {
    const std::string text = holder.text(key);
    if (!holder.is_sound()) return 0;
    const auto score = is_digits(text) ? parse_integer(text) : std::nullopt;
    if (score && *score <= std::numeric_limits<std::int16_t>::max())
        return static_cast<std::int32_t>(*score);
    holder.wrong(fmt::format("has a {} of '{}'", key, text));
    return 0;
}

}  // namespace tipoff::collect
