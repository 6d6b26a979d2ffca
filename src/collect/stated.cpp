#include "collect/stated.h"

namespace tipoff::collect {

using store::Table;
using store::value;

const Table<StatedGame> kStatedGame{"stated",
                                    "game",
                                    "Games, and events of sportsbooks.",
                                    {
                                        value<&StatedGame::source_game_id>("source_game_id", ""),
                                        value<&StatedGame::game_date>("game_date", ""),
                                        value<&StatedGame::tip_off>("tip_off", ""),
                                        value<&StatedGame::status>("status", ""),
                                        value<&StatedGame::season_type>("season_type", ""),
                                        value<&StatedGame::home_team_id>("home_team_id", ""),
                                        value<&StatedGame::away_team_id>("away_team_id", ""),
                                        value<&StatedGame::home_points>("home_points", ""),
                                        value<&StatedGame::away_points>("away_points", ""),
                                        value<&StatedGame::arena>("arena", ""),
                                        value<&StatedGame::city>("city", ""),
                                    }};

const Table<StatedPlayerBox> kStatedPlayerBox{
    "stated",
    "player_box",
    "Lines of box scores.",
    {
        value<&StatedPlayerBox::source_game_id>("source_game_id", ""),
        value<&StatedPlayerBox::game_date>("game_date", ""),
        value<&StatedPlayerBox::team_id>("team_id", ""),
        value<&StatedPlayerBox::opponent_team_id>("opponent_team_id", ""),
        value<&StatedPlayerBox::is_home>("is_home", ""),
        value<&StatedPlayerBox::source_player_id>("source_player_id", ""),
        value<&StatedPlayerBox::player_name>("player_name", ""),
        value<&StatedPlayerBox::started>("started", ""),
        value<&StatedPlayerBox::seconds>("seconds", ""),
        value<&StatedPlayerBox::points>("points", ""),
        value<&StatedPlayerBox::field_goals_made>("field_goals_made", ""),
        value<&StatedPlayerBox::field_goals_attempted>("field_goals_attempted", ""),
        value<&StatedPlayerBox::three_pointers_made>("three_pointers_made", ""),
        value<&StatedPlayerBox::three_pointers_attempted>("three_pointers_attempted", ""),
        value<&StatedPlayerBox::free_throws_made>("free_throws_made", ""),
        value<&StatedPlayerBox::free_throws_attempted>("free_throws_attempted", ""),
        value<&StatedPlayerBox::offensive_rebounds>("offensive_rebounds", ""),
        value<&StatedPlayerBox::defensive_rebounds>("defensive_rebounds", ""),
        value<&StatedPlayerBox::rebounds>("rebounds", ""),
        value<&StatedPlayerBox::assists>("assists", ""),
        value<&StatedPlayerBox::steals>("steals", ""),
        value<&StatedPlayerBox::blocks>("blocks", ""),
        value<&StatedPlayerBox::turnovers>("turnovers", ""),
        value<&StatedPlayerBox::personal_fouls>("personal_fouls", ""),
        value<&StatedPlayerBox::plus_minus>("plus_minus", ""),
        value<&StatedPlayerBox::not_played_reason>("not_played_reason", ""),
    }};

const Table<StatedTeamBox> kStatedTeamBox{
    "stated",
    "team_box",
    "Totals of box scores.",
    {
        value<&StatedTeamBox::source_game_id>("source_game_id", ""),
        value<&StatedTeamBox::game_date>("game_date", ""),
        value<&StatedTeamBox::team_id>("team_id", ""),
        value<&StatedTeamBox::seconds>("seconds", ""),
        value<&StatedTeamBox::points>("points", ""),
        value<&StatedTeamBox::field_goals_made>("field_goals_made", ""),
        value<&StatedTeamBox::field_goals_attempted>("field_goals_attempted", ""),
        value<&StatedTeamBox::three_pointers_made>("three_pointers_made", ""),
        value<&StatedTeamBox::three_pointers_attempted>("three_pointers_attempted", ""),
        value<&StatedTeamBox::free_throws_made>("free_throws_made", ""),
        value<&StatedTeamBox::free_throws_attempted>("free_throws_attempted", ""),
        value<&StatedTeamBox::offensive_rebounds>("offensive_rebounds", ""),
        value<&StatedTeamBox::defensive_rebounds>("defensive_rebounds", ""),
        value<&StatedTeamBox::rebounds>("rebounds", ""),
        value<&StatedTeamBox::assists>("assists", ""),
        value<&StatedTeamBox::steals>("steals", ""),
        value<&StatedTeamBox::blocks>("blocks", ""),
        value<&StatedTeamBox::turnovers>("turnovers", ""),
        value<&StatedTeamBox::personal_fouls>("personal_fouls", ""),
    }};

const Table<StatedPlay> kStatedPlay{
    "stated",
    "play",
    "Actions of a play-by-play.",
    {
        value<&StatedPlay::source_game_id>("source_game_id", ""),
        value<&StatedPlay::action>("action", ""),
        value<&StatedPlay::period>("period", ""),
        value<&StatedPlay::seconds_left>("seconds_left", ""),
        value<&StatedPlay::team_id>("team_id", ""),
        value<&StatedPlay::source_player_id>("source_player_id", ""),
        value<&StatedPlay::player_name>("player_name", ""),
        value<&StatedPlay::action_type>("action_type", ""),
        value<&StatedPlay::sub_type>("sub_type", ""),
        value<&StatedPlay::description>("description", ""),
        value<&StatedPlay::home_points>("home_points", ""),
        value<&StatedPlay::away_points>("away_points", ""),
        value<&StatedPlay::shot_made>("shot_made", ""),
        value<&StatedPlay::zone>("zone", ""),
        value<&StatedPlay::x_feet>("x_feet", ""),
        value<&StatedPlay::y_feet>("y_feet", ""),
        value<&StatedPlay::distance_feet>("distance_feet", ""),
    }};

const Table<StatedRosterPlayer> kStatedRosterPlayer{
    "stated",
    "roster_player",
    "Players on rosters.",
    {
        value<&StatedRosterPlayer::season>("season", ""),
        value<&StatedRosterPlayer::team_id>("team_id", ""),
        value<&StatedRosterPlayer::source_player_id>("source_player_id", ""),
        value<&StatedRosterPlayer::player_name>("player_name", ""),
        value<&StatedRosterPlayer::jersey_number>("jersey_number", ""),
        value<&StatedRosterPlayer::position>("position", ""),
        value<&StatedRosterPlayer::height_inches>("height_inches", ""),
        value<&StatedRosterPlayer::weight_pounds>("weight_pounds", ""),
        value<&StatedRosterPlayer::birth_date>("birth_date", ""),
        value<&StatedRosterPlayer::country>("country", ""),
        value<&StatedRosterPlayer::experience_years>("experience_years", ""),
        value<&StatedRosterPlayer::college>("college", ""),
        value<&StatedRosterPlayer::status>("status", ""),
    }};

const Table<StatedPlayer> kStatedPlayer{
    "stated",
    "player",
    "Players of the league.",
    {
        value<&StatedPlayer::source_player_id>("source_player_id", ""),
        value<&StatedPlayer::player_name>("player_name", ""),
        value<&StatedPlayer::team_id>("team_id", ""),
        value<&StatedPlayer::jersey_number>("jersey_number", ""),
        value<&StatedPlayer::position>("position", ""),
        value<&StatedPlayer::from_season>("from_season", ""),
        value<&StatedPlayer::to_season>("to_season", ""),
        value<&StatedPlayer::on_roster>("on_roster", ""),
    }};

const Table<StatedStanding> kStatedStanding{
    "stated",
    "standing",
    "Teams in the standings.",
    {
        value<&StatedStanding::season>("season", ""),
        value<&StatedStanding::team_id>("team_id", ""),
        value<&StatedStanding::wins>("wins", ""),
        value<&StatedStanding::losses>("losses", ""),
        value<&StatedStanding::conference>("conference", ""),
        value<&StatedStanding::conference_rank>("conference_rank", ""),
        value<&StatedStanding::division>("division", ""),
        value<&StatedStanding::division_rank>("division_rank", ""),
        value<&StatedStanding::conference_record>("conference_record", ""),
        value<&StatedStanding::division_record>("division_record", ""),
        value<&StatedStanding::home_record>("home_record", ""),
        value<&StatedStanding::road_record>("road_record", ""),
    }};

const Table<StatedInjury> kStatedInjury{
    "stated",
    "injury",
    "What reports say of health.",
    {
        value<&StatedInjury::reported_at>("reported_at", ""),
        value<&StatedInjury::game_date>("game_date", ""),
        value<&StatedInjury::team_id>("team_id", ""),
        value<&StatedInjury::opponent_team_id>("opponent_team_id", ""),
        value<&StatedInjury::source_player_id>("source_player_id", ""),
        value<&StatedInjury::player_name>("player_name", ""),
        value<&StatedInjury::status>("status", ""),
        value<&StatedInjury::reason>("reason", ""),
        value<&StatedInjury::expected_return>("expected_return", ""),
    }};

const Table<StatedAvailability> kStatedAvailability{
    "stated",
    "availability",
    "Who played, dressed or was inactive.",
    {
        value<&StatedAvailability::source_game_id>("source_game_id", ""),
        value<&StatedAvailability::game_date>("game_date", ""),
        value<&StatedAvailability::team_id>("team_id", ""),
        value<&StatedAvailability::jersey_number>("jersey_number", ""),
        value<&StatedAvailability::player_name>("player_name", ""),
        value<&StatedAvailability::status>("status", ""),
        value<&StatedAvailability::reason>("reason", ""),
        value<&StatedAvailability::seconds>("seconds", ""),
    }};

const Table<StatedGameLine> kStatedGameLine{
    "stated",
    "game_line",
    "Quotations of games.",
    {
        value<&StatedGameLine::source_event_id>("source_event_id", ""),
        value<&StatedGameLine::starts_at>("starts_at", ""),
        value<&StatedGameLine::home_team_id>("home_team_id", ""),
        value<&StatedGameLine::away_team_id>("away_team_id", ""),
        value<&StatedGameLine::book>("book", ""),
        value<&StatedGameLine::market>("market", ""),
        value<&StatedGameLine::line_value>("line_value", ""),
        value<&StatedGameLine::home_or_over_price>("home_or_over_price", ""),
        value<&StatedGameLine::away_or_under_price>("away_or_under_price", ""),
        value<&StatedGameLine::quoted_at>("quoted_at", ""),
        value<&StatedGameLine::snapshot_at>("snapshot_at", ""),
    }};

const Table<StatedPropLine> kStatedPropLine{
    "stated",
    "prop_line",
    "Quotations of players.",
    {
        value<&StatedPropLine::source_event_id>("source_event_id", ""),
        value<&StatedPropLine::starts_at>("starts_at", ""),
        value<&StatedPropLine::home_team_id>("home_team_id", ""),
        value<&StatedPropLine::away_team_id>("away_team_id", ""),
        value<&StatedPropLine::book>("book", ""),
        value<&StatedPropLine::market>("market", ""),
        value<&StatedPropLine::source_player_id>("source_player_id", ""),
        value<&StatedPropLine::player_name>("player_name", ""),
        value<&StatedPropLine::team_id>("team_id", ""),
        value<&StatedPropLine::line_value>("line_value", ""),
        value<&StatedPropLine::over_price>("over_price", ""),
        value<&StatedPropLine::under_price>("under_price", ""),
        value<&StatedPropLine::quoted_at>("quoted_at", ""),
        value<&StatedPropLine::snapshot_at>("snapshot_at", ""),
        value<&StatedPropLine::is_main>("is_main", ""),
    }};

std::size_t records_in(const StatedRecords& records) {
    std::size_t count = 0;
    for_each_kind(records, [&](const auto&, const auto& rows) { count += rows.size(); });
    return count;
}

}  // namespace tipoff::collect
