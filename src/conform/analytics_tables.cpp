#include "conform/analytics_tables.h"

#include <utility>

#include "conform/zone_fields.h"

namespace tipoff::conform {
namespace {

using store::bookkeeping;
using store::key;
using store::value;

template <class Row>
using Fields = std::vector<store::Field<Row>>;

template <class Row, std::size_t... Zone>
Fields<Row> zone_columns(std::string_view suffix, std::string_view doc,
                         std::index_sequence<Zone...>) {
    Fields<Row> fields;
    const auto name = [&](std::size_t zone, std::string_view what) {
        return std::string(kZoneNames[zone]).append("_").append(what).append(suffix);
    };
    (
        [&] {
            fields.push_back(value<ZoneFields<Row>::kAttempts[Zone]>(
                name(Zone, "attempts"),
                std::string("Field-goal attempts in the zone").append(doc)));
            fields.push_back(value<ZoneFields<Row>::kMakes[Zone]>(
                name(Zone, "makes"), std::string("Field goals made in the zone").append(doc)));
        }(),
        ...);
    return fields;
}

/// The declared columns in three parts: before the zones, the zones, after them.
template <class Row>
Fields<Row> with_zones(Fields<Row> fields, std::string_view suffix, std::string_view doc,
                       Fields<Row> rest) {
    auto zones = zone_columns<Row>(suffix, doc, std::make_index_sequence<collect::kShotZones>{});
    fields.insert(fields.end(), zones.begin(), zones.end());
    fields.insert(fields.end(), rest.begin(), rest.end());
    return fields;
}

constexpr std::string_view kPlayerZoneDoc =
    ", from the shot chart; NULL where the game has no shots on record.";
constexpr std::string_view kTeamZoneDoc =
    ", the sum over the team's players; NULL where the game has no shots on record.";
constexpr std::string_view kAllowedZoneDoc =
    " by the opponent; NULL where the game has no shots on record.";

constexpr std::string_view kPossessionsDoc =
    "Possessions of a team, mean of both: FGA + 0.44 FTA + TOV - OREB (Dean Oliver, Basketball on "
    "Paper, 2004, chapter 2). NULL where attempts are not on record.";
constexpr std::string_view kPaceDoc =
    "Possessions of a team in 48 minutes: 48 * possessions / (48 + 5 * overtime_periods) "
    "(Basketball-Reference glossary, Pace, with the game's exact length).";
constexpr std::string_view kTrueShootingDoc =
    "Points / (2 * (FGA + 0.44 FTA)) (Basketball-Reference glossary, TS%); NULL without attempts.";
constexpr std::string_view kEffectiveFieldGoalDoc =
    "(FGM + 0.5 * 3PM) / FGA (NBA.com glossary, EFG%); NULL without attempts.";
constexpr std::string_view kRevisionDoc =
    "Which statement this is: 0 for the first that was known, then 1, 2, ...";
constexpr std::string_view kKnownAtDoc = "When the row's newest input became known.";
constexpr std::string_view kRunDoc = "The run that wrote the row last.";

}  // namespace

const store::Table<Game> kGame{
    "analytics",
    "game",
    "Every game of a regular season, play-in, playoffs or Cup final, played or not.",
    {
        key<&Game::game_id>("game_id", "The game."),
        value<&Game::game_date>("game_date", "The league's day, Eastern."),
        value<&Game::season>("season", "As the game id states it."),
        value<&Game::season_type>("season_type", "As the game id states it."),
        value<&Game::tip_off>("tip_off", "Scheduled start."),
        value<&Game::status>("status", "\"scheduled\", \"final\", \"postponed\"."),
        value<&Game::home_team_id>("home_team_id", "The home team."),
        value<&Game::away_team_id>("away_team_id", "The visiting team."),
        value<&Game::arena>("arena", "Where it is played."),
        value<&Game::city>("city", "The arena's city; a neutral site's own."),
        value<&Game::home_points>("home_points", "Final score; NULL without a result."),
        value<&Game::away_points>("away_points", "Final score; NULL without a result."),
        value<&Game::overtime_periods>(
            "overtime_periods",
            "(team minutes - 240) / 25, rounded; NULL where no minutes are on record."),
        value<&Game::possessions>("possessions", kPossessionsDoc),
        value<&Game::pace>("pace", kPaceDoc),
        value<&Game::player_rows>("player_rows", "Players on record for the game."),
        value<&Game::shot_rows>("shot_rows", "Shots on record for the game."),
        value<&Game::integrity>(
            "integrity", "\"ok\", \"no_result\", or the checks that failed, separated by commas."),
        value<&Game::known_at>(
            "known_at", "When the newest input became known; of the pairing without a result."),
        bookkeeping<&Game::run_id>("run_id", kRunDoc),
    }};

const store::Table<PlayerGame> kPlayerGame{
    "analytics", "player_game_summary",
    "A player's game: one row for each player who entered it, whatever the source.",
    with_zones<PlayerGame>(
        {
            key<&PlayerGame::game_id>("game_id", "The game."),
            key<&PlayerGame::player_id>("player_id", "The player."),
            value<&PlayerGame::game_date>("game_date", "The league's day, Eastern."),
            value<&PlayerGame::season>("season", "As the game id states it."),
            value<&PlayerGame::season_type>("season_type", "As the game id states it."),
            value<&PlayerGame::team_id>("team_id", "The player's team in this game."),
            value<&PlayerGame::opponent_team_id>("opponent_team_id", "The other team."),
            value<&PlayerGame::is_home>("is_home", "Whether the player's team is the home team."),
            value<&PlayerGame::player_name>("player_name", "As the box score spells it."),
            value<&PlayerGame::minutes>("minutes",
                                        "Whole minutes as the league rounds; 0 is some seconds."),
            value<&PlayerGame::points>("points", "Points."),
            value<&PlayerGame::field_goals_made>("field_goals_made", "Field goals made."),
            value<&PlayerGame::field_goals_attempted>("field_goals_attempted",
                                                      "Field goals attempted."),
            value<&PlayerGame::three_pointers_made>("three_pointers_made", "Three-pointers made."),
            value<&PlayerGame::three_pointers_attempted>("three_pointers_attempted",
                                                         "Three-pointers attempted."),
            value<&PlayerGame::free_throws_made>("free_throws_made", "Free throws made."),
            value<&PlayerGame::free_throws_attempted>("free_throws_attempted",
                                                      "Free throws attempted."),
            value<&PlayerGame::offensive_rebounds>("offensive_rebounds", "Offensive rebounds."),
            value<&PlayerGame::defensive_rebounds>("defensive_rebounds", "Defensive rebounds."),
            value<&PlayerGame::rebounds>("rebounds", "Rebounds."),
            value<&PlayerGame::assists>("assists", "Assists."),
            value<&PlayerGame::steals>("steals", "Steals."),
            value<&PlayerGame::blocks>("blocks", "Blocks."),
            value<&PlayerGame::turnovers>("turnovers", "Turnovers."),
            value<&PlayerGame::personal_fouls>("personal_fouls", "Personal fouls."),
            value<&PlayerGame::plus_minus>("plus_minus",
                                           "The team's points less the opponent's while on court."),
            value<&PlayerGame::started>("started", "NULL where the source has no starters."),
            value<&PlayerGame::usage_rate>(
                "usage_rate",
                "Share of the team's plays ended by the player while on court, 0 to 1: (FGA + 0.44 "
                "FTA + TOV) * (team minutes / 5) / (minutes * team (FGA + 0.44 FTA + TOV)), team "
                "minutes = 240 + 25 * overtime_periods (Basketball-Reference glossary, Usg%). NULL "
                "at 0 minutes."),
            value<&PlayerGame::true_shooting>("true_shooting", kTrueShootingDoc),
            value<&PlayerGame::effective_field_goal>("effective_field_goal",
                                                     kEffectiveFieldGoalDoc),
        },
        "", kPlayerZoneDoc,
        {
            value<&PlayerGame::primary_source>("primary_source",
                                               "The raw source that the box score was taken from."),
            value<&PlayerGame::known_at>("known_at", kKnownAtDoc),
            value<&PlayerGame::revision>("revision", kRevisionDoc),
            bookkeeping<&PlayerGame::run_id>("run_id", kRunDoc),
        })};

const store::Table<TeamOffense> kTeamOffense{
    "analytics", "team_offense_game_summary", "What a team did in a game.",
    with_zones<TeamOffense>(
        {
            key<&TeamOffense::game_id>("game_id", "The game."),
            key<&TeamOffense::team_id>("team_id", "The team."),
            value<&TeamOffense::game_date>("game_date", "The league's day, Eastern."),
            value<&TeamOffense::season>("season", "As the game id states it."),
            value<&TeamOffense::season_type>("season_type", "As the game id states it."),
            value<&TeamOffense::opponent_team_id>("opponent_team_id", "The other team."),
            value<&TeamOffense::is_home>("is_home", "Whether the team is the home team."),
            value<&TeamOffense::minutes>(
                "minutes", "Of all players together as stated: 240 and 25 an overtime, rounded."),
            value<&TeamOffense::points>("points", "Points."),
            value<&TeamOffense::field_goals_made>("field_goals_made", "Field goals made."),
            value<&TeamOffense::field_goals_attempted>("field_goals_attempted",
                                                       "Field goals attempted."),
            value<&TeamOffense::three_pointers_made>("three_pointers_made", "Three-pointers made."),
            value<&TeamOffense::three_pointers_attempted>("three_pointers_attempted",
                                                          "Three-pointers attempted."),
            value<&TeamOffense::free_throws_made>("free_throws_made", "Free throws made."),
            value<&TeamOffense::free_throws_attempted>("free_throws_attempted",
                                                       "Free throws attempted."),
            value<&TeamOffense::offensive_rebounds>("offensive_rebounds", "Offensive rebounds."),
            value<&TeamOffense::defensive_rebounds>("defensive_rebounds", "Defensive rebounds."),
            value<&TeamOffense::rebounds>("rebounds", "Rebounds of players."),
            value<&TeamOffense::assists>("assists", "Assists."),
            value<&TeamOffense::steals>("steals", "Steals."),
            value<&TeamOffense::blocks>("blocks", "Blocks."),
            value<&TeamOffense::turnovers>("turnovers",
                                           "Turnovers of players; a team's own are not counted."),
            value<&TeamOffense::personal_fouls>("personal_fouls", "Personal fouls."),
            value<&TeamOffense::overtime_periods>("overtime_periods",
                                                  "(team minutes - 240) / 25, rounded."),
            value<&TeamOffense::possessions>("possessions", kPossessionsDoc),
            value<&TeamOffense::pace>("pace", kPaceDoc),
            value<&TeamOffense::offensive_rating>(
                "offensive_rating", "Points in 100 possessions (NBA.com glossary, OffRtg)."),
            value<&TeamOffense::true_shooting>("true_shooting", kTrueShootingDoc),
            value<&TeamOffense::effective_field_goal>("effective_field_goal",
                                                      kEffectiveFieldGoalDoc),
        },
        "", kTeamZoneDoc,
        {
            value<&TeamOffense::primary_source>(
                "primary_source",
                "\"team_box\", or \"player_sum\" where only players are on record."),
            value<&TeamOffense::known_at>("known_at", kKnownAtDoc),
            value<&TeamOffense::revision>("revision", kRevisionDoc),
            bookkeeping<&TeamOffense::run_id>("run_id", kRunDoc),
        })};

const store::Table<TeamDefense> kTeamDefense{
    "analytics", "team_defense_game_summary",
    "What the opponent did against a team: the mirror of the opponent's offense.",
    with_zones<TeamDefense>(
        {
            key<&TeamDefense::game_id>("game_id", "The game."),
            key<&TeamDefense::team_id>("team_id", "The defending team."),
            value<&TeamDefense::game_date>("game_date", "The league's day, Eastern."),
            value<&TeamDefense::season>("season", "As the game id states it."),
            value<&TeamDefense::season_type>("season_type", "As the game id states it."),
            value<&TeamDefense::opponent_team_id>("opponent_team_id", "The other team."),
            value<&TeamDefense::is_home>("is_home", "Whether the defending team is the home team."),
            value<&TeamDefense::points_allowed>("points_allowed", "Points of the opponent."),
            value<&TeamDefense::field_goals_made_allowed>("field_goals_made_allowed",
                                                          "Field goals made by the opponent."),
            value<&TeamDefense::field_goals_attempted_allowed>(
                "field_goals_attempted_allowed", "Field goals attempted by the opponent."),
            value<&TeamDefense::three_pointers_made_allowed>(
                "three_pointers_made_allowed", "Three-pointers made by the opponent."),
            value<&TeamDefense::three_pointers_attempted_allowed>(
                "three_pointers_attempted_allowed", "Three-pointers attempted by the opponent."),
            value<&TeamDefense::free_throws_made_allowed>("free_throws_made_allowed",
                                                          "Free throws made by the opponent."),
            value<&TeamDefense::free_throws_attempted_allowed>(
                "free_throws_attempted_allowed", "Free throws attempted by the opponent."),
            value<&TeamDefense::steals>("steals", "The defending team's own."),
            value<&TeamDefense::blocks>("blocks", "The defending team's own."),
            value<&TeamDefense::turnovers_forced>("turnovers_forced",
                                                  "Turnovers of the opponent's players."),
            value<&TeamDefense::possessions>("possessions", kPossessionsDoc),
            value<&TeamDefense::defensive_rating>(
                "defensive_rating",
                "Points allowed in 100 possessions (NBA.com glossary, DefRtg)."),
            value<&TeamDefense::effective_field_goal_allowed>(
                "effective_field_goal_allowed", "Effective field goal share of the opponent."),
        },
        "_allowed", kAllowedZoneDoc,
        {
            value<&TeamDefense::known_at>("known_at", kKnownAtDoc),
            value<&TeamDefense::revision>("revision", kRevisionDoc),
            bookkeeping<&TeamDefense::run_id>("run_id", kRunDoc),
        })};

std::vector<const store::TableSpec*> analytics_tables() {
    return {&kGame.spec(),        &kPlayerGame.spec(),    &kTeamDefense.spec(),
            &kTeamOffense.spec(), &kPlayerContext.spec(), &kTeamContext.spec()};
}

}  // namespace tipoff::conform
