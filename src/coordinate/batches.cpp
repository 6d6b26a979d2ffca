#include "coordinate/batches.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <ranges>

#include "base/crash_point.h"
#include "base/process_name.h"

namespace tipoff::coordinate {
namespace {

constexpr std::string_view kWaiting = "waiting";
constexpr std::string_view kForecast = "forecast";
constexpr std::string_view kGap = "gap";

/// `sql` changes one row, or the batch is not ours any more.
Status change(store::Transaction& transaction, const BatchRow& batch, std::string_view set,
              store::Values values) {
    values.insert(values.begin(), {batch.batch_id, std::int64_t{batch.attempt}});
    TIPOFF_TRY(const std::int64_t changed,
               transaction.execute(
                   fmt::format("UPDATE ops.batch SET {}, row_version = row_version + 1 WHERE "
                               "batch_id = $1 AND attempt = $2 AND state = 'running'",
                               set),
                   values));
    if (changed == 1) return {};
    return fail(ErrorCode::kFenced,
                fmt::format("batch {} was taken up or ended by another", batch.batch_id));
}

std::vector<WorkItemRow> items_of(const std::string& batch_id, const BatchPlayers& players) {
    std::vector<WorkItemRow> items = players.items;
    for (WorkItemRow& item : items) {
        item.batch_id = batch_id;
        item.outcome = kWaiting;
    }
    return items;
}

/// "2026-01-20-3" for the third of the date.
Expected<std::string> next_id(store::Transaction& transaction, GameDate date) {
    TIPOFF_TRY(const store::Columns count,
               transaction.read("SELECT CAST(count(*) AS BIGINT) FROM ops.batch WHERE game_date = "
                                "$1",
                                {date}));
    return fmt::format("{}-{}", tipoff::to_string(date), count.data[0].integer(0) + 1);
}

}  // namespace

std::string_view to_string(BatchState state) {
    switch (state) {
        case BatchState::kRunning: return "running";
        case BatchState::kComplete: return "complete";
        case BatchState::kPartial: return "partial";
        case BatchState::kFailed: return "failed";
        case BatchState::kDropped: return "dropped";
    }
    throw InvariantBroken("a BatchState without a name");
}

Batches::Batches(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock) {}

Expected<std::optional<BatchRow>> Batches::in_the_way(const BatchRequest& request) {
    TIPOFF_TRY(auto newest, newest_of(request.game_date));
    if (!newest || newest->state != to_string(BatchState::kRunning)) return std::nullopt;
    const auto silent = clock_.wall_now() - newest->progressed_at;
    if (request.force || silent >= kBatchIsStalled) return newest;
    return fail(ErrorCode::kBusy,
                fmt::format("batch {} of {} is under way: {} of {} players", newest->batch_id,
                            tipoff::to_string(request.game_date), newest->forecast + newest->gaps,
                            newest->expected),
                "wait for it, or ask with force to drop it for a new one");
}

Expected<BatchRow> Batches::begin(const BatchRequest& request, const BatchPlayers& players) {
    TIPOFF_TRY(const auto dropped, in_the_way(request));
    if (dropped) {
        const Status done =
            end(*dropped, BatchState::kDropped, request.force ? "FORCED" : "STALLED",
                "another batch of the date was begun");
        // Whoever ended it first has done what was to be done.
        if (!done && done.error().code() != ErrorCode::kFenced)
            return std::unexpected(done.error());
    }
    BatchRow batch;
    batch.game_date = request.game_date;
    batch.state = to_string(BatchState::kRunning);
    batch.row_version = 1;
    batch.owner = process_name();
    batch.run_id = players.run_id;
    batch.correlation_id = request.correlation_id;
    batch.min_minutes = request.min_minutes;
    batch.systems = fmt::format("{}", fmt::join(request.systems, ","));
    batch.markets = fmt::format("{}", fmt::join(request.markets, ","));
    batch.as_of = players.as_of;
    batch.expected = static_cast<std::int32_t>(players.items.size());
    batch.left_out = players.left_out;
    batch.started_at = batch.progressed_at = clock_.wall_now();

    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(batch.batch_id, next_id(*transaction, request.game_date));
    const auto items = items_of(batch.batch_id, players);
    TIPOFF_CHECK(transaction->merge(kBatch.batch({&batch, 1}), std::nullopt));
    TIPOFF_CHECK(transaction->merge(kWorkItem.batch(items), std::nullopt));
    TIPOFF_CHECK(transaction->commit());
    crash_point("batch.begun");
    return batch;
}

Expected<BatchRow> Batches::take_up(const BatchRow& batch, const BatchPlayers& players) {
    auto rows = items_of(batch.batch_id, players);
    TIPOFF_TRY(const auto before, items(batch.batch_id));
    std::int64_t gone = 0;
    for (WorkItemRow item : before) {
        if (std::ranges::find(rows, item.player_id, &WorkItemRow::player_id) != rows.end())
            continue;
        item.outcome = kGap;
        item.reason = "NO_LONGER_EXPECTED";
        item.detail = "he was when the batch was begun";
        rows.push_back(std::move(item));
        ++gone;
    }
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(change(
        *transaction, batch,
        "attempt = attempt + 1, owner = $3, run_id = $4, as_of = $5, "
        "expected = $6, left_out = $7, progressed_at = $8, forecast = 0, gaps = $9",
        {process_name(), players.run_id, players.as_of.at, static_cast<std::int64_t>(rows.size()),
         std::int64_t{players.left_out}, clock_.wall_now(), gone}));
    TIPOFF_CHECK(transaction->merge(kWorkItem.batch(rows), std::nullopt));
    TIPOFF_CHECK(transaction->commit());
    crash_point("batch.taken_up");
    TIPOFF_TRY(auto taken, find(batch.batch_id));
    require(taken.has_value(), "a batch that was just changed");
    return *std::move(taken);
}

std::vector<std::string> listed(std::string_view list) {
    std::vector<std::string> parts;
    for (const auto part : std::views::split(list, ','))
        parts.emplace_back(std::string_view(part));
    return parts;
}

void count_outcomes(BatchRow& batch, const Outcomes& outcomes) {
    const auto forecast =
        std::ranges::count_if(outcomes, [](const auto& of) { return of.second.is_forecast(); });
    batch.forecast = static_cast<std::int32_t>(forecast);
    batch.gaps = static_cast<std::int32_t>(std::ssize(outcomes) - forecast);
}

Status Batches::progress(BatchRow& batch, const Outcomes& outcomes) {
    count_outcomes(batch, outcomes);
    batch.progressed_at = clock_.wall_now();
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(
        change(*transaction, batch, "forecast = $3, gaps = $4, progressed_at = $5",
               {std::int64_t{batch.forecast}, std::int64_t{batch.gaps}, batch.progressed_at}));
    return transaction->commit();
}

Status Batches::complete(store::Transaction& transaction, BatchRow& batch, const Outcomes& outcomes,
                         std::span<const BatchSummaryRow> summary, std::int64_t rows) {
    TIPOFF_TRY(auto all, items(batch.batch_id));
    std::map<std::string, int> reasons;
    std::int64_t forecast = 0;
    for (WorkItemRow& item : all) {
        if (const auto found = outcomes.find(item.player_id); found != outcomes.end()) {
            const Outcome& outcome = found->second;
            item.outcome = outcome.is_forecast() ? kForecast : kGap;
            item.reason = outcome.is_forecast() ? "" : to_string(outcome.why);
            item.detail = outcome.detail;
            item.worker = outcome.worker;
        }
        require(item.outcome != kWaiting, "a batch that is over with a player who is waited for");
        if (item.outcome == kForecast)
            ++forecast;
        else
            ++reasons[item.reason];
    }
    const auto expected = static_cast<std::int64_t>(all.size());
    const BatchState state = forecast == expected ? BatchState::kComplete : BatchState::kPartial;
    std::string reason;
    for (const auto& [name, count] : reasons)
        reason += fmt::format("{}{} {}", reason.empty() ? "" : ", ", count, name);
    const Instant now = clock_.wall_now();
    TIPOFF_CHECK(
        change(transaction, batch,
               "state = $3, forecast = $4, gaps = $5, rows = $6, progressed_at = $7, "
               "finished_at = $7, reason = $8",
               {std::string(to_string(state)), forecast, expected - forecast, rows, now, reason}));
    TIPOFF_CHECK(transaction.merge(kWorkItem.batch(all), std::nullopt));
    TIPOFF_CHECK(transaction.merge(kBatchSummary.batch(summary), std::nullopt));
    return {};
}

Status Batches::end(const BatchRow& batch, BatchState state, const std::string& reason,
                    const std::string& detail) {
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_CHECK(change(*transaction, batch,
                        "state = $3, reason = $4, detail = $5, finished_at = $6",
                        {std::string(to_string(state)), reason, detail, clock_.wall_now()}));
    TIPOFF_CHECK(transaction->commit());
    return {};
}

namespace {

Expected<std::optional<BatchRow>> first_of(Expected<std::vector<BatchRow>> rows) {
    if (!rows) return std::unexpected(std::move(rows).error());
    if (rows->empty()) return std::nullopt;
    return std::move(rows->front());
}

}  // namespace

Expected<std::optional<BatchRow>> Batches::find(const std::string& batch_id) {
    return first_of(store::read_rows(database_, kBatch, "WHERE batch_id = $1", {batch_id}));
}

Expected<std::optional<BatchRow>> Batches::newest_of(GameDate date) {
    return first_of(store::read_rows(
        database_, kBatch,
        "WHERE game_date = $1 ORDER BY state = 'running' DESC, started_at DESC LIMIT 1", {date}));
}

Expected<std::vector<BatchRow>> Batches::unfinished() {
    return store::read_rows(database_, kBatch, "WHERE state = 'running' ORDER BY started_at");
}

Expected<std::vector<BatchRow>> Batches::list(std::int64_t most, std::optional<Instant> before) {
    const std::string order = fmt::format("ORDER BY started_at DESC, batch_id DESC LIMIT {}", most);
    if (!before) return store::read_rows(database_, kBatch, order);
    return store::read_rows(database_, kBatch, "WHERE started_at < $1 " + order, {*before});
}

Expected<std::vector<WorkItemRow>> Batches::items(const std::string& batch_id) {
    return store::read_rows(database_, kWorkItem, "WHERE batch_id = $1 ORDER BY player_id",
                            {batch_id});
}

}  // namespace tipoff::coordinate
