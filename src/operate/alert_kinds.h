#pragma once
/// The kinds of alerts that the program raises: what each signature looks like, and how grave it
/// is. Every alert is made of one of them. `docs/runbook.md` says of each what to do; a test holds
/// it to this list.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "operate/alerts.h"

namespace tipoff::operate {

enum class AlertKind : std::uint8_t {
    kRunFailed,
    kRunIncomplete,
    kWait,
    kSourceLeftAlone,
    kSourceQuota,
    kGradesMissing,
    kGivenUp,
    kChannelFailing,
    kBoardMoved,
};

struct AlertKindSpec {
    AlertKind kind{};
    std::string_view before;   ///< the subject: "run."
    std::string_view subject;  ///< what stands there, "STEP"; empty where there is none
    std::string_view after;    ///< ".failed"
    Severity severity{};
    bool is_problem = false;  ///< a state, read off the ledger, and resolved when it is over
    bool is_event = false;    ///< something that happened, which has no end

    /// "run.STEP.failed"
    [[nodiscard]] std::string pattern() const;
};

[[nodiscard]] std::span<const AlertKindSpec> alert_kinds();

/// Its signature alone: "run.forecasts.failed".
[[nodiscard]] std::string signature_of(AlertKind kind, std::string_view subject = {});

/// An alert of the kind, still without words.
[[nodiscard]] Alert alert_of(AlertKind kind, std::string_view subject = {});

/// Whether it is the signature of a problem.
[[nodiscard]] bool is_problem(std::string_view signature);

}  // namespace tipoff::operate
