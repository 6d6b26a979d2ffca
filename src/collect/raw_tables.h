#pragma once
/// The `raw` and `ref` tables: facts as their source stated them, typed, one row a record.
///
/// Every row knows the document it was read from (`document_hash`), when the fact became known
/// (`known_at`) and how we know that
/// (`known_at_basis`). A changed statement of the same fact is a new `revision`, visible from its
/// own `known_at`; nothing is overwritten. `std::nullopt` is "the source does not say".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/teams.h"
#include "store/table.h"

namespace tipoff::collect {

/// How the instant in `known_at` came to be.
inline constexpr std::string_view kBasisAssumed = "assumed";
inline constexpr std::string_view kBasisAssumedClosing = "assumed_closing";
inline constexpr std::string_view kBasisObserved = "observed";

struct Document {
    std::string source;        ///< who gave it: "import", or the source that was asked
    std::string content_hash;  ///< BLAKE2b-256 of its bytes, hex
    std::string kind;  ///< what its columns say it is: "player_box", ...; "unknown" when none fits
    std::string file_name;  ///< the name it had, without its folder
    std::int64_t size_bytes = 0;
    std::string outcome;  ///< "kept", with what could not be resolved yet, or why it was dropped
    std::int64_t rows_read = 0;
    std::int64_t rows_kept = 0;
    std::int64_t rows_rejected = 0;
    std::int32_t reader_version = 0;  ///< a newer reader reads the document again
    Instant received_at{};
};

struct RejectedRow {
    std::string document_hash;
    std::int64_t line = 0;    ///< 1 is the header
    std::string column_name;  ///< empty when the reason is the whole row
    std::string reason;
    std::string value;  ///< the text that was refused, cut to 80 bytes
};

struct Schedule {
    std::string source;
    GameId game_id;
    std::int32_t revision = 0;
    GameDate game_date{};  ///< Eastern
    Instant tip_off{};
    std::string status;  ///< "scheduled", "in_progress", "final", "postponed"
    TeamId home_team_id;
    TeamId away_team_id;
    std::optional<std::int32_t> home_points;  ///< only when final
    std::optional<std::int32_t> away_points;
    std::string arena;
    std::string city;
    KnownAt known_at{};  ///< of the final score; the pairing itself counts as known all season
    std::string known_at_basis;
    std::string document_hash;
};

struct PlayerBox {
    std::string source;  ///< "player_box", "player_box_playoffs", "player_box_playoffs_compact"
    GameId game_id;
    PlayerId player_id;
    std::int32_t revision = 0;
    GameDate game_date{};
    TeamId team_id;
    std::string player_name;
    std::int32_t minutes = 0;  ///< whole, as the league rounds; 0 is "some seconds"
    std::int32_t points = 0;
    std::optional<std::int32_t> field_goals_made;
    std::optional<std::int32_t> field_goals_attempted;
    std::optional<std::int32_t> three_pointers_made;
    std::optional<std::int32_t> three_pointers_attempted;
    std::optional<std::int32_t> free_throws_made;
    std::optional<std::int32_t> free_throws_attempted;
    std::optional<std::int32_t> offensive_rebounds;
    std::optional<std::int32_t> defensive_rebounds;
    std::int32_t rebounds = 0;
    std::int32_t assists = 0;
    std::int32_t steals = 0;
    std::int32_t blocks = 0;
    std::int32_t turnovers = 0;
    std::optional<std::int32_t> personal_fouls;
    std::optional<std::int32_t> plus_minus;
    std::optional<bool> started;  ///< unknown where the source has no starters
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct TeamBox {
    std::string source;
    GameId game_id;
    TeamId team_id;
    std::int32_t revision = 0;
    GameDate game_date{};
    std::int32_t minutes = 0;  ///< of all players together: 240 and 25 an overtime, rounded
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
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

/// The seven zones of NBA.com's shot charts (`BASIC_ZONE`).
enum class ShotZone : std::uint8_t {
    kRestrictedArea,
    kPaint,  ///< in the paint, outside the restricted area
    kMidRange,
    kLeftCorner3,
    kRightCorner3,
    kAboveBreak3,
    kBackcourt,
};
inline constexpr std::size_t kShotZones = 7;

struct Shot {
    std::string source;  ///< "shots" (shotchartdetail), "shots_partial"
    GameId game_id;
    std::int32_t event =
        0;  ///< the upstream's id, else the ordinal in a stated order within the game
    std::int32_t revision = 0;
    GameDate game_date{};
    TeamId team_id;
    PlayerId player_id;
    std::int16_t period = 0;
    std::int16_t seconds_left = 0;  ///< in the period
    std::int16_t zone = 0;          ///< `ShotZone`
    bool made = false;
    bool three_pointer = false;
    double x_feet = 0;  ///< from the middle of the hoop, along the baseline
    double y_feet = 0;  ///< from the hoop towards the other one
    std::int16_t distance_feet = 0;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct GameLine {
    std::string source;
    GameId game_id;
    std::string
        market;  ///< "total", "spread" (home side's handicap: -7 = home favoured by 7), "moneyline"
    std::string book;
    double line_value = 0;  ///< 0 for a moneyline
    Instant snapshot{};     ///< when it stood; tip-off less a minute where the source has no clock
    GameDate game_date{};
    std::optional<std::int32_t> home_or_over_price;  ///< American
    std::optional<std::int32_t> away_or_under_price;
    bool in_play = false;  ///< taken during or after the game: for no feature and no grade
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct PropLine {
    std::string source;
    GameId game_id;
    PlayerId player_id;
    std::string market;  ///< "points", "rebounds", "assists", "threes", "pra", "pr", "pa", "ra",
                         ///< "steals", ...
    std::string book;
    double line_value = 0;
    Instant snapshot{};
    GameDate game_date{};
    std::optional<std::int32_t> over_price;  ///< American
    std::optional<std::int32_t> under_price;
    bool in_play = false;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct InjuryTransaction {
    std::string source;
    GameDate transaction_date{};
    TeamId team_id;
    std::int32_t ordinal = 0;  ///< in a stated order within the date and team
    std::string player_name;   ///< as written; "A / B" names are aliases
    std::optional<PlayerId> player_id;
    bool returned = false;  ///< acquired (came back), else relinquished (out)
    std::string notes;
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct Position {
    std::string source;
    Season season;
    PlayerId player_id;
    std::optional<TeamId> team_id;
    std::string position;  ///< "G", "F", "C", "G-F", ...
    KnownAt known_at{};
    std::string known_at_basis;
    std::string document_hash;
};

struct Player {
    PlayerId player_id;
    std::string player_name;  ///< the newest spelling of the best source
    std::string folded_name;
    GameDate first_seen{};
    GameDate last_seen{};
};

/// A name of a source in a team's season, and the player behind it.
struct PlayerAlias {
    std::string source;
    std::string folded_name;
    TeamId team_id;
    Season season;
    PlayerId player_id;
    std::string basis;  ///< "exact", "suffix", "alias", "league", "id" (the source's own), "manual"
};

struct UnresolvedName {
    std::string source;
    std::string folded_name;
    TeamId team_id;
    Season season;
    std::string player_name;  ///< as it was written
    std::int64_t occurrences = 0;
    GameDate first_seen{};
    GameDate last_seen{};
};

extern const store::Table<Document> kDocument;
extern const store::Table<RejectedRow> kRejectedRow;
extern const store::Table<Schedule> kSchedule;
extern const store::Table<PlayerBox> kPlayerBox;
extern const store::Table<TeamBox> kTeamBox;
extern const store::Table<Shot> kShot;
extern const store::Table<GameLine> kGameLine;
extern const store::Table<PropLine> kPropLine;
extern const store::Table<InjuryTransaction> kInjuryTransaction;
extern const store::Table<Position> kPosition;
extern const store::Table<Player> kPlayer;
extern const store::Table<PlayerAlias> kPlayerAlias;
extern const store::Table<UnresolvedName> kUnresolvedName;
extern const store::Table<Team> kTeam;

/// Every table of this room.
[[nodiscard]] std::vector<const store::TableSpec*> raw_tables();

}  // namespace tipoff::collect
