#include "operate/backfill.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "features/feature_list.h"
#include "features/feature_tables.h"
#include "forecast/predict.h"
#include "grade/grade_tables.h"
#include "operate/grid.h"
#include "operate/noted_minutes.h"
#include "operate/picks.h"
#include "operate/season_work.h"

namespace tipoff::operate {
namespace {

/// Raised when a step's code gives other rows from the same inputs.
constexpr std::int64_t kPipelineVersion = 3;

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

}  // namespace

AsOf live_as_of(const Clock& clock) { return {clock.league_now() + std::chrono::microseconds{1}}; }

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
      lines_(facts.raw().prop_lines, admissible),
      notes_(facts.raw().notes, admissible) {}

std::string method_hash(Step step, const BackfillRequest& request) {
    Hasher hasher;
    hasher.add(kPipelineVersion);
    hasher.add(to_string(step));
    // Of a live run the instant is told apart by what became known since.
    const bool has_instant = request.as_of && !request.is_live();
    hasher.add(has_instant ? tipoff::to_string(request.as_of->at) : "tip-off");
    hasher.add(request.origin);
    if (step >= Step::kFeatures) hasher.add(features::feature_list_hash());
    if (step >= Step::kForecasts) {
        hasher.add(forecast::parameters_hash());
        for (const Market market : request.markets)
            hasher.add(tipoff::to_string(market));
        for (const std::string& system : request.systems)
            hasher.add(system);
    }
    return tipoff::to_string(hasher.finish());
}

std::string Backfill::input_hash(Step step, const Facts::SeasonDates& season,
                                 const BackfillRequest& request) const {
    Hasher hasher;
    hasher.add(facts_.known_through(season.to));
    if (step >= Step::kForecasts) {
        hasher.add(models_.fingerprint(std::min(request.dates.to, season.to),
                                       counts_behind(request.markets)));
    }
    return method_hash(step, request) + "-" + tipoff::to_string(hasher.finish());
}

bool Backfill::is_unchanged(const ledger::RunRow& standing, Step step,
                            const BackfillRequest& request,
                            const Facts::SeasonDates& season) const {
    if (standing.input_hash != input_hash(step, season, request)) return false;
    if (!request.is_live()) return true;
    const auto looked_from = parse_instant(standing.detail);
    return looked_from && AsOf{*looked_from} <= *request.as_of &&
           !facts_.any_known_between(AsOf{*looked_from}, *request.as_of);
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
        const bool unchanged = standing && is_unchanged(*standing, step, request, season);
        // Who hands forecasts to a desk wants an answer, also where it is the same.
        const bool is_wanted = request.force || !request.tables.empty() ||
                               (step == Step::kForecasts && request.desk != nullptr);
        if (unchanged && !is_wanted) {
            work.passed_over.push_back({.season = tipoff::to_string(season.season),
                                        .step = std::string(to_string(step)),
                                        .dates = work.dates,
                                        .passed_over = true,
                                        .rows = request.is_live() ? 0 : standing->rows,
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
/// Days with a game that had not begun by `as_of` are left to a later look: nothing is known of
/// their outcomes, and their features will be others.
void Backfill::learn_matchups_before(GameDate date, std::optional<AsOf> as_of,
                                     BackfillReport& report) {
    const std::span<const conform::Game> games = facts_.summaries().games;
    if (!outcomes_) outcomes_.emplace(facts_.summaries());
    if (games_remembered_ > 0 && games[games_remembered_ - 1].game_date >= date) {
        matchups_ = KnownMatchups(admissible_);
        games_remembered_ = 0;
    }
    while (games_remembered_ < games.size() && games[games_remembered_].game_date < date) {
        const auto of_day = first_day(games.subspan(games_remembered_));
        const Instant last_tip_off = std::ranges::max(of_day, {}, &conform::Game::tip_off).tip_off;
        if (as_of && last_tip_off >= as_of->at) break;
        matchups_.remember(emit_day(of_day, report).rows.players, *outcomes_);
        games_remembered_ += of_day.size();
    }
}

/// Forecasts rows of one day.
Status Backfill::forecast_rows(SeasonWork& work, std::span<const features::FeatureStoreRow> rows,
                               GameDate date, const BackfillRequest& request, bool learning,
                               BackfillReport& report) {
    forecast::Fitted fitted;
    forecast::Neighbourhoods neighbours;
    const auto counts = counts_behind(request.markets);
    if (learning) {
        neighbours = forecast::neighbourhoods(rows, matchups_.pool(), request.threads);
        const bool required = is_asked_for(request, forecast::kXgboostId) ||
                              is_asked_for(request, forecast::kEnsembleId);
        TIPOFF_TRY(fitted.trained,
                   required ? models_.required_on(date, counts) : models_.on(date, counts));
    }
    const auto offers = lines_.offers(rows, request.markets);
    const forecast::Matchups matchups{
        .rows = rows, .neighbours = learning ? &neighbours : nullptr, .offers = &offers};
    if (request.desk != nullptr) {
        const ForecastTask task{
            .matchups = matchups,
            .markets = request.markets,
            .fitted = fitted,
            .start_run = [&] { return start_run(Step::kForecasts, work, request); },
            .begun = [&] { store_meanwhile(work, request); }};
        return ask_desk(work, task, request, report);
    }
    take_forecasts(work, rows,
                   forecast::forecast_all(matchups, request.markets, fitted, request.threads),
                   request, report);
    return {};
}

Status Backfill::ask_desk(SeasonWork& work, const ForecastTask& task,
                          const BackfillRequest& request, BackfillReport& report) {
    TIPOFF_TRY(DeskForecasts said, request.desk->forecast(task));
    std::vector<features::FeatureStoreRow> rows;
    rows.reserve(said.rows.size());
    for (const std::size_t row : said.rows)
        rows.push_back(task.matchups.rows[row]);
    for (NotForecast& other : said.others) {
        work.left_out[task.matchups.rows[other.row].player_id] = {other.reason,
                                                                  std::move(other.detail)};
    }
    take_forecasts(work, rows, std::move(said.forecasts), request, report);
    return {};
}

void Backfill::take_forecasts(SeasonWork& work, std::span<const features::FeatureStoreRow> rows,
                              std::vector<forecast::SystemForecasts> all,
                              const BackfillRequest& request, BackfillReport& report) {
    for (forecast::SystemForecasts& made : all) {
        made = only_asked_for(std::move(made), request);
        apply_noted_minutes(rows, notes_, made);
        report.systems.insert(made.system_ids.begin(), made.system_ids.end());
        auto predictions = forecast::predictions_of(rows, made, request.origin, request.threads);
        auto picks = make_picks(rows, made, predictions, lines_, request.threads);
        if (request.desk != nullptr) request.desk->note_made(predictions, picks);
        report.forecasts += static_cast<std::int64_t>(predictions.size());
        if (work.settles_as_made(request)) {
            const Stopwatch watch(clock_, report.seconds.grades);
            std::ranges::move(grade::settle(rows, predictions, picks, *outcomes_, request.threads),
                              std::back_inserter(work.accuracy));
        }
        std::ranges::move(picks, std::back_inserter(work.picks));
        std::ranges::move(predictions, std::back_inserter(work.predictions));
    }
}

namespace {

/// The rows of games that are still to come, for a live forecast.
std::vector<features::FeatureStoreRow> rows_to_come(std::span<const features::FeatureStoreRow> rows,
                                                    const grade::Outcomes& outcomes, Instant now) {
    std::vector<features::FeatureStoreRow> to_come;
    for (const features::FeatureStoreRow& row : rows) {
        if (outcomes.game(row.game_id)->tip_off > now) to_come.push_back(row);
    }
    return to_come;
}

}  // namespace

Status Backfill::compute(SeasonWork& work, const BackfillRequest& request, BackfillReport& report,
                         const std::function<void(GameDate)>& tell_day) {
    const auto& summaries = facts_.summaries();
    const bool emitting = std::ranges::any_of(work.due, [&](Step step) {
        return step != Step::kGrades || work.settles_as_made(request);
    });
    const bool forecasting =
        work.is_due(Step::kForecasts) || (emitting && work.settles_as_made(request));
    const bool learning = forecasting && learns(request, work.dates.to);
    // What a desk is asked, it is asked at once, when the rest can be stored meanwhile.
    const bool learning_by_day = learning && request.desk == nullptr;
    if (emitting && !contexts_) {
        const Stopwatch watch(clock_, report.seconds.conform);
        contexts_.emplace(summaries, facts_.raw(),
                          conform::ContextOptions{.as_of = {}, .admissible = admissible_});
    }
    if (emitting) contexts_->look_from(request.as_of);
    if (learning) learn_matchups_before(work.dates.from, request.as_of, report);
    if ((work.is_due(Step::kGrades) || request.is_live()) && !outcomes_) {
        const Stopwatch watch(clock_, report.seconds.grades);
        outcomes_.emplace(facts_.summaries());
    }
    const auto forecast = [&](std::span<const features::FeatureStoreRow> rows,
                              GameDate date) -> Status {
        const Stopwatch watch(clock_, report.seconds.forecasts);
        std::vector<features::FeatureStoreRow> to_come;
        if (request.is_live()) {
            to_come =
                rows_to_come(rows, *outcomes_, std::max(request.as_of->at, clock_.league_now()));
            rows = to_come;
        }
        if (rows.empty()) return {};
        if (learning)
            matchups_.learn(std::ranges::min(rows, {}, &features::FeatureStoreRow::as_of).as_of);
        return forecast_rows(work, rows, date, request, learning, report);
    };

    auto games = rows_of_dates(std::span<const conform::Game>(summaries.games), work.dates);
    while (emitting && !games.empty()) {
        const auto of_day = first_day(games);
        games = games.subspan(of_day.size());
        Day day = emit_day(of_day, report);
        if (learning_by_day) TIPOFF_CHECK(forecast(day.rows.players, of_day.front().game_date));
        if (learning && !request.is_live()) {
            // A live day has no outcomes yet, and is looked at again.
            matchups_.remember(day.rows.players, *outcomes_);
            games_remembered_ += of_day.size();
        }
        std::ranges::move(day.contexts.teams, std::back_inserter(work.contexts.teams));
        std::ranges::move(day.contexts.players, std::back_inserter(work.contexts.players));
        std::ranges::move(day.contexts.unplaced, std::back_inserter(work.contexts.unplaced));
        std::ranges::move(day.rows.players, std::back_inserter(work.features));
        std::ranges::move(day.rows.defences, std::back_inserter(work.defences));
        tell_day(of_day.front().game_date);
    }
    report.player_games += static_cast<std::int64_t>(work.features.size());
    if (forecasting && !learning_by_day) TIPOFF_CHECK(forecast(work.features, work.dates.from));
    if (forecasting) {
        for (const Market market : request.markets) {
            std::ranges::move(
                expected_grid(market, work.features, work.contexts.unplaced, work.left_out),
                std::back_inserter(work.expectations));
        }
    }
    if (request.is_live() && work.is_due(Step::kForecasts))
        TIPOFF_CHECK(keep_changes(work, request, report));
    if (!work.is_due(Step::kGrades)) return {};
    TIPOFF_CHECK(settle_stored(work, work.settles_as_made(request), report));
    const Stopwatch watch(clock_, report.seconds.grades);
    work.performance = grade::performance_by_date(work.accuracy);
    return {};
}

/// Of a live look only the games are kept of which something is new. In markets that it was not
/// asked for those stay expected who are.
Status Backfill::keep_changes(SeasonWork& work, const BackfillRequest& request,
                              BackfillReport& report) {
    TIPOFF_TRY(auto others, store::read_rows(database_, ledger::kExpectation,
                                             "WHERE game_date BETWEEN $1 AND $2",
                                             {work.dates.from, work.dates.to}));
    std::erase_if(others, [&request](const ledger::ExpectationRow& row) {
        return std::ranges::any_of(
            request.markets, [&row](Market market) { return row.market == to_string(market); });
    });
    std::ranges::move(others, std::back_inserter(work.expectations));
    TIPOFF_TRY(LiveChanges changes,
               live_changes(database_, work.dates, work.predictions, work.picks));
    const auto is_unchanged = [&changes](const auto& row) { return !changes.contains(row); };
    report.forecasts -= static_cast<std::int64_t>(std::erase_if(work.predictions, is_unchanged));
    std::erase_if(work.picks, is_unchanged);
    work.nothing_changed = changes.changed.empty();
    report.changes.changed.merge(changes.changed);
    report.changes.unchanged += changes.unchanged;
    std::ranges::move(changes.moved, std::back_inserter(report.changes.moved));
    return {};
}

/// Grades are of what is stored, so that they are of what was said; only forecasts that this very
/// run stores are settled as they are made.
Status Backfill::settle_stored(SeasonWork& work, bool live_alone, BackfillReport& report) {
    const Stopwatch watch(clock_, report.seconds.grades);
    const std::string where = std::string("WHERE game_date BETWEEN $1 AND $2") +
                              (live_alone ? " AND origin = 'live'" : "");
    const store::Values dates{work.dates.from, work.dates.to};
    TIPOFF_TRY(const auto predictions,
               store::read_rows(database_, forecast::kPrediction,
                                where + " ORDER BY game_date, game_id, player_id", dates));
    if (predictions.empty()) return {};
    TIPOFF_TRY(const auto picks,
               store::read_rows(database_, forecast::kPick, where + " AND is_main_line", dates));
    std::ranges::move(grade::settle_stored(predictions, picks, *outcomes_),
                      std::back_inserter(work.accuracy));
    return {};
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

/// Stores what is due before the forecasts on a thread of its own, while those are made of copies
/// of its rows.
void Backfill::store_meanwhile(SeasonWork& work, const BackfillRequest& request) {
    const auto forecasts = std::ranges::find(work.due, Step::kForecasts);
    std::vector<Step> earlier(work.due.begin(), forecasts);
    work.due.erase(work.due.begin(), forecasts);
    std::promise<void> conformed;
    work.conformed = conformed.get_future();
    const auto store = [this, &work, &request](std::vector<Step> steps,
                                               std::promise<void> told) -> SeasonWork::Stored {
        SeasonWork::Stored stored{.written = {}, .left = std::move(steps), .status = {}};
        bool has_told = false;
        while (!stored.left.empty()) {
            const Step step = stored.left.front();
            if (step > Step::kConform && !std::exchange(has_told, true)) told.set_value();
            stored.left.erase(stored.left.begin());
            auto written = write_step(step, work, request);
            if (!written) {
                stored.status = std::unexpected(std::move(written).error());
                break;
            }
            stored.written.push_back(*std::move(written));
        }
        return stored;
    };
    work.storing = std::async(std::launch::async, store, std::move(earlier), std::move(conformed));
}

void Backfill::tell_written(SeasonWork& work, BackfillReport& report,
                            const std::function<void(const StepReport&)>& tell) {
    for (StepReport& written : std::exchange(work.written, {})) {
        tell(written);
        report.merges += written.merges;
        report.steps.push_back(std::move(written));
    }
}

Status Backfill::run_season(SeasonWork& work, const BackfillRequest& request,
                            BackfillReport& report,
                            const std::function<void(const StepReport&)>& tell,
                            const std::function<void(GameDate)>& tell_day) {
    const Status computed = compute(work, request, report, tell_day);
    if (!computed) {
        (void)work.wait_until_stored();  // its ledger rows tell of it
        // What another has taken over is his to tell of.
        if (computed.error().code() != ErrorCode::kFenced)
            record_failure(work, work.due, request, computed.error());
        return computed;
    }
    const bool needs_store =
        work.is_due(Step::kForecasts) && !request.steps.contains(Step::kFeatures);
    if (needs_store && !request.skip_feature_check) {
        if (const Status checked = check_feature_store(work); !checked) {
            record_failure(work, std::array{Step::kForecasts}, request, checked.error());
            return checked;
        }
    }
    if (request.dry_run) {
        plan_only(work, report);
        return {};
    }
    const Stopwatch watch(clock_, report.seconds.write);
    while (!work.due.empty()) {
        const Step step = work.due.front();
        work.due.erase(work.due.begin());
        TIPOFF_TRY(StepReport written, write_step(step, work, request));
        work.written.push_back(std::move(written));
        work.forget(step);
        tell_written(work, report, tell);
    }
    return {};
}

Expected<BackfillReport> Backfill::run(const BackfillRequest& asked,
                                       const BackfillProgress& progress,
                                       const DayProgress& day_progress) {
    const auto started = clock_.elapsed();
    BackfillRequest request = asked;
    if (request.is_live() && !request.as_of) request.as_of = live_as_of(clock_);
    BackfillReport report;
    report.dates = request.dates;
    std::set<GameDate> dates;
    for (const conform::Game& game : facts_.summaries().games) {
        if (game.game_date >= request.dates.from && game.game_date <= request.dates.to)
            dates.insert(game.game_date);
    }
    report.game_dates = static_cast<std::int64_t>(dates.size());
    const auto dates_through = [&dates](GameDate last) {
        return std::distance(dates.begin(), dates.upper_bound(last));
    };

    const auto seasons = facts_.seasons_between(request.dates.from, request.dates.to);
    const std::size_t all = seasons.size() * request.steps.size();
    std::size_t count = 0;
    const auto tell = [&](const StepReport& step) {
        ++count;
        if (progress) progress(step, count, all);
    };
    const auto tell_day = [&](GameDate date) {
        if (day_progress) day_progress(date, dates_through(date), report.game_dates);
    };

    for (const Facts::SeasonDates& season : seasons) {
        TIPOFF_TRY(SeasonWork work, plan(request, season));
        for (const StepReport& step : work.passed_over) {
            report.steps.push_back(step);
            tell(step);
        }
        if (work.due.empty()) {
            tell_day(season.to);
            continue;
        }
        TIPOFF_CHECK(run_season(work, request, report, tell, tell_day));
    }
    report.seconds.total = std::chrono::duration<double>(clock_.elapsed() - started).count();
    return report;
}

}  // namespace tipoff::operate
