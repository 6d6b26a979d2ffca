#pragma once
/// The controller: what is due is planned as runs, what is ready is done, what is missing is told.
///
/// One pass does all of it once, and leaves no run that it has begun. A pass that is killed
/// anywhere is taken up by the next: what was planned stands in the ledger, what was running is
/// closed and goes again, and a logical time that was planned is never planned twice.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/run_queue.h"
#include "operate/alert_delivery.h"
#include "operate/alerts.h"
#include "operate/executor.h"
#include "operate/schedule.h"
#include "store/database.h"

namespace tipoff::operate {

/// Runs that no workflow plans: those of `tipoff run`, what is computed again because something
/// that it is made of has changed, and results that were not collected whole in their time.
inline constexpr std::string_view kByHandJob = "run";
inline constexpr std::string_view kRecomputeJob = "recompute";
inline constexpr std::string_view kOwedJob = "owed";

/// Whether upstreams are asked for what is due; where they are not, its runs go on waiting.
enum class Collect : std::uint8_t { kWhatIsDue, kNothing };

struct PassReport {
    std::vector<Decision> decisions;  ///< on every job
    std::int64_t planned = 0;         ///< new runs
    std::int64_t closed = 0;          ///< runs that nobody would have ended
    std::int64_t done = 0;            ///< runs that were begun or passed over
    DeliveryReport delivered;

    /// When there may be something to do again.
    std::optional<Instant> next;
};

class Controller {
public:
    /// All outlive it.
    Controller(store::Database& database, const Clock& clock, const Workflows& workflows,
               Executor& executor, const Alerts& alerts, const std::vector<AlertChannel>& channels);

    Expected<PassReport> pass(const RunProgress& progress = {});

    /// Plans a job's tasks for now, whatever its trigger says, and does what is ready. Returns the
    /// runs as they came to be. `kNotFound` for a job that is not in the workflows.
    Expected<std::vector<ledger::RunRow>> trigger(std::string_view job,
                                                  const RunProgress& progress = {});

    /// The same with everything that a day of games asks for: the night before collected and
    /// graded, the day's schedule, reports and lines collected, features and forecasts made.
    /// Results of days that are not over are neither graded nor asked for.
    Expected<std::vector<ledger::RunRow>> run_day(GameDate date, Collect collect,
                                                  const RunProgress& progress = {});

private:
    Expected<std::int64_t> plan_due(std::span<const Decision> decisions);
    Expected<std::int64_t> plan_recomputing();
    Expected<std::vector<GameDate>> dates_to_forecast_again();
    Expected<std::map<GameDate, std::vector<Step>>> late_results();
    Expected<std::int64_t> plan_owed_results();
    Expected<std::int64_t> plan_again(GameDate date, bool is_live, std::span<const Step> steps,
                                      Instant deadline);
    Expected<std::int64_t> work_off(Collect collect, const RunProgress& progress);
    Expected<std::vector<ReadyRun>> ready_runs(Collect collect);
    Expected<std::vector<ReadyRun>> live_runs();
    Expected<std::vector<ReadyRun>> ready_of(std::span<const ledger::RunRow> due);
    Expected<std::vector<ledger::RunRow>> plan_and_do(std::span<const RunWork> works,
                                                      std::string_view job, Instant deadline,
                                                      Collect collect, const RunProgress& progress);
    Status tell_of_problems();
    Status tell_of_boards();

    /// What there was of a date's live forecasts when its board was last compared.
    struct SeenBoard {
        GameDate date{};
        std::optional<AsOf> newest;
        std::int64_t forecasts = 0;
        bool operator==(const SeenBoard&) const = default;
    };

    store::Database& database_;
    const Clock& clock_;
    const Workflows& workflows_;
    Executor& executor_;
    const Alerts& alerts_;
    const std::vector<AlertChannel>& channels_;
    ledger::RunQueue queue_;
    ledger::Reaper reaper_;
    std::optional<SeenBoard> seen_board_;
};

}  // namespace tipoff::operate
