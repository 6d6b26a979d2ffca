#include "base/error.h"

namespace tipoff {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalidInput: return "invalid input";
        case ErrorCode::kUsage: return "wrong usage";
        case ErrorCode::kNotFound: return "not found";
        case ErrorCode::kCorrupt: return "damaged";
        case ErrorCode::kRefused: return "refused";
        case ErrorCode::kBusy: return "busy";
        case ErrorCode::kFenced: return "fenced";
        case ErrorCode::kIo: return "input/output";
        case ErrorCode::kInternal: return "internal";
    }
    throw InvariantBroken("an ErrorCode without a name");
}

Error Error::with_context(std::string_view context) const {
    return Error(code_, std::string(context) + ": " + message_, hint_);
}

}  // namespace tipoff
