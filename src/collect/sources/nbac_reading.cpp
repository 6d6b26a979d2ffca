#include "collect/sources/nbac_reading.h"

#include <fmt/core.h>

#include "base/parse.h"

namespace tipoff::collect {
namespace {

constexpr std::size_t kIdDigits = 10;

/// No count of a game is above it: a guard against values of another kind.
constexpr std::int64_t kMostOfAnything = 400;

}  // namespace

NbacGame read_nbac_game(const JsonValue& id) {
    NbacGame game{.source_game_id = id.as_text(), .season = {}};
    if (!id.is_sound()) return game;
    const auto parsed = parse_game_id(game.source_game_id);
    if (game.source_game_id.size() != kIdDigits || !is_digits(game.source_game_id) || !parsed) {
        id.wrong(fmt::format("is '{}', to be a game id of ten digits", game.source_game_id));
        return game;
    }
    const auto type = season_type_of(*parsed);
    if (!type) {
        id.wrong(
            fmt::format("is {}, whose third digit is no known season type", game.source_game_id));
        return game;
    }
    game.season = season_of(*parsed);
    game.season_type = *type;
    return game;
}

std::string difference_from_asked(const NbacGame& game, const Ask& ask) {
    std::string asked;
    if (!ask.source_game_id.empty() && game.source_game_id != ask.source_game_id)
        asked = ask.source_game_id;
    if (ask.season && game.season != *ask.season) asked = to_string(*ask.season);
    if (asked.empty()) return {};
    return fmt::format("about game {}, where {} was asked for", game.source_game_id, asked);
}

const Team* read_nbac_team(const JsonValue& id) {
    const TeamId team_id{id.as_integer()};
    if (!id.is_sound()) return nullptr;
    const Team* team = find_team(team_id);
    if (team == nullptr) id.wrong(fmt::format("is {}, which is none of the teams", team_id.value));
    return team;
}

std::int32_t read_count(const JsonValue& value, std::int64_t most) {
    const std::int64_t count = value.as_integer();
    if (count >= 0 && count <= most) return static_cast<std::int32_t>(count);
    value.wrong(fmt::format("is {}, to be from 0 to {}", count, most));
    return 0;
}

std::int32_t read_plus_minus(const JsonValue& value) {
    constexpr double kMost = 200;
    const double points = value.as_number();
    const auto whole = static_cast<std::int32_t>(std::clamp(points, -kMost, kMost));
    if (points != whole) value.wrong(fmt::format("is {}, to be a whole number of points", points));
    return whole;
}

StatedTeamBox read_nbac_counts(const ResultSet& set, std::size_t row, std::size_t first) {
    std::size_t column = first;
    const auto next = [&] { return read_count(set.cell(row, column++), kMostOfAnything); };
    StatedTeamBox counts;
    counts.field_goals_made = next();
    counts.field_goals_attempted = next();
    counts.three_pointers_made = next();
    counts.three_pointers_attempted = next();
    counts.free_throws_made = next();
    counts.free_throws_attempted = next();
    counts.offensive_rebounds = next();
    counts.defensive_rebounds = next();
    counts.rebounds = next();
    counts.assists = next();
    counts.steals = next();
    counts.blocks = next();
    counts.turnovers = next();
    counts.personal_fouls = next();
    counts.points = next();
    if (counts.field_goals_made > counts.field_goals_attempted ||
        counts.three_pointers_made > counts.three_pointers_attempted ||
        counts.free_throws_made > counts.free_throws_attempted)
        set.row(row).wrong("has more shots made than attempted");
    if (counts.three_pointers_made > counts.field_goals_made ||
        counts.three_pointers_attempted > counts.field_goals_attempted)
        set.row(row).wrong("has more threes than field goals");
    const std::int32_t of_shots =
        2 * counts.field_goals_made + counts.three_pointers_made + counts.free_throws_made;
    if (counts.points != of_shots) {
        set.row(row).wrong(
            fmt::format("has {} points, and shots made that give {}", counts.points, of_shots));
    }
    if (counts.rebounds != counts.offensive_rebounds + counts.defensive_rebounds)
        set.row(row).wrong("has rebounds that do not add up");
    return counts;
}

void set_counts(StatedPlayerBox& box, const StatedTeamBox& counts) {
    box.points = counts.points;
    box.field_goals_made = counts.field_goals_made;
    box.field_goals_attempted = counts.field_goals_attempted;
    box.three_pointers_made = counts.three_pointers_made;
    box.three_pointers_attempted = counts.three_pointers_attempted;
    box.free_throws_made = counts.free_throws_made;
    box.free_throws_attempted = counts.free_throws_attempted;
    box.offensive_rebounds = counts.offensive_rebounds;
    box.defensive_rebounds = counts.defensive_rebounds;
    box.rebounds = counts.rebounds;
    box.assists = counts.assists;
    box.steals = counts.steals;
    box.blocks = counts.blocks;
    box.turnovers = counts.turnovers;
    box.personal_fouls = counts.personal_fouls;
}

}  // namespace tipoff::collect
