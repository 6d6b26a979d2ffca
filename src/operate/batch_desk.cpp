#include "operate/batch_desk.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/crash_point.h"
#include "coordinate/worker.h"
#include "forecast/playing_time.h"

namespace tipoff::operate {
namespace {

using coordinate::BatchState;

/// A batch that is over sooner stores its counts once, with its end.
constexpr std::chrono::seconds kStoreProgressEvery{5};

/// The formula's minutes, which need nothing that is trained.
double expected_minutes(const features::FeatureStoreRow& row) {
    return forecast::playing_time(forecast::MatchupFeatures(row.features), {}).minutes;
}

std::vector<coordinate::WorkItem> items_of(const coordinate::BatchRow& batch,
                                           const ForecastTask& task,
                                           const std::vector<std::size_t>& rows) {
    std::array<std::optional<Fingerprint>, kCounts> trained;
    for (std::size_t c = 0; c < kCounts; ++c) {
        if (task.fitted.trained[c] != nullptr) trained[c] = task.fitted.trained[c]->hash();
    }
    std::vector<coordinate::WorkItem> items;
    items.reserve(rows.size());
    for (const std::size_t i : rows) {
        const features::FeatureStoreRow& row = task.matchups.rows[i];
        coordinate::WorkItem& item = items.emplace_back();
        item.key = {batch.batch_id, batch.attempt, row.player_id};
        item.game_id = row.game_id;
        item.as_of = row.as_of;
        item.features = row.features;
        item.markets.assign(task.markets.begin(), task.markets.end());
        if (task.matchups.neighbours != nullptr) item.neighbours = (*task.matchups.neighbours)[i];
        for (std::size_t m = 0; m < item.offers.size(); ++m) {
            const forecast::Offers& of_market = (*task.matchups.offers)[m];
            if (!of_market.empty()) item.offers[m] = of_market[i];
        }
        item.trained = trained;
    }
    return items;
}

}  // namespace

BatchDesk::BatchDesk(coordinate::Batches& batches, coordinate::WorkDesk& desk,
                     ledger::Ledger& ledger, const Clock& clock, BatchDeskOptions options)
    : batches_(batches),
      desk_(desk),
      ledger_(ledger),
      clock_(clock),
      options_(std::move(options)) {}

Status BatchDesk::begin(const ForecastTask& task, const std::vector<std::size_t>& rows,
                        std::int32_t left_out) {
    TIPOFF_TRY(run_, task.start_run());
    heartbeat_ = std::make_unique<ledger::Heartbeat>(ledger_, *run_, clock_);
    coordinate::BatchPlayers players{.items = {},
                                     .left_out = left_out,
                                     .as_of = task.matchups.rows.front().as_of,
                                     .run_id = run_->run_id};
    for (const std::size_t i : rows) {
        coordinate::WorkItemRow& item = players.items.emplace_back();
        item.player_id = task.matchups.rows[i].player_id;
        item.game_id = task.matchups.rows[i].game_id;
        item.game_date = task.matchups.rows[i].game_date;
    }
    TIPOFF_TRY(batch_, options_.resumed ? batches_.take_up(*options_.resumed, players)
                                        : batches_.begin(options_.request, players));
    options_.standing(*batch_);
    return {};
}

/// Keeps what has come in, and stores its counts now and then.
void BatchDesk::take_in(const coordinate::Outcomes& outcomes) {
    const auto now = clock_.elapsed();
    if (now - stored_at_ >= kStoreProgressEvery) {
        stored_at_ = now;
        // Who has lost his batch is told when he ends it.
        if (const Status stored = batches_.progress(*batch_, outcomes); !stored)
            spdlog::warn("{}", stored.error().message());
    } else {
        coordinate::count_outcomes(*batch_, outcomes);
    }
    options_.standing(*batch_);
}

Expected<coordinate::Outcomes> BatchDesk::ask_workers(const ForecastTask& task,
                                                      const std::vector<std::size_t>& rows) {
    for (const auto& trained : task.fitted.trained) {
        if (trained != nullptr) TIPOFF_CHECK(desk_.lend(trained));
    }
    stored_at_ = clock_.elapsed();
    return coordinate::gather(
        desk_, clock_, items_of(*batch_, task, rows),
        {.wish = options_.wish,
         .progress = [this](const coordinate::Outcomes& outcomes) { take_in(outcomes); }},
        options_.stalls_after);
}

Expected<DeskForecasts> BatchDesk::forecast(const ForecastTask& task) {
    DeskForecasts said;
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < task.matchups.rows.size(); ++i) {
        const double minutes = expected_minutes(task.matchups.rows[i]);
        if (minutes >= options_.request.min_minutes) {
            asked.push_back(i);
        } else {
            said.others.push_back({i, GapReason::kBelowMinMinutes,
                                   fmt::format("{:.1f} minutes, and the batch asked for {:g}",
                                               minutes, options_.request.min_minutes)});
        }
    }
    if (asked.empty()) {
        return fail(ErrorCode::kNotFound,
                    fmt::format("nobody is expected for {:g} minutes or more",
                                options_.request.min_minutes),
                    "ask with a lower min_minutes");
    }
    auto outcomes = [&]() -> Expected<coordinate::Outcomes> {
        TIPOFF_CHECK(begin(task, asked, static_cast<std::int32_t>(said.others.size())));
        task.begun();
        return ask_workers(task, asked);
    }();
    if (!outcomes) {
        end_run(outcomes.error());
        return std::unexpected(std::move(outcomes).error());
    }
    outcomes_ = *std::move(outcomes);
    std::vector<const std::vector<forecast::SystemForecasts>*> forecasts;
    for (const std::size_t i : asked) {
        const coordinate::Outcome& outcome = outcomes_.at(task.matchups.rows[i].player_id);
        if (outcome.is_forecast()) {
            said.rows.push_back(i);
            forecasts.push_back(&outcome.forecasts);
        } else {
            said.others.push_back({i, GapReason::kNoWorkerAnswered,
                                   fmt::format("{}: {}", to_string(outcome.why), outcome.detail)});
        }
    }
    said.forecasts = coordinate::together(forecasts);
    return said;
}

std::optional<ledger::RunHandle> BatchDesk::take_run() {
    heartbeat_.reset();
    is_run_over_ = true;
    return run_;
}

void BatchDesk::end_run(const Error& error) {
    heartbeat_.reset();
    if (!run_ || std::exchange(is_run_over_, true)) return;
    ledger::RunOutcome outcome{.state = ledger::RunState::kFailed,
                               .reason = std::string(to_string(error.code())),
                               .detail = error.message()};
    if (error.code() == ErrorCode::kFenced || error.code() == ErrorCode::kBusy) {
        outcome.state = ledger::RunState::kSkipped;
        outcome.reason = error.code() == ErrorCode::kFenced ? "BATCH_DROPPED" : "STEP_UNDER_WAY";
    }
    // One that could not be ended is closed when its lease is over.
    (void)ledger_.finish(*run_, outcome);
}

void BatchDesk::note_made(std::span<const forecast::Prediction> predictions,
                          std::span<const forecast::Pick> picks) {
    for (const forecast::Prediction& row : predictions) {
        coordinate::BatchSummaryRow& sum = summary_[{row.market, row.system_id}];
        ++sum.players;
        sum.mean += row.mean;
    }
    for (const forecast::Pick& pick : picks) {
        if (!pick.is_main_line) continue;
        coordinate::BatchSummaryRow& sum = summary_[{pick.market, pick.system_id}];
        ++sum.lined;
        sum.over += pick.recommendation == "OVER" ? 1 : 0;
        sum.under += pick.recommendation == "UNDER" ? 1 : 0;
        sum.pass += pick.recommendation == "PASS" ? 1 : 0;
    }
}

Status BatchDesk::conclude(store::Transaction& transaction, std::int64_t rows) {
    if (!batch_) return {};
    std::vector<coordinate::BatchSummaryRow> summary;
    for (const auto& [place, sum] : summary_) {
        coordinate::BatchSummaryRow& row = summary.emplace_back(sum);
        row.batch_id = batch_->batch_id;
        row.market = place.first;
        row.system_id = place.second;
        row.game_date = batch_->game_date;
        row.as_of = batch_->as_of;
        row.mean /= std::max(sum.players, 1);
        row.run_id = run_->run_id;
    }
    return batches_.complete(transaction, *batch_, outcomes_, summary, rows);
}

void BatchDesk::end_failed(const Error& error) {
    const bool was_begun = batch_ || options_.resumed;
    if (!was_begun || options_.is_stopping()) return;
    const coordinate::BatchRow& batch = batch_ ? *batch_ : *options_.resumed;
    const bool was_dropped = error.code() == ErrorCode::kFenced;
    const Status ended = batches_.end(
        batch, was_dropped ? BatchState::kDropped : BatchState::kFailed,
        was_dropped ? "FORCED" : std::string(to_string(error.code())), error.message());
    // One that was dropped has ended already.
    if (!ended && ended.error().code() != ErrorCode::kFenced)
        spdlog::error("batch {}: {}", batch.batch_id, ended.error().message());
}

}  // namespace tipoff::operate
