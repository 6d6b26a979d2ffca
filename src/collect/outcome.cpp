#include "collect/outcome.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace tipoff::collect {

std::string_view to_string(OutcomeKind kind) {
    switch (kind) {
        case OutcomeKind::kFresh: return "fresh";
        case OutcomeKind::kUnchanged: return "unchanged";
        case OutcomeKind::kEmptyLegal: return "empty_legal";
        case OutcomeKind::kNotYet: return "not_yet";
        case OutcomeKind::kEmptyUnexpected: return "empty_unexpected";
        case OutcomeKind::kPartial: return "partial";
        case OutcomeKind::kMalformed: return "malformed";
        case OutcomeKind::kRefused: return "refused";
        case OutcomeKind::kUnreachable: return "unreachable";
    }
    throw InvariantBroken("an outcome that is none");
}

std::size_t badness(const Outcome& outcome) {
    static constexpr std::array kOrder{
        OutcomeKind::kEmptyLegal, OutcomeKind::kUnchanged, OutcomeKind::kFresh,
        OutcomeKind::kNotYet,     OutcomeKind::kPartial,   OutcomeKind::kEmptyUnexpected,
        OutcomeKind::kMalformed,  OutcomeKind::kRefused,   OutcomeKind::kUnreachable};
    return static_cast<std::size_t>(std::ranges::find(kOrder, outcome.kind) - kOrder.begin());
}

}  // namespace tipoff::collect
