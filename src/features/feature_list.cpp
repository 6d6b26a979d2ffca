#include "features/feature_list.h"

#include <fmt/core.h>

namespace tipoff::features {
namespace {

template <class Family>
std::string family_rows(std::string_view title) {
    std::string page = fmt::format(
        "\n## {}\n\n| feature | unit | range | meaning | from | NULL means |\n"
        "|---|---|---|---|---|---|\n",
        title);
    for (const FeatureSpec& spec : Family::kSpecs) {
        page += fmt::format("| `{}` | {} | {} to {} | {} | {} | {} |\n", spec.name, spec.unit,
                            spec.low, spec.high, spec.meaning, spec.inputs,
                            spec.null_means.empty() ? "never NULL" : spec.null_means);
    }
    return page;
}

}  // namespace

std::size_t find_feature(std::string_view name) {
    std::size_t i = 0;
    while (i < kFeatureCount && kFeatures[i].name != name)
        ++i;
    return i;
}

Fingerprint feature_list_hash() {
    Hasher hasher;
    hasher.add(static_cast<std::int64_t>(kFeatureListVersion));
    for (const FeatureSpec& spec : kFeatures) {
        hasher.add(spec.name);
        hasher.add(spec.unit);
    }
    return hasher.finish();
}

std::string feature_page() {
    std::string page = fmt::format(
        "# Features\n\nMade by `tipoff schema --features` from the declarations in "
        "`src/features/`; a test keeps the two the same.\n"
        "List version {}, {} features. A row is one expected player of one game, as of the instant "
        "in `as_of`; every value comes from facts\n"
        "known before it. Games in which a player spent only seconds (minutes 0) are left out of "
        "all means and rates.\n",
        kFeatureListVersion, kFeatureCount);
    page += family_rows<ScoringForm>("Scoring form");
    page += family_rows<BoxForm>("Rebounds, assists and threes");
    page += family_rows<MinutesRole>("Minutes and role");
    page += family_rows<ShotZones>("Shot zones");
    page += family_rows<ZoneDefence>("Zone defence");
    page += family_rows<TeamPace>("Pace");
    page += family_rows<Usage>("Usage and absent teammates");
    page += family_rows<Absences>("Absences");
    page += family_rows<OpponentStrength>("Opponent strength");
    page += family_rows<BoxAllowed>("What the opponent allows");
    page += family_rows<ScheduleLoad>("Schedule");
    page += family_rows<Market>("Market");
    page += family_rows<SeasonPhase>("Season phase");
    page += family_rows<Experience>("Experience");
    page += family_rows<Composite>("Composite factors");
    return page;
}

}  // namespace tipoff::features
