#include "cli/schedule_loop.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "cli/context.h"
#include "cli/looks.h"
#include "cli/output.h"

namespace tipoff::cli {
namespace {

using operate::PassReport;

/// The controller looks at the clock so often at least, so that a schedule that moved, or a machine
/// that slept, costs no more than that.
constexpr std::chrono::seconds kLongestPause{30};

/// How soon a process that has become the leader begins.
constexpr std::chrono::seconds kFollowerLooks{1};

/// How long nothing is due, in the machine's time.
std::chrono::milliseconds pause_after(const PassReport& pass, const Clock& clock, double speed) {
    using std::chrono::milliseconds;
    const milliseconds longest = kLongestPause;
    if (!pass.next) return longest;
    const auto left = std::chrono::duration<double>(*pass.next - clock.league_now()) / speed;
    const auto until_next = std::chrono::ceil<milliseconds>(left);
    return std::clamp(until_next, milliseconds{50}, longest);
}

std::string_view end_of(const ledger::RunRow& run) {
    return run.waits_for.empty() ? run.reason : run.waits_for;
}

void tell(const ledger::RunRow& ended, Instant now) {
    if (ended.state == "skipped") return;
    print(fmt::format("{}  {} {}: {}{}{}\n", to_eastern_string(now), ended.step, ended.scope,
                      ended.state, end_of(ended).empty() ? "" : ", ", end_of(ended)));
}

constexpr double kFastest = 100'000;

}  // namespace

Status check_speed(std::optional<double> speed, const Context& context) {
    if (!speed) return {};
    if (*speed <= 0 || *speed > kFastest)
        return fail(ErrorCode::kUsage,
                    fmt::format("--speed: above 0, and at most {:.0f}", kFastest));
    if (!context.settings().now)
        return fail(ErrorCode::kUsage, "--speed is of a replay: it needs --now");
    return {};
}

Expected<std::vector<ledger::RunRow>> ended_since(store::Database& database, Instant start) {
    return store::read_rows(database, ledger::kRun,
                            "WHERE (job <> '' AND planned_at >= $1) OR finished_at >= $1 ORDER BY "
                            "run_id",
                            {start});
}

Status run_schedule(Operation& operation, Control& control, HomeListener& listener,
                    const Interrupts& interrupts, double speed,
                    const operate::RunProgress& progress, const ScheduleHooks& hooks) {
    const auto look = [&]() -> Expected<std::chrono::milliseconds> {
        if (!hooks.leads()) return kFollowerLooks;
        std::optional turn(listener.turn("what is due"));
        const Instant start = operation.clock().wall_now();
        TIPOFF_TRY(const PassReport pass, control.controller.pass(progress));
        if (pass.done > 0) {
            TIPOFF_TRY(const auto runs, ended_since(operation.database(), start));
            for (const ledger::RunRow& ended : runs)
                tell(ended, operation.clock().league_now());
            std::fflush(stdout);
        }
        turn.reset();
        hooks.after_pass();
        return pause_after(pass, operation.clock(), speed);
    };
    return keep_looking(
        look, [&](std::chrono::milliseconds time) { return interrupts.come_within(time); });
}

}  // namespace tipoff::cli
