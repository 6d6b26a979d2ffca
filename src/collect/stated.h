#pragma once
/// What a document states, as it states it: ids and names are the source's own, teams are found
/// (`find_team`), nothing is matched to a player or a game yet. `std::nullopt` is "the source does
/// not say"; an empty text likewise.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::collect {

/// A game, or a sportsbook's event that is one.
struct StatedGame {
    std::string source_game_id;
    GameDate game_date{};  ///< Eastern
    std::optional<Instant> tip_off;
    std::string status;  ///< "scheduled", "in_progress", "final", "postponed"
    std::optional<SeasonType> season_type;
    TeamId home_team_id;
    TeamId away_team_id;
    std::optional<std::int32_t> home_points;  ///< of a game that has begun
    std::optional<std::int32_t> away_points;
    std::string arena;
    std::string city;
};

/// A player's line in a box score; one who did not play has a reason and no counts.
struct StatedPlayerBox {
    std::string source_game_id;  ///< empty where the source has none
    std::optional<GameDate> game_date;
    TeamId team_id;
    TeamId opponent_team_id;
    std::optional<bool> is_home;
    std::string source_player_id;
    std::string player_name;
    std::optional<bool> started;
    std::optional<std::int32_t> seconds;  ///< played; whole minutes where the source rounds
    std::optional<std::int32_t> points;
    std::optional<std::int32_t> field_goals_made;
    std::optional<std::int32_t> field_goals_attempted;
    std::optional<std::int32_t> three_pointers_made;
    std::optional<std::int32_t> three_pointers_attempted;
    std::optional<std::int32_t> free_throws_made;
    std::optional<std::int32_t> free_throws_attempted;
    std::optional<std::int32_t> offensive_rebounds;
    std::optional<std::int32_t> defensive_rebounds;
    std::optional<std::int32_t> rebounds;
    std::optional<std::int32_t> assists;
    std::optional<std::int32_t> steals;
    std::optional<std::int32_t> blocks;
    std::optional<std::int32_t> turnovers;
    std::optional<std::int32_t> personal_fouls;
    std::optional<std::int32_t> plus_minus;
    std::string not_played_reason;  ///< "DNP - Coach's Decision"
};

struct StatedTeamBox {
    std::string source_game_id;
    std::optional<GameDate> game_date;
    TeamId team_id;
    std::optional<std::int32_t> seconds;  ///< of all players together
    std::int32_t points = 0;
    std::int32_t field_goals_made = 0;
    std::int32_t field_goals_attempted = 0;
    std::int32_t three_pointers_made = 0;
    std::int32_t three_pointers_attempted = 0;
    std::int32_t free_throws_made = 0;
    std::int32_t free_throws_attempted = 0;
    std::int32_t offensive_rebounds = 0;
    std::int32_t defensive_rebounds = 0;
    std::int32_t rebounds = 0;
    std::int32_t assists = 0;
    std::int32_t steals = 0;
    std::int32_t blocks = 0;
    std::int32_t turnovers = 0;
    std::int32_t personal_fouls = 0;
};

/// An action of a play-by-play. Those on a shot have the columns of shots.
struct StatedPlay {
    std::string source_game_id;
    std::int32_t action = 0;  ///< the source's number
    std::int16_t period = 0;
    double seconds_left = 0;  ///< in the period
    std::optional<TeamId> team_id;
    std::string source_player_id;
    std::string player_name;
    std::string action_type;  ///< "2pt", "rebound", "substitution", ...
    std::string sub_type;
    std::string description;
    std::int32_t home_points = 0;
    std::int32_t away_points = 0;
    std::optional<bool> shot_made;     ///< of field goals and free throws
    std::optional<std::int16_t> zone;  ///< `ShotZone`
    std::optional<double> x_feet;      ///< from the middle of the hoop, along the baseline
    std::optional<double> y_feet;      ///< from the hoop towards the other one
    std::optional<double> distance_feet;
};

/// A player on a team's roster.
struct StatedRosterPlayer {
    std::optional<Season> season;
    TeamId team_id;
    std::string source_player_id;
    std::string player_name;
    std::string jersey_number;  ///< text: "00" is not "0"
    std::string position;
    std::optional<std::int32_t> height_inches;
    std::optional<std::int32_t> weight_pounds;
    std::optional<GameDate> birth_date;
    std::string country;
    std::optional<std::int32_t> experience_years;  ///< 0 is a rookie
    std::string college;
    std::string status;
};

/// A player of the league, on a team or none.
struct StatedPlayer {
    std::string source_player_id;
    std::string player_name;
    std::optional<TeamId> team_id;
    std::string jersey_number;
    std::string position;
    std::optional<std::int32_t> from_season;  ///< the year in which his first season began
    std::optional<std::int32_t> to_season;
    bool on_roster = true;
};

struct StatedStanding {
    Season season;
    TeamId team_id;
    std::int32_t wins = 0;
    std::int32_t losses = 0;
    std::string conference;
    std::int32_t conference_rank = 0;
    std::string division;
    std::int32_t division_rank = 0;
    std::string conference_record;  ///< "41-11"
    std::string division_record;
    std::string home_record;
    std::string road_record;
};

/// What a report says of a player's health.
struct StatedInjury {
    std::optional<Instant> reported_at;
    std::optional<GameDate> game_date;
    std::optional<TeamId> team_id;
    std::optional<TeamId> opponent_team_id;
    std::string source_player_id;
    std::string player_name;
    std::string status;  ///< "out", "doubtful", "questionable", "probable", "available"
    std::string reason;
    std::string expected_return;  ///< as written
};

/// What a game book says of a player: dressed and played, dressed and did not, or inactive.
struct StatedAvailability {
    std::string source_game_id;
    GameDate game_date{};
    TeamId team_id;
    std::string jersey_number;
    std::string player_name;
    std::string status;  ///< "played", "dnp", "inactive"
    std::string reason;
    std::optional<std::int32_t> seconds;
};

/// A book's quotation of a game. Prices are American.
struct StatedGameLine {
    std::string source_event_id;
    Instant starts_at{};  ///< as the source says
    TeamId home_team_id;
    TeamId away_team_id;
    std::string book;
    std::string market;                ///< "spread" (home side's handicap), "total", "moneyline"
    std::optional<double> line_value;  ///< none for a moneyline
    std::optional<std::int32_t> home_or_over_price;
    std::optional<std::int32_t> away_or_under_price;
    Instant quoted_at{};                 ///< the book's last change
    std::optional<Instant> snapshot_at;  ///< of a historical answer: the instant that it speaks of
};

/// A book's quotation of a player. Prices are American.
struct StatedPropLine {
    std::string source_event_id;
    std::optional<Instant> starts_at;
    std::optional<TeamId> home_team_id;
    std::optional<TeamId> away_team_id;
    std::string book;
    std::string market;  ///< "points", "rebounds", "assists", "threes", "pra", ..., else as written
    std::string source_player_id;
    std::string player_name;
    std::optional<TeamId> team_id;
    double line_value = 0;
    std::optional<std::int32_t> over_price;
    std::optional<std::int32_t> under_price;
    Instant quoted_at{};
    std::optional<Instant> snapshot_at;
    bool is_main = true;
};

/// All that a document states.
struct StatedRecords {
    std::vector<StatedGame> games;
    std::vector<StatedPlayerBox> player_boxes;
    std::vector<StatedTeamBox> team_boxes;
    std::vector<StatedPlay> plays;
    std::vector<StatedRosterPlayer> roster;
    std::vector<StatedPlayer> players;
    std::vector<StatedStanding> standings;
    std::vector<StatedInjury> injuries;
    std::vector<StatedAvailability> availability;
    std::vector<StatedGameLine> game_lines;
    std::vector<StatedPropLine> prop_lines;
};

/// The columns of each kind of record, for whoever shows them. They are no tables of the database.
extern const store::Table<StatedGame> kStatedGame;
extern const store::Table<StatedPlayerBox> kStatedPlayerBox;
extern const store::Table<StatedTeamBox> kStatedTeamBox;
extern const store::Table<StatedPlay> kStatedPlay;
extern const store::Table<StatedRosterPlayer> kStatedRosterPlayer;
extern const store::Table<StatedPlayer> kStatedPlayer;
extern const store::Table<StatedStanding> kStatedStanding;
extern const store::Table<StatedInjury> kStatedInjury;
extern const store::Table<StatedAvailability> kStatedAvailability;
extern const store::Table<StatedGameLine> kStatedGameLine;
extern const store::Table<StatedPropLine> kStatedPropLine;

/// Calls `visit(table, rows)` with each kind of record, in one order.
template <class Visit>
void for_each_kind(const StatedRecords& records, Visit visit) {
    visit(kStatedGame, records.games);
    visit(kStatedPlayerBox, records.player_boxes);
    visit(kStatedTeamBox, records.team_boxes);
    visit(kStatedPlay, records.plays);
    visit(kStatedRosterPlayer, records.roster);
    visit(kStatedPlayer, records.players);
    visit(kStatedStanding, records.standings);
    visit(kStatedInjury, records.injuries);
    visit(kStatedAvailability, records.availability);
    visit(kStatedGameLine, records.game_lines);
    visit(kStatedPropLine, records.prop_lines);
}

[[nodiscard]] std::size_t records_in(const StatedRecords& records);

}  // namespace tipoff::collect
