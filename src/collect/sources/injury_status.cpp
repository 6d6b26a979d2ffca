#include "collect/sources/injury_status.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/names.h"

namespace tipoff::collect {
namespace {

struct Word {
    std::string_view folded;
    InjuryStatus status;
};

constexpr std::array kWords{
    Word{"out", {"out"}},
    Word{"doubtful", {"doubtful"}},
    Word{"questionable", {"questionable"}},
    Word{"probable", {"probable"}},
    Word{"available", {"available"}},
    Word{"day to day", {"questionable", false}},
    Word{"game time decision", {"questionable", false}},
    Word{"out for season", {"out", false}},
    Word{"out indefinitely", {"out", false}},
    Word{"suspension", {"out", false}},
    Word{"suspended", {"out", false}},
};

}  // namespace

std::optional<InjuryStatus> injury_status(std::string_view word) {
    const auto* found = std::ranges::find(kWords, fold_name(word), &Word::folded);
    return found == kWords.end() ? std::nullopt : std::optional(found->status);
}

std::string injury_reason(std::string_view word, InjuryStatus status, std::string_view reason) {
    if (status.is_exact) return std::string(reason);
    return reason.empty() ? std::string(word) : fmt::format("{}: {}", word, reason);
}

}  // namespace tipoff::collect
