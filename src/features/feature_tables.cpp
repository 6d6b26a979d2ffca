#include "features/feature_tables.h"

#include <algorithm>
#include <cmath>

#include "features/zone_names.h"

namespace tipoff::features {
namespace {

template <class Row>
using Fields = std::vector<store::Field<Row>>;

template <class Row>
store::Field<Row> run_id_field() {
    return store::bookkeeping<&Row::run_id>("run_id", "The run that last changed the row.");
}

store::Field<FeatureStoreRow> feature(std::size_t index) {
    const FeatureSpec& spec = kFeatures[index];
    return store::computed<FeatureStoreRow>(
        spec.name, std::string(spec.meaning) + " Unit: " + std::string(spec.unit) + ".",
        [index](const FeatureStoreRow& row) { return row.features[index]; });
}

using R = FeatureStoreRow;

Fields<R> key_fields() {
    return {
        store::key<&R::game_id>("game_id", "The game."),
        store::key<&R::player_id>("player_id", "The player."),
        store::value<&R::game_date>("game_date", "The league's day."),
        store::value<&R::season>("season", "The season."),
        store::value<&R::team_id>("team_id", "The player's team, as expected."),
        store::value<&R::as_of>("as_of", "Nothing known later is in the row."),
    };
}

void add_player_game_lineage(Fields<R>& fields) {
    fields.push_back(
        store::computed<R>("source_player_games_last_updated",
                           "When the newest of the player's games behind the row became known.",
                           [](const R& r) { return r.lineage.source_player_games_last_updated; }));
    fields.push_back(
        store::computed<R>("source_player_games_rows", "The player's games behind the row.",
                           [](const R& r) { return r.lineage.source_player_games_rows; }));
    fields.push_back(store::computed<R>(
        "source_player_games_completeness",
        "Share of the team's last 20 games, by the schedule, with a box score on record.",
        [](const R& r) { return r.lineage.source_player_games_completeness; }));
}

void add_team_game_lineage(Fields<R>& fields) {
    fields.push_back(store::computed<R>(
        "source_team_games_last_updated", "When the newest game of either team became known.",
        [](const R& r) { return r.lineage.source_team_games_last_updated; }));
    fields.push_back(
        store::computed<R>("source_team_games_rows", "Games of both teams behind the row.",
                           [](const R& r) { return r.lineage.source_team_games_rows; }));
    fields.push_back(store::computed<R>(
        "source_team_games_completeness",
        "Share of the opponent's last 20 games, by the schedule, with a box score on record.",
        [](const R& r) { return r.lineage.source_team_games_completeness; }));
}

void add_shot_lineage(Fields<R>& fields) {
    fields.push_back(store::computed<R>("source_shots_rows", "The player's shots behind the row.",
                                        [](const R& r) { return r.lineage.source_shots_rows; }));
    fields.push_back(store::computed<R>(
        "source_shots_completeness",
        "Share of the last 20 games, of this season and season type, with shots on record.",
        [](const R& r) { return r.lineage.source_shots_completeness; }));
}

void add_end(Fields<R>& fields) {
    fields.push_back(store::computed<R>("input_hash", "Fingerprint of all inputs.",
                                        [](const R& r) { return r.lineage.input_hash; }));
    fields.push_back(run_id_field<R>());
}

store::Table<R> feature_store() {
    auto fields = key_fields();
    fields.push_back(store::computed<R>("season_type", "Kind of game.",
                                        [](const R& r) { return r.season_type; }));
    fields.push_back(store::computed<R>("opponent_team_id", "The other team.",
                                        [](const R& r) { return r.opponent_team_id; }));
    fields.push_back(
        store::computed<R>("feature_list_version", "Version of the feature list.",
                           [](const R&) { return std::int32_t{kFeatureListVersion}; }));
    for (std::size_t i = 0; i < kFeatureCount; ++i)
        fields.push_back(feature(i));
    fields.push_back(store::computed<R>(
        "quality_score", "0 to 100: games on record, completeness, share of features known.",
        [](const R& r) { return r.quality_score; }));
    fields.push_back(
        store::computed<R>("quality_grade", "A from 85, B from 70, C from 50, else D.",
                           [](const R& r) -> const std::string& { return r.quality_grade; }));
    add_player_game_lineage(fields);
    add_team_game_lineage(fields);
    add_shot_lineage(fields);
    add_end(fields);
    return {"features", "feature_store",
            "Everything known of an expected player before a game: one column a feature.",
            std::move(fields)};
}

/// The zone with the greatest value; empty when any is unknown.
template <class Values>
std::string greatest_zone(const Values& values) {
    std::size_t best = 0;
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        if (std::isnan(static_cast<double>(values[z]))) return {};
        if (values[z] > values[best]) best = z;
    }
    return std::string(kZoneNames[best]);
}

store::Table<R> shot_zones() {
    auto fields = key_fields();
    constexpr std::size_t kFirst = feature_index("zone_share_restricted_area");
    for (std::size_t i = 0; i < ShotZones::kSpecs.size(); ++i)
        fields.push_back(feature(kFirst + i));
    fields.push_back(store::computed<R>(
        "primary_zone", "The zone of most of his attempts; empty when unknown.", [](const R& r) {
            return greatest_zone(
                std::span(r.features)
                    .subspan(feature_index("zone_share_restricted_area"), kZoneGroups));
        }));
    add_shot_lineage(fields);
    add_player_game_lineage(fields);
    add_end(fields);
    return {"features", "player_shot_zone_analysis",
            "Where an expected player shoots from and how well, before a game.", std::move(fields)};
}

store::Table<R> composite_factors() {
    auto fields = key_fields();
    for (std::size_t i = feature_index("fatigue_score"); i < kFeatureCount; ++i)
        fields.push_back(feature(i));
    for (const auto name :
         {feature_index("team_days_rest"), feature_index("team_games_last_7_days"),
          feature_index("player_minutes_last_7_days"), feature_index("travel_miles"),
          feature_index("expected_pace_factor"), feature_index("usage_mean_ewm"),
          feature_index("usage_vacated"), feature_index("teammates_out")}) {
        fields.push_back(feature(name));
    }
    add_player_game_lineage(fields);
    add_team_game_lineage(fields);
    add_shot_lineage(fields);
    add_end(fields);
    return {"features", "player_composite_factors",
            "Fatigue, shot-zone mismatch, pace and usage of an expected player before a game, with "
            "their inputs.",
            std::move(fields)};
}

/// Why a cache row is not to be relied on; empty when it is. Closed: these are all.
std::string cache_failure(const R& row) {
    constexpr double kSettledGames = 5;
    const float games = row.features[feature_index("games_on_record")];
    if (games <= 0) return "NO_GAME_ON_RECORD";
    if (games < kSettledGames) return "FEWER_THAN_FIVE_GAMES";
    if (!(row.lineage.source_player_games_completeness >= 0.7)) return "HISTORY_INCOMPLETE";
    return {};
}

store::Table<R> daily_cache() {
    auto fields = key_fields();
    for (const auto index :
         {feature_index("points_mean_last_5"), feature_index("points_mean_last_10"),
          feature_index("points_mean_season"), feature_index("points_sd_last_10"),
          feature_index("minutes_mean_last_10"), feature_index("minutes_mean_season"),
          feature_index("points_per_minute_last_10"), feature_index("usage_mean_last_10"),
          feature_index("true_shooting_last_20"), feature_index("games_this_season"),
          feature_index("games_on_record"), feature_index("team_pace_last_10"),
          feature_index("team_offensive_rating_last_10"), feature_index("player_games_last_7_days"),
          feature_index("player_games_last_14_days"), feature_index("player_minutes_last_7_days"),
          feature_index("start_share_last_10")}) {
        fields.push_back(feature(index));
    }
    fields.push_back(store::computed<R>(
        "cache_status",
        "passed or failed; a failed row is used all the same, with a wider forecast.",
        [](const R& r) { return std::string(cache_failure(r).empty() ? "passed" : "failed"); }));
    fields.push_back(store::computed<R>("failure_reason",
                                        "Why it failed: NO_GAME_ON_RECORD, FEWER_THAN_FIVE_GAMES "
                                        "or HISTORY_INCOMPLETE; empty when passed.",
                                        cache_failure));
    fields.push_back(
        store::computed<R>("quality_grade", "As in the feature store.",
                           [](const R& r) -> const std::string& { return r.quality_grade; }));
    add_player_game_lineage(fields);
    add_end(fields);
    return {"features", "player_daily_cache",
            "The figures of an expected player that people ask for first, before a game.",
            std::move(fields)};
}

using D = DefenceZoneRow;

store::Table<D> defence_zones() {
    Fields<D> fields{
        store::key<&D::game_id>("game_id", "The game."),
        store::key<&D::team_id>("team_id", "The defending team."),
        store::value<&D::game_date>("game_date", "The league's day."),
        store::value<&D::season>("season", "The season."),
        store::value<&D::as_of>("as_of", "Nothing known later is in the row."),
    };
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        fields.push_back(
            store::computed<D>("accuracy_factor_" + std::string(kZoneNames[z]),
                               "Accuracy allowed over the league's; above 1 is a weak defence.",
                               [z](const D& r) { return r.accuracy_factor[z]; }));
    }
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        fields.push_back(store::computed<D>("volume_factor_" + std::string(kZoneNames[z]),
                                            "Attempts a game allowed over the league's.",
                                            [z](const D& r) { return r.volume_factor[z]; }));
    }
    fields.push_back(store::value<&D::weakest_zone>(
        "weakest_zone", "Greatest accuracy factor; empty when unknown."));
    fields.push_back(store::value<&D::strongest_zone>(
        "strongest_zone", "Smallest accuracy factor; empty when unknown."));
    fields.push_back(store::value<&D::source_team_games_last_updated>(
        "source_team_games_last_updated", "When the newest of the team's games became known."));
    fields.push_back(store::value<&D::source_team_games_rows>("source_team_games_rows",
                                                              "The team's games behind the row."));
    fields.push_back(store::value<&D::source_shots_completeness>(
        "source_shots_completeness", "Share of the last 20 games with shots on record."));
    fields.push_back(store::value<&D::input_hash>("input_hash", "Fingerprint of all inputs."));
    fields.push_back(run_id_field<D>());
    return {"features", "team_defense_zone_analysis",
            "What a team allows by zone against the league, before a game.", std::move(fields)};
}

/// Zones and lines are often not to be had; they do not count against a row twice.
bool counts_as_known_or_not(const FeatureSpec& spec) {
    return spec.inputs.find("shots") == std::string_view::npos &&
           spec.inputs.find("lines") == std::string_view::npos && !spec.null_means.empty();
}

}  // namespace

const store::Table<FeatureStoreRow> kFeatureStore = feature_store();
const store::Table<FeatureStoreRow> kPlayerShotZones = shot_zones();
const store::Table<FeatureStoreRow> kCompositeFactors = composite_factors();
const store::Table<FeatureStoreRow> kDailyCache = daily_cache();
const store::Table<DefenceZoneRow> kTeamDefenceZones = defence_zones();

std::vector<const store::TableSpec*> feature_tables() {
    return {&kFeatureStore.spec(), &kCompositeFactors.spec(), &kDailyCache.spec(),
            &kPlayerShotZones.spec(), &kTeamDefenceZones.spec()};
}

double quality_score(const FeatureRow& features, double completeness) {
    static const std::vector<std::size_t> counted = [] {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < kFeatureCount; ++i) {
            if (counts_as_known_or_not(kFeatures[i])) places.push_back(i);
        }
        return places;
    }();
    double known = 0;
    for (const std::size_t i : counted)
        known += std::isnan(features[i]) ? 0 : 1;
    const double games =
        std::min(20.0, static_cast<double>(features[feature_index("games_on_record")]));
    const bool zones = !std::isnan(features[feature_index("shot_zone_mismatch_score")]);
    return 40 * games / 20 + 30 * (std::isnan(completeness) ? 0 : completeness) +
           20 * known / static_cast<double>(counted.size()) + (zones ? 10 : 0);
}

std::string_view quality_grade(double score) {
    if (score >= 85) return "A";
    if (score >= 70) return "B";
    return score >= 50 ? "C" : "D";
}

}  // namespace tipoff::features
