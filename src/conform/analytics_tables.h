#pragma once
/// The `analytics` tables: facts of one key and one meaning, whatever the source.
///
/// `known_at` is when the row's newest input became known. Rates that have no denominator are NaN
/// (NULL in the table).
///
/// What is said of a finished game may change: a later statement of the same fact has the next
/// `revision` and a later `known_at`. The stored tables hold the newest statement.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::conform {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Game {
    GameId game_id;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    Instant tip_off{};
    std::string status;  ///< "scheduled", "final", "postponed"
    TeamId home_team_id;
    TeamId away_team_id;
    std::string arena;
    std::string city;
    std::optional<std::int32_t> home_points;
    std::optional<std::int32_t> away_points;
    std::optional<std::int32_t> overtime_periods;
    double possessions = kUnknown;  ///< a team's, mean of both
    double pace = kUnknown;         ///< possessions of a team in 48 minutes
    std::int32_t player_rows = 0;
    std::int32_t shot_rows = 0;
    std::string integrity;  ///< "ok", "no_result", or the checks that failed (`IntegrityCheck`),
                            ///< separated by commas
    KnownAt known_at{};     ///< of the newest input; of the pairing where there is no result
    std::string run_id;
};

struct PlayerGame {
    GameId game_id;
    PlayerId player_id;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    TeamId team_id;
    TeamId opponent_team_id;
    bool is_home = false;
    std::string player_name;
    std::int32_t minutes = 0;
    std::int32_t points = 0;
    std::optional<std::int32_t> field_goals_made, field_goals_attempted;
    std::optional<std::int32_t> three_pointers_made, three_pointers_attempted;
    std::optional<std::int32_t> free_throws_made, free_throws_attempted;
    std::optional<std::int32_t> offensive_rebounds, defensive_rebounds;
    std::int32_t rebounds = 0;
    std::int32_t assists = 0;
    std::int32_t steals = 0;
    std::int32_t blocks = 0;
    std::int32_t turnovers = 0;
    std::optional<std::int32_t> personal_fouls, plus_minus;
    std::optional<bool> started;
    double usage_rate = kUnknown;  ///< share of the team's possessions ended while on court, 0 to 1
    double true_shooting = kUnknown;
    double effective_field_goal = kUnknown;
    /// Attempts and makes by `collect::ShotZone`; no value where the game has no shots on record.
    std::optional<std::int32_t> restricted_area_attempts, restricted_area_makes;
    std::optional<std::int32_t> paint_attempts, paint_makes;
    std::optional<std::int32_t> mid_range_attempts, mid_range_makes;
    std::optional<std::int32_t> left_corner_3_attempts, left_corner_3_makes;
    std::optional<std::int32_t> right_corner_3_attempts, right_corner_3_makes;
    std::optional<std::int32_t> above_break_3_attempts, above_break_3_makes;
    std::optional<std::int32_t> backcourt_attempts, backcourt_makes;
    std::string primary_source;
    KnownAt known_at{};
    std::int32_t revision = 0;  ///< 0 for the first that was known of it, then 1, 2, ...
    std::string run_id;
};

/// A team's offense in a game; `TeamDefense` is the same numbers of the opponent, allowed.
struct TeamOffense {
    GameId game_id;
    TeamId team_id;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    TeamId opponent_team_id;
    bool is_home = false;
    std::int32_t minutes = 0;
    std::int32_t points = 0;
    std::optional<std::int32_t> field_goals_made, field_goals_attempted;
    std::optional<std::int32_t> three_pointers_made, three_pointers_attempted;
    std::optional<std::int32_t> free_throws_made, free_throws_attempted;
    std::optional<std::int32_t> offensive_rebounds, defensive_rebounds;
    std::optional<std::int32_t> rebounds, assists, steals, blocks, turnovers, personal_fouls;
    std::optional<std::int32_t> overtime_periods;
    double possessions = kUnknown;
    double pace = kUnknown;
    double offensive_rating = kUnknown;  ///< points in 100 possessions
    double true_shooting = kUnknown;
    double effective_field_goal = kUnknown;
    std::optional<std::int32_t> restricted_area_attempts, restricted_area_makes;
    std::optional<std::int32_t> paint_attempts, paint_makes;
    std::optional<std::int32_t> mid_range_attempts, mid_range_makes;
    std::optional<std::int32_t> left_corner_3_attempts, left_corner_3_makes;
    std::optional<std::int32_t> right_corner_3_attempts, right_corner_3_makes;
    std::optional<std::int32_t> above_break_3_attempts, above_break_3_makes;
    std::optional<std::int32_t> backcourt_attempts, backcourt_makes;
    std::string primary_source;  ///< "team_box", or "player_sum" where only players are on record
    KnownAt known_at{};
    std::int32_t revision = 0;
    std::string run_id;
};

/// What the opponent did against a team: the mirror of the opponent's `TeamOffense`.
struct TeamDefense {
    GameId game_id;
    TeamId team_id;  ///< the defending team
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    TeamId opponent_team_id;
    bool is_home = false;
    std::int32_t points_allowed = 0;
    std::optional<std::int32_t> field_goals_made_allowed, field_goals_attempted_allowed;
    std::optional<std::int32_t> three_pointers_made_allowed, three_pointers_attempted_allowed;
    std::optional<std::int32_t> free_throws_made_allowed, free_throws_attempted_allowed;
    std::optional<std::int32_t> steals, blocks, turnovers_forced;
    double possessions = kUnknown;
    double defensive_rating = kUnknown;  ///< points allowed in 100 possessions
    double effective_field_goal_allowed = kUnknown;
    std::optional<std::int32_t> restricted_area_attempts_allowed, restricted_area_makes_allowed;
    std::optional<std::int32_t> paint_attempts_allowed, paint_makes_allowed;
    std::optional<std::int32_t> mid_range_attempts_allowed, mid_range_makes_allowed;
    std::optional<std::int32_t> left_corner_3_attempts_allowed, left_corner_3_makes_allowed;
    std::optional<std::int32_t> right_corner_3_attempts_allowed, right_corner_3_makes_allowed;
    std::optional<std::int32_t> above_break_3_attempts_allowed, above_break_3_makes_allowed;
    std::optional<std::int32_t> backcourt_attempts_allowed, backcourt_makes_allowed;
    KnownAt known_at{};
    std::int32_t revision = 0;
    std::string run_id;
};

/// A team before one of its games: everything known at `as_of` that is not a forecast.
struct TeamContext {
    GameId game_id;
    TeamId team_id;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    AsOf as_of{};
    TeamId opponent_team_id;
    bool is_home = false;
    std::int32_t games_played_season = 0;  ///< of this team, results or not, before this date
    std::optional<std::int32_t>
        days_rest;  ///< days since the last game less one: 0 on the second night of a back-to-back;
                    ///< none before the season's first
    bool is_back_to_back = false;
    std::int32_t games_last_4_days = 0;  ///< in the days before this date
    std::int32_t games_last_6_days = 0;
    std::int32_t games_last_7_days = 0;
    std::int32_t games_last_14_days = 0;
    std::optional<std::int32_t> opponent_days_rest;
    double travel_miles = kUnknown;  ///< great circle from the arena of the last game, this season
    std::optional<std::int32_t>
        time_zone_change;           ///< hours east (+) or west (-) since the last game's arena
    double game_total = kUnknown;   ///< consensus of the lines known at as_of
    double home_spread = kUnknown;  ///< the home side's handicap: -7 = home favoured by 7
    double implied_team_total = kUnknown;  ///< (total - own handicap) / 2
    std::int32_t players_out = 0;          ///< expected players known to be out
    std::int32_t undated_lines = 0;        ///< lines without a clock among those used
    std::string run_id;
};

/// A player expected for a game: the grid on which coverage is counted.
struct PlayerContext {
    GameId game_id;
    PlayerId player_id;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    AsOf as_of{};
    TeamId team_id;
    TeamId opponent_team_id;
    bool is_home = false;
    std::string player_name;
    std::string expected_by;    ///< "last_appearance" or "prop_line"
    std::string position;       ///< "" when unknown
    std::string injury_status;  ///< "out" after a transaction not yet reversed, "available"
                                ///< otherwise, as known at as_of
    bool is_ruled_out = false;  ///< by a note: he does not play. Not stored; the status says "out"
    std::optional<GameDate> last_game_date;  ///< the player's own last appearance known at as_of
    std::optional<std::int32_t> days_rest;   ///< of the player, as for the team
    std::int32_t games_last_7_days = 0;      ///< the player's own appearances
    std::int32_t games_last_14_days = 0;
    std::int32_t minutes_last_7_days = 0;
    double points_line = kUnknown;  ///< consensus of main lines known at as_of
    std::int32_t points_line_books = 0;
    std::int32_t undated_lines = 0;
    std::string run_id;
};

extern const store::Table<Game> kGame;
extern const store::Table<PlayerGame> kPlayerGame;    ///< analytics.player_game_summary
extern const store::Table<TeamOffense> kTeamOffense;  ///< analytics.team_offense_game_summary
extern const store::Table<TeamDefense> kTeamDefense;  ///< analytics.team_defense_game_summary
extern const store::Table<TeamContext> kTeamContext;  ///< analytics.upcoming_team_game_context
extern const store::Table<PlayerContext>
    kPlayerContext;  ///< analytics.upcoming_player_game_context

/// Every table of this room, in the order of their names.
[[nodiscard]] std::vector<const store::TableSpec*> analytics_tables();

}  // namespace tipoff::conform
