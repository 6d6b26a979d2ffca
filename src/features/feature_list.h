#pragma once
/// The feature list: which families there are, which features they give and in which order.
///
/// Adding a family is adding its file and its line in `Families`. The list has a version and a
/// hash; a model trained on another list is refused.

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>

#include "base/hash.h"
#include "features/composite.h"
#include "features/families/absences.h"
#include "features/families/box_allowed.h"
#include "features/families/box_form.h"
#include "features/families/experience.h"
#include "features/families/market.h"
#include "features/families/minutes_role.h"
#include "features/families/opponent_strength.h"
#include "features/families/schedule_load.h"
#include "features/families/scoring_form.h"
#include "features/families/season_phase.h"
#include "features/families/shot_zones.h"
#include "features/families/team_pace.h"
#include "features/families/usage.h"
#include "features/families/zone_defence.h"
#include "features/feature.h"

namespace tipoff::features {

/// What is walked by the fold. Each family observes results and emits what the past says of a
/// matchup.
using Families =
    std::tuple<ScoringForm, BoxForm, MinutesRole, ShotZones, ZoneDefence, TeamPace, Usage, Absences,
               OpponentStrength, BoxAllowed, ScheduleLoad, Market, SeasonPhase, Experience>;

/// A family knows the past only: it cannot be given a result to emit from.
template <class Family>
concept FeatureFamily = requires(const Family& family, Family& state, const Matchup& matchup,
                                 const Result& result, FamilyRow<Family>& row) {
    family.emit(matchup, row);
    state.observe(result);
} && !requires(const Family& family, const Result& result, FamilyRow<Family>& row) {
    family.emit(result, row);
};

namespace detail {

template <class... Family>
consteval auto joined_specs(std::tuple<Family...>*) {
    static_assert((FeatureFamily<Family> && ...));
    constexpr std::size_t kCount = (Family::kSpecs.size() + ...) + Composite::kSpecs.size();
    std::array<FeatureSpec, kCount> specs{};
    std::size_t at = 0;
    const auto append = [&](const auto& part) {
        for (const FeatureSpec& spec : part)
            specs[at++] = spec;
    };
    (append(Family::kSpecs), ...);
    append(Composite::kSpecs);
    return specs;
}

}  // namespace detail

/// Every feature in the order of a feature row.
inline constexpr auto kFeatures = detail::joined_specs(static_cast<Families*>(nullptr));
inline constexpr std::size_t kFeatureCount = kFeatures.size();

/// Raised when a feature's meaning changes while its name stays.
inline constexpr int kFeatureListVersion = 3;

/// The place of a feature in a row. A misspelt name does not compile.
consteval std::size_t feature_index(std::string_view name) {
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
        if (kFeatures[i].name == name) return i;
    }
    throw "no feature has that name";
}

/// The same at run time; `kFeatureCount` when there is none.
[[nodiscard]] std::size_t find_feature(std::string_view name);

/// A fingerprint of the list: names, units, order and version.
[[nodiscard]] Fingerprint feature_list_hash();

/// One matchup's features, in list order; NaN where nothing is known.
using FeatureRow = std::array<float, kFeatureCount>;

/// The page `docs/features.md`.
[[nodiscard]] std::string feature_page();

}  // namespace tipoff::features
