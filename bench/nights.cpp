#include "nights.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "forecast/models_in_service.h"
#include "forecast/similarity.h"
#include "forecast/systems.h"
#include "game_days.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/known_matchups.h"
#include "single_dates.h"

namespace tipoff::bench {
namespace {

/// What the holds speak of.
constexpr std::ptrdiff_t kPlayersOfANight = 450;

/// The newest season's games that have box scores.
std::vector<conform::Game> played_games(const operate::Facts& facts) {
    const Season newest = all_seasons(facts).back().season;
    std::vector<conform::Game> games;
    std::ranges::copy_if(
        facts.summaries().games, std::back_inserter(games),
        [&](const conform::Game& game) { return game.season == newest && game.player_rows > 0; });
    return games;
}

/// With the number of expected players of each.
std::map<GameDate, std::ptrdiff_t> played_dates(const operate::Facts& facts) {
    conform::ContextFold contexts(facts.summaries(), facts.raw(), {});
    std::map<GameDate, std::ptrdiff_t> dates;
    for (const conform::Game& game : played_games(facts)) {
        conform::Contexts of_game;
        contexts.emit(game, of_game);
        dates[game.game_date] += std::ssize(of_game.players);
    }
    return dates;
}

/// Of so many dates the first whose night may be measured.
std::size_t first_night(std::size_t dates) { return std::max<std::size_t>(dates / 2, 1); }

}  // namespace

Expected<std::vector<Night>> choose_nights(const operate::Facts& facts, std::size_t count) {
    const auto played = played_dates(facts);
    const std::vector<std::pair<GameDate, std::ptrdiff_t>> dates(played.begin(), played.end());
    std::vector<std::size_t> places;
    for (std::size_t i = first_night(dates.size()); i < dates.size(); ++i)
        places.push_back(i);
    std::ranges::stable_sort(places, {}, [&](std::size_t place) {
        return std::abs(dates[place].second - kPlayersOfANight);
    });
    places.resize(std::min(places.size(), count));
    if (places.empty()) {
        return fail(ErrorCode::kNotFound, "no night to measure",
                    "ask for one at the least, of a home with two game dates");
    }
    std::ranges::sort(places);
    std::vector<Night> nights;
    for (const std::size_t place : places)
        nights.push_back({.date = dates[place].first, .before = dates[place - 1].first});
    return nights;
}

namespace {

/// Those of the home, as if each had passed its gates.
Expected<forecast::ModelsInService> all_promoted(store::Home& home, const Clock& clock) {
    TIPOFF_TRY(const auto registered,
               forecast::ModelsInService::open(home.folder(), home.database()));
    std::vector<forecast::ModelRecord> models(registered.models().begin(),
                                              registered.models().end());
    for (forecast::ModelRecord& model : models) {
        model.promoted = true;
        model.promoted_at = clock.wall_now();
    }
    return forecast::ModelsInService(home.folder(), std::move(models));
}

operate::BackfillRequest forecasts_of(GameDate date) {
    operate::BackfillRequest request;
    request.dates = {date, date};
    request.steps = {operate::Step::kForecasts};
    request.markets = {kMarketsOfANight.begin(), kMarketsOfANight.end()};
    request.systems = {forecast::kSystemIds.begin(), forecast::kSystemIds.end()};
    request.skip_feature_check = true;
    request.force = true;
    return request;
}

AsOf earliest_as_of(std::span<const features::FeatureStoreRow> rows) {
    return std::ranges::min(rows, {}, &features::FeatureStoreRow::as_of).as_of;
}

/// The played ones of a day's rows, as `operate::KnownMatchups` remembers them.
std::vector<forecast::PastMatchup> past_matchups(std::span<const features::FeatureStoreRow> rows,
                                                 const grade::Outcomes& outcomes) {
    std::vector<forecast::PastMatchup> past;
    for (const features::FeatureStoreRow& row : rows) {
        const auto boxes = outcomes.box(row.game_id, row.player_id);
        if (boxes.empty() || boxes.front().minutes <= 0) continue;
        const forecast::MatchupFeatures features(row.features);
        past.push_back(forecast::past_matchup(
            features, forecast::forms_of(features), boxes.front().known_at,
            operate::outcomes_of(boxes.front()), forecast::SimilarityParameters{}));
    }
    return past;
}

/// Moves what is known from `pending` into the pool.
void learn(std::vector<forecast::PastMatchup>& pending, AsOf as_of,
           forecast::SimilarityPool& pool) {
    const auto known = std::stable_partition(
        pending.begin(), pending.end(),
        [&](const forecast::PastMatchup& past) { return !is_admissible(past.known_at, as_of); });
    pool.add(std::span(known, pending.end()));
    pending.erase(known, pending.end());
}

/// Forms, search and forecasts of every count; the means are added up so that none is left out.
double forecast_by_similarity(std::span<const features::FeatureStoreRow> rows,
                              const forecast::SimilarityPool& pool) {
    const forecast::SimilarityParameters parameters;
    double means = 0;
    for (const features::FeatureStoreRow& row : rows) {
        const forecast::MatchupFeatures features(row.features);
        const forecast::Forms forms = forecast::forms_of(features);
        const auto neighbours =
            forecast::similar_matchups(features, forms, row.as_of, pool, parameters);
        for (const forecast::Forecast& form : forms)
            means += forecast::similarity(features, form, neighbours, parameters).mean;
    }
    return means;
}

Json time_similarity(const GameDay& night, const forecast::SimilarityPool& pool,
                     const Clock& clock) {
    const std::span<const features::FeatureStoreRow> rows = night.rows;
    Lap lap(clock);
    double first_means = 0;
    {
        const std::jthread other(
            [&] { first_means = forecast_by_similarity(rows.first(rows.size() / 2), pool); });
        (void)forecast_by_similarity(rows.subspan(rows.size() / 2), pool);
    }
    const double on_two = lap.seconds();
    const double means = forecast_by_similarity(rows, pool);
    const double on_one = lap.seconds();
    require(first_means <= means, "a part of the means is more than all of them");
    return {{"date", to_string(night.date)},
            {"players", rows.size()},
            {"games_compared_with", pool.size()},
            {"pool_mib", static_cast<double>(pool.memory_bytes()) / (1 << 20)},
            {"seconds", {{"one_thread", on_one}, {"two_threads", on_two}}}};
}

}  // namespace

GameDate date_before_nights(const operate::Facts& facts) {
    std::vector<GameDate> dates;
    for (const conform::Game& game : played_games(facts)) {
        if (dates.empty() || dates.back() != game.game_date) dates.push_back(game.game_date);
    }
    require(dates.size() > 1, "a season of one game date at the most");
    return dates[first_night(dates.size()) - 1];
}

Expected<Json> measure_night(const std::filesystem::path& home_folder, std::size_t count) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    ledger::Ledger ledger(home->database(), clock);
    TIPOFF_TRY(const auto facts, operate::Facts::load(home->database()));
    TIPOFF_TRY(auto models, all_promoted(*home, clock));
    operate::Backfill backfill(home->database(), ledger, clock, *facts, std::move(models));
    TIPOFF_TRY(const std::vector<Night> nights, choose_nights(*facts, count));
    std::vector<GameDate> dates;
    std::ranges::transform(nights, std::back_inserter(dates), &Night::date);
    TIPOFF_CHECK(remove_rows(home->database(), dates));

    // Once untimed, so that files are open and memory is there; then forward.
    TIPOFF_CHECK(backfill.run(forecasts_of(nights.front().date)));
    TIPOFF_CHECK(remove_rows(home->database(), dates));
    Json measured = Json::array();
    for (const Night& night : nights) {
        operate::BackfillRequest day_before = forecasts_of(night.before);
        day_before.dry_run = true;
        TIPOFF_CHECK(backfill.run(day_before));
        TIPOFF_TRY(const operate::BackfillReport report, backfill.run(forecasts_of(night.date)));
        const operate::BackfillSeconds& seconds = report.seconds;
        measured.push_back({{"date", to_string(night.date)},
                            {"players", report.player_games},
                            {"forecasts", report.forecasts},
                            {"systems", report.systems.size()},
                            {"seconds",
                             {{"conform", seconds.conform},
                              {"fold", seconds.features},
                              {"forecasts", seconds.forecasts},
                              {"write", seconds.write},
                              {"from_features", seconds.total - seconds.conform - seconds.features},
                              {"total", seconds.total}}}});
    }
    return Json{{"markets", kMarketsOfANight.size()},
                {"nights", std::move(measured)},
                {"peak_rss_mib", peak_rss_mib()}};
}

Expected<Json> measure_similarity(const std::vector<std::filesystem::path>& homes,
                                  std::size_t count) {
    const SystemClock clock;
    forecast::SimilarityPool pool;
    std::size_t seasons = 0;
    Json measured = Json::array();
    for (const std::filesystem::path& folder : homes) {
        TIPOFF_TRY(const auto home, open_home(folder, clock));
        TIPOFF_TRY(const auto facts, operate::Facts::load(home->database()));
        const bool is_last = &folder == &homes.back();
        seasons += all_seasons(*facts).size();
        std::vector<Night> nights;
        if (is_last) {
            TIPOFF_TRY(nights, choose_nights(*facts, count));
        }
        const grade::Outcomes outcomes(facts->summaries());
        std::vector<forecast::PastMatchup> pending;
        GameDays days(*facts);
        while (const auto day = days.next()) {
            if (day->rows.empty()) continue;
            if (is_last) learn(pending, earliest_as_of(day->rows), pool);
            if (std::ranges::find(nights, day->date, &Night::date) != nights.end())
                measured.push_back(time_similarity(*day, pool, clock));
            std::ranges::move(past_matchups(day->rows, outcomes), std::back_inserter(pending));
        }
        if (is_last) break;
        for (forecast::PastMatchup& past : pending)
            past.known_at = KnownAt{Instant::min()};
        pool.add(pending);
    }
    return Json{{"seasons", seasons}, {"nights", std::move(measured)}};
}

}  // namespace tipoff::bench
