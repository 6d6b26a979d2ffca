#include "collect/outcome.h"

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

}  // namespace tipoff::collect
