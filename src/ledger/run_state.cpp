#include "ledger/run_state.h"

#include <string>

namespace tipoff::ledger {

std::string_view to_string(RunState state) {
    switch (state) {
        case RunState::kPlanned: return "planned";
        case RunState::kReady: return "ready";
        case RunState::kRunning: return "running";
        case RunState::kRetryWait: return "retry_wait";
        case RunState::kSucceeded: return "succeeded";
        case RunState::kDegraded: return "degraded";
        case RunState::kEmptyOk: return "empty_ok";
        case RunState::kFailed: return "failed";
        case RunState::kSkipped: return "skipped";
        case RunState::kCancelled: return "cancelled";
        case RunState::kAbandoned: return "abandoned";
    }
    throw InvariantBroken("a RunState without a name");
}

Expected<RunState> parse_run_state(std::string_view text) {
    for (const RunState state : kRunStates) {
        if (to_string(state) == text) return state;
    }
    return fail(ErrorCode::kUsage, "'" + std::string(text) + "' is not a state of a run");
}

}  // namespace tipoff::ledger
