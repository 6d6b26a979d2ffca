#include "operated_days.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/curl_transport.h"
#include "base/rerouted_transport.h"
#include "collect/fetcher.h"
#include "league/schedule.h"
#include "league/season.h"
#include "league/upstreams/upstream_server.h"
#include "operate/backfill.h"
#include "operate/controller.h"
#include "operate/status.h"
#include "simulated_season.h"

namespace tipoff::bench {
namespace {

namespace files = std::filesystem;

constexpr int kDaysPlayed = 4;

/// A controller without channels, and how long its days take.
class OperatedHome {
public:
    static Expected<std::unique_ptr<OperatedHome>> make(
        store::Home& home, const Clock& clock, std::vector<operate::Collecting*> lanes = {}) {
        TIPOFF_TRY(auto workflows, operate::read_workflows(operate::default_workflows_text(),
                                                           "config/workflows.yaml"));
        return std::unique_ptr<OperatedHome>(
            new OperatedHome(home, clock, std::move(workflows), std::move(lanes)));
    }

    /// Seconds by a clock that goes forward, whatever the league's does.
    Expected<double> run_day(GameDate date) {
        Lap lap(watch_);
        TIPOFF_TRY(const auto runs,
                   controller_.run_day(date, lanes_.empty() ? operate::Collect::kNothing
                                                            : operate::Collect::kWhatIsDue));
        const double seconds = lap.seconds();
        states_.clear();
        for (const ledger::RunRow& run : runs)
            ++states_[run.state + (run.reason.empty() ? "" : " " + run.reason)];
        return seconds;
    }

    /// Once for what there is to do, once for what follows from it; then timed. A clock that stands
    /// still goes on by `later` between: a day is planned once an instant.
    Expected<Json> measure(GameDate date, const std::function<void()>& later = {}) {
        TIPOFF_TRY(const double first, run_day(date));
        Json done = states_;
        if (later) later();
        TIPOFF_CHECK(run_day(date));
        if (later) later();
        TIPOFF_TRY(const double again, run_day(date));
        return Json{{"date", to_string(date)},
                    {"first", {{"runs", std::move(done)}, {"seconds", first}}},
                    {"again", {{"runs", states_}, {"seconds", again}}}};
    }

private:
    OperatedHome(store::Home& home, const Clock& clock, operate::Workflows workflows,
                 std::vector<operate::Collecting*> lanes)
        : workflows_(std::move(workflows)),
          lanes_(std::move(lanes)),
          ledger_(home.database(), clock),
          alerts_({}, clock),
          facts_(home.database()),
          engine_(facts_, home.database(), ledger_, clock, home.folder()),
          executor_(home.database(), ledger_, clock, engine_, lanes_, alerts_),
          controller_(home.database(), clock, workflows_, executor_, alerts_, channels_) {}

    SystemClock watch_;
    operate::Workflows workflows_;
    std::vector<operate::Collecting*> lanes_;
    std::vector<operate::AlertChannel> channels_;
    ledger::Ledger ledger_;
    operate::Alerts alerts_;
    operate::SharedFacts facts_;
    operate::WarmEngine engine_;
    operate::Executor executor_;
    operate::Controller controller_;
    std::map<std::string, int> states_;
};

/// So many game dates of the season, evenly spread over its middle half.
Expected<std::vector<GameDate>> dates_of(store::Database& database,
                                         const operate::Facts::SeasonDates& season,
                                         std::size_t count) {
    TIPOFF_TRY(const store::Columns found,
               database.read("SELECT DISTINCT game_date FROM raw.player_box WHERE game_date "
                             "BETWEEN $1 AND $2 ORDER BY game_date",
                             {season.from, season.to}));
    const std::size_t middle = found.rows() / 2;
    count = std::min(count, middle);
    std::vector<GameDate> dates;
    for (std::size_t i = 0; i < count; ++i)
        dates.push_back(store::ColumnCodec<GameDate>::get(found.data[0],
                                                          found.rows() / 4 + i * middle / count));
    return dates;
}

/// Derives the newest season of the home, unless it is; then so many of its dates.
Expected<std::vector<GameDate>> derived_dates(store::Home& home, const Clock& clock,
                                              std::size_t count) {
    TIPOFF_TRY(const auto facts, operate::Facts::load(home.database()));
    TIPOFF_TRY(const auto seasons, newest_seasons(*facts, 1));
    ledger::Ledger ledger(home.database(), clock);
    operate::Backfill backfill(home.database(), ledger, clock, *facts);
    operate::BackfillRequest request;
    request.dates = {seasons.front().from, seasons.front().to};
    TIPOFF_CHECK(backfill.run(request));
    return dates_of(home.database(), seasons.front(), count);
}

std::int64_t seasons_in(store::Database& database) {
    const auto rows = database.read(
        "SELECT CAST(count(DISTINCT year(game_date - INTERVAL 7 MONTH)) AS BIGINT) FROM "
        "raw.schedule",
        {});
    return rows ? rows->data[0].integer(0) : 0;
}

/// Upstreams of a league in its first days, a home that collects from them, and a clock that
/// stands still, so that what was asked is fresh.
class SimulatedDays {
public:
    static Expected<std::unique_ptr<SimulatedDays>> make(const files::path& folder) {
        league::LeagueOptions options;
        options.season = kSeason;
        options.seed = kSeed;
        options.through = league::season_days(kSeason).opening_night.plus_days(kDaysPlayed);
        TIPOFF_TRY(auto season, league::simulate(options));
        std::unique_ptr<SimulatedDays> made(new SimulatedDays(std::move(season)));
        TIPOFF_TRY(made->server_, league::UpstreamServer::listen(made->upstreams_, made->clock_));
        made->transport_ =
            std::make_unique<ReroutedTransport>(made->network_, made->server_->url());
        TIPOFF_TRY(made->home_, open_home(folder, made->clock_));
        made->ledger_ = std::make_unique<ledger::Ledger>(made->home_->database(), made->clock_);
        made->fetcher_ = std::make_unique<collect::Fetcher>(*made->transport_, made->clock_,
                                                            made->waiter_, folder, kSeed);
        const std::string key = "simulated";
        made->collecting_ = std::make_unique<operate::Collecting>(
            made->home_->database(), *made->ledger_, made->fetcher_.get(), made->clock_, folder,
            collect::Keys{
                {"BDL_API_KEY", key}, {"ODDS_API_KEY", key}, {"BETTINGPROS_API_KEY", key}});
        return made;
    }

    [[nodiscard]] store::Home& home() { return *home_; }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] operate::Collecting& collecting() { return *collecting_; }
    [[nodiscard]] static GameDate first_day() { return league::season_days(kSeason).opening_night; }

private:
    explicit SimulatedDays(league::SimulatedSeason season) : upstreams_(std::move(season), kSeed) {}

    ManualClock clock_{eastern_instant(first_day(), {.hour = 17, .minute = 0, .second = 0})};
    ManualWaiter waiter_{clock_};
    league::SimulatedUpstreams upstreams_;
    std::unique_ptr<league::UpstreamServer> server_;
    CurlTransport network_{clock_};
    std::unique_ptr<ReroutedTransport> transport_;
    std::unique_ptr<store::Home> home_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<collect::Fetcher> fetcher_;
    std::unique_ptr<operate::Collecting> collecting_;
};

}  // namespace

Expected<Json> measure_day_graph(const files::path& home_folder, std::size_t count) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    TIPOFF_TRY(const auto dates, derived_dates(*home, clock, count));
    TIPOFF_TRY(const auto operated, OperatedHome::make(*home, clock));
    Json days = Json::array();
    for (const GameDate date : dates) {
        TIPOFF_TRY(Json day, operated->measure(date));
        days.push_back(std::move(day));
    }
    return Json{{"seasons", seasons_in(home->database())},
                {"days", std::move(days)},
                {"peak_rss_mib", peak_rss_mib()}};
}

Expected<Json> measure_collected_day_graph(const files::path& folder, std::size_t times) {
    if (files::exists(folder))
        return fail(ErrorCode::kUsage, folder.string() + " is there already");
    TIPOFF_TRY(const auto simulated, SimulatedDays::make(folder));
    TIPOFF_TRY(const auto operated, OperatedHome::make(simulated->home(), simulated->clock(),
                                                       {&simulated->collecting()}));
    Json days = Json::array();
    for (int day = 0; day + 1 < kDaysPlayed && days.size() < times; ++day) {
        TIPOFF_TRY(Json one, operated->measure(SimulatedDays::first_day().plus_days(day), [&] {
            simulated->clock().advance(std::chrono::seconds{10});
        }));
        days.push_back(std::move(one));
        simulated->clock().advance(std::chrono::hours{24});
    }
    return Json{{"days", std::move(days)}, {"peak_rss_mib", peak_rss_mib()}};
}

Expected<Json> measure_status(const files::path& home_folder, std::size_t count) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    TIPOFF_TRY(const auto dates, derived_dates(*home, clock, count));
    Json read = Json::array();
    // Once untimed, so that the file is in memory.
    for (const GameDate date : dates)
        TIPOFF_CHECK(operate::status(home->database(), date, clock.league_now()));
    for (const GameDate date : dates) {
        Lap lap(clock);
        TIPOFF_TRY(const operate::StatusReport report,
                   operate::status(home->database(), date, clock.league_now()));
        const double seconds = lap.seconds();
        read.push_back({{"date", to_string(date)},
                        {"games", report.games},
                        {"tables", report.lights.size()},
                        {"players", report.feature_store.players},
                        {"seconds", seconds}});
    }
    return Json{{"seasons", seasons_in(home->database())},
                {"dates", std::move(read)},
                {"peak_rss_mib", peak_rss_mib()}};
}

}  // namespace tipoff::bench
