#include "collect/sources/box_score.h"

#include <fmt/core.h>

#include <array>

#include "base/parse.h"

namespace tipoff::collect {
namespace {

using Count = std::optional<std::int32_t>;

struct NamedCount {
    std::string_view name;
    Count StatedPlayerBox::* value;
};

/// All but plus-minus, which may be negative.
constexpr std::array kCounts{
    NamedCount{"seconds", &StatedPlayerBox::seconds},
    NamedCount{"points", &StatedPlayerBox::points},
    NamedCount{"field goals", &StatedPlayerBox::field_goals_made},
    NamedCount{"field goal attempts", &StatedPlayerBox::field_goals_attempted},
    NamedCount{"threes", &StatedPlayerBox::three_pointers_made},
    NamedCount{"three attempts", &StatedPlayerBox::three_pointers_attempted},
    NamedCount{"free throws", &StatedPlayerBox::free_throws_made},
    NamedCount{"free throw attempts", &StatedPlayerBox::free_throws_attempted},
    NamedCount{"offensive rebounds", &StatedPlayerBox::offensive_rebounds},
    NamedCount{"defensive rebounds", &StatedPlayerBox::defensive_rebounds},
    NamedCount{"rebounds", &StatedPlayerBox::rebounds},
    NamedCount{"assists", &StatedPlayerBox::assists},
    NamedCount{"steals", &StatedPlayerBox::steals},
    NamedCount{"blocks", &StatedPlayerBox::blocks},
    NamedCount{"turnovers", &StatedPlayerBox::turnovers},
    NamedCount{"personal fouls", &StatedPlayerBox::personal_fouls},
};

struct Part {
    std::string_view what;
    Count StatedPlayerBox::* part;
    Count StatedPlayerBox::* whole;
};

constexpr std::array kParts{
    Part{"field goals", &StatedPlayerBox::field_goals_made,
         &StatedPlayerBox::field_goals_attempted},
    Part{"threes", &StatedPlayerBox::three_pointers_made,
         &StatedPlayerBox::three_pointers_attempted},
    Part{"free throws", &StatedPlayerBox::free_throws_made,
         &StatedPlayerBox::free_throws_attempted},
    Part{"field goals as threes", &StatedPlayerBox::three_pointers_made,
         &StatedPlayerBox::field_goals_made},
    Part{"shots as threes", &StatedPlayerBox::three_pointers_attempted,
         &StatedPlayerBox::field_goals_attempted},
};

}  // namespace

std::optional<std::int32_t> seconds_of_minutes(std::string_view text) {
    const auto colon = text.find(':');
    const std::string_view minutes = text.substr(0, colon);
    const std::string_view seconds = colon == std::string_view::npos ? "0" : text.substr(colon + 1);
    // No game has a thousand minutes.
    if (!is_digits(minutes) || minutes.size() > 3 || !is_digits(seconds) || seconds.size() > 2)
        return std::nullopt;
    const auto whole = parse_integer(minutes);
    const auto rest = parse_integer(seconds);
    if (!whole || !rest || *rest >= 60) return std::nullopt;
    return static_cast<std::int32_t>(*whole * 60 + *rest);
}

std::int32_t game_seconds(std::int64_t periods) {
    constexpr std::int64_t kRegulation = 4;
    const std::int64_t minutes =
        periods <= kRegulation ? periods * 12 : 48 + (periods - kRegulation) * 5;
    return static_cast<std::int32_t>(minutes * 60);
}

std::string impossible_in(const StatedPlayerBox& box) {
    for (const auto& [name, value] : kCounts) {
        const Count count = box.*value;
        if (count && *count < 0) return fmt::format("has {} {}", *count, name);
    }
    for (const auto& [what, part, whole] : kParts) {
        const Count some = box.*part, all = box.*whole;
        if (some && all && *some > *all) return fmt::format("has {} of {} {}", *some, *all, what);
    }
    if (box.offensive_rebounds && box.defensive_rebounds && box.rebounds &&
        *box.offensive_rebounds + *box.defensive_rebounds != *box.rebounds) {
        return fmt::format("has {} and {} rebounds, and {} of both", *box.offensive_rebounds,
                           *box.defensive_rebounds, *box.rebounds);
    }
    if (box.points && box.field_goals_made && box.three_pointers_made && box.free_throws_made) {
        const std::int32_t made =
            2 * *box.field_goals_made + *box.three_pointers_made + *box.free_throws_made;
        if (made != *box.points) return fmt::format("has {} points, made {}", *box.points, made);
    }
    return {};
}

}  // namespace tipoff::collect
