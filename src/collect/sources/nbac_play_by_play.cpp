/// A game's play-by-play of NBA.com:
///   GET cdn.nba.com/static/json/liveData/playbyplay/playbyplay_0022400500.json
///
/// Actions stand in the order of play; their numbers are unique and not always rising, for what is
/// corrected is put in later. Scores are text. An action of no team has no `teamId`, one of no
/// player has 0 for `personId` and no name. A field goal has its place three times: in per cent of
/// the court (`x`, `y`), by zone (`area`) and as shot charts have it (`xLegacy`, `yLegacy`: tenths
/// of a foot from the hoop that is shot at, left negative). The last one is read, since it does not
/// depend on which side a team plays; `shotDistance` has to agree with it. Some rebounds and
/// turnovers have an `area` too. The document does not say who is at home or which day it is. The
/// last action of a game that is over is its end.

#include <fmt/core.h>

#include <cmath>
#include <set>

#include "base/parse.h"
#include "collect/shot_zone.h"
#include "collect/sources/nbac_reading.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

/// A whole game has as many actions.
constexpr std::size_t kFewestActions = 50;
constexpr std::size_t kMostActions = 1000;

constexpr std::int64_t kMostPoints = 400;
constexpr std::int64_t kMostPeriods = 14;
constexpr std::int64_t kQuarters = 4;
constexpr double kQuarterSeconds = 720;
constexpr double kOvertimeSeconds = 300;
constexpr double kSecondsPerMinute = 60;

/// Beyond the length of the court, in tenths of a foot.
constexpr std::int64_t kFarthest = 1000;
constexpr double kTenthsPerFoot = 10;
constexpr double kDistanceSlackFeet = 1;

constexpr std::string_view kTwo = "2pt", kThree = "3pt", kHeave = "heave", kFreeThrow = "freethrow";

/// Seconds of "PT11M42.00S".
double read_clock(const JsonValue& action, std::int64_t period) {
    const std::string text = action.text("clock");
    if (!action.is_sound()) return 0;
    const std::string_view whole = text;
    const std::size_t minutes_end = whole.find('M');
    const double length = period <= kQuarters ? kQuarterSeconds : kOvertimeSeconds;
    if (whole.starts_with("PT") && whole.ends_with('S') && minutes_end != std::string_view::npos) {
        const std::string_view minutes = whole.substr(2, minutes_end - 2);
        const std::string_view rest = whole.substr(minutes_end + 1);
        const auto minute = is_digits(minutes) ? parse_integer(minutes) : std::nullopt;
        const auto second = parse_number(rest.substr(0, rest.size() - 1));
        if (minute && second && *second >= 0 && *second < kSecondsPerMinute) {
            const double left = static_cast<double>(*minute) * kSecondsPerMinute + *second;
            if (left <= length) return left;
        }
    }
    action.wrong(fmt::format("has '{}' for clock, to be as 'PT11M42.00S' within the period", text));
    return 0;
}

std::int32_t read_score(const JsonValue& action, std::string_view key) {
    const std::string text = action.text(key);
    if (!action.is_sound()) return 0;
    const auto score = is_digits(text) ? parse_integer(text) : std::nullopt;
    if (score && *score <= kMostPoints) return static_cast<std::int32_t>(*score);
    action.wrong(fmt::format("has '{}' for {}, to be a score", text, key));
    return 0;
}

bool read_made(const JsonValue& action) {
    const std::string result = action.text("shotResult");
    if (action.is_sound() && result != "Made" && result != "Missed")
        action.wrong(fmt::format("has '{}' for shotResult, to be Made or Missed", result));
    return result == "Made";
}

/// What a made shot of the type is worth; nothing for what is no shot.
std::optional<std::int32_t> worth_of(std::string_view action_type) {
    if (action_type == kTwo) return 2;
    if (action_type == kThree || action_type == kHeave) return 3;
    if (action_type == kFreeThrow) return 1;
    return std::nullopt;
}

ShotZone read_zone(const JsonValue& action, double x_feet, double y_feet, bool is_three_pointer) {
    if (!action.has("area")) return shot_zone_at(x_feet, y_feet, is_three_pointer);
    const std::string name = action.text("area");
    const auto zone = find_shot_zone(name);
    if (!zone && action.is_sound())
        action.wrong(fmt::format("has '{}' for area, which is none of the zones", name));
    return zone.value_or(ShotZone{});
}

void read_place(const JsonValue& action, StatedPlay& play) {
    const std::int64_t x = action.integer("xLegacy");
    const std::int64_t y = action.integer("yLegacy");
    const double distance = action.number("shotDistance");
    if (!action.is_sound()) return;
    if (x < -kFarthest || x > kFarthest || y < -kFarthest || y > kFarthest) {
        action.wrong(fmt::format("has {}, {} for a place", x, y));
        return;
    }
    const double x_feet = static_cast<double>(x) / kTenthsPerFoot;
    const double y_feet = static_cast<double>(y) / kTenthsPerFoot;
    const double by_place = std::hypot(x_feet, y_feet);
    if (std::abs(by_place - distance) > kDistanceSlackFeet) {
        action.wrong(fmt::format("has {} for shotDistance, and a place {:.1f} ft from the hoop",
                                 distance, by_place));
    }
    const ShotZone zone = read_zone(action, x_feet, y_feet, play.action_type != kTwo);
    play.zone = static_cast<std::int16_t>(zone);
    play.x_feet = x_feet;
    play.y_feet = y_feet;
    play.distance_feet = distance;
}

/// The columns of shots.
void read_shot(const JsonValue& action, StatedPlay& play) {
    const std::int64_t is_field_goal = action.integer("isFieldGoal");
    if (!action.is_sound()) return;
    if (is_field_goal != 0 && is_field_goal != 1)
        action.wrong(fmt::format("has {} for isFieldGoal, to be 0 or 1", is_field_goal));
    const bool is_of_the_field = play.action_type == kTwo || play.action_type == kThree;
    if (is_field_goal == 1 ? !is_of_the_field && play.action_type != kHeave : is_of_the_field) {
        action.wrong(
            fmt::format("has {} for isFieldGoal and is '{}'", is_field_goal, play.action_type));
        return;
    }
    if (worth_of(play.action_type)) play.shot_made = read_made(action);
    if (is_field_goal == 1) read_place(action, play);
}

StatedPlay read_action(const JsonValue& action, const std::string& game_id) {
    constexpr std::int64_t kMostActionNumber = 100'000;
    StatedPlay play;
    play.source_game_id = game_id;
    play.action = read_count(action.value("actionNumber"), kMostActionNumber);
    const std::int64_t period = action.integer("period");
    if (action.is_sound() && (period < 1 || period > kMostPeriods))
        action.wrong(fmt::format("has {} for period", period));
    play.period = static_cast<std::int16_t>(period);
    play.seconds_left = read_clock(action, period);
    play.action_type = action.text("actionType");
    play.sub_type = action.text("subType");
    play.description = action.text("description");
    play.home_points = read_score(action, "scoreHome");
    play.away_points = read_score(action, "scoreAway");
    const std::int64_t person = action.integer("personId");
    if (person != 0) play.source_player_id = std::to_string(person);
    // Whoever shoots is named; a coach with a technical foul may not be.
    const bool is_named = action.has("playerNameI");
    if (is_named || (person != 0 && worth_of(play.action_type)))
        play.player_name = action.text("playerNameI");
    read_shot(action, play);
    return play;
}

/// What the actions come to.
struct Course {
    std::set<std::int32_t> numbers;
    std::set<TeamId> teams;
    std::int32_t points_of_shots = 0;
    bool has_ended = false;
};

void follow(const StatedPlay& play, const JsonValue& action, Course& course) {
    if (!course.numbers.insert(play.action).second)
        action.wrong(fmt::format("has {} for actionNumber again", play.action));
    if (play.team_id) course.teams.insert(*play.team_id);
    if (course.teams.size() > 2) action.wrong("is of a third team");
    if (play.shot_made.value_or(false))
        course.points_of_shots += worth_of(play.action_type).value_or(0);
    course.has_ended |= play.action_type == "game" && play.sub_type == "end";
}

/// What is missing of a game that is over; empty where it is whole.
std::string what_is_missing(const Course& course, const std::vector<StatedPlay>& plays) {
    const StatedPlay& last = plays.back();
    if (plays.size() < kFewestActions)
        return fmt::format("a whole game of {} actions", plays.size());
    const std::int32_t points = last.home_points + last.away_points;
    if (course.points_of_shots < points)
        return fmt::format("shots of {} of {} points", course.points_of_shots, points);
    return {};
}

Reading left_out(const std::string& game_id, std::string_view why) {
    Reading reading;
    reading.outcome = {OutcomeKind::kEmptyLegal, std::string(why)};
    reading.notes.push_back(fmt::format("left out: {}, {}", game_id, why));
    return reading;
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root().object("game");
    const NbacGame game = read_nbac_game(root.value("gameId"));
    const std::vector<JsonValue> actions = root.array("actions");
    if (!shape.is_sound()) return malformed(shape);
    std::string difference = difference_from_asked(game, ask);
    if (!difference.empty()) return malformed(std::move(difference));
    if (game.season_type == SeasonType::kAllStar)
        return left_out(game.source_game_id, "of the All-Star weekend");
    if (actions.size() > kMostActions)
        return malformed(fmt::format("game.actions has {} actions, to be at most {}",
                                     actions.size(), kMostActions));

    Reading reading;
    std::vector<StatedPlay>& plays = reading.records.plays;
    Course course;
    for (const JsonValue& action : actions) {
        StatedPlay play = read_action(action, game.source_game_id);
        if (action.has("teamId") && action.integer("teamId") != 0) {
            const TeamId team_id{action.integer("teamId")};
            if (shape.is_sound() && game.season_type == SeasonType::kPreseason &&
                find_team(team_id) == nullptr)
                return left_out(game.source_game_id, "against a team that is not of the league");
            if (read_nbac_team(action.value("teamId")) != nullptr) play.team_id = team_id;
        } else if (play.shot_made && shape.is_sound()) {
            action.wrong("is a shot without a teamId");
        }
        if (!shape.is_sound()) return malformed(shape);
        follow(play, action, course);
        plays.push_back(std::move(play));
    }
    if (!shape.is_sound()) return malformed(shape);
    if (plays.empty()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no actions"};
        return reading;
    }
    if (ask.team && !course.teams.contains(*ask.team)) {
        return malformed(
            fmt::format("about a game without the team {} that was asked for", ask.team->value));
    }
    const std::int32_t points = plays.back().home_points + plays.back().away_points;
    if (course.points_of_shots > points) {
        return malformed(
            fmt::format("shots of {} points in a game of {}", course.points_of_shots, points));
    }
    if (!course.has_ended) {
        return not_yet(fmt::format("the game is not over: period {}, {:.0f} seconds left",
                                   plays.back().period, plays.back().seconds_left));
    }
    std::string missing = what_is_missing(course, plays);
    if (!missing.empty()) reading.outcome = {OutcomeKind::kPartial, std::move(missing)};
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_game(scope, [](const AskedGame& game) {
        return fmt::format("https://cdn.nba.com/static/json/liveData/playbyplay/playbyplay_{}.json",
                           game.source_game_id);
    });
}

}  // namespace

const Source kNbacPlayByPlay{
    .name = "nbac_play_by_play",
    .also_called = {},
    .what = "NBA.com: actions of a game, with places of shots",
    .read = &read,
    .asking = {.plan = &plan, .headers = HeaderProfile::kNbaSite, .forbidden_is_not_yet = true}};

}  // namespace tipoff::collect
