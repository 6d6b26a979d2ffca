#include "collect/collected_tables.h"

namespace tipoff::collect {

namespace {

std::vector<store::Field<RosterSpell>> roster_fields() {
    return {
        store::shared_key<&RosterSpell::source>("source", "The source that states it."),
        store::shared_key<&RosterSpell::season>("season", "The season."),
        store::key<&RosterSpell::team_id>("team_id", "The team."),
        store::key<&RosterSpell::folded_name>("folded_name", "The name folded for comparison."),
        store::key<&RosterSpell::revision>(
            "revision", "Counts up when he comes back, or when what is said of him changes."),
        store::value<&RosterSpell::player_name>("player_name", "As written."),
        store::value<&RosterSpell::player_id>("player_id", "NULL while the name is unresolved."),
        store::value<&RosterSpell::source_player_id>(
            "source_player_id", "The source's own id; empty where it has none."),
        store::value<&RosterSpell::jersey_number>("jersey_number", "Text: \"00\" is not \"0\"."),
        store::value<&RosterSpell::position>("position", "As the source writes it."),
        store::value<&RosterSpell::height_inches>("height_inches", "Inches."),
        store::value<&RosterSpell::weight_pounds>("weight_pounds", "Pounds."),
        store::value<&RosterSpell::birth_date>("birth_date", "Day of birth."),
        store::value<&RosterSpell::country>("country", "As the source writes it."),
        store::value<&RosterSpell::experience_years>("experience_years",
                                                     "Seasons before this one; 0 is a rookie."),
        store::value<&RosterSpell::college>("college", "As written."),
        store::value<&RosterSpell::status>("status", "As the source calls it."),
        store::value<&RosterSpell::known_at>("known_at", "When the fact became known."),
        store::value<&RosterSpell::known_at_basis>("known_at_basis",
                                                   "\"assumed\" or \"observed\"."),
        store::value<&RosterSpell::closed_at>(
            "closed_at", "Answer that no longer listed him so; NULL while he is listed."),
        store::value<&RosterSpell::document_hash>("document_hash",
                                                  "Content hash of the document that states it."),
    };
}

}  // namespace

const store::Table<RosterSpell> kBrRoster{
    "raw", "br_roster",
    "Players on the season rosters of Basketball-Reference, and until when they stood there.",
    roster_fields()};

const store::Table<RosterSpell> kEspnRoster{
    "raw", "espn_roster", "Players on the rosters of ESPN, and until when they stood there.",
    roster_fields()};

const store::Table<ActivePlayer> kActivePlayer{
    "raw",
    "active_player",
    "Players of the league, on a team or none, as a list of players has them.",
    {
        store::shared_key<&ActivePlayer::source>("source", "The source that states it."),
        store::shared_key<&ActivePlayer::season>("season", "The season."),
        store::key<&ActivePlayer::source_player_id>("source_player_id", "The source's own id."),
        store::shared_key<&ActivePlayer::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&ActivePlayer::player_name>("player_name", "As written."),
        store::value<&ActivePlayer::player_id>("player_id", "NULL while the name is unresolved."),
        store::value<&ActivePlayer::team_id>("team_id", "NULL for a free agent."),
        store::value<&ActivePlayer::jersey_number>("jersey_number", "As written."),
        store::value<&ActivePlayer::position>("position", "As the source writes it."),
        store::value<&ActivePlayer::on_roster>("on_roster", "Whether he is on a roster."),
        store::value<&ActivePlayer::known_at>("known_at", "When the fact became known."),
        store::value<&ActivePlayer::known_at_basis>("known_at_basis",
                                                    "\"assumed\" or \"observed\"."),
        store::value<&ActivePlayer::document_hash>("document_hash",
                                                   "Content hash of the document that states it."),
    }};

const store::Table<Standing> kStanding{
    "raw",
    "standings",
    "Wins, losses and ranks of the teams.",
    {
        store::shared_key<&Standing::source>(
            "source", "\"bdl_standings\", or \"results\" where they were derived from games."),
        store::shared_key<&Standing::season>("season", "The season."),
        store::key<&Standing::team_id>("team_id", "The team."),
        store::key<&Standing::revision>("revision", "Each changed statement counts up."),
        store::value<&Standing::wins>("wins", "Games won."),
        store::value<&Standing::losses>("losses", "Games lost."),
        store::value<&Standing::conference>("conference", "East or West."),
        store::value<&Standing::conference_rank>("conference_rank", "1 is first."),
        store::value<&Standing::division>("division", "Empty where they were derived."),
        store::value<&Standing::division_rank>("division_rank",
                                               "1 is first; NULL where they were derived."),
        store::value<&Standing::conference_record>(
            "conference_record", "Won and lost against the conference, \"41-11\"."),
        store::value<&Standing::division_record>("division_record",
                                                 "The same against the division."),
        store::value<&Standing::home_record>("home_record", "The same at home."),
        store::value<&Standing::road_record>("road_record", "The same away."),
        store::value<&Standing::known_at>("known_at", "When the fact became known."),
        store::value<&Standing::known_at_basis>("known_at_basis", "\"assumed\" or \"observed\"."),
        store::value<&Standing::document_hash>("document_hash",
                                               "Content hash of the document that states it."),
    }};

const store::Table<InjuryReport> kInjuryReport{
    "raw",
    "injury_report",
    "What reports say of players' health before games.",
    {
        store::shared_key<&InjuryReport::source>("source", "The source that states it."),
        store::key<&InjuryReport::reported_at>("reported_at", "When the report was made."),
        store::key<&InjuryReport::team_id>("team_id", "The team."),
        store::key<&InjuryReport::folded_name>("folded_name", "The name folded for comparison."),
        store::key<&InjuryReport::game_date>(
            "game_date",
            "The day of the game that it speaks of; of the report where it names none."),
        store::value<&InjuryReport::game_id>("game_id", "The game, once it is found."),
        store::value<&InjuryReport::player_name>("player_name", "As written."),
        store::value<&InjuryReport::player_id>("player_id", "NULL while the name is unresolved."),
        store::value<&InjuryReport::status>(
            "status", "\"out\", \"doubtful\", \"questionable\", \"probable\", \"available\"."),
        store::value<&InjuryReport::reason>("reason", "As written."),
        store::value<&InjuryReport::expected_return>("expected_return", "As written."),
        store::value<&InjuryReport::known_at>("known_at", "When the fact became known."),
        store::value<&InjuryReport::known_at_basis>("known_at_basis",
                                                    "\"assumed\" or \"observed\"."),
        store::value<&InjuryReport::document_hash>("document_hash",
                                                   "Content hash of the document that states it."),
    }};

const store::Table<InactivePlayer> kInactivePlayer{
    "raw",
    "inactive_player",
    "Who was on a team and did not play, and why.",
    {
        store::shared_key<&InactivePlayer::source>("source", "The source that states it."),
        store::key<&InactivePlayer::game_id>("game_id", "The game."),
        store::key<&InactivePlayer::team_id>("team_id", "The team."),
        store::key<&InactivePlayer::folded_name>("folded_name", "The name folded for comparison."),
        store::shared_key<&InactivePlayer::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&InactivePlayer::game_date>("game_date", "The league's day."),
        store::value<&InactivePlayer::player_name>("player_name", "As written."),
        store::value<&InactivePlayer::player_id>("player_id", "NULL while the name is unresolved."),
        store::value<&InactivePlayer::status>(
            "status", "\"dnp\": was there and did not play; \"inactive\": was not on the list."),
        store::value<&InactivePlayer::reason>("reason", "As written."),
        store::value<&InactivePlayer::known_at>("known_at", "When the fact became known."),
        store::value<&InactivePlayer::known_at_basis>("known_at_basis",
                                                      "\"assumed\" or \"observed\"."),
        store::value<&InactivePlayer::document_hash>(
            "document_hash", "Content hash of the document that states it."),
    }};

const store::Table<Play> kPlay{
    "raw",
    "play_by_play",
    "What happened in games, action by action.",
    {
        store::shared_key<&Play::source>("source", "The source that states it."),
        store::key<&Play::game_id>("game_id", "The game."),
        store::key<&Play::action>("action", "The source's number of the action."),
        store::shared_key<&Play::revision>(
            "revision", "0 is the first statement of the source; each changed one counts up."),
        store::value<&Play::game_date>("game_date", "The league's day."),
        store::value<&Play::period>("period", "1 to 4, overtimes from 5."),
        store::value<&Play::seconds_left>("seconds_left", "Seconds left in the period."),
        store::value<&Play::team_id>("team_id", "The team that acted."),
        store::value<&Play::player_id>("player_id", "The player who acted."),
        store::value<&Play::action_type>("action_type",
                                         "\"2pt\", \"rebound\", \"substitution\", ..."),
        store::value<&Play::sub_type>("sub_type", "As the source calls it."),
        store::value<&Play::description>("description", "As written."),
        store::value<&Play::home_points>("home_points", "Score after the action."),
        store::value<&Play::away_points>("away_points", "Score after the action."),
        store::value<&Play::known_at>("known_at", "When the fact became known."),
        store::value<&Play::known_at_basis>("known_at_basis", "\"assumed\" or \"observed\"."),
        store::value<&Play::document_hash>("document_hash",
                                           "Content hash of the document that states it."),
    }};

const store::Table<GameAlias> kGameAlias{
    "ref",
    "game_alias",
    "Games as sources with ids of their own call them.",
    {
        store::shared_key<&GameAlias::source>("source", "The source."),
        store::key<&GameAlias::source_game_id>("source_game_id", "Its id of the game."),
        store::value<&GameAlias::game_id>("game_id", "The game."),
        store::value<&GameAlias::game_date>("game_date",
                                            "The league's day on which the source has it."),
    }};

const store::Table<PlayerSourceId> kPlayerSourceId{
    "ref",
    "player_source_id",
    "Players as sources with ids of their own call them.",
    {
        store::shared_key<&PlayerSourceId::source>("source", "The source."),
        store::key<&PlayerSourceId::source_player_id>("source_player_id", "Its id of the player."),
        store::value<&PlayerSourceId::player_id>("player_id", "The player."),
        store::value<&PlayerSourceId::player_name>("player_name", "As the source writes it."),
        store::value<&PlayerSourceId::basis>(
            "basis",
            "How he was found: \"exact\", \"suffix\", \"alias\", \"league\" or \"manual\"."),
    }};

std::vector<const store::TableSpec*> collected_tables() {
    return {&kActivePlayer.spec(),   &kBrRoster.spec(),     &kEspnRoster.spec(),
            &kInactivePlayer.spec(), &kInjuryReport.spec(), &kPlay.spec(),
            &kStanding.spec(),       &kGameAlias.spec(),    &kPlayerSourceId.spec()};
}

}  // namespace tipoff::collect
