#pragma once
/// What came of asking an upstream for a document: a closed set, each with a consequence of its
/// own. "Success with nothing in it" is not among them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tipoff::collect {

enum class OutcomeKind : std::uint8_t {
    kFresh,            ///< whole, and new: its records are written
    kUnchanged,        ///< what is known already: nothing is written
    kEmptyLegal,       ///< nothing in it, and nothing had to be (a day without games)
    kNotYet,           ///< it will be there later: asked again at a stated time
    kEmptyUnexpected,  ///< nothing in it where something had to be: an alarm
    kPartial,          ///< some of it: what is there is written, what is missing is named
    kMalformed,    ///< not of the shape that is relied on: nothing is written, the field is named
    kRefused,      ///< the upstream will not give it (401, 403, quota): not asked again by itself
    kUnreachable,  ///< no answer after every try
};

/// "fresh", "unchanged", "empty_legal", "not_yet", ...
[[nodiscard]] std::string_view to_string(OutcomeKind kind);

struct Outcome {
    OutcomeKind kind = OutcomeKind::kFresh;
    std::string detail;  ///< one sentence for a person; empty where the kind says it all
};

/// The greater, the worse: the worst of several says what came of them together.
[[nodiscard]] std::size_t badness(const Outcome& outcome);

}  // namespace tipoff::collect
