#pragma once
/// The `raw` and `ref` tables that only collecting fills: rosters, standings, reports of injuries,
/// who was inactive, plays, and the sources' own ids of games and players.
///
/// As in `raw_tables.h` every row knows its document and when it became known. A roster's row holds
/// from `known_at` until `closed_at`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::collect {

/// A player's time on a team's roster, as one source lists it.
struct RosterSpell {
    std::string source;
    Season season;
    TeamId team_id;
    std::string folded_name;
    std::int32_t revision =
        0;  ///< counts up when he comes back, or when what is said of him changes
    std::string player_name;
    std::optional<PlayerId> player_id;
    std::string source_player_id;
    std::string jersey_number;
    std::string position;
    std::optional<std::int32_t> height_inches;
    std::optional<std::int32_t> weight_pounds;
    std::optional<GameDate> birth_date;
    std::string country;
    std::optional<std::int32_t> experience_years;
    std::string college;
    std::string status;
    KnownAt known_at{};
    std::string known_at_basis;
    std::optional<Instant> closed_at;  ///< the answer that no longer listed him
    std::string document_hash;
};

struct ActivePlayer {
    std::string source;
    Season season;
    std::string source_player_id;
    std::int32_t revision = 0;
    std::string player_name;
    std::optional<PlayerId> player_id;
    std::optional<TeamId> team_id;
    std::string jersey_number;
    std::string position;
    bool on_roster = true;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct Standing {
    std::string source;  ///< "bdl_standings", or "results" where they were derived
    Season season;
    TeamId team_id;
    std::int32_t revision = 0;
    std::int32_t wins = 0;
    std::int32_t losses = 0;
    std::string conference;
    std::int32_t conference_rank = 0;
    std::string division;  ///< empty where they were derived
    std::optional<std::int32_t> division_rank;
    std::string conference_record;
    std::string division_record;
    std::string home_record;
    std::string road_record;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct InjuryReport {
    std::string source;
    Instant reported_at{};
    TeamId team_id;
    std::string folded_name;
    GameDate game_date{};  ///< of the game that it speaks of; of the report where it names none
    std::optional<GameId> game_id;
    std::string player_name;
    std::optional<PlayerId> player_id;
    std::string status;
    std::string reason;
    std::string expected_return;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct InactivePlayer {
    std::string source;
    GameId game_id;
    TeamId team_id;
    std::string folded_name;
    std::int32_t revision = 0;
    GameDate game_date{};
    std::string player_name;
    std::optional<PlayerId> player_id;
    std::string status;  ///< "dnp", "inactive"
    std::string reason;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct Play {
    std::string source;
    GameId game_id;
    std::int32_t action = 0;
    std::int32_t revision = 0;
    GameDate game_date{};
    std::int16_t period = 0;
    double seconds_left = 0;
    std::optional<TeamId> team_id;
    std::optional<PlayerId> player_id;
    std::string action_type;
    std::string sub_type;
    std::string description;
    std::int32_t home_points = 0;
    std::int32_t away_points = 0;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

/// A game as a source with ids of its own calls it.
struct GameAlias {
    std::string source;
    std::string source_game_id;
    GameId game_id;
    GameDate game_date{};
};

/// A player as a source with ids of its own calls him.
struct PlayerSourceId {
    std::string source;
    std::string source_player_id;
    PlayerId player_id;
    std::string player_name;  ///< as the source writes it
    std::string basis;        ///< how he was found: "exact", "suffix", "alias", "league", "manual"
};

extern const store::Table<RosterSpell> kBrRoster;
extern const store::Table<RosterSpell> kEspnRoster;
extern const store::Table<ActivePlayer> kActivePlayer;
extern const store::Table<Standing> kStanding;
extern const store::Table<InjuryReport> kInjuryReport;
extern const store::Table<InactivePlayer> kInactivePlayer;
extern const store::Table<Play> kPlay;
extern const store::Table<GameAlias> kGameAlias;
extern const store::Table<PlayerSourceId> kPlayerSourceId;

[[nodiscard]] std::vector<const store::TableSpec*> collected_tables();

}  // namespace tipoff::collect
