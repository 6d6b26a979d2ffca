#include "grade/chosen_grades.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "forecast/prediction_tables.h"
#include "grade/settle.h"

namespace tipoff::grade {
namespace {

auto system_and_place(const Accuracy& row) {
    return std::tie(row.game_id, row.player_id, row.market, row.system_id);
}

bool comes_before(const Accuracy* a, const Accuracy* b) {
    const auto key = [](const Accuracy& row) {
        return std::tie(row.game_id, row.player_id, row.market, row.system_id, row.origin,
                        row.as_of, row.revision);
    };
    return key(*a) < key(*b);
}

bool is_before_noon(const Accuracy& row) {
    return row.as_of.at < eastern_instant(row.game_date, {12, 0, 0});
}

/// Whether `a` counts rather than `b`, two forecasts of one player game and system.
bool is_preferred(const Accuracy& a, const Accuracy& b, AsOfChoice choice) {
    const bool is_live = a.origin == forecast::kOriginLive;
    if (is_live != (b.origin == forecast::kOriginLive)) return is_live;
    return choice == AsOfChoice::kFirst ? a.as_of < b.as_of : a.as_of > b.as_of;
}

}  // namespace

std::string_view to_string(AsOfChoice choice) {
    switch (choice) {
        case AsOfChoice::kFirst: return "first";
        case AsOfChoice::kMorning: return "morning";
        case AsOfChoice::kLast: return "last";
    }
    throw InvariantBroken("an AsOfChoice without a name");
}

Expected<AsOfChoice> parse_as_of_choice(std::string_view text) {
    for (const AsOfChoice choice : {AsOfChoice::kFirst, AsOfChoice::kMorning, AsOfChoice::kLast}) {
        if (to_string(choice) == text) return choice;
    }
    return fail(ErrorCode::kUsage, "no choice of forecasts '" + std::string(text) + "'",
                "one of first, morning, last");
}

std::vector<Grade> chosen_grades(std::span<const Accuracy> accuracy, AsOfChoice choice) {
    std::vector<const Accuracy*> rows;
    rows.reserve(accuracy.size());
    for (const Accuracy& row : accuracy)
        rows.push_back(&row);
    std::ranges::sort(rows, comes_before);

    std::vector<Grade> chosen;
    for (std::size_t first = 0, next = 0; first < rows.size(); first = next) {
        while (next < rows.size() && is_same_forecast(*rows[first], *rows[next]))
            ++next;
        const Grade grade{rows[first], rows[next - 1]};
        if (choice == AsOfChoice::kMorning && !is_before_noon(*grade.settled)) continue;
        const bool is_first_of_system =
            chosen.empty() ||
            system_and_place(*chosen.back().settled) != system_and_place(*grade.settled);
        if (is_first_of_system) {
            chosen.push_back(grade);
        } else if (is_preferred(*grade.settled, *chosen.back().settled, choice)) {
            chosen.back() = grade;
        }
    }
    return chosen;
}

}  // namespace tipoff::grade
