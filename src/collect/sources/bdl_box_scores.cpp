/// Box scores of balldontlie: GET /v1/box_scores?date=2024-01-15.
///
/// Asked of a day that had games. All that is there comes in one answer, without `meta`. A game has
/// no id and no tip-off. Minutes are text: "28", "28:31"; of a player who did not play "00", "" or
/// null, and then his counts are 0 or null. Games that are not over have lines that still change:
/// they are left out, and asked for again.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/bdl.h"
#include "collect/sources/box_score.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

/// A team of fewer did not play a game.
constexpr int kFewestWhoPlay = 5;
/// The source has no reason, and says no more than this.
constexpr std::string_view kNotPlayed = "no minutes";

struct Field {
    std::string_view key;
    std::optional<std::int32_t> StatedPlayerBox::* value;
};

constexpr std::array kFields{
    Field{"pts", &StatedPlayerBox::points},
    Field{"fgm", &StatedPlayerBox::field_goals_made},
    Field{"fga", &StatedPlayerBox::field_goals_attempted},
    Field{"fg3m", &StatedPlayerBox::three_pointers_made},
    Field{"fg3a", &StatedPlayerBox::three_pointers_attempted},
    Field{"ftm", &StatedPlayerBox::free_throws_made},
    Field{"fta", &StatedPlayerBox::free_throws_attempted},
    Field{"oreb", &StatedPlayerBox::offensive_rebounds},
    Field{"dreb", &StatedPlayerBox::defensive_rebounds},
    Field{"reb", &StatedPlayerBox::rebounds},
    Field{"ast", &StatedPlayerBox::assists},
    Field{"stl", &StatedPlayerBox::steals},
    Field{"blk", &StatedPlayerBox::blocks},
    Field{"turnover", &StatedPlayerBox::turnovers},
    Field{"pf", &StatedPlayerBox::personal_fouls},
};

/// The lines of one team of a game.
struct TeamLines {
    std::vector<StatedPlayerBox> boxes;
    int played = 0;
    std::int64_t points = 0;
};

bool has_counts(const StatedPlayerBox& box) {
    return std::ranges::any_of(
        kFields, [&](const Field& field) { return (box.*field.value).value_or(0) != 0; });
}

void read_line(const JsonValue& row, std::int64_t periods, StatedPlayerBox& box) {
    const JsonValue player = row.object("player");
    box.source_player_id = bdl_id(player);
    box.player_name = bdl_player_name(player);
    const auto minutes = row.optional_text("min");
    for (const auto& [key, value] : kFields) {
        if (const auto count = row.optional_integer(key))
            box.*value = static_cast<std::int32_t>(*count);
    }
    if (!row.is_sound()) return;
    const auto seconds = minutes ? seconds_of_minutes(*minutes) : std::nullopt;
    const bool has_minutes = minutes && !minutes->empty();
    if (has_minutes && !seconds) return row.wrong(fmt::format("has min '{}'", *minutes));
    if (seconds.value_or(0) == 0 && !has_counts(box)) {
        for (const auto& [key, value] : kFields)
            (box.*value).reset();
        box.not_played_reason = kNotPlayed;
        return;
    }
    if (!has_minutes) return row.wrong("has counts and no min");
    box.seconds = seconds;
    if (*seconds > game_seconds(periods))
        row.wrong(fmt::format("has min '{}' in a game of {} periods", *minutes, periods));
    for (const auto& [key, value] : kFields) {
        if (!(box.*value)) return row.wrong(fmt::format("has min '{}', and no {}", *minutes, key));
    }
    if (const std::string problem = impossible_in(box); !problem.empty()) row.wrong(problem);
}

TeamLines read_team(const JsonValue& team, std::int64_t periods, const StatedPlayerBox& of_team) {
    TeamLines lines;
    std::set<std::string> seen;
    for (const JsonValue& row : team.array("players")) {
        StatedPlayerBox box = of_team;
        read_line(row, periods, box);
        if (!row.is_sound()) return lines;
        if (!seen.insert(box.source_player_id).second) row.wrong("is a player's second row");
        if (box.seconds) ++lines.played;
        lines.points += box.points.value_or(0);
        lines.boxes.push_back(std::move(box));
    }
    return lines;
}

void list(std::string& names, std::string_view name) {
    names += names.empty() ? "" : ", ";
    names += name;
}

/// What became of the games of a day.
struct Day {
    std::size_t games = 0;  ///< that had or will have lines
    std::set<TeamId> playing;
    std::string not_over;
    std::string without_lines;
};

/// Takes the lines of a game that is over into `records`.
void read_lines(const JsonValue& row, const StatedGame& game, std::string_view title, Day& day,
                StatedRecords& records) {
    const std::int64_t periods = row.integer("period");
    std::vector<StatedPlayerBox> boxes;
    bool is_whole = true;
    for (const bool is_home : {true, false}) {
        const JsonValue team = row.object(is_home ? "home_team" : "visitor_team");
        const std::string_view score_key = is_home ? "home_team_score" : "visitor_team_score";
        const std::int64_t score = row.integer(score_key);
        TeamLines lines =
            read_team(team, periods,
                      {.game_date = game.game_date,
                       .team_id = is_home ? game.home_team_id : game.away_team_id,
                       .opponent_team_id = is_home ? game.away_team_id : game.home_team_id,
                       .is_home = is_home});
        if (!row.is_sound()) return;
        if (lines.played < kFewestWhoPlay) {
            is_whole = false;
        } else if (lines.points != score) {
            row.wrong(fmt::format("has a {} of {}, and its players {} points", score_key, score,
                                  lines.points));
        }
        std::ranges::move(lines.boxes, std::back_inserter(boxes));
    }
    if (is_whole) {
        std::ranges::move(boxes, std::back_inserter(records.player_boxes));
    } else {
        list(day.without_lines, title);
    }
}

Outcome outcome_of(const Day& day, const StatedRecords& records) {
    if (day.games == 0) return {OutcomeKind::kEmptyUnexpected, "no box scores"};
    std::string missing;
    if (!day.not_over.empty()) missing = fmt::format("not over: {}", day.not_over);
    if (!day.without_lines.empty()) {
        missing += missing.empty() ? "" : "; ";
        missing += fmt::format("without players' lines: {}", day.without_lines);
    }
    if (missing.empty()) return {};
    if (!records.player_boxes.empty()) return {OutcomeKind::kPartial, std::move(missing)};
    return {day.without_lines.empty() ? OutcomeKind::kNotYet : OutcomeKind::kEmptyUnexpected,
            std::move(missing)};
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    Reading reading;
    Day day;
    for (const JsonValue& row : root.array("data")) {
        const JsonValue home = row.object("home_team");
        const JsonValue away = row.object("visitor_team");
        const Team* home_team = bdl_team(home);
        const Team* away_team = bdl_team(away);
        StatedGame game{.game_date = bdl_date(row), .status = bdl_status(row)};
        if (!shape.is_sound()) break;
        const std::string title =
            fmt::format("{} at {}", away.text("full_name"), home.text("full_name"));
        const bool is_played = game.status != "postponed" && game.status != "canceled";
        if (home_team == nullptr || away_team == nullptr || !is_played) {
            reading.notes.push_back(fmt::format(
                "left out: {}, {}", title, is_played ? "not both of the league" : game.status));
            continue;
        }
        game.home_team_id = home_team->team_id;
        game.away_team_id = away_team->team_id;
        if (const std::string problem = not_as_asked(game, ask); !problem.empty())
            row.wrong(problem);
        for (const Team* team : {home_team, away_team}) {
            if (!day.playing.insert(team->team_id).second)
                row.wrong(fmt::format("is {}'s second game of the day", team->tricode));
        }
        ++day.games;
        if (game.status != "final") {
            list(day.not_over, title);
            continue;
        }
        read_lines(row, game, title, day, reading.records);
        if (!shape.is_sound()) break;
    }
    if (!shape.is_sound()) return malformed(shape);
    if (day.games == 0 && !reading.notes.empty()) {
        reading.outcome = {OutcomeKind::kEmptyLegal, "no games that have box scores"};
        return reading;
    }
    reading.outcome = outcome_of(day, reading.records);
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_played_date(scope, [](GameDate date) {
        return url_with("https://api.balldontlie.io/v1/box_scores", {{"date", to_string(date)}});
    });
}

}  // namespace

const Source kBdlBoxScores{
    .name = "bdl_box_scores",
    .also_called = {},
    .what = "balldontlie: players' box scores of a day",
    .read = &read,
    .asking = {.plan = &plan, .key = kBdlKey},
    .expectation = {.has_games = DueGames::kPlayed, .null_shares = kBoxScoreShares}};

}  // namespace tipoff::collect
