// What the steps of a season store, each in one transaction with its run's end.
#include <fmt/core.h>

#include <array>
#include <memory>
#include <optional>

#include "base/crash_point.h"
#include "operate/season_work.h"

namespace tipoff::operate {
namespace {

/// Forecasts need this share of the expected players in the feature store.
constexpr double kFeatureStoreFloor = 0.9;

/// Games postponed after they were on the board keep their rows; only the newest statement of a row
/// is stored.
template <class Row>
std::vector<Row> stored_rows(std::span<const Row> rows, const store::DateScope& dates,
                             const std::string& run_id) {
    std::vector<Row> stored = conform::latest_statements(rows_of_dates(rows, dates));
    for (Row& row : stored)
        row.run_id = run_id;
    return stored;
}

std::vector<conform::Game> stored_games(std::span<const conform::Game> games,
                                        const store::DateScope& dates, const std::string& run_id) {
    const auto in_range = rows_of_dates(games, dates);
    std::vector<conform::Game> stored(in_range.begin(), in_range.end());
    for (auto& game : stored)
        game.run_id = run_id;
    return stored;
}

template <class Row>
void set_run_id(std::vector<Row>& rows, const std::string& run_id) {
    for (Row& row : rows)
        row.run_id = run_id;
}

/// A batch that owns its rows.
template <class Row>
store::Batch owning_batch(const store::Table<Row>& table, std::vector<Row> rows) {
    const auto owned = std::make_shared<const std::vector<Row>>(std::move(rows));
    store::Batch batch = table.batch(*owned);
    batch.slice = [owned, slice = std::move(batch.slice)](std::size_t first, std::size_t count,
                                                          store::Batch::Part part) {
        return slice(first, count, part);
    };
    return batch;
}

}  // namespace

Status Backfill::check_feature_store(const SeasonWork& work) {
    TIPOFF_TRY(
        const store::Columns held,
        database_.read(
            "SELECT CAST(count(*) AS BIGINT) FROM features.feature_store WHERE game_date BETWEEN "
            "$1 AND $2",
            {work.dates.from, work.dates.to}));
    const auto rows = static_cast<double>(held.data[0].integer(0));
    const auto expected = static_cast<double>(work.features.size());
    if (rows >= kFeatureStoreFloor * expected) return {};
    return fail(
        ErrorCode::kRefused,
        fmt::format("the feature store holds {:.0f} of the {:.0f} players expected from {} to {}",
                    rows, expected, tipoff::to_string(work.dates.from),
                    tipoff::to_string(work.dates.to)),
        "run the features step as well, or pass --skip-feature-check");
}

namespace {

/// A table's batch and the rows that it replaces.
struct ScopedBatch {
    store::Batch batch;
    std::optional<store::MergeScope> scope;
};

/// What was forecast replaces what was forecast afterwards; live forecasts stay for good, and a
/// live one stands beside them.
std::vector<ScopedBatch> forecast_batches(auto& work, const BackfillRequest& request) {
    std::optional<store::MergeScope> scope;
    if (!request.is_live()) {
        scope = store::MergeScope(work.dates, {.column = "origin", .value = request.origin});
    }
    std::vector<ScopedBatch> batches;
    if (!work.nothing_changed) {
        batches.push_back({forecast::kPrediction.batch(work.predictions), scope});
        batches.push_back({forecast::kPick.batch(work.picks), scope});
    }
    batches.push_back({ledger::kExpectation.batch(work.expectations), work.dates});
    return batches;
}

/// The step's tables; `work` outlives them.
std::vector<ScopedBatch> batches_of(Step step, auto& work, const Facts& facts,
                                    const BackfillRequest& request, const std::string& run_id) {
    const auto& dates = work.dates;
    switch (step) {
        case Step::kConform: {
            const auto& summaries = facts.summaries();
            set_run_id(work.contexts.teams, run_id);
            set_run_id(work.contexts.players, run_id);
            return {
                {owning_batch(conform::kGame, stored_games(summaries.games, dates, run_id)), dates},
                {owning_batch(conform::kPlayerGame, stored_rows<conform::PlayerGame>(
                                                        summaries.player_games, dates, run_id)),
                 dates},
                {owning_batch(conform::kTeamOffense, stored_rows<conform::TeamOffense>(
                                                         summaries.team_offense, dates, run_id)),
                 dates},
                {owning_batch(conform::kTeamDefense, stored_rows<conform::TeamDefense>(
                                                         summaries.team_defense, dates, run_id)),
                 dates},
                {conform::kTeamContext.batch(work.contexts.teams), dates},
                {conform::kPlayerContext.batch(work.contexts.players), dates},
            };
        }
        case Step::kFeatures:
            set_run_id(work.features, run_id);
            set_run_id(work.defences, run_id);
            return {
                {features::kFeatureStore.batch(work.features), dates},
                {features::kPlayerShotZones.batch(work.features), dates},
                {features::kCompositeFactors.batch(work.features), dates},
                {features::kDailyCache.batch(work.features), dates},
                {features::kTeamDefenceZones.batch(work.defences), dates},
            };
        case Step::kForecasts:
            set_run_id(work.predictions, run_id);
            set_run_id(work.picks, run_id);
            set_run_id(work.expectations, run_id);
            return forecast_batches(work, request);
        case Step::kGrades:
            set_run_id(work.accuracy, run_id);
            set_run_id(work.performance, run_id);
            return {{grade::kAccuracy.batch(work.accuracy), dates},
                    {grade::kSystemPerformance.batch(work.performance), dates}};
    }
    throw InvariantBroken("a Step without tables");
}

/// Nothing live is said of a game that has begun, however long the making of it took.
Status check_before_tip_off(store::Transaction& transaction, const store::DateScope& dates,
                            const std::string& run_id, Instant now) {
    TIPOFF_TRY(const store::Columns late,
               transaction.read("SELECT CAST(count(*) AS BIGINT) FROM "
                                "predictions.player_prop_prediction p JOIN analytics.game g ON "
                                "g.game_id = p.game_id WHERE p.game_date BETWEEN $1 AND $2 AND "
                                "p.origin = 'live' AND p.run_id = $3 AND g.tip_off <= $4",
                                {dates.from, dates.to, run_id, now}));
    if (late.data[0].integer(0) == 0) return {};
    return fail(ErrorCode::kRefused,
                fmt::format("a game of {} tipped off before its live forecasts were stored",
                            tipoff::to_string(dates.from)),
                "what was forecast before stands; the games to come are forecast by another run");
}

}  // namespace

std::string derived_scope(Season season, const store::DateScope& dates, bool is_live) {
    return fmt::format("{} {}..{}{}", to_string(season), to_string(dates.from), to_string(dates.to),
                       is_live ? kLiveScope : "");
}

Expected<ledger::RunHandle> Backfill::start_run(Step step, const SeasonWork& work,
                                                const BackfillRequest& request) {
    return ledger_.start({.step = std::string(to_string(step)),
                          .scope = derived_scope(work.season.season, work.dates, request.is_live()),
                          .dates = work.dates,
                          .input_hash = input_hash(step, work.season, request)});
}

Expected<StepReport> Backfill::write_step(Step step, SeasonWork& work,
                                          const BackfillRequest& request) {
    StepReport report{.season = tipoff::to_string(work.season.season),
                      .step = std::string(to_string(step)),
                      .dates = work.dates,
                      .passed_over = step == Step::kForecasts && work.nothing_changed,
                      .rows = 0,
                      .merges = 0};
    ForecastDesk* const desk = step == Step::kForecasts ? request.desk : nullptr;
    std::optional<ledger::RunHandle> begun;
    if (desk != nullptr) begun = desk->take_run();
    if (!begun) {
        TIPOFF_TRY(begun, start_run(step, work, request));
    }
    const ledger::RunHandle& run = *begun;
    crash_point(report.step + ".started");
    const bool is_degraded = !request.without.empty();
    const auto outcome = [&]() -> Status {
        const auto batches = batches_of(step, work, facts_, request, run.run_id);
        TIPOFF_CHECK(ledger_.prepare_to_write(run));
        // The transaction is to see the games as they are stored now.
        if (step == Step::kForecasts && work.conformed.valid()) work.conformed.wait();
        TIPOFF_TRY(const auto transaction, database_.begin());
        for (const auto& [batch, scope] : batches) {
            if (!request.tables.empty() && !request.tables.contains(batch.table->name)) continue;
            TIPOFF_CHECK(transaction->merge(batch, scope));
            if (!report.passed_over) report.rows += static_cast<std::int64_t>(batch.rows);
        }
        report.merges = transaction->merges();
        if (step == Step::kForecasts) TIPOFF_CHECK(work.wait_until_stored());
        if (step == Step::kForecasts && request.is_live()) {
            TIPOFF_CHECK(
                check_before_tip_off(*transaction, work.dates, run.run_id, clock_.league_now()));
        }
        TIPOFF_CHECK(ledger_.finish(
            *transaction, run,
            {.state = is_degraded ? ledger::RunState::kDegraded : ledger::RunState::kSucceeded,
             .rows = report.rows,
             .merges = report.merges,
             .reason = is_degraded          ? "INPUT_MISSING"
                       : report.passed_over ? "NOTHING_CHANGED"
                                            : "",
             .detail = is_degraded         ? "without " + request.without
                       : request.is_live() ? tipoff::to_string(request.as_of->at)
                                           : ""}));
        if (desk != nullptr)
            TIPOFF_CHECK(
                desk->conclude(*transaction, static_cast<std::int64_t>(work.predictions.size())));
        crash_point(report.step + ".before_commit");
        return transaction->commit();
    }();
    crash_point(report.step + ".committed");
    if (outcome) return report;
    // The outputs are rolled back; the row says why.
    ledger_.finish_failed(run, outcome.error());
    return std::unexpected(outcome.error());
}

void Backfill::record_failure(const SeasonWork& work, std::span<const Step> steps,
                              const BackfillRequest& request, const Error& error) {
    if (request.dry_run) return;
    for (const Step step : steps) {
        if (!work.is_due(step)) continue;
        if (const auto run = start_run(step, work, request)) ledger_.finish_failed(*run, error);
    }
}

}  // namespace tipoff::operate
