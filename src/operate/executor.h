#pragma once
/// Runs that are ready, done: collected, derived, trained, told.
///
/// Sources of different families are asked side by side, one lane each; sources of one family in
/// their order. What a family states of games to come is forecast when it ends, while others go on.
/// What is derived of one date is one pass over the facts, which stay in memory as
/// long as nothing new is stated. Every run that is handed in has ended or waits when `execute`
/// returns, or the error says why the program cannot go on.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "ledger/run_queue.h"
#include "operate/alerts.h"
#include "operate/backfill.h"
#include "operate/collecting.h"
#include "operate/run_work.h"
#include "operate/warm_engine.h"
#include "store/database.h"

namespace tipoff::operate {

/// A run that is ready, and what it has to do without.
struct ReadyRun {
    ledger::RunRow run;
    RunWork work;
    std::string without;
};

struct ExecutorOptions {
    /// Whose forecasts are made. Of games to come those of other markets that the date has
    /// forecasts of are made again beside them.
    std::vector<Market> markets{Market::kPoints};
    /// Models that pass every gate go into service by themselves.
    bool promote = true;
    std::size_t threads = 2;
    /// Whether books are asked for alternate ladders as well.
    bool alternate_lines = false;
};

/// Asked for the runs of games to come that are owed by what was stated since: ready, and begun at
/// once.
using LiveRuns = std::function<Expected<std::vector<ReadyRun>>()>;

/// Told as each run begins.
using RunProgress = std::function<void(const ledger::RunRow&)>;

class Executor {
public:
    /// All outlive it. Each of `lanes` asks its upstreams with a fetcher of its own; they share the
    /// database. Without lanes nothing is collected.
    Executor(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
             WarmEngine& engine, std::span<Collecting* const> lanes, const Alerts& alerts,
             ExecutorOptions options = {});

    /// `live_runs` is asked from any thread, one at a time.
    Status execute(std::vector<ReadyRun> ready, const LiveRuns& live_runs,
                   const RunProgress& progress = {});

    /// Whether the newest live forecasts of a date are of what this one would forecast.
    Expected<bool> has_forecast_all(GameDate date);

private:
    Status collect(std::span<const ReadyRun> runs, const LiveRuns& live_runs,
                   const RunProgress& progress);
    Expected<std::vector<ReadyRun>> not_fresh(std::span<const ReadyRun> runs);
    Status collect_one(Collecting& collecting, const ReadyRun& ready);
    Status derive(std::span<const ReadyRun> runs, const RunProgress& progress);
    Status derive_meanwhile(const Collecting& lane, const LiveRuns& live_runs,
                            const RunProgress& progress);
    Status leave_out_begun(std::vector<ReadyRun>& ready);
    Status derive_date(std::span<const ReadyRun> runs);
    Status train(const ReadyRun& ready);
    Status tell(const ReadyRun& ready);
    Expected<BackfillRequest> request_of(std::span<const ReadyRun> runs);
    Expected<bool> are_current(std::span<const ReadyRun> runs, const BackfillRequest& request);
    Status settle(std::span<const ReadyRun> runs, const ledger::Move& end);

    store::Database& database_;
    ledger::Ledger& ledger_;
    const Clock& clock_;
    WarmEngine& engine_;
    std::vector<Collecting*> lanes_;
    const Alerts& alerts_;
    ExecutorOptions options_;
    std::mutex deriving_;  ///< the engine is one thread's at a time
};

}  // namespace tipoff::operate
