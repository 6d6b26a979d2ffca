#include "collect/sources/bdl.h"

#include <fmt/core.h>

#include <array>
#include <string_view>

#include "base/names.h"

namespace tipoff::collect {
namespace {

/// By the source's numbers, which begin at 1: the order of the full names.
constexpr std::array<std::string_view, 30> kTeams{
    "ATL", "BOS", "BKN", "CHA", "CHI", "CLE", "DAL", "DEN", "DET", "GSW",
    "HOU", "IND", "LAC", "LAL", "MEM", "MIA", "MIL", "MIN", "NOP", "NYK",
    "OKC", "ORL", "PHI", "PHX", "POR", "SAC", "SAS", "TOR", "UTA", "WAS"};

constexpr std::int64_t kRegulationPeriods = 4;

}  // namespace

std::optional<std::string> bdl_next_cursor(const JsonValue& answer) {
    const JsonValue meta = answer.object("meta");
    const std::int64_t per_page = meta.integer("per_page");
    if (!meta.has("next_cursor")) {
        // A field by another name is no last page.
        const auto rows = static_cast<std::int64_t>(answer.array("data").size());
        if (meta.is_sound() && rows >= per_page)
            meta.wrong(fmt::format("has no next_cursor, and the page is full: {} rows", rows));
        return std::nullopt;
    }
    const auto cursor = meta.optional_integer("next_cursor");
    return cursor ? std::optional(fmt::format("{}", *cursor)) : std::nullopt;
}

std::string bdl_id(const JsonValue& row) {
    const std::int64_t id = row.integer("id");
    if (row.is_sound() && id <= 0) row.wrong(fmt::format("has id {}", id));
    return fmt::format("{}", id);
}

const Team* bdl_team(std::int64_t id) {
    const bool is_one = id >= 1 && id <= static_cast<std::int64_t>(kTeams.size());
    return is_one ? find_team(kTeams[static_cast<std::size_t>(id - 1)]) : nullptr;
}

const Team* bdl_team(const JsonValue& team) {
    const std::int64_t id = team.integer("id");
    const std::string name = team.text("full_name");
    if (!team.is_sound()) return nullptr;
    const Team* found = bdl_team(id);
    if (find_team(name) != found)
        team.wrong(fmt::format("is number {} and '{}', which are not one team", id, name));
    return found;
}

std::string bdl_player_name(const JsonValue& player) {
    const std::string first = player.text("first_name");
    const std::string last = player.text("last_name");
    if (first.empty() || last.empty()) {
        if (first.empty() && last.empty()) player.wrong("has no name");
        return first + last;
    }
    return first + " " + last;
}

std::string bdl_status(const JsonValue& game) {
    const std::string status = game.text("status");
    const std::int64_t period = game.optional_integer("period").value_or(0);
    if (!game.is_sound()) return {};
    const std::string word = fold_name(status);
    if (word == "final") {
        if (period < kRegulationPeriods)
            game.wrong(fmt::format("is final, with period {}", period));
        return "final";
    }
    if (word == "postponed" || word == "ppd") return "postponed";
    if (word == "canceled" || word == "cancelled") return "canceled";
    if (period >= 1) return "in_progress";
    if (parse_instant(status).has_value() || word.ends_with(" et")) return "scheduled";
    game.wrong(fmt::format("has status '{}', which nobody knows", status));
    return {};
}

GameDate bdl_date(const JsonValue& game) {
    const std::string day = game.text("date");
    const std::int64_t season = game.integer("season");
    if (!game.is_sound()) return {};
    const auto date = parse_date(day);
    if (!date) {
        game.wrong(fmt::format("has date '{}', which is no day", day));
        return {};
    }
    if (season_of(*date).start_year() != season)
        game.wrong(fmt::format("has season {}, and is of {}", season, day));
    return *date;
}

}  // namespace tipoff::collect
