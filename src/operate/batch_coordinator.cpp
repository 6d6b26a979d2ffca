#include "operate/batch_coordinator.h"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>

#include "forecast/systems.h"
#include "operate/batch_desk.h"

namespace tipoff::operate {

using coordinate::BatchRequest;
using coordinate::BatchRow;
using coordinate::BatchState;
using coordinate::Wish;

struct BatchCoordinator::Job {
    BatchRequest request;
    std::optional<BatchRow> resumed;
    std::promise<Expected<BatchRow>> begun;
    bool has_told = false;

    void tell(Expected<BatchRow> batch) {
        if (!std::exchange(has_told, true)) begun.set_value(std::move(batch));
    }
};

namespace {

/// A batch that another step is in the way of tries again for a quarter of a minute.
constexpr int kMostTries = 30;
constexpr std::chrono::milliseconds kTryAgain{500};

Status check_request(const BatchRequest& request, GameDate today) {
    for (const std::string& market : request.markets) {
        if (find_market(market)) continue;
        return fail(ErrorCode::kInvalidInput, fmt::format("there is no market '{}'", market),
                    market_names());
    }
    for (const std::string& system : request.systems) {
        if (forecast::find_system_id(system)) continue;
        return fail(ErrorCode::kInvalidInput, fmt::format("there is no system '{}'", system),
                    fmt::format("one of {}", fmt::join(forecast::kSystemIds, ", ")));
    }
    if (request.min_minutes < 0 || request.min_minutes > 48)
        return fail(ErrorCode::kInvalidInput, "min_minutes: a player plays 0 to 48 minutes");
    const std::string date = tipoff::to_string(request.game_date);
    if (request.game_date < today) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{} is over; batches are of games to come", date),
                    "tipoff backfill forecasts games that are over as of their tip-off");
    }
    if (request.game_date > today.plus_days(kBatchDaysAhead)) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("{} is more than {} days ahead", date, kBatchDaysAhead));
    }
    return {};
}

/// Why a date that could be forecast had nobody to ask workers about.
Error nobody(GameDate date, const BackfillReport& report) {
    const std::string day = tipoff::to_string(date);
    if (report.game_dates == 0)
        return {ErrorCode::kNotFound, fmt::format("no game of {} is on the schedule", day),
                "tipoff collect nbac_schedule reads it"};
    if (report.player_games == 0)
        return {ErrorCode::kNotFound,
                fmt::format("nobody is expected for the games of {}: no player of its teams has "
                            "appeared in a game that is on record",
                            day),
                "tipoff import PATH, or tipoff collect --from A --to B, for history"};
    return {ErrorCode::kNotFound, fmt::format("every game of {} has begun", day),
            "live forecasts are of games to come"};
}

std::vector<Market> markets_of(const BatchRequest& request) {
    std::vector<Market> markets;
    for (const std::string& name : request.markets)
        markets.push_back(*find_market(name));
    return markets;
}

}  // namespace

BatchCoordinator::BatchCoordinator(store::Database& database, ledger::Ledger& ledger,
                                   const Clock& clock, WarmEngine& engine,
                                   coordinate::WorkDesk& desk, BatchCoordinatorOptions options)
    : database_(database),
      ledger_(ledger),
      clock_(clock),
      engine_(engine),
      desk_(desk),
      options_(std::move(options)),
      batches_(database, clock),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

BatchCoordinator::~BatchCoordinator() {
    thread_.request_stop();
    thread_.join();
    for (const auto& job : waiting_)
        job->tell(fail(ErrorCode::kRefused, "the program ends", "ask again once it runs"));
}

Expected<BatchRow> BatchCoordinator::start(const BatchRequest& asked) {
    BatchRequest request = asked;
    if (request.markets.empty()) {
        for (const Market market : options_.markets)
            request.markets.emplace_back(to_string(market));
    }
    TIPOFF_CHECK(check_request(request, eastern_date(clock_.league_now())));
    if (const std::string leader = options_.leader(); !leader.empty()) {
        return fail(ErrorCode::kBusy, fmt::format("{} runs the batches of this database", leader),
                    "ask that one; when it is gone another takes over within half a minute");
    }
    TIPOFF_CHECK(batches_.in_the_way(request));
    const auto job = std::make_shared<Job>();
    job->request = std::move(request);
    auto begun = job->begun.get_future();
    {
        const std::lock_guard lock(mutex_);
        if (job->request.force && standing_ && standing_->game_date == job->request.game_date)
            wishes_[standing_->batch_id] = Wish::kDrop;
        waiting_.push_back(job);
    }
    changed_.notify_all();
    return begun.get();
}

Status BatchCoordinator::finish(const std::string& batch_id) {
    TIPOFF_TRY(const auto batch, batches_.find(batch_id));
    if (!batch) return fail(ErrorCode::kNotFound, fmt::format("there is no batch '{}'", batch_id));
    const std::lock_guard lock(mutex_);
    if (batch->state != to_string(BatchState::kRunning) || !standing_ ||
        standing_->batch_id != batch_id) {
        return fail(ErrorCode::kRefused,
                    fmt::format("batch {} is not under way: {}", batch_id, batch->state));
    }
    wishes_[batch_id] = Wish::kFinish;
    return {};
}

Expected<std::size_t> BatchCoordinator::resume() {
    TIPOFF_TRY(const auto unfinished, batches_.unfinished());
    for (const BatchRow& batch : unfinished) {
        const auto job = std::make_shared<Job>();
        job->resumed = batch;
        job->request.game_date = batch.game_date;
        job->request.min_minutes = batch.min_minutes;
        job->request.correlation_id = batch.correlation_id;
        job->request.markets = coordinate::listed(batch.markets);
        job->request.systems = coordinate::listed(batch.systems);
        const std::lock_guard lock(mutex_);
        waiting_.push_back(job);
    }
    changed_.notify_all();
    return unfinished.size();
}

void BatchCoordinator::warm_up() {
    {
        const std::lock_guard lock(mutex_);
        is_cold_ = true;
    }
    changed_.notify_all();
}

void BatchCoordinator::wait_until_idle() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.empty() && !under_way_; });
}

Expected<std::optional<BatchRow>> BatchCoordinator::find(const std::string& batch_id) {
    {
        const std::lock_guard lock(mutex_);
        if (standing_ && standing_->batch_id == batch_id) return standing_;
    }
    return batches_.find(batch_id);
}

void BatchCoordinator::work(const std::stop_token& stop) {
    while (true) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return !waiting_.empty() || is_cold_; }))
                return;
            if (waiting_.empty()) {
                is_cold_ = false;
                lock.unlock();
                // A home without a schedule yet has nothing to read; who asks is told.
                (void)engine_.backfill();
                continue;
            }
            job = under_way_ = std::move(waiting_.front());
            waiting_.pop_front();
        }
        if (const Status done = forecast(*job, stop); !done) {
            // Who waits for it is told; of the rest the log tells.
            if ((job->has_told || job->resumed) && done.error().code() != ErrorCode::kFenced)
                spdlog::error("batch: {}", done.error().message());
            job->tell(std::unexpected(done.error()));
        }
        {
            const std::lock_guard lock(mutex_);
            under_way_.reset();
            if (standing_) wishes_.erase(standing_->batch_id);
            standing_.reset();
        }
        changed_.notify_all();
        if (stop.stop_requested()) return;
        // Rows that lie in memory until a later checkpoint crowd out what is read: after some
        // batches DuckDB would move them to a temporary file and back.
        if (const Status done = database_.checkpoint();
            !done && done.error().code() != ErrorCode::kBusy)
            spdlog::warn("batch: {}", done.error().message());
    }
}

Status BatchCoordinator::forecast(Job& job, const std::stop_token& stop) {
    for (int tries = 1;; ++tries) {
        const auto standing = [&](const BatchRow& batch) {
            {
                const std::lock_guard lock(mutex_);
                standing_ = batch;
            }
            job.tell(batch);
        };
        BatchDesk desk(batches_, desk_, ledger_, clock_,
                       {.request = job.request,
                        .resumed = job.resumed,
                        .stalls_after = options_.stalls_after,
                        .standing = standing,
                        .wish = [&] { return wish(stop); },
                        .is_stopping = [stop] { return stop.stop_requested(); }});
        const Status done = forecast_once(job, desk);
        if (done) return done;
        desk.end_run(done.error());
        // The schedule is just at a step of the same date: the batch goes again when it is not.
        const bool is_in_the_way = done.error().code() == ErrorCode::kBusy && desk.batch();
        if (!is_in_the_way || tries == kMostTries || stop.stop_requested()) {
            desk.end_failed(done.error());
            return done;
        }
        job.resumed = desk.batch();
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, kTryAgain, [] { return false; });
    }
}

Wish BatchCoordinator::wish(const std::stop_token& stop) {
    if (stop.stop_requested()) return Wish::kDrop;
    const std::lock_guard lock(mutex_);
    const auto found = standing_ ? wishes_.find(standing_->batch_id) : wishes_.end();
    return found == wishes_.end() ? Wish::kGoOn : found->second;
}

Status BatchCoordinator::forecast_once(const Job& job, BatchDesk& desk) {
    BackfillRequest request;
    request.dates = {job.request.game_date, job.request.game_date};
    request.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
    request.origin = forecast::kOriginLive;
    request.as_of = live_as_of(clock_);
    request.markets = markets_of(job.request);
    request.systems.insert(job.request.systems.begin(), job.request.systems.end());
    request.threads = options_.threads;
    request.desk = &desk;
    TIPOFF_TRY(Backfill* const backfill, engine_.backfill());
    TIPOFF_TRY(const BackfillReport report, backfill->run(request));
    if (desk.batch()) return {};
    return std::unexpected(nobody(job.request.game_date, report));
}

}  // namespace tipoff::operate
