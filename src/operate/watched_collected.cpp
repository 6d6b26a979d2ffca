#include "operate/watched_collected.h"

#include "collect/collected_tables.h"
#include "collect/raw_tables.h"

namespace tipoff::operate {
namespace {

/// The schedule itself is held against everything else that names games.
constexpr std::string_view kNamedGames =
    "SELECT CAST(count(DISTINCT game_id) AS BIGINT) FROM ("
    "SELECT game_id FROM raw.schedule WHERE game_date = $1 "
    "UNION ALL SELECT game_id FROM raw.player_box WHERE game_date = $1 "
    "UNION ALL SELECT game_id FROM raw.prop_line WHERE game_date = $1 "
    "UNION ALL SELECT game_id FROM raw.game_line WHERE game_date = $1 "
    "UNION ALL SELECT game_id FROM ref.game_alias WHERE game_date = $1) stated";

/// A roster has 13 players at least.
constexpr std::string_view kBrRosters =
    "SELECT team_id FROM raw.br_roster WHERE season = $1 AND known_at < $2 AND (closed_at IS NULL "
    "OR closed_at >= $2) GROUP BY team_id HAVING count(DISTINCT folded_name) >= 13";
constexpr std::string_view kEspnRosters =
    "SELECT team_id FROM raw.espn_roster WHERE season = $1 AND known_at < $2 AND (closed_at IS "
    "NULL OR closed_at >= $2) GROUP BY team_id HAVING count(DISTINCT folded_name) >= 13";
constexpr std::string_view kStandings =
    "SELECT DISTINCT team_id FROM raw.standings WHERE season = $1 AND known_at < $2";
/// By the newest statement of each player; one list is enough.
constexpr std::string_view kListedTeams = R"sql(
SELECT DISTINCT team_id FROM (
    SELECT source, team_id FROM (
        SELECT DISTINCT ON (source, source_player_id) source, team_id, on_roster
        FROM raw.active_player WHERE season = $1 AND known_at < $2
        ORDER BY source, source_player_id, revision DESC) newest
    WHERE on_roster AND team_id IS NOT NULL GROUP BY source, team_id HAVING count(*) >= 13) listed
)sql";

/// Lists that say nothing new have no new rows: when a source last gave one is known from its runs.
constexpr std::string_view kNewestOfBrRosters =
    "SELECT max(known_at) FROM raw.br_roster WHERE known_at < CAST($1 AS DATE) + 1";
constexpr std::string_view kNewestOfEspnRosters =
    "SELECT max(known_at) FROM raw.espn_roster WHERE known_at < CAST($1 AS DATE) + 1";
constexpr std::string_view kNewestStandings =
    "SELECT max(known_at) FROM raw.standings WHERE known_at < CAST($1 AS DATE) + 1";
constexpr std::string_view kNewestList =
    "SELECT max(known_at) FROM raw.active_player WHERE known_at < CAST($1 AS DATE) + 1";

/// Who lately appeared for a team that plays on the date is somebody, with a name.
constexpr std::string_view kPlayersSeenAndNamed = R"sql(
SELECT CAST(count(DISTINCT b.player_id) AS BIGINT), CAST(count(DISTINCT named.player_id) AS BIGINT)
FROM raw.player_box b
JOIN (SELECT home_team_id AS team_id FROM raw.schedule WHERE game_date = $1
      UNION SELECT away_team_id FROM raw.schedule WHERE game_date = $1) playing USING (team_id)
LEFT JOIN ref.player named ON named.player_id = b.player_id
WHERE b.game_date BETWEEN CAST($1 AS DATE) - 28 AND $1
)sql";

}  // namespace

std::vector<WatchedTable> watched_collected() {
    using std::chrono::hours;
    return {
        {.step = "collect",
         .table = &collect::kSchedule.spec(),
         .unit = "games",
         .counted = Counted::kGamesNamed,
         .due = DueAt::kMorning,
         .expected = kNamedGames,
         .newest = "known_at",
         .fresh_for = hours{36},
         .possible = {{"home_points", 30, 250}, {"away_points", 30, 250}},
         .results = {"home_points", "away_points"},
         .sources = {"nbac_schedule"}},
        {.step = "collect",
         .table = &collect::kBrRoster.spec(),
         .unit = "teams",
         .counted = Counted::kTeams,
         .due = DueAt::kMorning,
         .held = kBrRosters,
         .newest_sql = kNewestOfBrRosters,
         .fresh_for = hours{36},
         .sources = {"br_rosters"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kEspnRoster.spec(),
         .unit = "teams",
         .counted = Counted::kTeams,
         .due = DueAt::kMorning,
         .held = kEspnRosters,
         .newest_sql = kNewestOfEspnRosters,
         .fresh_for = hours{36},
         .sources = {"espn_rosters"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kActivePlayer.spec(),
         .unit = "teams",
         .counted = Counted::kTeams,
         .due = DueAt::kMorning,
         .held = kListedTeams,
         .newest_sql = kNewestList,
         .fresh_for = hours{36},
         .sources = {"nbac_player_list", "bdl_active_players"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kPlayer.spec(),
         .unit = "players",
         .counted = Counted::kRows,
         .due = DueAt::kMorning,
         .expected = kPlayersSeenAndNamed,
         .held = kPlayersSeenAndNamed,
         .fresh_for = hours{36},
         .sources = {"nbac_player_list", "bdl_active_players"}},
        {.step = "collect",
         .table = &collect::kStanding.spec(),
         .unit = "teams",
         .counted = Counted::kTeams,
         .due = DueAt::kMorning,
         .held = kStandings,
         .newest_sql = kNewestStandings,
         .fresh_for = hours{36},
         .sources = {"bdl_standings"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kInjuryReport.spec(),
         .unit = "reports",
         .counted = Counted::kOnceAGameDay,
         .due = DueAt::kBeforeGames,
         .newest = "known_at",
         .fresh_for = hours{12},
         .gathers_rows = true,
         .sources = {"nbac_injury_report", "bdl_injuries"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kGameLine.spec(),
         .unit = "games",
         .counted = Counted::kGames,
         .due = DueAt::kBeforeGames,
         .newest = "known_at",
         .fresh_for = hours{6},
         .looked_at = "market = 'total' AND NOT in_play",
         .possible = {{"line_value", 100, 350}},
         .gathers_rows = true,
         .sources = {"oddsapi_game_lines"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kPropLine.spec(),
         .unit = "games",
         .counted = Counted::kGames,
         .due = DueAt::kBeforeGames,
         .newest = "known_at",
         .fresh_for = hours{6},
         .looked_at = "market = 'points' AND NOT in_play",
         .possible = {{"line_value", 0, 80}},
         .gathers_rows = true,
         .sources = {"oddsapi_player_props", "bettingpros_player_props"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kPlayerBox.spec(),
         .unit = "teams",
         .counted = Counted::kTeamsOver,
         .due = DueAt::kAfterGames,
         .newest = "known_at",
         .fresh_for = hours{36},
         .least_rows_of_team = 5,
         .possible = {{"minutes", 0, 75}, {"points", 0, 100}, {"rebounds", 0, 60}},
         .sources = {"nbac_player_boxscore", "espn_boxscore", "bdl_box_scores", "nbac_gamebook"}},
        {.step = "collect",
         .table = &collect::kTeamBox.spec(),
         .unit = "teams",
         .counted = Counted::kTeamsOver,
         .due = DueAt::kAfterGames,
         .newest = "known_at",
         .fresh_for = hours{36},
         .possible = {{"points", 30, 250}, {"minutes", 230, 400}},
         .sources = {"nbac_team_boxscore", "espn_boxscore"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kInactivePlayer.spec(),
         .unit = "games",
         .counted = Counted::kGamesOver,
         .due = DueAt::kAfterGames,
         .newest = "known_at",
         .fresh_for = hours{36},
         .sources = {"nbac_gamebook"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kGameAlias.spec(),
         .unit = "games",
         .counted = Counted::kGamesOver,
         .due = DueAt::kAfterGames,
         .fresh_for = hours{36},
         .sources = {"espn_scoreboard", "bdl_games", "oddsapi_events", "bettingpros_events"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kShot.spec(),
         .unit = "games",
         .counted = Counted::kGamesOver,
         .due = DueAt::kAfterGames,
         .newest = "known_at",
         .fresh_for = hours{36},
         .possible = {{"zone", 0, 6}, {"distance_feet", 0, 94}, {"period", 1, 12}},
         .one_in = 8,
         .sampled_by = "event",
         .sources = {"nbac_play_by_play"},
         .is_optional = true},
        {.step = "collect",
         .table = &collect::kPlay.spec(),
         .unit = "games",
         .counted = Counted::kGamesOver,
         .due = DueAt::kAfterGames,
         .newest = "known_at",
         .fresh_for = hours{36},
         .possible = {{"period", 1, 12}, {"seconds_left", 0, 720}},
         .one_in = 8,
         .sampled_by = "action",
         .sources = {"nbac_play_by_play"},
         .is_optional = true},
    };
}

}  // namespace tipoff::operate
