#include "operate/backfill.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "features/feature_list.h"
#include "features/feature_tables.h"
#include "forecast/predict.h"
#include "grade/grade_tables.h"
#include "ledger/ops_tables.h"
#include "operate/grid.h"
#include "operate/picks.h"

namespace tipoff::operate {
namespace {

/// Raised when a step's code gives other rows from the same inputs.
constexpr std::int64_t kPipelineVersion = 1;

/// Forecasts need this share of the expected players in the feature store.
constexpr double kFeatureStoreFloor = 0.9;

/// Adds the seconds that its scope takes.
class Stopwatch {
public:
    Stopwatch(const Clock& clock, double& seconds)
        : clock_(clock), seconds_(seconds), start_(clock.elapsed()) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() { seconds_ += std::chrono::duration<double>(clock_.elapsed() - start_).count(); }

private:
    const Clock& clock_;
    double& seconds_;
    std::chrono::microseconds start_;
};

template <class Row>
std::span<const Row> rows_of_dates(std::span<const Row> rows, const store::DateScope& dates) {
    const auto first = std::ranges::lower_bound(rows, dates.from, {}, &Row::game_date);
    const auto last = std::ranges::upper_bound(rows, dates.to, {}, &Row::game_date);
    return {first, last};
}

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

std::string_view to_string(Step step) {
    switch (step) {
        case Step::kConform: return "conform";
        case Step::kFeatures: return "features";
        case Step::kForecasts: return "forecasts";
        case Step::kGrades: return "grades";
    }
    throw InvariantBroken("a Step without a name");
}

Expected<Step> parse_step(std::string_view name) {
    for (const Step step : kSteps) {
        if (to_string(step) == name) return step;
    }
    return fail(ErrorCode::kUsage, fmt::format("'{}' is not a step", name),
                "one of conform, features, forecasts, grades");
}

/// What is computed for one season before anything is written.
struct Backfill::SeasonWork {
    Facts::SeasonDates season;
    store::DateScope dates;
    std::vector<Step> due;
    std::vector<StepReport> passed_over;

    conform::Contexts contexts;
    std::vector<features::FeatureStoreRow> features;
    std::vector<features::DefenceZoneRow> defences;
    std::vector<forecast::Prediction> predictions;
    std::vector<forecast::Pick> picks;
    std::vector<ledger::ExpectationRow> expectations;
    std::vector<grade::Accuracy> accuracy;
    std::vector<grade::SystemPerformance> performance;

    [[nodiscard]] bool is_due(Step step) const { return std::ranges::find(due, step) != due.end(); }

    /// Frees what a step has stored.
    void forget(Step step) {
        switch (step) {
            case Step::kConform: contexts = {}; break;
            case Step::kFeatures: features = {}; break;
            case Step::kForecasts: predictions = {}; break;
            case Step::kGrades: accuracy = {}; break;
        }
    }
};

Backfill::Backfill(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
                   const Facts& facts, forecast::ModelsInService models,
                   features::Admissible admissible)
    : database_(database),
      ledger_(ledger),
      clock_(clock),
      facts_(facts),
      models_(std::move(models)),
      admissible_(admissible),
      fold_(facts.timeline(), admissible),
      matchups_(admissible),
      lines_(facts.raw().prop_lines, admissible) {}

std::string Backfill::input_hash(Step step, const Facts::SeasonDates& season,
                                 const BackfillRequest& request) const {
    Hasher hasher;
    hasher.add(kPipelineVersion);
    hasher.add(to_string(step));
    hasher.add(facts_.known_through(season.to));
    hasher.add(request.as_of ? tipoff::to_string(request.as_of->at) : "tip-off");
    hasher.add(request.origin);
    if (step >= Step::kFeatures) hasher.add(features::feature_list_hash());
    if (step >= Step::kForecasts) {
        hasher.add(forecast::parameters_hash());
        for (const Market market : request.markets)
            hasher.add(tipoff::to_string(market));
        for (const std::string& system : request.systems)
            hasher.add(system);
        hasher.add(models_.fingerprint(std::min(request.dates.to, season.to),
                                       counts_behind(request.markets)));
    }
    return tipoff::to_string(hasher.finish());
}

Expected<Backfill::SeasonWork> Backfill::plan(const BackfillRequest& request,
                                              const Facts::SeasonDates& season) {
    SeasonWork work;
    work.season = season;
    // The scope is what was asked for, not only its game dates: rows of a game that moved away are
    // to go.
    work.dates = {std::max(request.dates.from, season.from), std::min(request.dates.to, season.to)};
    for (const Step step : request.steps) {
        TIPOFF_TRY(const auto standing, ledger_.standing_success(to_string(step), work.dates));
        const bool unchanged =
            standing && standing->input_hash == input_hash(step, season, request);
        if (unchanged && !request.force && request.tables.empty()) {
            work.passed_over.push_back({.season = tipoff::to_string(season.season),
                                        .step = std::string(to_string(step)),
                                        .dates = work.dates,
                                        .passed_over = true,
                                        .rows = standing->rows,
                                        .merges = 0});
        } else {
            work.due.push_back(step);
        }
    }
    return work;
}

/// A game day before anything is forecast.
struct Backfill::Day {
    conform::Contexts contexts;
    features::DayRows rows;
};

Backfill::Day Backfill::emit_day(std::span<const conform::Game> games, BackfillReport& report) {
    Day day;
    {
        const Stopwatch watch(clock_, report.seconds.conform);
        for (const conform::Game& game : games)
            contexts_->emit(game, day.contexts);
        std::ranges::sort(day.contexts.players, [](const auto& a, const auto& b) {
            return std::tie(a.game_id, a.team_id, a.player_id) <
                   std::tie(b.game_id, b.team_id, b.player_id);
        });
    }
    const Stopwatch watch(clock_, report.seconds.features);
    day.rows = fold_.emit_day(games.front().game_date, day.contexts.teams, day.contexts.players);
    return day;
}

namespace {

/// The games of the date of the first of them.
std::span<const conform::Game> first_day(std::span<const conform::Game> games) {
    const GameDate date = games.front().game_date;
    const auto end = std::ranges::find_if(
        games, [date](const conform::Game& game) { return game.game_date != date; });
    return {games.begin(), end};
}

bool is_asked_for(const BackfillRequest& request, std::string_view system) {
    return request.systems.contains(std::string(system));
}

/// Without the systems that were not asked for.
forecast::SystemForecasts only_asked_for(forecast::SystemForecasts made,
                                         const BackfillRequest& request) {
    if (request.systems.empty()) return made;
    forecast::SystemForecasts kept;
    kept.market = made.market;
    std::vector<std::size_t> places;
    for (std::size_t s = 0; s < made.system_ids.size(); ++s) {
        if (!is_asked_for(request, made.system_ids[s])) continue;
        places.push_back(s);
        kept.system_ids.push_back(made.system_ids[s]);
        kept.parameters_hashes.push_back(made.parameters_hashes[s]);
    }
    for (std::size_t first = 0; first < made.forecasts.size(); first += made.system_ids.size()) {
        for (const std::size_t place : places)
            kept.forecasts.push_back(made.forecasts[first + place]);
    }
    return kept;
}

}  // namespace

bool Backfill::learns(const BackfillRequest& request, GameDate through) const {
    if (request.systems.empty())
        return models_.serve_until(through, counts_behind(request.markets));
    return is_asked_for(request, forecast::kSimilarityId) ||
           is_asked_for(request, forecast::kXgboostId) ||
           is_asked_for(request, forecast::kEnsembleId);
}

/// Remembers every game day up to the date, so that what was known by then can be compared with.
void Backfill::learn_matchups_before(GameDate date, BackfillReport& report) {
    const std::span<const conform::Game> games = facts_.summaries().games;
    if (!outcomes_) outcomes_.emplace(facts_.summaries());
    if (games_remembered_ > 0 && games[games_remembered_ - 1].game_date >= date) {
        matchups_ = KnownMatchups(admissible_);
        games_remembered_ = 0;
    }
    while (games_remembered_ < games.size() && games[games_remembered_].game_date < date) {
        const auto of_day = first_day(games.subspan(games_remembered_));
        matchups_.remember(emit_day(of_day, report).rows.players, *outcomes_);
        games_remembered_ += of_day.size();
    }
}

Expected<std::vector<forecast::SystemForecasts>> Backfill::forecast_rows(
    std::span<const features::FeatureStoreRow> rows, GameDate date, const BackfillRequest& request,
    bool learning) {
    forecast::Fitted fitted;
    const auto counts = counts_behind(request.markets);
    if (learning) {
        fitted.pool = &matchups_.pool();
        const bool required = is_asked_for(request, forecast::kXgboostId) ||
                              is_asked_for(request, forecast::kEnsembleId);
        TIPOFF_TRY(fitted.trained,
                   required ? models_.required_on(date, counts) : models_.on(date, counts));
    }
    const auto offers = lines_.offers(rows, request.markets);
    auto all = forecast::forecast_all(rows, request.markets, fitted, offers, request.threads);
    for (forecast::SystemForecasts& made : all)
        made = only_asked_for(std::move(made), request);
    return all;
}

Status Backfill::forecast_step(SeasonWork& work, std::span<const features::FeatureStoreRow> rows,
                               std::vector<forecast::SystemForecasts> all,
                               const BackfillRequest& request, BackfillReport& report) {
    for (const forecast::SystemForecasts& made : all) {
        report.systems.insert(made.system_ids.begin(), made.system_ids.end());
        auto predictions = forecast::predictions_of(rows, made, request.origin, request.threads);
        auto picks = make_picks(rows, made, predictions, lines_);
        report.forecasts += static_cast<std::int64_t>(predictions.size());
        if (work.is_due(Step::kGrades)) {
            const Stopwatch watch(clock_, report.seconds.grades);
            std::ranges::move(grade::settle(rows, predictions, picks, *outcomes_, request.threads),
                              std::back_inserter(work.accuracy));
        }
        std::ranges::move(picks, std::back_inserter(work.picks));
        std::ranges::move(predictions, std::back_inserter(work.predictions));
    }
    return {};
}

Status Backfill::compute(SeasonWork& work, const BackfillRequest& request, BackfillReport& report) {
    const auto& summaries = facts_.summaries();
    if (!contexts_ || contexts_as_of_ != request.as_of) {
        const Stopwatch watch(clock_, report.seconds.conform);
        contexts_.emplace(
            summaries, facts_.raw(),
            conform::ContextOptions{.as_of = request.as_of, .admissible = admissible_});
        contexts_as_of_ = request.as_of;
    }
    const bool forecasting = work.is_due(Step::kForecasts) || work.is_due(Step::kGrades);
    const bool learning = forecasting && learns(request, work.dates.to);
    if (learning) learn_matchups_before(work.dates.from, report);
    if (work.is_due(Step::kGrades) && !outcomes_) {
        const Stopwatch watch(clock_, report.seconds.grades);
        outcomes_.emplace(facts_.summaries());
    }

    auto games = rows_of_dates(std::span<const conform::Game>(summaries.games), work.dates);
    while (!games.empty()) {
        const auto of_day = first_day(games);
        games = games.subspan(of_day.size());
        Day day = emit_day(of_day, report);
        if (learning && !day.rows.players.empty()) {
            const Stopwatch watch(clock_, report.seconds.forecasts);
            const auto& rows = day.rows.players;
            matchups_.learn(std::ranges::min(rows, {}, &features::FeatureStoreRow::as_of).as_of);
            TIPOFF_TRY(auto made, forecast_rows(rows, of_day.front().game_date, request, true));
            TIPOFF_CHECK(forecast_step(work, rows, std::move(made), request, report));
            matchups_.remember(rows, *outcomes_);
        }
        if (learning) games_remembered_ += of_day.size();
        std::ranges::move(day.contexts.teams, std::back_inserter(work.contexts.teams));
        std::ranges::move(day.contexts.players, std::back_inserter(work.contexts.players));
        std::ranges::move(day.contexts.unplaced, std::back_inserter(work.contexts.unplaced));
        std::ranges::move(day.rows.players, std::back_inserter(work.features));
        std::ranges::move(day.rows.defences, std::back_inserter(work.defences));
    }
    report.player_games += static_cast<std::int64_t>(work.features.size());
    if (!forecasting) return {};
    const Stopwatch watch(clock_, report.seconds.forecasts);
    if (!learning) {
        TIPOFF_TRY(auto made, forecast_rows(work.features, work.dates.from, request, false));
        TIPOFF_CHECK(forecast_step(work, work.features, std::move(made), request, report));
    }
    for (const Market market : request.markets) {
        std::ranges::move(expected_grid(market, work.features, work.contexts.unplaced),
                          std::back_inserter(work.expectations));
    }
    work.performance = grade::performance_by_date(work.accuracy);
    return {};
}

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

/// The step's tables; `work` outlives them.
std::vector<store::Batch> batches_of(Step step, auto& work, const Facts& facts,
                                     const std::string& run_id) {
    switch (step) {
        case Step::kConform: {
            const auto& summaries = facts.summaries();
            set_run_id(work.contexts.teams, run_id);
            set_run_id(work.contexts.players, run_id);
            return {
                owning_batch(conform::kGame, stored_games(summaries.games, work.dates, run_id)),
                owning_batch(conform::kPlayerGame, stored_rows<conform::PlayerGame>(
                                                       summaries.player_games, work.dates, run_id)),
                owning_batch(
                    conform::kTeamOffense,
                    stored_rows<conform::TeamOffense>(summaries.team_offense, work.dates, run_id)),
                owning_batch(
                    conform::kTeamDefense,
                    stored_rows<conform::TeamDefense>(summaries.team_defense, work.dates, run_id)),
                conform::kTeamContext.batch(work.contexts.teams),
                conform::kPlayerContext.batch(work.contexts.players),
            };
        }
        case Step::kFeatures:
            set_run_id(work.features, run_id);
            set_run_id(work.defences, run_id);
            return {
                features::kFeatureStore.batch(work.features),
                features::kPlayerShotZones.batch(work.features),
                features::kCompositeFactors.batch(work.features),
                features::kDailyCache.batch(work.features),
                features::kTeamDefenceZones.batch(work.defences),
            };
        case Step::kForecasts:
            set_run_id(work.predictions, run_id);
            set_run_id(work.picks, run_id);
            set_run_id(work.expectations, run_id);
            return {forecast::kPrediction.batch(work.predictions),
                    forecast::kPick.batch(work.picks),
                    ledger::kExpectation.batch(work.expectations)};
        case Step::kGrades:
            set_run_id(work.accuracy, run_id);
            set_run_id(work.performance, run_id);
            return {grade::kAccuracy.batch(work.accuracy),
                    grade::kSystemPerformance.batch(work.performance)};
    }
    throw InvariantBroken("a Step without tables");
}

}  // namespace

Expected<StepReport> Backfill::write_step(Step step, SeasonWork& work,
                                          const BackfillRequest& request) {
    const std::string season = tipoff::to_string(work.season.season);
    StepReport report{.season = season,
                      .step = std::string(to_string(step)),
                      .dates = work.dates,
                      .passed_over = false,
                      .rows = 0,
                      .merges = 0};
    TIPOFF_TRY(
        const ledger::RunHandle run,
        ledger_.start({.step = report.step,
                       .scope = fmt::format("{} {}..{}", season, tipoff::to_string(work.dates.from),
                                            tipoff::to_string(work.dates.to)),
                       .dates = work.dates,
                       .input_hash = input_hash(step, work.season, request)}));
    const auto outcome = [&]() -> Status {
        const std::vector<store::Batch> batches = batches_of(step, work, facts_, run.run_id);
        TIPOFF_CHECK(ledger_.prepare_to_write(run));
        TIPOFF_TRY(const auto transaction, database_.begin());
        for (const store::Batch& batch : batches) {
            if (!request.tables.empty() && !request.tables.contains(batch.table->name)) continue;
            TIPOFF_CHECK(transaction->merge(batch, work.dates));
            report.rows += static_cast<std::int64_t>(batch.rows);
        }
        report.merges = transaction->merges();
        TIPOFF_CHECK(ledger_.finish(*transaction, run,
                                    {.state = ledger::RunState::kSucceeded,
                                     .rows = report.rows,
                                     .merges = report.merges,
                                     .reason = {},
                                     .detail = {}}));
        return transaction->commit();
    }();
    if (outcome) return report;
    // The outputs are rolled back; the row says why.
    ledger_.finish_failed(run, outcome.error());
    return std::unexpected(outcome.error());
}

void Backfill::plan_only(const SeasonWork& work, BackfillReport& report) {
    for (const Step step : work.due) {
        report.steps.push_back({.season = tipoff::to_string(work.season.season),
                                .step = std::string(to_string(step)),
                                .dates = work.dates,
                                .passed_over = false,
                                .rows = static_cast<std::int64_t>(work.features.size()),
                                .merges = 0});
    }
}

Expected<BackfillReport> Backfill::run(const BackfillRequest& request,
                                       const BackfillProgress& progress) {
    const auto started = clock_.elapsed();
    BackfillReport report;
    report.dates = request.dates;
    std::set<GameDate> dates;
    for (const conform::Game& game : facts_.summaries().games) {
        if (game.game_date >= request.dates.from && game.game_date <= request.dates.to)
            dates.insert(game.game_date);
    }
    report.game_dates = static_cast<std::int64_t>(dates.size());

    const auto seasons = facts_.seasons_between(request.dates.from, request.dates.to);
    const std::size_t all = seasons.size() * request.steps.size();
    std::size_t count = 0;
    const auto tell = [&](const StepReport& step) {
        ++count;
        if (progress) progress(step, count, all);
    };

    for (const Facts::SeasonDates& season : seasons) {
        TIPOFF_TRY(SeasonWork work, plan(request, season));
        for (const StepReport& step : work.passed_over) {
            report.steps.push_back(step);
            tell(step);
        }
        if (work.due.empty()) continue;
        TIPOFF_CHECK(compute(work, request, report));
        const bool needs_store =
            work.is_due(Step::kForecasts) && !request.steps.contains(Step::kFeatures);
        if (needs_store && !request.skip_feature_check) TIPOFF_CHECK(check_feature_store(work));
        if (request.dry_run) {
            plan_only(work, report);
            continue;
        }
        const Stopwatch watch(clock_, report.seconds.write);
        for (const Step step : work.due) {
            TIPOFF_TRY(StepReport written, write_step(step, work, request));
            work.forget(step);
            tell(written);
            report.merges += written.merges;
            report.steps.push_back(std::move(written));
        }
    }
    report.seconds.total = std::chrono::duration<double>(clock_.elapsed() - started).count();
    return report;
}

}  // namespace tipoff::operate
