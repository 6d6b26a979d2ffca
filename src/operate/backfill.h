#pragma once
/// The one path: facts to contexts, features, forecasts and grades, over any range of dates.
///
/// The unit is a step of a season: one run row, and one merge a table. A step whose inputs did not
/// change since it last succeeded for the same dates is passed over, which is also how a backfill
/// goes on where it was cut off. A daily run is the same call with one date.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "conform/context.h"
#include "conform/notes.h"
#include "features/fold.h"
#include "forecast/models_in_service.h"
#include "forecast/predict.h"
#include "forecast/prediction_tables.h"
#include "grade/settle.h"
#include "ledger/ledger.h"
#include "operate/changed_games.h"
#include "operate/facts.h"
#include "operate/forecast_desk.h"
#include "operate/known_matchups.h"
#include "operate/player_lines.h"
#include "store/database.h"

namespace tipoff::operate {

enum class Step : std::uint8_t { kConform, kFeatures, kForecasts, kGrades };
inline constexpr std::array kSteps{Step::kConform, Step::kFeatures, Step::kForecasts,
                                   Step::kGrades};

/// "conform", "features", "forecasts", "grades".
[[nodiscard]] std::string_view to_string(Step step);
[[nodiscard]] Expected<Step> parse_step(std::string_view name);

/// What ends the scope of a live run in the ledger: it leaves the backfill of its date as it was.
inline constexpr std::string_view kLiveScope = " live";

/// What a step of a season's dates is called in the ledger: "2025-26 2026-01-20..2026-01-20". A
/// planned run is found by this name, so whoever plans one takes it from here.
[[nodiscard]] std::string derived_scope(Season season, const store::DateScope& dates, bool is_live);

/// The instant from which a live look looks: just after now, so that what is known by now counts.
[[nodiscard]] AsOf live_as_of(const Clock& clock);

struct BackfillRequest {
    store::DateScope dates;
    std::set<Step> steps{kSteps.begin(), kSteps.end()};

    /// Names of tables ("player_daily_cache") to write and no others; empty for all of the steps.
    std::set<std::string> tables;

    /// Whose forecasts there are to be for these dates; those of other markets go.
    std::vector<Market> markets{Market::kPoints};

    /// Ids of systems; empty for the formulas and, where models are in service, those that learn.
    std::set<std::string> systems;

    /// Look from this instant instead of each game's tip-off.
    std::optional<AsOf> as_of;

    /// "backfill", or "live": then only games that tip off after the as-of instant (now, unless it
    /// is given) and after now are forecast, and of those only the ones are written of which
    /// something differs from the newest live forecast that is stored. Earlier ones stay.
    std::string origin{forecast::kOriginBackfill};

    [[nodiscard]] bool is_live() const { return origin == forecast::kOriginLive; }

    /// Forecast although the feature store does not hold the dates.
    bool skip_feature_check = false;

    /// Say what would run; write nothing.
    bool dry_run = false;

    /// Compute again although nothing changed.
    bool force = false;

    /// Inputs that should have been there and are gone without: the runs end as degraded and say
    /// so.
    std::string without = {};

    /// Threads for the forecasts and grades; the results are the same for any number.
    std::size_t threads = 2;

    /// Who forecasts the rows of a live day of one season; null: this thread and its helpers do.
    ForecastDesk* desk = nullptr;
};

struct StepReport {
    std::string season;
    std::string step;
    store::DateScope dates;
    bool passed_over = false;  ///< the inputs have not changed, or nothing that is said live
    std::int64_t rows = 0;
    int merges = 0;
};

struct BackfillSeconds {
    double read = 0, conform = 0, features = 0, forecasts = 0, grades = 0, write = 0, total = 0;
};

struct BackfillReport {
    store::DateScope dates;
    std::int64_t game_dates = 0;
    std::int64_t player_games = 0;  ///< expected players of games, the rows of the grid
    std::int64_t forecasts = 0;
    int merges = 0;
    std::vector<StepReport> steps;
    std::set<std::string> systems;  ///< that forecast
    LiveChanges changes;            ///< of a live run
    BackfillSeconds seconds;
};

/// What a step's rows depend on besides facts and models: the program, its parameters, and what is
/// asked for. The input hash of a run begins with it, so that the ledger alone tells whether
/// another run would be of the same.
[[nodiscard]] std::string method_hash(Step step, const BackfillRequest& request);

/// Told after each step of each season: done of all.
using BackfillProgress = std::function<void(const StepReport&, std::size_t done, std::size_t all)>;

/// Told when a game date has been computed, and of those that are passed over: done of all.
using DayProgress = std::function<void(GameDate, std::int64_t done, std::int64_t all)>;

/// A warm engine: facts in memory and the fold where it last stood. Reads nothing more from the
/// database; writes one transaction a step.
class Backfill {
public:
    Backfill(store::Database& database, ledger::Ledger& ledger, const Clock& clock,
             const Facts& facts, forecast::ModelsInService models = {},
             features::Admissible admissible = is_admissible);

    /// Errors: `kRefused` when the feature store does not hold the dates asked for, when a model in
    /// service cannot be used, or when there is none for a system that was asked for; `kBusy` when
    /// a step is running elsewhere, `kFenced` when it was taken over, and what the database
    /// reports. Steps that were committed before stay, and the ledger knows of the one that failed.
    Expected<BackfillReport> run(const BackfillRequest& request,
                                 const BackfillProgress& progress = {},
                                 const DayProgress& day_progress = {});

private:
    struct SeasonWork;
    struct Day;

    Expected<SeasonWork> plan(const BackfillRequest& request, const Facts::SeasonDates& season);
    Status run_season(SeasonWork& work, const BackfillRequest& request, BackfillReport& report,
                      const std::function<void(const StepReport&)>& tell,
                      const std::function<void(GameDate)>& tell_day);
    Status compute(SeasonWork& work, const BackfillRequest& request, BackfillReport& report,
                   const std::function<void(GameDate)>& tell_day);
    Status settle_stored(SeasonWork& work, bool live_alone, BackfillReport& report);
    Status keep_changes(SeasonWork& work, const BackfillRequest& request, BackfillReport& report);
    void record_failure(const SeasonWork& work, std::span<const Step> steps,
                        const BackfillRequest& request, const Error& error);
    Expected<ledger::RunHandle> start_run(Step step, const SeasonWork& work,
                                          const BackfillRequest& request);
    Day emit_day(std::span<const conform::Game> games, BackfillReport& report);
    void learn_matchups_before(GameDate date, std::optional<AsOf> as_of, BackfillReport& report);
    [[nodiscard]] bool learns(const BackfillRequest& request, GameDate through) const;
    Status forecast_rows(SeasonWork& work, std::span<const features::FeatureStoreRow> rows,
                         GameDate date, const BackfillRequest& request, bool learning,
                         BackfillReport& report);
    Status ask_desk(SeasonWork& work, const ForecastTask& task, const BackfillRequest& request,
                    BackfillReport& report);
    void take_forecasts(SeasonWork& work, std::span<const features::FeatureStoreRow> rows,
                        std::vector<forecast::SystemForecasts> forecasts,
                        const BackfillRequest& request, BackfillReport& report);
    void store_meanwhile(SeasonWork& work, const BackfillRequest& request);
    static void tell_written(SeasonWork& work, BackfillReport& report,
                             const std::function<void(const StepReport&)>& tell);
    Expected<StepReport> write_step(Step step, SeasonWork& work, const BackfillRequest& request);
    static void plan_only(const SeasonWork& work, BackfillReport& report);
    Status check_feature_store(const SeasonWork& work);
    [[nodiscard]] bool is_unchanged(const ledger::RunRow& standing, Step step,
                                    const BackfillRequest& request,
                                    const Facts::SeasonDates& season) const;
    [[nodiscard]] std::string input_hash(Step step, const Facts::SeasonDates& season,
                                         const BackfillRequest& request) const;

    store::Database& database_;
    ledger::Ledger& ledger_;
    const Clock& clock_;
    const Facts& facts_;
    forecast::ModelsInService models_;
    features::Admissible admissible_;
    features::FeatureFold fold_;
    KnownMatchups matchups_;
    PlayerLines lines_;
    conform::Notes notes_;
    std::size_t games_remembered_ = 0;  ///< of the summaries: in `matchups_`, or on their way
    std::optional<conform::ContextFold> contexts_;
    std::optional<grade::Outcomes> outcomes_;
};

}  // namespace tipoff::operate
