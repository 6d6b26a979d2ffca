#include "features/feature_list.h"

#include <fmt/core.h>

#include "features/feature_origins.h"

namespace tipoff::features {
namespace {

std::string group_rows(const FeatureGroup& group) {
    std::string page = fmt::format(
        "\n## {}\n\n| feature | unit | range | meaning | from | NULL means |\n"
        "|---|---|---|---|---|---|\n",
        group.title);
    for (const FeatureSpec& spec : group.specs) {
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
    page += "\n## From where\n\n| from | tables |\n|---|---|\n";
    for (const FeatureInput& input : feature_inputs())
        page += fmt::format("| {} | {} |\n", input.name, input.tables);
    for (const FeatureGroup& group : feature_groups())
        page += group_rows(group);
    return page;
}

}  // namespace tipoff::features
