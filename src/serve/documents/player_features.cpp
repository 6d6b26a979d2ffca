#include "serve/documents/player_features.h"

#include <fmt/core.h>

#include <array>
#include <nlohmann/json.hpp>

#include "features/feature_list.h"
#include "features/feature_origins.h"
#include "serve/documents/player_head.h"
#include "serve/documents/team_codes.h"

namespace tipoff::serve {
namespace {

/// What a row says of itself, beside its features.
constexpr std::array<std::string_view, 15> kAboutRow{"game_id",
                                                     "game_date",
                                                     "as_of",
                                                     "team",
                                                     "opponent",
                                                     "feature_list_version",
                                                     "quality_score",
                                                     "quality_grade",
                                                     "source_player_games_last_updated",
                                                     "source_player_games_rows",
                                                     "source_player_games_completeness",
                                                     "source_team_games_last_updated",
                                                     "source_team_games_rows",
                                                     "source_team_games_completeness",
                                                     "source_shots_rows"};

constexpr std::string_view kRow =
    "SELECT *, team_id AS team, opponent_team_id AS opponent FROM features.feature_store "
    "WHERE player_id = $1 AND game_date <= $2 ORDER BY game_date DESC, game_id DESC LIMIT 1";

Json feature_json(std::size_t place, const Json& row) {
    const features::FeatureSpec& spec = features::kFeatures[place];
    const std::string name(spec.name);
    const Json& value = row.at(name);
    return {{"name", name},
            {"value", value},
            {"unit", spec.unit},
            {"meaning", spec.meaning},
            {"group", features::group_of(place)},
            {"column", "features.feature_store." + name},
            {"inputs", spec.inputs},
            {"source", features::tables_behind(spec)},
            {"as_of", row.at("as_of")},
            {"why_missing", value.is_null() ? Json(spec.null_means) : Json(nullptr)}};
}

}  // namespace

Expected<Json> player_features_json(store::Database& database, PlayerId player, GameDate date) {
    Json document;
    TIPOFF_TRY(document["player"], player_head(database, player));
    TIPOFF_TRY(const store::Columns found, database.read(kRow, {player.value, date}));
    Listing listing = to_listing(found);
    show_teams(listing, kTeamAndOpponent);
    const Json rows = json_rows(listing);
    const Json row = rows.empty() ? Json(nullptr) : rows.front();
    for (const std::string_view column : kAboutRow)
        document[std::string(column)] = row.is_null() ? Json(nullptr) : row.at(std::string(column));
    Json& all = document["features"] = Json::array();
    if (row.is_null()) return document;
    for (std::size_t i = 0; i < features::kFeatureCount; ++i)
        all.push_back(feature_json(i, row));
    return document;
}

}  // namespace tipoff::serve
