#include "operate/live.h"

#include <algorithm>

#include "forecast/models_in_service.h"
#include "operate/facts.h"

namespace tipoff::operate {
namespace {

double seconds_since(const Clock& clock, std::chrono::microseconds started) {
    return std::chrono::duration<double>(clock.elapsed() - started).count();
}

}  // namespace

Expected<std::vector<Market>> forecast_markets(store::Database& database,
                                               const store::DateScope& dates) {
    TIPOFF_TRY(const store::Columns names,
               database.read("SELECT DISTINCT market FROM predictions.player_prop_prediction "
                             "WHERE game_date BETWEEN $1 AND $2",
                             {dates.from, dates.to}));
    std::vector<Market> markets;
    for (const Market market : kMarkets) {
        for (std::size_t i = 0; i < names.rows(); ++i) {
            if (names.data[0].text(i) == to_string(market)) markets.push_back(market);
        }
    }
    return markets;
}

Expected<std::vector<Market>> live_markets(store::Database& database, GameDate date,
                                           std::span<const Market> wanted) {
    TIPOFF_TRY(const auto forecast, forecast_markets(database, {date, date}));
    std::vector<Market> markets;
    for (const Market market : kMarkets) {
        if (std::ranges::find(wanted, market) != wanted.end() ||
            std::ranges::find(forecast, market) != forecast.end())
            markets.push_back(market);
    }
    return markets;
}

Expected<bool> has_forecasts(store::Database& database, GameDate date) {
    TIPOFF_TRY(const auto markets, forecast_markets(database, {date, date}));
    return !markets.empty();
}

Expected<LiveReport> forecast_live(Backfill& backfill, store::Database& database,
                                   const Clock& clock, const LiveRequest& request) {
    const auto started = clock.elapsed();
    BackfillRequest steps;
    steps.dates = {request.date, request.date};
    steps.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
    steps.origin = forecast::kOriginLive;
    steps.as_of = request.as_of.value_or(live_as_of(clock));
    steps.threads = request.threads;
    TIPOFF_TRY(steps.markets, live_markets(database, request.date, request.markets));
    if (steps.markets.empty()) steps.markets = {Market::kPoints};
    TIPOFF_TRY(BackfillReport done, backfill.run(steps));
    LiveReport report;
    report.date = request.date;
    report.as_of = *steps.as_of;
    report.changes = std::move(done.changes);
    report.merges = done.merges;
    for (const StepReport& step : done.steps)
        report.rows += step.rows;
    report.steps = std::move(done.steps);
    report.seconds = seconds_since(clock, started);
    return report;
}

Expected<LiveReport> forecast_live(store::Database& database, ledger::Ledger& ledger,
                                   const Clock& clock, const std::filesystem::path& home,
                                   const LiveRequest& request) {
    const auto started = clock.elapsed();
    TIPOFF_TRY(const auto facts, Facts::load(database));
    TIPOFF_TRY(auto models, forecast::ModelsInService::open(home, database));
    Backfill backfill(database, ledger, clock, *facts, std::move(models));
    TIPOFF_TRY(LiveReport report, forecast_live(backfill, database, clock, request));
    report.seconds = seconds_since(clock, started);
    return report;
}

}  // namespace tipoff::operate
