#include "operate/executor.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <thread>

#include "base/crash_point.h"
#include "ledger/heartbeat.h"
#include "ledger/input_changes.h"
#include "operate/catalogue.h"
#include "operate/daily_summary.h"
#include "operate/live.h"
#include "operate/run_times.h"
#include "operate/train.h"
#include "operate/upkeep.h"

namespace tipoff::operate {
namespace {

using ledger::Move;
using ledger::RunState;

/// A run that another is in the way of looks again after so long.
constexpr std::chrono::minutes kLookAgain{1};

/// A family that takes longer is looked at before its end: what it states by then is not to wait.
constexpr std::chrono::seconds kLongFamily{20};

/// What becomes of a run that an error kept from being begun.
Move after(const Error& error, Instant now) {
    if (!ledger::may_pass(error.code()))
        return {.to = RunState::kFailed,
                .reason = std::string(to_string(error.code())),
                .detail = error.message()};
    return {.to = RunState::kRetryWait,
            .reason = std::string(to_string(error.code())),
            .detail = error.message(),
            .not_before = now + kLookAgain};
}

}  // namespace

Executor::Executor(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                   WarmEngine& engine, std::span<Collecting* const> lanes, const Alerts& alerts,
                   ExecutorOptions options)
    : database_(database),
      ledger_(ledger),
      clock_(clock),
      engine_(engine),
      lanes_(lanes.begin(), lanes.end()),
      alerts_(alerts),
      options_(std::move(options)) {}

/// Ends those of the runs that nobody has begun.
Status Executor::settle(std::span<const ReadyRun> runs, const Move& end) {
    std::vector<Move> moves;
    for (const ReadyRun& ready : runs) {
        moves.push_back(end);
        moves.back().run = &ready.run;
    }
    TIPOFF_CHECK(ledger::RunQueue(database_, clock_).move(moves));
    crash_point("executor.settled");
    return {};
}

// --- collecting ---

Status Executor::collect_one(Collecting& collecting, const ReadyRun& ready) {
    const collect::Source& source = *ready.work.source;
    if (!collecting.is_on(source)) {
        return settle({&ready, 1},
                      {.to = RunState::kSkipped,
                       .reason = "SOURCE_OFF",
                       .detail = fmt::format("{} is not set", source.asking.key.variable)});
    }
    const collect::Source asked = options_.alternate_lines ? collect::with_ladders(source) : source;
    const auto report = collecting.collect(asked, {.dates = {ready.work.game_date}});
    if (report) return {};
    if (report.error().code() != ErrorCode::kRefused)
        return settle({&ready, 1}, after(report.error(), clock_.league_now()));
    TIPOFF_TRY(const auto breaker, collecting.open_breaker(source));
    const auto open_until = breaker ? breaker->open_until : std::nullopt;
    const bool comes_back = open_until && ready.run.deadline && *open_until < *ready.run.deadline;
    // One that was tried and got nothing has failed, whoever keeps it from another try.
    const RunState end = ready.run.attempt > 0 ? RunState::kFailed : RunState::kSkipped;
    return settle({&ready, 1}, {.to = comes_back ? RunState::kRetryWait : end,
                                .reason = open_until ? "LEFT_ALONE" : "QUOTA_KEPT",
                                .detail = report.error().message(),
                                .not_before = comes_back ? open_until : std::nullopt});
}

/// Those of the runs whose source has not just been asked for the same.
Expected<std::vector<ReadyRun>> Executor::not_fresh(std::span<const ReadyRun> runs) {
    TIPOFF_TRY(const store::Columns rows,
               database_.read("SELECT scope, max(finished_at), max(CASE WHEN job <> '' THEN "
                              "logical_time END) FROM ops.run WHERE step = 'collect' AND state IN "
                              "('succeeded', 'empty_ok') AND reason = '' GROUP BY scope",
                              {}));
    using OptionalInstant = store::ColumnCodec<std::optional<Instant>>;
    const Instant now = clock_.league_now();
    std::map<std::string, Instant, std::less<>> asked_at;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const auto end = league_end(store::ColumnCodec<Instant>::get(rows.data[1], i),
                                    OptionalInstant::get(rows.data[2], i), clock_);
        // A replay may look from before another one.
        if (end && *end <= now) asked_at.emplace(rows.data[0].text(i), *end);
    }
    std::vector<ReadyRun> others;
    std::vector<ReadyRun> fresh;
    for (const ReadyRun& ready : runs) {
        const auto last = asked_at.find(ready.run.scope);
        const bool is_fresh =
            last != asked_at.end() && now - last->second < ready.work.source->asking.fresh_for;
        (is_fresh ? fresh : others).push_back(ready);
    }
    TIPOFF_CHECK(settle(fresh, {.to = RunState::kSkipped,
                                .reason = "FRESH",
                                .detail = "asked a moment ago, and nothing was missing"}));
    return others;
}

Status Executor::collect(std::span<const ReadyRun> all, const LiveRuns& live_runs,
                         const RunProgress& progress) {
    if (all.empty()) return {};
    if (lanes_.empty())
        return settle(all, {.to = RunState::kSkipped,
                            .reason = "NOT_COLLECTING",
                            .detail = "this process asks no upstream"});
    TIPOFF_TRY(const std::vector<ReadyRun> runs, not_fresh(all));
    if (runs.empty()) return {};
    std::vector<const collect::Source*> in_order;
    in_order.reserve(runs.size());
    for (const ReadyRun& ready : runs)
        in_order.push_back(ready.work.source);
    in_order = in_collecting_order(std::move(in_order));

    std::map<std::string_view, std::vector<const ReadyRun*>> families;
    for (const collect::Source* source : in_order) {
        for (const ReadyRun& ready : runs) {
            if (ready.work.source == source)
                families[collect::family_of(source->name)].push_back(&ready);
        }
    }
    std::deque<std::vector<const ReadyRun*>> waiting;
    for (auto& [family, of_family] : families)
        waiting.push_back(std::move(of_family));

    std::mutex mutex;
    std::optional<Error> problem;
    const RunProgress tell = [&](const ledger::RunRow& run) {
        if (!progress) return;
        const std::lock_guard lock(mutex);
        progress(run);
    };
    const auto work_in = [&](Collecting& lane) {
        while (true) {
            std::vector<const ReadyRun*> mine;
            {
                const std::lock_guard lock(mutex);
                if (waiting.empty() || problem) return;
                mine = std::move(waiting.front());
                waiting.pop_front();
            }
            Instant looked_at = clock_.league_now();
            for (const ReadyRun* ready : mine) {
                tell(ready->run);
                Status done = collect_one(lane, *ready);
                const bool is_time = clock_.league_now() - looked_at >= kLongFamily;
                if (done && (is_time || ready == mine.back())) {
                    done = derive_meanwhile(lane, live_runs, tell);
                    looked_at = clock_.league_now();
                }
                if (done) continue;
                const std::lock_guard lock(mutex);
                if (!problem) problem = done.error();
                return;
            }
        }
    };
    std::vector<std::thread> threads;
    const std::size_t lanes = std::min(lanes_.size(), waiting.size());
    for (std::size_t i = 1; i < lanes; ++i)
        threads.emplace_back([&, i] { work_in(*lanes_[i]); });
    work_in(*lanes_.front());
    for (std::thread& thread : threads)
        thread.join();
    if (problem) return std::unexpected(*problem);
    return {};
}

// --- deriving ---

/// What runs of one date come to, all live or none.
Expected<BackfillRequest> Executor::request_of(std::span<const ReadyRun> runs) {
    const RunWork& first = runs.front().work;
    BackfillRequest request;
    request.dates = {first.game_date, first.game_date};
    request.steps.clear();
    for (const ReadyRun& ready : runs) {
        request.steps.insert(ready.work.step);
        if (!ready.without.empty()) request.without = ready.without;
    }
    request.markets = options_.markets;
    request.threads = options_.threads;
    if (first.is_live) {
        request.origin = forecast::kOriginLive;
        TIPOFF_TRY(request.markets, live_markets(database_, first.game_date, options_.markets));
    }
    return request;
}

/// Whether each of the runs was done, by the same method, by a run that was begun after the last
/// statement, training and forecast that it depends on. Asks the ledger alone: no fact is read.
Expected<bool> Executor::are_current(std::span<const ReadyRun> runs,
                                     const BackfillRequest& request) {
    TIPOFF_TRY(std::int64_t newest_input, ledger::newest_change(database_, stated_table_names()));
    TIPOFF_TRY(const std::int64_t trained, ledger::newest_success(database_, "step = 'train'", {}));
    newest_input = std::max(newest_input, trained);
    for (const ReadyRun& ready : runs) {
        TIPOFF_TRY(const auto done,
                   ledger::newest_success_of(database_, ready.run.step, ready.run.scope));
        if (!done || !done->input_hash.starts_with(method_hash(ready.work.step, request)))
            return false;
        std::int64_t input = newest_input;
        if (ready.work.step == Step::kGrades) {
            TIPOFF_TRY(const std::int64_t forecast,
                       ledger::newest_success(database_, "step = 'forecasts' AND game_date = $1",
                                              {ready.work.game_date}));
            input = std::max(input, forecast);
        }
        if (done->fencing_token <= input) return false;
    }
    return true;
}

Expected<bool> Executor::has_forecast_all(GameDate date) {
    const RunWork work{
        .kind = TaskKind::kDerive, .step = Step::kForecasts, .game_date = date, .is_live = true};
    const std::array runs{ReadyRun{.run = {}, .work = work, .without = {}}};
    TIPOFF_TRY(const BackfillRequest request, request_of(runs));
    TIPOFF_TRY(const auto done,
               ledger::newest_success_of(database_, step_name(work), scope_name(work)));
    return done && done->input_hash.starts_with(method_hash(work.step, request));
}

/// Runs of one date, all live or none.
Status Executor::derive_date(std::span<const ReadyRun> runs) {
    const Move unchanged{.to = RunState::kSkipped,
                         .reason = "UNCHANGED",
                         .detail = "nothing that it is made of has changed"};
    TIPOFF_TRY(const BackfillRequest request, request_of(runs));
    TIPOFF_TRY(const bool is_done, are_current(runs, request));
    if (is_done) return settle(runs, unchanged);

    const auto done = [&]() -> Expected<BackfillReport> {
        TIPOFF_TRY(Backfill* const backfill, engine_.backfill());
        crash_point("derive.facts_read");
        return backfill->run(request);
    }();
    crash_point("derive.done");
    if (!done) return settle(runs, after(done.error(), clock_.league_now()));
    if (done->game_dates == 0)
        return settle(runs, {.to = RunState::kSkipped,
                             .reason = "NO_GAMES",
                             .detail = "nothing is played that day"});
    return settle(runs, unchanged);
}

Status Executor::derive(std::span<const ReadyRun> runs, const RunProgress& progress) {
    std::map<std::pair<GameDate, bool>, std::vector<ReadyRun>> dates;
    for (const ReadyRun& ready : runs)
        dates[{ready.work.game_date, ready.work.is_live}].push_back(ready);
    for (const auto& [date, of_date] : dates) {
        if (progress) progress(of_date.front().run);
        TIPOFF_CHECK(derive_date(of_date));
    }
    return {};
}

/// What was stated just now of games to come, while other lanes ask on. None of them states
/// anything meanwhile: what is computed is of one state of the facts.
Status Executor::derive_meanwhile(const Collecting& lane, const LiveRuns& live_runs,
                                  const RunProgress& progress) {
    const std::lock_guard one_at_a_time(deriving_);
    const auto alone = lane.turn_to_write();
    // A step that waited by itself may leave the ones behind it to a second look.
    for (int looks = 0; looks < 2; ++looks) {
        TIPOFF_TRY(const std::vector<ReadyRun> runs, live_runs());
        if (runs.empty()) return {};
        TIPOFF_CHECK(derive(runs, progress));
    }
    return {};
}

/// Of runs that were ready, those that were not begun, and are not waiting, since.
Status Executor::leave_out_begun(std::vector<ReadyRun>& ready) {
    TIPOFF_TRY(const store::Columns rows,
               database_.read("SELECT run_id FROM ops.run WHERE state = 'ready'", {}));
    std::set<std::string_view> still_ready;
    for (std::size_t i = 0; i < rows.rows(); ++i)
        still_ready.insert(rows.data[0].text(i));
    std::erase_if(ready,
                  [&](const ReadyRun& run) { return !still_ready.contains(run.run.run_id); });
    return {};
}

// --- the others ---

Status Executor::train(const ReadyRun& ready) {
    TrainRequest request;
    request.through = ready.work.game_date;
    request.promote = options_.promote;
    const auto trained = [&]() -> Status {
        TIPOFF_TRY(const Facts* const known, engine_.facts());
        TIPOFF_CHECK(operate::train(engine_.home(), database_, ledger_, clock_, *known, request));
        return {};
    }();
    if (!trained) return settle({&ready, 1}, after(trained.error(), clock_.league_now()));
    return {};
}

/// Upkeep and messages: little work, in the transaction that ends the run.
Status Executor::tell(const ReadyRun& ready) {
    TIPOFF_TRY(const ledger::RunHandle run,
               ledger_.start({.step = ready.run.step, .scope = ready.run.scope}));
    crash_point("tell.started");
    const auto done = [&]() -> Status {
        ledger::RunOutcome outcome;
        if (ready.work.kind == TaskKind::kUpkeep) {
            TIPOFF_TRY(const UpkeepReport report, upkeep(database_, ledger_, clock_, {}));
            outcome.rows = report.changed();
            outcome.detail = report.words();
        }
        TIPOFF_TRY(const auto transaction, database_.begin());
        if (ready.work.kind == TaskKind::kSummary) {
            TIPOFF_TRY(const DailySummary summary, daily_summary(database_, ready.work.game_date));
            TIPOFF_CHECK(alerts_.daily_summary(*transaction, ready.work.game_date, summary.title,
                                               summary.body));
            outcome.detail = summary.title;
        } else if (ready.work.kind == TaskKind::kTestAlerts) {
            TIPOFF_CHECK(alerts_.test_weekly(*transaction));
        }
        TIPOFF_CHECK(ledger_.finish(*transaction, run, outcome));
        crash_point("tell.before_commit");
        return transaction->commit();
    }();
    if (!done) ledger_.finish_failed(run, done.error());
    return {};
}

Status Executor::execute(std::vector<ReadyRun> ready, const LiveRuns& live_runs,
                         const RunProgress& progress) {
    const auto of_kind = [&ready](auto is_wanted) {
        std::vector<ReadyRun> wanted;
        std::ranges::copy_if(ready, std::back_inserter(wanted), is_wanted);
        return wanted;
    };
    const auto collected =
        of_kind([](const ReadyRun& run) { return run.work.kind == TaskKind::kCollect; });
    TIPOFF_CHECK(collect(collected, live_runs, progress));
    if (!collected.empty()) TIPOFF_CHECK(leave_out_begun(ready));
    TIPOFF_CHECK(derive(of_kind([](const ReadyRun& run) {
                            return run.work.kind == TaskKind::kDerive ||
                                   run.work.kind == TaskKind::kGrade;
                        }),
                        progress));
    for (const ReadyRun& run : ready) {
        switch (run.work.kind) {
            case TaskKind::kTrain:
                if (progress) progress(run.run);
                TIPOFF_CHECK(train(run));
                break;
            case TaskKind::kUpkeep:
            case TaskKind::kSummary:
            case TaskKind::kTestAlerts: TIPOFF_CHECK(tell(run)); break;
            case TaskKind::kCollect:
            case TaskKind::kDerive:
            case TaskKind::kGrade: break;
        }
    }
    return {};
}

}  // namespace tipoff::operate
