#include "conform/analytics_tables.h"

namespace tipoff::conform {

using store::bookkeeping;
using store::key;
using store::value;

const store::Table<TeamContext> kTeamContext{
    "analytics",
    "upcoming_team_game_context",
    "A team before one of its games: everything known at as_of that is not a forecast.",
    {
        key<&TeamContext::game_id>("game_id", "The game."),
        key<&TeamContext::team_id>("team_id", "The team."),
        value<&TeamContext::game_date>("game_date", "The league's day, Eastern."),
        value<&TeamContext::season>("season", "As the game id states it."),
        value<&TeamContext::season_type>("season_type", "As the game id states it."),
        value<&TeamContext::as_of>("as_of", "Only what was known before this instant is used."),
        value<&TeamContext::opponent_team_id>("opponent_team_id", "The other team."),
        value<&TeamContext::is_home>("is_home", "Whether the team is the home team."),
        value<&TeamContext::games_played_season>(
            "games_played_season",
            "The team's games of the season before this date, results known or not; postponed ones "
            "left out."),
        value<&TeamContext::days_rest>(
            "days_rest",
            "Days since the team's last game less one: 0 on the second night of a back-to-back; "
            "NULL before the season's first."),
        value<&TeamContext::is_back_to_back>("is_back_to_back", "Whether days_rest is 0."),
        value<&TeamContext::games_last_4_days>("games_last_4_days",
                                               "Games in the four days before this date."),
        value<&TeamContext::games_last_6_days>("games_last_6_days",
                                               "Games in the six days before this date."),
        value<&TeamContext::games_last_7_days>("games_last_7_days",
                                               "Games in the seven days before this date."),
        value<&TeamContext::games_last_14_days>("games_last_14_days",
                                                "Games in the fourteen days before this date."),
        value<&TeamContext::opponent_days_rest>("opponent_days_rest",
                                                "days_rest of the other team."),
        value<&TeamContext::travel_miles>(
            "travel_miles",
            "Great circle in statute miles from the arena of the team's last game of this season; "
            "NULL before the season's first or where a place is unknown."),
        value<&TeamContext::time_zone_change>(
            "time_zone_change",
            "Hours that the clock stands ahead (+, east) of the last game's place, at tip-off."),
        value<&TeamContext::game_total>(
            "game_total", "Points of both teams: median over books of each book's main line."),
        value<&TeamContext::home_spread>(
            "home_spread",
            "The home side's handicap (-7: home favoured by 7): median over books of each book's "
            "main line."),
        value<&TeamContext::implied_team_total>(
            "implied_team_total",
            "(game_total - own handicap) / 2, in points; NULL without both lines."),
        value<&TeamContext::players_out>(
            "players_out", "Players of the team who last appeared for it and are known to be out."),
        value<&TeamContext::undated_lines>(
            "undated_lines", "Main lines without a clock among those behind total and spread."),
        bookkeeping<&TeamContext::run_id>("run_id", "The run that wrote the row last."),
    }};

const store::Table<PlayerContext> kPlayerContext{
    "analytics",
    "upcoming_player_game_context",
    "A player expected for a game: the grid on which coverage is counted.",
    {
        key<&PlayerContext::game_id>("game_id", "The game."),
        key<&PlayerContext::player_id>("player_id", "The player."),
        value<&PlayerContext::game_date>("game_date", "The league's day, Eastern."),
        value<&PlayerContext::season>("season", "As the game id states it."),
        value<&PlayerContext::season_type>("season_type", "As the game id states it."),
        value<&PlayerContext::as_of>("as_of", "Only what was known before this instant is used."),
        value<&PlayerContext::team_id>("team_id", "The team that the player last appeared for."),
        value<&PlayerContext::opponent_team_id>("opponent_team_id", "The other team."),
        value<&PlayerContext::is_home>("is_home", "Whether the player's team is the home team."),
        value<&PlayerContext::player_name>("player_name", "As last spelt."),
        value<&PlayerContext::expected_by>(
            "expected_by",
            "\"last_appearance\": last appeared for this team, this season or last; \"prop_line\": "
            "expected only because a book offers a line."),
        value<&PlayerContext::position>("position",
                                        "\"G\", \"F\", \"C\", \"G-F\", ...; empty when unknown."),
        value<&PlayerContext::injury_status>(
            "injury_status",
            "\"out\" after a transaction that put the player on the injured list and until one "
            "that takes him off it or a later game in which he appeared; else \"available\"."),
        value<&PlayerContext::last_game_date>("last_game_date",
                                              "The player's last appearance, any season and team."),
        value<&PlayerContext::days_rest>(
            "days_rest",
            "Days since the player's last appearance of this season less one; NULL before it."),
        value<&PlayerContext::games_last_7_days>("games_last_7_days",
                                                 "Appearances in the seven days before this date."),
        value<&PlayerContext::games_last_14_days>(
            "games_last_14_days", "Appearances in the fourteen days before this date."),
        value<&PlayerContext::minutes_last_7_days>("minutes_last_7_days",
                                                   "Minutes in the seven days before this date."),
        value<&PlayerContext::points_line>(
            "points_line", "Points prop: median over books of each book's main line."),
        value<&PlayerContext::points_line_books>("points_line_books", "Books behind points_line."),
        value<&PlayerContext::undated_lines>("undated_lines", "Lines without a clock among those."),
        bookkeeping<&PlayerContext::run_id>("run_id", "The run that wrote the row last."),
    }};

}  // namespace tipoff::conform
