/// NBA.com's schedule: who plays whom, when and where, and the final score.

#include <array>

#include "collect/import/kind.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 14> kColumns{"gid", "etdate", "ettime", "an",   "ac",
                                                    "st",  "h.tid",  "v.tid",  "h.ta", "v.ta",
                                                    "h.s", "v.s",    "stt",    "seas"};
enum Column : std::size_t {
    kGameId,
    kDate,
    kTime,
    kArena,
    kCity,
    kStatus,
    kHomeId,
    kAwayId,
    kHomeTricode,
    kAwayTricode,
    kHomePoints,
    kAwayPoints,
    kStatusText,
    kSeason,
};
constexpr std::size_t kRequired = kStatusText;

constexpr std::int32_t kMostPoints = 250;

std::string_view read_status(RowFields& row) {
    const std::string_view text = row.text(kStatusText);
    if (text == "PPD" || text == "Postponed") return "postponed";
    switch (row.whole(kStatus, 1, 3)) {
        case 1: return "scheduled";
        case 2: return "in_progress";
        case 3: return "final";
        default: return "";
    }
}

/// A season's games lie between 1 September and the end of October a year later (2019-20 ended on
/// 11 October).
void check_date_in_season(RowFields& row, GameId game_id, GameDate date) {
    if (row.refused()) return;
    const std::chrono::year start{season_of(game_id).start_year()};
    const GameDate first{std::chrono::sys_days{start / std::chrono::September / 1}};
    const GameDate last{
        std::chrono::sys_days{(start + std::chrono::years{1}) / std::chrono::October / 31}};
    row.check(first <= date && date <= last, kDate, "not a day of the season of the game id");
}

/// "22-23".
void check_season(RowFields& row, GameId game_id) {
    if (row.refused() || row.raw(kSeason).empty()) return;
    row.check(row.raw(kSeason) == to_string(season_of(game_id)).substr(2), kSeason,
              "not the season of the game id");
}

void check_team(RowFields& row, std::size_t column, TeamId id) {
    if (row.refused()) return;
    const Team* team = find_team(row.raw(column));
    row.check(team != nullptr && team->team_id == id, column, "not the team of its id");
}

void read(RowFields& row, RowOutput output) {
    Staged<Schedule> staged{.row = {}, .game = {}, .line = output.line};
    Schedule& game = staged.row;
    game.game_id = row.game_id(kGameId);
    game.game_date = row.date(kDate);
    check_date_in_season(row, game.game_id, game.game_date);
    check_season(row, game.game_id);
    const auto time = parse_time_of_day(row.raw(kTime));
    row.check(time.has_value(), kTime, "not a time of day");
    game.status = read_status(row);
    game.home_team_id = row.team_id(kHomeId);
    game.away_team_id = row.team_id(kAwayId);
    check_team(row, kHomeTricode, game.home_team_id);
    check_team(row, kAwayTricode, game.away_team_id);
    row.check(game.home_team_id != game.away_team_id, kAwayId, "a team against itself");
    game.arena = row.text(kArena);
    game.city = row.text(kCity);
    if (game.status == "final") {
        game.home_points = row.whole(kHomePoints, 1, kMostPoints);
        game.away_points = row.whole(kAwayPoints, 1, kMostPoints);
        row.check(game.home_points != game.away_points, kHomePoints, "a final score that is a tie");
    }
    if (row.refused()) return;
    game.tip_off = eastern_instant(game.game_date, *time);
    output.file.records.schedule.push_back(std::move(staged));
}

}  // namespace

const Kind kScheduleKind{
    .name = "schedule", .columns = kColumns, .required = kRequired, .absent = {}, .read = read};

}  // namespace tipoff::collect
