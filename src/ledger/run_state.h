#pragma once
/// The states of a run, and which of them is an end.
///
///     planned ──> ready ──> running ──> succeeded | degraded | empty_ok | failed | skipped
///        │          ^          │
///        └──> retry_wait <─────┘            any of the four ──> cancelled
///                                           running whose worker died ──> retry_wait | abandoned
///
/// A final state never changes.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace tipoff::ledger {

enum class RunState : std::uint8_t {
    kPlanned,    ///< it is to run, and nobody has looked yet whether it can
    kReady,      ///< what it needs is there
    kRunning,    ///< a worker holds it under a lease
    kRetryWait,  ///< it waits for data, or for a while, and goes again by itself
    kSucceeded,  ///< final from here on
    kDegraded,   ///< done, and something is missing that it says
    kEmptyOk,    ///< done, and rightly without rows
    kFailed,
    kSkipped,    ///< there was nothing to do
    kCancelled,  ///< by hand
    kAbandoned,  ///< its process died
};

inline constexpr std::array kRunStates{
    RunState::kPlanned,   RunState::kReady,     RunState::kRunning,  RunState::kRetryWait,
    RunState::kSucceeded, RunState::kDegraded,  RunState::kEmptyOk,  RunState::kFailed,
    RunState::kSkipped,   RunState::kCancelled, RunState::kAbandoned};

/// "planned", "ready", "running", "retry_wait", "succeeded", ...
[[nodiscard]] std::string_view to_string(RunState state);
[[nodiscard]] Expected<RunState> parse_run_state(std::string_view text);

[[nodiscard]] constexpr bool is_final(RunState state) { return state >= RunState::kSucceeded; }

/// What the run was for is there: succeeded, degraded or empty_ok.
[[nodiscard]] constexpr bool is_success(RunState state) {
    return state >= RunState::kSucceeded && state <= RunState::kEmptyOk;
}

/// The same as lists for SQL.
inline constexpr std::string_view kFinalStates =
    "('succeeded', 'degraded', 'empty_ok', 'failed', 'skipped', 'cancelled', 'abandoned')";
inline constexpr std::string_view kSuccessStates = "('succeeded', 'degraded', 'empty_ok')";
inline constexpr std::string_view kWaitingStates = "('planned', 'ready', 'retry_wait')";

}  // namespace tipoff::ledger
