#include "collect/import/kind.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tipoff::collect {
namespace {

constexpr std::array<const Kind*, 12> kKinds{
    &kScheduleKind,
    &kPlayerBoxKind,
    &kPlayerBoxPlayoffsKind,
    &kPlayerBoxPlayoffsCompactKind,
    &kTeamBoxKind,
    &kShotsKind,
    &kShotsPartialKind,
    &kGameLinesKind,
    &kGameLinesByMarketKind,
    &kPropLinesKind,
    &kInjuryTransactionsKind,
    &kPlayerPositionsKind,
};

bool has(std::span<const std::string> header, std::string_view column) {
    return std::ranges::find(header, column) != header.end();
}

std::vector<std::string_view> missing_columns(const Kind& kind,
                                              std::span<const std::string> header) {
    std::vector<std::string_view> missing;
    for (const std::string_view column : kind.required_columns()) {
        if (!has(header, column)) missing.push_back(column);
    }
    return missing;
}

bool is_excluded(const Kind& kind, std::span<const std::string> header) {
    return std::ranges::any_of(kind.absent,
                               [&](std::string_view column) { return has(header, column); });
}

}  // namespace

std::span<const Kind* const> kinds() { return kKinds; }

const Kind* find_kind(std::span<const std::string> header) {
    const Kind* best = nullptr;
    for (const Kind* kind : kKinds) {
        if (is_excluded(*kind, header) || !missing_columns(*kind, header).empty()) continue;
        if (best == nullptr || kind->required > best->required) best = kind;
    }
    return best;
}

std::string nearest_kind(std::span<const std::string> header) {
    const Kind* nearest = nullptr;
    std::vector<std::string_view> missing;
    double nearest_share = 0;
    for (const Kind* kind : kKinds) {
        auto lacking = missing_columns(*kind, header);
        const double share =
            1.0 - static_cast<double>(lacking.size()) / static_cast<double>(kind->required);
        // A kind that the header rules out is named only when no other has as many of its columns.
        const double rank = is_excluded(*kind, header) ? share / 2 : share;
        if (rank <= nearest_share) continue;
        nearest = kind;
        nearest_share = rank;
        missing = std::move(lacking);
    }
    if (nearest != nullptr && missing.empty()) {
        return fmt::format("its columns are those of no known kind; {} has no column {}",
                           nearest->name, fmt::join(nearest->absent, ", "));
    }
    if (nearest == nullptr) return "its columns are those of no known kind";
    return fmt::format("its columns are those of no known kind; nearest is {}, missing {}",
                       nearest->name, fmt::join(missing, ", "));
}

}  // namespace tipoff::collect
