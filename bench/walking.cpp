#include "walking.h"

#include <algorithm>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "game_days.h"
#include "operate/evaluate.h"
#include "operate/known_matchups.h"

namespace tipoff::bench {
namespace {

using operate::Facts;

/// The first date from `from` on before which so many player games are known.
Expected<GameDate> first_date(const Facts& facts, GameDate from, std::size_t fewest_games) {
    const grade::Outcomes outcomes(facts.summaries());
    operate::KnownMatchups matchups(&is_admissible);
    GameDays days(facts);
    while (const auto day = days.next()) {
        if (day->rows.empty()) continue;
        matchups.learn(std::ranges::min(day->rows, {}, &features::FeatureStoreRow::as_of).as_of);
        if (day->date >= from && matchups.pool().size() >= fewest_games) return day->date;
        matchups.remember(day->rows, outcomes);
    }
    return fail(ErrorCode::kNotFound,
                fmt::format("no date has {} earlier player games", fewest_games),
                "import more seasons");
}

GameDate last_regular_date(const Facts& facts) {
    GameDate last{};
    for (const conform::Game& game : facts.summaries().games) {
        if (game.season_type == SeasonType::kRegular && game.player_rows > 0)
            last = std::max(last, game.game_date);
    }
    return last;
}

/// Seconds by season, as its dates are done.
class SeasonSeconds {
public:
    SeasonSeconds(std::vector<Facts::SeasonDates> seasons, const Clock& clock)
        : seasons_(std::move(seasons)), seconds_(seasons_.size()), lap_(clock) {}

    void done(GameDate date) {
        const auto season =
            std::ranges::find_if(seasons_, [&](const auto& one) { return date <= one.to; });
        require(season != seasons_.end(), "a date of no season");
        seconds_[static_cast<std::size_t>(season - seasons_.begin())] += lap_.seconds();
    }
    [[nodiscard]] Json to_json() const {
        Json seasons = Json::array();
        for (std::size_t i = 0; i < seasons_.size(); ++i) {
            seasons.push_back(
                {{"season", to_string(seasons_[i].season)}, {"seconds", seconds_[i]}});
        }
        return seasons;
    }

private:
    std::vector<Facts::SeasonDates> seasons_;
    std::vector<double> seconds_;
    Lap lap_;
};

Json systems_of(const grade::GradeReport& report) {
    Json systems = Json::array();
    for (const grade::SystemReport& system : report.systems) {
        systems.push_back({{"system", system.system_id},
                           {"n", system.measures.n()},
                           {"mae", system.measures.mae()},
                           {"bias", system.measures.bias()},
                           {"crps", system.measures.crps()},
                           {"coverage_80", system.measures.coverage_80()}});
    }
    return systems;
}

}  // namespace

Expected<Json> measure_walk_forward(const std::filesystem::path& home_folder, std::size_t seasons) {
    const SystemClock clock;
    Lap lap(clock);
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    TIPOFF_TRY(const auto facts, Facts::load(home->database()));
    const double facts_seconds = lap.seconds();
    TIPOFF_TRY(const auto range, newest_seasons(*facts, seasons));
    operate::EvaluateRequest request;
    TIPOFF_TRY(const GameDate from,
               first_date(*facts, range.front().from, request.walk.fewest_games));
    request.walk.dates = {from, last_regular_date(*facts)};

    lap.seconds();
    SeasonSeconds by_season(range, clock);
    std::size_t dates = 0;
    TIPOFF_TRY(const operate::EvaluateReport report,
               operate::evaluate(*facts, request, [&](GameDate date) {
                   by_season.done(date);
                   ++dates;
               }));
    const double walk_seconds = lap.seconds();
    return Json{{"seasons", seasons},
                {"from", to_string(request.walk.dates.from)},
                {"to", to_string(request.walk.dates.to)},
                {"game_dates", dates},
                {"retrain_days", request.walk.retrain_days},
                {"trainings", report.trainings},
                {"population", report.reports.front().population_n},
                {"systems", systems_of(report.reports.front())},
                {"alarms", report.reports.front().alarms.size()},
                {"seconds",
                 {{"facts", facts_seconds},
                  {"walk", walk_seconds},
                  {"total", facts_seconds + walk_seconds}}},
                {"by_season", by_season.to_json()},
                {"peak_rss_mib", peak_rss_mib()}};
}

}  // namespace tipoff::bench
