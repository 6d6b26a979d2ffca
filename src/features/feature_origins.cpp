#include "features/feature_origins.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "features/feature_list.h"

namespace tipoff::features {
namespace {

constexpr std::array kGroups{
    FeatureGroup{"Scoring form", ScoringForm::kSpecs},
    FeatureGroup{"Rebounds, assists and threes", BoxForm::kSpecs},
    FeatureGroup{"Minutes and role", MinutesRole::kSpecs},
    FeatureGroup{"Shot zones", ShotZones::kSpecs},
    FeatureGroup{"Zone defence", ZoneDefence::kSpecs},
    FeatureGroup{"Pace", TeamPace::kSpecs},
    FeatureGroup{"Usage and absent teammates", Usage::kSpecs},
    FeatureGroup{"Absences", Absences::kSpecs},
    FeatureGroup{"Opponent strength", OpponentStrength::kSpecs},
    FeatureGroup{"What the opponent allows", BoxAllowed::kSpecs},
    FeatureGroup{"Schedule", ScheduleLoad::kSpecs},
    FeatureGroup{"Market", Market::kSpecs},
    FeatureGroup{"Season phase", SeasonPhase::kSpecs},
    FeatureGroup{"Experience", Experience::kSpecs},
    FeatureGroup{"Composite factors", Composite::kSpecs},
};

/// The groups are the row: the same features in the same order.
static_assert([] {
    std::size_t at = 0;
    for (const FeatureGroup& group : kGroups) {
        for (const FeatureSpec& spec : group.specs) {
            if (at == kFeatureCount || kFeatures[at++].name != spec.name) return false;
        }
    }
    return at == kFeatureCount;
}());

constexpr std::array kInputs{
    FeatureInput{"player games", "analytics.player_game_summary"},
    FeatureInput{"team games",
                 "analytics.team_offense_game_summary, analytics.team_defense_game_summary"},
    FeatureInput{"shots", "raw.shot"},
    FeatureInput{"schedule", "raw.schedule"},
    FeatureInput{"arenas", "analytics.game"},
    FeatureInput{"injuries", "raw.injury_transaction"},
    FeatureInput{"positions", "raw.position"},
    FeatureInput{"game lines", "raw.game_line"},
    FeatureInput{"prop lines", "raw.prop_line"},
};

/// Calls `each` with every part of a list with commas.
template <class Each>
void for_each_part(std::string_view list, Each each) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(", "), list.size());
        each(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 2, list.size()));
    }
}

/// Whether `name` is the feature, or one of those that a name with a star stands for.
bool is_meant(std::string_view name, std::string_view feature) {
    return name.ends_with('*') ? feature.starts_with(name.substr(0, name.size() - 1))
                               : feature == name;
}

void add_tables(std::string_view inputs, std::vector<std::string_view>& tables) {
    for_each_part(inputs, [&tables](std::string_view name) {
        const auto* input = std::ranges::find(kInputs, name, &FeatureInput::name);
        if (input != kInputs.end()) {
            for_each_part(input->tables, [&tables](std::string_view table) {
                if (std::ranges::find(tables, table) == tables.end()) tables.push_back(table);
            });
            return;
        }
        bool is_known = false;
        for (const FeatureSpec& other : kFeatures) {
            if (!is_meant(name, other.name)) continue;
            is_known = true;
            add_tables(other.inputs, tables);
        }
        require(is_known, "a feature has an input that is neither a table's nor a feature");
    });
}

}  // namespace

std::span<const FeatureGroup> feature_groups() { return kGroups; }

std::string_view group_of(std::size_t feature) {
    require(feature < kFeatureCount, "a feature that is not of the list");
    for (const FeatureGroup& group : kGroups) {
        if (feature < group.specs.size()) return group.title;
        feature -= group.specs.size();
    }
    throw InvariantBroken("a feature of no group");
}

std::span<const FeatureInput> feature_inputs() { return kInputs; }

std::vector<std::string_view> tables_behind(const FeatureSpec& spec) {
    std::vector<std::string_view> tables;
    add_tables(spec.inputs, tables);
    return tables;
}

}  // namespace tipoff::features
