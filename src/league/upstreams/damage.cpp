#include "league/upstreams/damage.h"

#include <algorithm>
#include <array>
#include <functional>

namespace tipoff::league {
namespace {

/// A list of rows, and the object that it stands in.
struct Rows {
    Json* holder = nullptr;
    Json* list = nullptr;
};

/// The longest list of objects or lists anywhere under `value`.
void find_rows(Json& value, Json* holder, Rows& longest) {
    if (value.is_array() && !value.empty() && value.front().is_structured() &&
        (longest.list == nullptr || value.size() > longest.list->size()))
        longest = {holder, &value};
    if (!value.is_structured()) return;
    for (Json& inner : value)
        find_rows(inner, value.is_object() ? &value : holder, longest);
}

std::size_t some_place(const Json& list, Random& random) {
    return static_cast<std::size_t>(random.below(static_cast<int>(list.size())));
}

void duplicate(Json& list, Random& random) {
    const std::size_t at = some_place(list, random);
    const std::size_t end = std::min(list.size(), at + 3);
    Json longer = Json::array();
    for (std::size_t i = 0; i < list.size(); ++i) {
        longer.push_back(list[i]);
        if (i >= at && i < end) longer.push_back(list[i]);
    }
    list = std::move(longer);
}

void reorder(Json& list, Random& random) {
    for (std::size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
}

/// The headers of a table of NBA.com, whose rows are lists; null of any other.
Json* headers_of(const Rows& rows) {
    const bool is_table = rows.holder != nullptr && rows.holder->is_object() &&
                          rows.list->front().is_array() && rows.holder->contains("headers");
    return is_table ? &(*rows.holder)["headers"] : nullptr;
}

void rename_field(const Rows& rows, Random& random) {
    constexpr std::string_view kNew = "_v2";
    if (Json* headers = headers_of(rows)) {
        Json& header = (*headers)[some_place(*headers, random)];
        header = header.get<std::string>() + std::string(kNew);
        return;
    }
    if (!rows.list->front().is_object()) return;
    auto field = rows.list->front().begin();
    std::advance(field, some_place(rows.list->front(), random));
    const std::string name = field.key();
    for (Json& row : *rows.list) {
        Json renamed = Json::object();
        for (auto& [key, value] : row.items())
            renamed[key == name ? key + std::string(kNew) : key] = value;
        row = std::move(renamed);
    }
}

/// What tells a row's team: a column of a table, or an object.
Json team_of(const Json& row, const Json* headers) {
    if (headers != nullptr) {
        const auto column = std::ranges::find(*headers, Json("TEAM_ID"));
        return column == headers->end() ? Json()
                                        : row[static_cast<std::size_t>(column - headers->begin())];
    }
    return row.is_object() && row.contains("team") ? row["team"] : Json();
}

void shorten_team(const Rows& rows, Random& random) {
    const Json* headers = headers_of(rows);
    const Json team = team_of((*rows.list)[some_place(*rows.list, random)], headers);
    const bool is_whole = random.chance(0.5);
    int seen = 0;
    Json shorter = Json::array();
    for (Json& row : *rows.list) {
        const bool is_of_team = team_of(row, headers) == team;
        if (is_of_team && (is_whole || seen++ % 2 == 1)) continue;
        shorter.push_back(std::move(row));
    }
    *rows.list = std::move(shorter);
}

/// "2026-01-20..." a day later; false for any other text.
bool move_by_a_day(Json& value) {
    if (!value.is_string()) return false;
    const auto text = value.get<std::string>();
    const auto date = parse_date(std::string_view(text).substr(0, 10));
    if (!date) return false;
    value = to_string(date->plus_days(1)) + text.substr(10);
    return true;
}

/// Days of games, wherever they stand; not those of births and injuries.
void move_games(Json& value) {
    constexpr std::array<std::string_view, 3> kDays{"gameDateEst", "scheduled", "commence_time"};
    if (value.is_object()) {
        const bool is_game = value.contains("home_team") || value.contains("competitions");
        for (auto& [key, field] : value.items()) {
            if (std::ranges::find(kDays, key) != kDays.end() || (is_game && key == "date"))
                move_by_a_day(field);
        }
        if (value.contains("headers") && value.contains("rowSet")) {
            const auto column = std::ranges::find(value["headers"], Json("GAME_DATE"));
            const auto place = static_cast<std::size_t>(column - value["headers"].begin());
            for (Json& row : value["rowSet"]) {
                if (place < row.size()) move_by_a_day(row[place]);
            }
        }
    }
    if (!value.is_structured()) return;
    for (Json& inner : value)
        move_games(inner);
}

void stamp_in_play(Json& value, const std::string& stamp) {
    if (!value.is_structured()) return;
    if (value.is_object() && value.contains("last_update")) value["last_update"] = stamp;
    for (Json& inner : value)
        stamp_in_play(inner, stamp);
}

/// The start of the event that the odds are of.
void stamp_odds(Json& document) {
    Json& event = document.contains("data") ? document["data"] : document;
    if (!event.is_object() || !event.contains("commence_time")) return;
    const auto start = parse_instant(event["commence_time"].get<std::string>());
    constexpr std::chrono::minutes kLater{20};
    if (start) stamp_in_play(event, second_text(*start + kLater));
}

}  // namespace

void damage(Json& document, FaultKind kind, Random& random) {
    if (kind == FaultKind::kWrongDate) return move_games(document);
    if (kind == FaultKind::kStampedInPlay) return stamp_odds(document);
    Rows rows;
    find_rows(document, nullptr, rows);
    if (rows.list == nullptr) return;
    switch (kind) {
        case FaultKind::kEmptyList: *rows.list = Json::array(); break;
        case FaultKind::kDuplicatedRows: duplicate(*rows.list, random); break;
        case FaultKind::kReorderedRows: reorder(*rows.list, random); break;
        case FaultKind::kRenamedField: rename_field(rows, random); break;
        case FaultKind::kTeamShort: shorten_team(rows, random); break;
        default: break;
    }
}

}  // namespace tipoff::league
