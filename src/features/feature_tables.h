#pragma once
/// The `features` tables: what was known of each expected player before each game.
///
/// Every row carries its lineage: how many source rows stand behind it, how complete they are
/// against the schedule, when the newest of them became known, and a hash of all inputs.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "features/feature_list.h"
#include "store/columns.h"
#include "store/table.h"

namespace tipoff::features {

/// What a row stands on.
struct Lineage {
    std::optional<Instant>
        source_player_games_last_updated;  ///< none before the player's first game
    std::int32_t source_player_games_rows = 0;
    double source_player_games_completeness =
        kUnknown;  ///< share of the team's last 20 games, by the schedule, with a box score on
                   ///< record
    std::optional<Instant> source_team_games_last_updated;
    std::int32_t source_team_games_rows = 0;           ///< of team and opponent
    double source_team_games_completeness = kUnknown;  ///< the opponent's last 20 games, the same
    std::int32_t source_shots_rows = 0;
    double source_shots_completeness = kUnknown;  ///< `zone_completeness`
    std::int64_t input_hash = 0;                  ///< 64 bits of the fingerprint of all inputs
};

/// One matchup's feature row with its key and quality: a row of `features.feature_store`.
struct FeatureStoreRow {
    GameId game_id;
    PlayerId player_id;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    AsOf as_of{};
    TeamId team_id;
    TeamId opponent_team_id;
    FeatureRow features{};
    double quality_score = 0;   ///< 0 to 100
    std::string quality_grade;  ///< "A" to "D"
    Lineage lineage;
    std::string run_id;
};

struct DefenceZoneRow {
    GameId game_id;
    TeamId team_id;  ///< the defending team
    GameDate game_date{};
    Season season;
    AsOf as_of{};
    std::array<double, kZoneGroups> accuracy_factor{};
    std::array<double, kZoneGroups> volume_factor{};
    std::string weakest_zone;  ///< greatest accuracy factor; empty when unknown
    std::string strongest_zone;
    std::optional<Instant> source_team_games_last_updated;
    std::int32_t source_team_games_rows = 0;
    double source_shots_completeness = kUnknown;
    std::int64_t input_hash = 0;
    std::string run_id;
};

extern const store::Table<FeatureStoreRow> kFeatureStore;
extern const store::Table<FeatureStoreRow> kPlayerShotZones;
extern const store::Table<FeatureStoreRow> kCompositeFactors;
extern const store::Table<FeatureStoreRow> kDailyCache;
extern const store::Table<DefenceZoneRow> kTeamDefenceZones;

/// Every table of this room, in the order of their names.
[[nodiscard]] std::vector<const store::TableSpec*> feature_tables();

/// Score and grade of a row. Score: 40 for the games on record (20 count as all), 30 for
/// completeness against the schedule, 20 for the share of features that are known (those of zones
/// and lines aside), 10 for known zones. Grade: A from 85, B from 70, C from 50, else D.
[[nodiscard]] double quality_score(const FeatureRow& features, double completeness);
[[nodiscard]] std::string_view quality_grade(double score);

}  // namespace tipoff::features
