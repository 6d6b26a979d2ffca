/// A game's box score of NBA.com:
///   GET stats.nba.com/stats/boxscoretraditionalv2?GameID=0022400561&StartPeriod=0&EndPeriod=10
///       &StartRange=0&EndRange=28800&RangeType=0
///
/// It has two tables that matter, of players and of teams; the third, of starters and bench, calls
/// its columns one thing and fills them with another. A player who did not play has a COMMENT and
/// nulls. Neither the date nor who is at home is said anywhere. In December 2025 it answered with
/// empty tables for games that had been played. Minutes are "49:25", and "49.000000:25" in some
/// seasons. Nor is it said whether the game is over: its minutes and points have to tell.

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/parse.h"
#include "collect/sources/box_score.h"
#include "collect/sources/nbac_reading.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

constexpr std::size_t kTeams = 2;

constexpr std::int64_t kSecondsPerMinute = 60;

/// Four quarters of five players, and one overtime.
constexpr std::int32_t kRegulationSeconds = 14'400;
constexpr std::int32_t kOvertimeSeconds = 1'500;

/// Less than five players have in a second of the game.
constexpr std::int32_t kSecondsSlack = 4;

/// Of a team, with six overtimes.
constexpr std::int64_t kMostMinutes = 390;

enum PlayerColumn : std::size_t {
    kPlayerGameId,
    kPlayerTeamId,
    kPlayerId,
    kPlayerName,
    kStartPosition,
    kComment,
    kPlayerMinutes,
    kPlusMinus,
    kPlayerColumns
};
constexpr auto kPlayer = with_nbac_counts(
    std::array<std::string_view, kPlayerColumns>{"GAME_ID", "TEAM_ID", "PLAYER_ID", "PLAYER_NAME",
                                                 "START_POSITION", "COMMENT", "MIN", "PLUS_MINUS"},
    "TO");

enum TeamColumn : std::size_t { kTeamGameId, kTeamId, kTeamMinutes, kTeamColumns };
constexpr auto kTeam =
    with_nbac_counts(std::array<std::string_view, kTeamColumns>{"GAME_ID", "TEAM_ID", "MIN"}, "TO");

/// Seconds of "49:25" or "49.000000:25".
std::int32_t read_minutes(const JsonValue& cell) {
    const std::string text = cell.as_text();
    if (!cell.is_sound()) return 0;
    std::string clock = text;
    constexpr std::string_view kNoFraction = ".000000:";
    if (const auto at = clock.find(kNoFraction); at != std::string::npos)
        clock.replace(at, kNoFraction.size(), ":");
    const auto seconds = clock.contains(':') ? seconds_of_minutes(clock) : std::nullopt;
    if (seconds && *seconds < (kMostMinutes + 1) * kSecondsPerMinute) return *seconds;
    cell.wrong(fmt::format("is '{}', to be minutes and seconds", text));
    return 0;
}

/// The document's game and its teams.
struct Game {
    NbacGame id;
    std::vector<StatedTeamBox> teams;

    [[nodiscard]] const StatedTeamBox* opponent_of(TeamId team) const {
        if (teams[0].team_id == team) return &teams[1];
        if (teams[1].team_id == team) return &teams[0];
        return nullptr;
    }
};

void read_team(const ResultSet& rows, std::size_t row, Game& game) {
    const JsonValue id_cell = rows.cell(row, kTeamGameId);
    NbacGame id = read_nbac_game(id_cell);
    if (row > 0 && id_cell.is_sound() && id.source_game_id != game.id.source_game_id)
        id_cell.wrong(fmt::format("is {}, another game", id.source_game_id));
    game.id = std::move(id);
    const Team* team = read_nbac_team(rows.cell(row, kTeamId));
    if (team == nullptr) return;
    const std::int32_t seconds = read_minutes(rows.cell(row, kTeamMinutes));
    StatedTeamBox box = read_nbac_counts(rows, row, kTeamColumns);
    box.source_game_id = game.id.source_game_id;
    box.team_id = team->team_id;
    box.seconds = seconds;
    if (!game.teams.empty() && game.teams.front().team_id == box.team_id)
        rows.row(row).wrong("is a team's second row");
    game.teams.push_back(std::move(box));
}

/// A player who did not play has no count at all.
void check_that_nothing_is_counted(const ResultSet& rows, std::size_t row) {
    for (std::size_t column = kPlusMinus; column < kPlayer.size(); ++column) {
        if (!rows.cell(row, column).is_null())
            rows.cell(row, column).wrong("is counted of a player without minutes");
    }
}

void read_player(const ResultSet& rows, std::size_t row, const Game& game,
                 std::vector<StatedPlayerBox>& boxes) {
    const JsonValue id_cell = rows.cell(row, kPlayerGameId);
    if (id_cell.as_text() != game.id.source_game_id)
        id_cell.wrong(fmt::format("is not {}, the game of its teams", game.id.source_game_id));
    const JsonValue team_cell = rows.cell(row, kPlayerTeamId);
    const TeamId team_id{team_cell.as_integer()};
    if (!team_cell.is_sound()) return;
    const StatedTeamBox* opponent = game.opponent_of(team_id);
    if (opponent == nullptr) {
        team_cell.wrong(fmt::format("is {}, not a team of the game", team_id.value));
        return;
    }
    StatedPlayerBox box;
    box.source_game_id = game.id.source_game_id;
    box.team_id = team_id;
    box.opponent_team_id = opponent->team_id;
    box.source_player_id = std::to_string(rows.cell(row, kPlayerId).as_integer());
    box.player_name = rows.cell(row, kPlayerName).as_text();
    box.started = !rows.cell(row, kStartPosition).as_text().empty();
    const std::string comment = rows.cell(row, kComment).as_text();
    box.not_played_reason = trimmed(comment);
    const bool has_played = !rows.cell(row, kPlayerMinutes).is_null();
    if (has_played != box.not_played_reason.empty()) {
        rows.row(row).wrong(has_played ? "has minutes and a reason for having played none"
                                       : "has neither minutes nor a reason");
    }
    if (has_played) {
        box.seconds = read_minutes(rows.cell(row, kPlayerMinutes));
        box.plus_minus = read_plus_minus(rows.cell(row, kPlusMinus));
        set_counts(box, read_nbac_counts(rows, row, kPlayerColumns));
    } else {
        check_that_nothing_is_counted(rows, row);
    }
    boxes.push_back(std::move(box));
}

/// What of a team's totals its players do not make up; empty where they do. Rebounds and turnovers
/// of a team are not of any player and may be counted in.
std::string_view what_differs(const StatedTeamBox& team,
                              const std::vector<StatedPlayerBox>& boxes) {
    StatedTeamBox sum;
    for (const StatedPlayerBox& box : boxes) {
        if (box.team_id != team.team_id) continue;
        sum.points += box.points.value_or(0);
        sum.field_goals_made += box.field_goals_made.value_or(0);
        sum.field_goals_attempted += box.field_goals_attempted.value_or(0);
        sum.three_pointers_made += box.three_pointers_made.value_or(0);
        sum.three_pointers_attempted += box.three_pointers_attempted.value_or(0);
        sum.free_throws_made += box.free_throws_made.value_or(0);
        sum.free_throws_attempted += box.free_throws_attempted.value_or(0);
        sum.assists += box.assists.value_or(0);
    }
    if (sum.points != team.points) return "points";
    if (sum.field_goals_made != team.field_goals_made) return "field goals made";
    if (sum.field_goals_attempted != team.field_goals_attempted) return "field goals attempted";
    if (sum.three_pointers_made != team.three_pointers_made) return "threes made";
    if (sum.three_pointers_attempted != team.three_pointers_attempted) return "threes attempted";
    if (sum.free_throws_made != team.free_throws_made) return "free throws made";
    if (sum.free_throws_attempted != team.free_throws_attempted) return "free throws attempted";
    if (sum.assists != team.assists) return "assists";
    return {};
}

/// Whether they are the seconds of a team in a game of whole periods.
bool are_whole_periods(std::int32_t seconds) {
    const std::int32_t beyond = seconds - kRegulationSeconds + kSecondsSlack;
    return beyond >= 0 && beyond % kOvertimeSeconds <= 2 * kSecondsSlack;
}

/// By what the game is seen not to be over; empty where it is. Four quarters or some overtimes have
/// been played to the end, and one team is ahead: else there is another overtime.
std::string why_it_goes_on(const std::vector<StatedTeamBox>& teams) {
    for (const StatedTeamBox& team : teams) {
        const std::int32_t seconds = team.seconds.value_or(0);
        if (are_whole_periods(seconds)) continue;
        return fmt::format(
            "the game is not over: {} has {} minutes, to be 240 or 25 more each "
            "overtime",
            find_team(team.team_id)->tricode, seconds / kSecondsPerMinute);
    }
    if (teams.front().points == teams.back().points)
        return fmt::format("the game is not over: it stands {} all", teams.front().points);
    return {};
}

/// Why the game is no game of the league; empty where it is one.
std::string_view why_to_leave_out(const NbacGame& id, const ResultSet& teams) {
    if (id.season_type == SeasonType::kAllStar) return "of the All-Star weekend";
    if (id.season_type != SeasonType::kPreseason) return {};
    for (std::size_t row = 0; row < teams.rows(); ++row) {
        if (find_team(TeamId{teams.cell(row, kTeamId).as_integer()}) == nullptr)
            return "against a team that is not of the league";
    }
    return {};
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    Shape& shape = (*document)->shape();
    const ResultSet players((*document)->root(), "PlayerStats", kPlayer);
    const ResultSet teams((*document)->root(), "TeamStats", kTeam);
    if (!shape.is_sound()) return malformed(shape);
    if (teams.rows() == 0 && players.rows() == 0) {
        Reading reading;
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no players and no teams"};
        return reading;
    }
    if (teams.rows() != kTeams)
        return malformed(fmt::format("TeamStats has {} rows, to be two teams", teams.rows()));

    const NbacGame id = read_nbac_game(teams.cell(0, kTeamGameId));
    const std::string_view why_left_out = why_to_leave_out(id, teams);
    if (!shape.is_sound()) return malformed(shape);
    std::string difference = difference_from_asked(id, ask);
    if (!difference.empty()) return malformed(std::move(difference));
    if (!why_left_out.empty()) {
        Reading reading;
        reading.outcome = {OutcomeKind::kEmptyLegal, std::string(why_left_out)};
        reading.notes.push_back(fmt::format("left out: {}, {}", id.source_game_id, why_left_out));
        return reading;
    }
    Game game;
    for (std::size_t row = 0; row < teams.rows(); ++row)
        read_team(teams, row, game);
    if (!shape.is_sound()) return malformed(shape);
    if (ask.team && game.opponent_of(*ask.team) == nullptr) {
        return malformed(
            fmt::format("about a game without the team {} that was asked for", ask.team->value));
    }

    Reading reading;
    std::vector<StatedPlayerBox>& boxes = reading.records.player_boxes;
    std::set<std::string> seen;
    for (std::size_t row = 0; row < players.rows(); ++row) {
        read_player(players, row, game, boxes);
        if (!shape.is_sound()) return malformed(shape);
        if (!seen.insert(boxes.back().source_player_id).second)
            players.row(row).wrong("is a player's second row");
    }
    for (const StatedTeamBox& team : game.teams) {
        const std::string_view what = what_differs(team, boxes);
        if (!what.empty()) {
            shape.wrong("PlayerStats", fmt::format("do not make up the {} of {}", what,
                                                   find_team(team.team_id)->tricode));
        }
    }
    if (!shape.is_sound()) return malformed(shape);

    if (std::string why = why_it_goes_on(game.teams); !why.empty()) return not_yet(std::move(why));
    reading.records.team_boxes = std::move(game.teams);
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_game(scope, [](const AskedGame& game) {
        return url_with("https://stats.nba.com/stats/boxscoretraditionalv2",
                        {{"GameID", game.source_game_id},
                         {"StartPeriod", "0"},
                         {"EndPeriod", "10"},
                         {"StartRange", "0"},
                         {"EndRange", "28800"},
                         {"RangeType", "0"}});
    });
}

}  // namespace

const Source kNbacTeamBoxscore{.name = "nbac_team_boxscore",
                               .also_called = {},
                               .what = "NBA.com: box score of a game, players and teams",
                               .read = &read,
                               .asking = {.plan = &plan, .headers = HeaderProfile::kNbaStats},
                               .expectation = {.null_shares = kBoxScoreShares}};

}  // namespace tipoff::collect
