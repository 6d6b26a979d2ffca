#include "features/feature_tables.h"

#include <algorithm>
#include <functional>

namespace tipoff::features {
namespace {

using store::Column;
using store::ColumnSpec;
using store::ColumnType;
using store::TableSpec;

/// A column and how it is filled from a row.
template <class Row>
struct Filled {
    ColumnSpec spec;
    std::function<void(const Row&, Column&)> push;
};

template <class Row>
struct Layout {
    TableSpec table;
    std::vector<Filled<Row>> fields;

    [[nodiscard]] store::Columns fill(std::span<const Row> rows, const std::string& run_id) const {
        store::Columns columns;
        for (const auto& field : fields) {
            columns.names.push_back(field.spec.name);
            Column& column = columns.data.emplace_back(field.spec.type);
            column.reserve(rows.size());
            for (const Row& row : rows) {
                if (field.push) {
                    field.push(row, column);
                } else {
                    column.push_text(run_id);
                }
            }
        }
        return columns;
    }
};

/// A column that is some function of the row; the type of its value decides the column's.
template <class Row, class Get>
Filled<Row> field(std::string_view name, std::string_view doc, Get get, bool is_key = false) {
    using Codec = store::ColumnCodec<std::remove_cvref_t<std::invoke_result_t<Get, const Row&>>>;
    return {.spec = {.name = std::string(name),
                     .type = Codec::type,
                     .is_key = is_key,
                     .nullable = Codec::nullable && !is_key,
                     .in_digest = true,
                     .doc = std::string(doc)},
            .push = [get](const Row& row, Column& column) { Codec::push(column, get(row)); }};
}

template <class Row>
Filled<Row> run_id_field() {
    return {.spec = {.name = "run_id",
                     .type = ColumnType::kText,
                     .is_key = false,
                     .nullable = false,
                     .in_digest = false,
                     .doc = "The run that last changed the row."},
            .push = nullptr};
}

Filled<FeatureStoreRow> feature(std::size_t index) {
    const FeatureSpec& spec = kFeatures[index];
    return field<FeatureStoreRow>(spec.name, std::string(spec.meaning) + " Unit: " + std::string(spec.unit) + ".",
                                  [index](const FeatureStoreRow& row) { return row.features[index]; });
}

using R = FeatureStoreRow;

std::vector<Filled<R>> key_fields() {
    return {
        field<R>("game_id", "The game.", [](const R& r) { return r.game_id; }, true),
        field<R>("player_id", "The player.", [](const R& r) { return r.player_id; }, true),
        field<R>("game_date", "The league's day.", [](const R& r) { return r.game_date; }),
        field<R>("season", "The season.", [](const R& r) { return r.season; }),
        field<R>("team_id", "The player's team, as expected.", [](const R& r) { return r.team_id; }),
        field<R>("as_of", "Nothing known later is in the row.", [](const R& r) { return r.as_of; }),
    };
}

void add_player_game_lineage(std::vector<Filled<R>>& fields) {
    fields.push_back(field<R>("source_player_games_last_updated", "When the newest of the player's games behind the row became known.", [](const R& r) { return r.lineage.source_player_games_last_updated; }));
    fields.push_back(field<R>("source_player_games_rows", "The player's games behind the row.", [](const R& r) { return r.lineage.source_player_games_rows; }));
    fields.push_back(field<R>("source_player_games_completeness", "Share of the team's last 20 games, by the schedule, with a box score on record.", [](const R& r) { return r.lineage.source_player_games_completeness; }));
}

void add_team_game_lineage(std::vector<Filled<R>>& fields) {
    fields.push_back(field<R>("source_team_games_last_updated", "When the newest game of either team became known.", [](const R& r) { return r.lineage.source_team_games_last_updated; }));
    fields.push_back(field<R>("source_team_games_rows", "Games of both teams behind the row.", [](const R& r) { return r.lineage.source_team_games_rows; }));
    fields.push_back(field<R>("source_team_games_completeness", "Share of the opponent's last 20 games, by the schedule, with a box score on record.", [](const R& r) { return r.lineage.source_team_games_completeness; }));
}

void add_shot_lineage(std::vector<Filled<R>>& fields) {
    fields.push_back(field<R>("source_shots_rows", "The player's shots behind the row.", [](const R& r) { return r.lineage.source_shots_rows; }));
    fields.push_back(field<R>("source_shots_completeness", "Share of the last 20 games, of this season and season type, with shots on record.", [](const R& r) { return r.lineage.source_shots_completeness; }));
}

void add_end(std::vector<Filled<R>>& fields) {
    fields.push_back(field<R>("input_hash", "Fingerprint of all inputs.", [](const R& r) { return r.lineage.input_hash; }));
    fields.push_back(run_id_field<R>());
}

template <class Row>
Layout<Row> layout(std::string_view name, std::string_view doc, std::vector<Filled<Row>> fields) {
    Layout<Row> made;
    made.table = {.schema = "features", .name = std::string(name), .doc = std::string(doc), .columns = {}};
    for (const auto& f : fields) made.table.columns.push_back(f.spec);
    made.fields = std::move(fields);
    return made;
}

const Layout<R>& feature_store_layout() {
    static const Layout<R> made = [] {
        auto fields = key_fields();
        fields.push_back(field<R>("season_type", "Kind of game.", [](const R& r) { return r.season_type; }));
        fields.push_back(field<R>("opponent_team_id", "The other team.", [](const R& r) { return r.opponent_team_id; }));
        fields.push_back(field<R>("feature_list_version", "Version of the feature list.", [](const R&) { return std::int32_t{kFeatureListVersion}; }));
        for (std::size_t i = 0; i < kFeatureCount; ++i) fields.push_back(feature(i));
        fields.push_back(field<R>("quality_score", "0 to 100: games on record, completeness, share of features known.", [](const R& r) { return r.quality_score; }));
        fields.push_back(field<R>("quality_grade", "A from 85, B from 70, C from 50, else D.", [](const R& r) -> const std::string& { return r.quality_grade; }));
        add_player_game_lineage(fields);
        add_team_game_lineage(fields);
        add_shot_lineage(fields);
        add_end(fields);
        return layout("feature_store", "Everything known of an expected player before a game: one column a feature.", std::move(fields));
    }();
    return made;
}

/// The names of the zone groups, as in the features' names.
constexpr std::array<std::string_view, kZoneGroups> kZoneNames{"restricted_area", "paint", "mid_range",
                                                               "corner_3", "above_break_3"};

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

const Layout<R>& shot_zone_layout() {
    static const Layout<R> made = [] {
        auto fields = key_fields();
        constexpr std::size_t kFirst = feature_index("zone_share_restricted_area");
        for (std::size_t i = 0; i < ShotZones::kSpecs.size(); ++i) fields.push_back(feature(kFirst + i));
        fields.push_back(field<R>("primary_zone", "The zone of most of his attempts; empty when unknown.", [](const R& r) {
            return greatest_zone(std::span(r.features).subspan(feature_index("zone_share_restricted_area"), kZoneGroups));
        }));
        add_shot_lineage(fields);
        add_player_game_lineage(fields);
        add_end(fields);
        return layout("player_shot_zone_analysis", "Where an expected player shoots from and how well, before a game.", std::move(fields));
    }();
    return made;
}

const Layout<R>& composite_layout() {
    static const Layout<R> made = [] {
        auto fields = key_fields();
        for (std::size_t i = feature_index("fatigue_score"); i < kFeatureCount; ++i) fields.push_back(feature(i));
        for (const auto name : {feature_index("team_days_rest"), feature_index("team_games_last_7_days"),
                                feature_index("player_minutes_last_7_days"), feature_index("travel_miles"),
                                feature_index("expected_pace_factor"), feature_index("usage_mean_ewm"),
                                feature_index("usage_vacated"), feature_index("teammates_out")}) {
            fields.push_back(feature(name));
        }
        add_player_game_lineage(fields);
        add_team_game_lineage(fields);
        add_shot_lineage(fields);
        add_end(fields);
        return layout("player_composite_factors", "Fatigue, shot-zone mismatch, pace and usage of an expected player before a game, with their inputs.", std::move(fields));
    }();
    return made;
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

const Layout<R>& daily_cache_layout() {
    static const Layout<R> made = [] {
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
        fields.push_back(field<R>("cache_status", "passed or failed; a failed row is used all the same, with a wider forecast.", [](const R& r) { return std::string(cache_failure(r).empty() ? "passed" : "failed"); }));
        fields.push_back(field<R>("failure_reason", "Why it failed: NO_GAME_ON_RECORD, FEWER_THAN_FIVE_GAMES or HISTORY_INCOMPLETE; empty when passed.", cache_failure));
        fields.push_back(field<R>("quality_grade", "As in the feature store.", [](const R& r) -> const std::string& { return r.quality_grade; }));
        add_player_game_lineage(fields);
        add_end(fields);
        return layout("player_daily_cache", "The figures of an expected player that people ask for first, before a game.", std::move(fields));
    }();
    return made;
}

using D = DefenceZoneRow;

const Layout<D>& defence_zone_layout() {
    static const Layout<D> made = [] {
        std::vector<Filled<D>> fields{
            field<D>("game_id", "The game.", [](const D& r) { return r.game_id; }, true),
            field<D>("team_id", "The defending team.", [](const D& r) { return r.team_id; }, true),
            field<D>("game_date", "The league's day.", [](const D& r) { return r.game_date; }),
            field<D>("season", "The season.", [](const D& r) { return r.season; }),
            field<D>("as_of", "Nothing known later is in the row.", [](const D& r) { return r.as_of; }),
        };
        for (std::size_t z = 0; z < kZoneGroups; ++z) {
            fields.push_back(field<D>("accuracy_factor_" + std::string(kZoneNames[z]), "Accuracy allowed over the league's; above 1 is a weak defence.", [z](const D& r) { return r.accuracy_factor[z]; }));
        }
        for (std::size_t z = 0; z < kZoneGroups; ++z) {
            fields.push_back(field<D>("volume_factor_" + std::string(kZoneNames[z]), "Attempts a game allowed over the league's.", [z](const D& r) { return r.volume_factor[z]; }));
        }
        fields.push_back(field<D>("weakest_zone", "Greatest accuracy factor; empty when unknown.", [](const D& r) -> const std::string& { return r.weakest_zone; }));
        fields.push_back(field<D>("strongest_zone", "Smallest accuracy factor; empty when unknown.", [](const D& r) -> const std::string& { return r.strongest_zone; }));
        fields.push_back(field<D>("source_team_games_last_updated", "When the newest of the team's games became known.", [](const D& r) { return r.source_team_games_last_updated; }));
        fields.push_back(field<D>("source_team_games_rows", "The team's games behind the row.", [](const D& r) { return r.source_team_games_rows; }));
        fields.push_back(field<D>("source_shots_completeness", "Share of the last 20 games with shots on record.", [](const D& r) { return r.source_shots_completeness; }));
        fields.push_back(field<D>("input_hash", "Fingerprint of all inputs.", [](const D& r) { return r.input_hash; }));
        fields.push_back(run_id_field<D>());
        return layout("team_defense_zone_analysis", "What a team allows by zone against the league, before a game.", std::move(fields));
    }();
    return made;
}

/// Zones and lines are often not to be had; they do not count against a row twice.
bool counts_as_known_or_not(const FeatureSpec& spec) {
    return spec.inputs.find("shots") == std::string_view::npos &&
           spec.inputs.find("lines") == std::string_view::npos && !spec.null_means.empty();
}

}  // namespace

const TableSpec& feature_store_table() { return feature_store_layout().table; }
const TableSpec& shot_zone_table() { return shot_zone_layout().table; }
const TableSpec& defence_zone_table() { return defence_zone_layout().table; }
const TableSpec& composite_factors_table() { return composite_layout().table; }
const TableSpec& daily_cache_table() { return daily_cache_layout().table; }

std::vector<const TableSpec*> feature_tables() {
    return {&feature_store_table(), &composite_factors_table(), &daily_cache_table(), &shot_zone_table(),
            &defence_zone_table()};
}

store::Columns feature_store_columns(std::span<const R> rows, const std::string& run_id) {
    return feature_store_layout().fill(rows, run_id);
}
store::Columns shot_zone_columns(std::span<const R> rows, const std::string& run_id) {
    return shot_zone_layout().fill(rows, run_id);
}
store::Columns composite_factors_columns(std::span<const R> rows, const std::string& run_id) {
    return composite_layout().fill(rows, run_id);
}
store::Columns daily_cache_columns(std::span<const R> rows, const std::string& run_id) {
    return daily_cache_layout().fill(rows, run_id);
}
store::Columns defence_zone_columns(std::span<const D> rows, const std::string& run_id) {
    return defence_zone_layout().fill(rows, run_id);
}

double quality_score(const FeatureRow& features, double completeness) {
    static const std::vector<std::size_t> kCounted = [] {
        std::vector<std::size_t> counted;
        for (std::size_t i = 0; i < kFeatureCount; ++i) {
            if (counts_as_known_or_not(kFeatures[i])) counted.push_back(i);
        }
        return counted;
    }();
    double known = 0;
    for (const std::size_t i : kCounted) known += std::isnan(features[i]) ? 0 : 1;
    const double games = std::min(20.0, static_cast<double>(features[feature_index("games_on_record")]));
    const bool zones = !std::isnan(features[feature_index("shot_zone_mismatch_score")]);
    return 40 * games / 20 + 30 * (std::isnan(completeness) ? 0 : completeness) +
           20 * known / static_cast<double>(kCounted.size()) + (zones ? 10 : 0);
}

std::string_view quality_grade(double score) {
    if (score >= 85) return "A";
    if (score >= 70) return "B";
    return score >= 50 ? "C" : "D";
}

}  // namespace tipoff::features
