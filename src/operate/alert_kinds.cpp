#include "operate/alert_kinds.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/error.h"

namespace tipoff::operate {
namespace {

using enum AlertKind;
using enum Severity;

constexpr std::array kKinds{
    AlertKindSpec{kRunFailed, "run.", "STEP", ".failed", kError, true},
    AlertKindSpec{kRunIncomplete, "run.", "STEP", ".incomplete", kWarning, true},
    AlertKindSpec{kWait, "wait.", "STEP", "", kWarning, true},
    AlertKindSpec{kSourceLeftAlone, "source.", "SOURCE", ".left_alone", kError, true},
    AlertKindSpec{kSourceQuota, "source.", "SOURCE", ".quota", kWarning, true},
    AlertKindSpec{kGradesMissing, "grades.missing", "", "", kError, true},
    AlertKindSpec{kGivenUp, "batch.given_up", "", "", kError, true},
    AlertKindSpec{kChannelFailing, "alerts.channel.", "CHANNEL", ".failing", kError},
    AlertKindSpec{kBoardMoved, "board.moved.", "DATE.INSTANT", "", kInfo, false, true},
};

const AlertKindSpec& spec_of(AlertKind kind) {
    const auto found = std::ranges::find(kKinds, kind, &AlertKindSpec::kind);
    require(found != kKinds.end(), "a kind of alert that is not declared");
    return *found;
}

bool is_of(const AlertKindSpec& kind, std::string_view signature) {
    return kind.subject.empty()
               ? signature == kind.before
               : signature.starts_with(kind.before) && signature.ends_with(kind.after);
}

}  // namespace

std::string AlertKindSpec::pattern() const { return fmt::format("{}{}{}", before, subject, after); }

std::span<const AlertKindSpec> alert_kinds() { return kKinds; }

std::string signature_of(AlertKind kind, std::string_view subject) {
    const AlertKindSpec& spec = spec_of(kind);
    require(spec.subject.empty() == subject.empty(), "an alert without what it is about");
    return fmt::format("{}{}{}", spec.before, subject, spec.after);
}

Alert alert_of(AlertKind kind, std::string_view subject) {
    const AlertKindSpec& spec = spec_of(kind);
    return {.signature = signature_of(kind, subject),
            .severity = spec.severity,
            .title = {},
            .body = {},
            .game_date = {},
            .is_event = spec.is_event};
}

bool is_problem(std::string_view signature) {
    return std::ranges::any_of(kKinds, [&](const AlertKindSpec& kind) {
        return kind.is_problem && is_of(kind, signature);
    });
}

}  // namespace tipoff::operate
