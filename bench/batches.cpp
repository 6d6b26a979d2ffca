#include "batches.h"

#include <array>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "coordinate/in_process_queue.h"
#include "coordinate/worker.h"
#include "ledger/ledger.h"
#include "nights.h"
#include "operate/batch_coordinator.h"
#include "operate/warm_engine.h"
#include "single_dates.h"
#include "stages.h"

namespace tipoff::bench {
namespace {

constexpr std::size_t kWorkers = 2;

Status promote_all(store::Database& database, const Clock& clock) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->execute(
        "UPDATE predictions.model SET promoted = true, promoted_at = $1", {clock.wall_now()}));
    return transaction->commit();
}

/// Its steps count as never done.
Status remove_runs(store::Database& database, GameDate date) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->execute("DELETE FROM ops.run WHERE scope_from = $1 AND scope_to = $1",
                                      {date}));
    return transaction->commit();
}

Status remove_forecasts(store::Database& database, GameDate date) {
    TIPOFF_TRY(const auto transaction, database.begin());
    for (const std::string_view table :
         {"predictions.player_prop_prediction", "predictions.pick", "ops.expectation"}) {
        TIPOFF_CHECK(transaction->execute(
            "DELETE FROM " + std::string(table) + " WHERE game_date = $1", {date}));
    }
    return transaction->commit();
}

/// One batch, from being asked for to being durable.
Expected<Json> measure(operate::BatchCoordinator& coordinator,
                       const coordinate::BatchRequest& request, const Clock& watch) {
    Lap lap(watch);
    TIPOFF_TRY(const coordinate::BatchRow begun, coordinator.start(request));
    const double answered = lap.seconds();
    coordinator.wait_until_idle();
    const double durable = answered + lap.seconds();
    TIPOFF_TRY(const auto ended, coordinator.find(begun.batch_id));
    return Json{{"state", ended->state},
                {"players", ended->forecast},
                {"forecasts", ended->rows},
                {"seconds", {{"answered", answered}, {"durable", durable}}}};
}

}  // namespace

Expected<Json> measure_batches(const std::filesystem::path& home_folder, std::size_t count) {
    const SystemClock watch;
    TIPOFF_TRY(const auto home, open_home(home_folder, watch));
    store::Database& database = home->database();
    TIPOFF_CHECK(promote_all(database, watch));
    TIPOFF_TRY(const auto facts, operate::Facts::load(database));
    TIPOFF_TRY(const auto nights, choose_nights(*facts, count));
    Json measured = Json::array();
    for (const Night& night : nights) {
        const SystemClock noon(eastern_instant(night.date, {12, 0, 0}));
        ledger::Ledger ledger(database, noon);
        operate::SharedFacts shared(database);
        operate::WarmEngine engine(shared, database, ledger, noon, home_folder);
        coordinate::InProcessQueue queue;
        const coordinate::WorkerThreads workers(queue, kWorkers, "bench");
        operate::BatchCoordinator coordinator(database, ledger, noon, engine, queue);
        const coordinate::BatchRequest request{.game_date = night.date, .markets = [] {
                                                   std::vector<std::string> names;
                                                   for (const Market market : kMarketsOfANight)
                                                       names.emplace_back(to_string(market));
                                                   return names;
                                               }()};
        // Once untimed, so that the engine has come to this day.
        TIPOFF_TRY(const Json first, measure(coordinator, request, watch));
        TIPOFF_CHECK(remove_rows(database, std::array{night.date}));
        TIPOFF_CHECK(remove_runs(database, night.date));
        TIPOFF_TRY(const Json all_new, measure(coordinator, request, watch));
        TIPOFF_CHECK(remove_forecasts(database, night.date));
        TIPOFF_TRY(const Json features_stand, measure(coordinator, request, watch));
        measured.push_back({{"date", to_string(night.date)},
                            {"all_new", all_new},
                            {"features_stand", features_stand}});
    }
    return Json{{"markets", kMarketsOfANight.size()},
                {"workers", kWorkers},
                {"nights", std::move(measured)},
                {"peak_rss_mib", peak_rss_mib()}};
}

}  // namespace tipoff::bench
