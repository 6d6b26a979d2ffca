#include "grade/settle.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>
#include <tuple>

#include "base/hash.h"
#include "conform/market.h"
#include "forecast/distribution.h"
#include "grade/chosen_grades.h"
#include "grade/measures.h"
#include "grade/populations.h"

namespace tipoff::grade {
namespace {

/// A number in [0, 1) that is always the same for one forecast.
double uniform_of(const forecast::Prediction& prediction) {
    Hasher hasher;
    hasher.add(prediction.game_id.value);
    hasher.add(prediction.player_id.value);
    hasher.add(prediction.market);
    hasher.add(prediction.system_id);
    hasher.add(static_cast<std::int64_t>(prediction.as_of.at.time_since_epoch().count()));
    constexpr double kTwoToMinus53 = 1.0 / 9007199254740992.0;
    return static_cast<double>(hasher.finish().high >> 11) * kTwoToMinus53;
}

/// The outcome fields of a forecast that the books settle.
void grade_against(Accuracy& row, const forecast::Prediction& prediction, Market market,
                   std::int32_t actual) {
    const forecast::CountDistribution distribution(prediction.mean, prediction.sd, market);
    row.outcome = kGraded;
    row.actual = actual;
    row.absolute_error = std::abs(prediction.median - actual);
    row.error = prediction.mean - actual;
    row.absolute_error_mean = std::abs(row.error);
    row.crps = distribution.crps(actual);
    row.pit = distribution.randomised_pit(actual, uniform_of(prediction));
}

/// The row of a forecast before anything is known of its outcome.
Accuracy ungraded(const forecast::Prediction& prediction, bool lined, const conform::Game& game,
                  const History& history) {
    const Before before =
        history.before(prediction.player_id, prediction.game_date, prediction.season);
    Accuracy row;
    row.game_id = prediction.game_id;
    row.player_id = prediction.player_id;
    row.market = prediction.market;
    row.system_id = prediction.system_id;
    row.as_of = prediction.as_of;
    row.origin = prediction.origin;
    row.game_date = prediction.game_date;
    row.season = prediction.season;
    row.season_type = game.season_type;
    row.team_id = prediction.team_id;
    row.mean = prediction.mean;
    row.sd = prediction.sd;
    row.prior_games = before.prior_games;
    row.season_games = before.season_games;
    row.last_10_points = before.last_10[static_cast<std::size_t>(Market::kPoints)];
    row.last_10_minutes = before.last_10_minutes;
    row.lined = lined;
    row.quality_grade = prediction.quality_grade;
    return row;
}

/// Whether a line stood for the player of each row.
std::vector<char> lined_rows(std::span<const features::FeatureStoreRow> rows,
                             std::span<const forecast::Pick> picks) {
    const auto place = [](const auto& row) { return std::tie(row.game_id, row.player_id); };
    std::vector<char> lined(rows.size(), 0);
    std::size_t next = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (; next < picks.size() && place(picks[next]) == place(rows[i]); ++next) {
            if (picks[next].is_main_line) lined[i] = 1;
        }
    }
    require(next == picks.size(), "picks that are not of these rows, or in another order");
    return lined;
}

void append_grades(const forecast::Prediction& prediction, bool lined, const Outcomes& outcomes,
                   std::vector<Accuracy>& grades) {
    const conform::Game* game = outcomes.game(prediction.game_id);
    require(game != nullptr, "a forecast of a game that is not there");
    const auto statements = outcomes.box(prediction.game_id, prediction.player_id);
    const bool is_postponed = game->status == "postponed";
    // A final score alone does not say who played: play-in games have no box scores on record.
    const bool is_played = game->status == "final" && game->player_rows > 0;
    if (statements.empty() && !is_postponed && !is_played) return;

    Accuracy row = ungraded(prediction, lined, *game, outcomes.history());
    if (statements.empty()) {
        row.outcome = is_postponed ? kVoidPostponed : kVoidDidNotPlay;
        grades.push_back(std::move(row));
        return;
    }
    const auto market = find_market(prediction.market);
    require(market.has_value(), "a forecast of a market that cannot be graded");
    bool is_settled = false;
    for (const conform::PlayerGame& box : statements) {
        const auto actual = outcome_of(box, *market);
        if (!actual) continue;  // the source does not say: nothing to settle by
        // Another source, or a correction of another column, settles nothing anew.
        if (is_settled && row.actual == actual && row.minutes == box.minutes) continue;
        is_settled = true;
        row.revision = box.revision;
        row.minutes = box.minutes;
        grade_against(row, prediction, *market, *actual);
        grades.push_back(row);
    }
}

Standing standing_of(const Accuracy& row) {
    return {.minutes = row.minutes.value_or(0),
            .prior_games = row.prior_games,
            .season_games = row.season_games,
            .last_10_minutes = row.last_10_minutes,
            .lined = row.lined};
}

}  // namespace

Outcomes::Outcomes(const conform::Summaries& summaries) : history_(summaries.player_games) {
    for (const conform::Game& game : summaries.games)
        games_[game.game_id] = &game;
    boxes_.reserve(summaries.player_games.size());
    // Statements of a row stand side by side, the oldest first.
    for (const conform::PlayerGame& row : summaries.player_games) {
        auto& statements = boxes_[{row.game_id, row.player_id}];
        statements = statements.empty() ? std::span(&row, 1)
                                        : std::span(statements.data(), statements.size() + 1);
    }
}

std::span<const conform::PlayerGame> Outcomes::box(GameId game, PlayerId player) const {
    const auto found = boxes_.find({game, player});
    return found == boxes_.end() ? std::span<const conform::PlayerGame>{} : found->second;
}

const conform::Game* Outcomes::game(GameId game) const {
    const auto found = games_.find(game);
    return found == games_.end() ? nullptr : found->second;
}

std::vector<Accuracy> settle(std::span<const features::FeatureStoreRow> rows,
                             std::span<const forecast::Prediction> predictions,
                             std::span<const forecast::Pick> picks, const Outcomes& outcomes,
                             std::size_t threads) {
    require(threads > 0, "work is done by at least one thread");
    if (rows.empty()) return {};
    const std::size_t systems = predictions.size() / rows.size();
    require(systems * rows.size() == predictions.size(), "predictions that are not of these rows");
    const std::vector<char> lined = lined_rows(rows, picks);
    // Each worker fills its own part; the parts stand in the order of the predictions.
    std::vector<std::vector<Accuracy>> parts(threads);
    const auto work = [&](std::size_t worker) {
        const std::size_t from = predictions.size() * worker / threads;
        const std::size_t to = predictions.size() * (worker + 1) / threads;
        parts[worker].reserve(to - from);
        for (std::size_t i = from; i < to; ++i) {
            append_grades(predictions[i], lined[i / systems] != 0, outcomes, parts[worker]);
        }
    };
    {
        std::vector<std::jthread> pool;
        for (std::size_t worker = 1; worker < threads; ++worker)
            pool.emplace_back(work, worker);
        work(0);
    }
    std::vector<Accuracy> settled = std::move(parts[0]);
    for (std::size_t worker = 1; worker < threads; ++worker) {
        std::ranges::move(parts[worker], std::back_inserter(settled));
    }
    return settled;
}

std::vector<Accuracy> settle_stored(std::span<const forecast::Prediction> predictions,
                                    std::span<const forecast::Pick> picks,
                                    const Outcomes& outcomes) {
    const auto looked_at = [](const auto& row) {
        return std::tie(row.game_id, row.player_id, row.market, row.as_of, row.origin);
    };
    std::vector<const forecast::Pick*> lined;
    for (const forecast::Pick& pick : picks) {
        if (pick.is_main_line) lined.push_back(&pick);
    }
    std::ranges::sort(lined, {}, [&](const forecast::Pick* pick) { return looked_at(*pick); });
    std::vector<Accuracy> settled;
    for (const forecast::Prediction& prediction : predictions) {
        const conform::Game* game = outcomes.game(prediction.game_id);
        if (game == nullptr || prediction.as_of.at > game->tip_off) continue;
        const bool is_lined = std::ranges::binary_search(
            lined, looked_at(prediction), {},
            [&](const forecast::Pick* pick) { return looked_at(*pick); });
        append_grades(prediction, is_lined, outcomes, settled);
    }
    return settled;
}

bool is_same_forecast(const Accuracy& a, const Accuracy& b) {
    const auto key = [](const Accuracy& row) {
        return std::tie(row.game_id, row.player_id, row.market, row.system_id, row.as_of,
                        row.origin);
    };
    return key(a) == key(b);
}

std::vector<SystemPerformance> performance_by_date(std::span<const Accuracy> graded) {
    using Key = std::tuple<GameDate, std::string_view, std::string_view, Population, SeasonType>;
    std::map<Key, ForecastMeasures> measures;
    std::map<GameDate, Season> seasons;
    for (const Grade& grade : chosen_grades(graded, AsOfChoice::kLast)) {
        const Accuracy& row = *grade.newest;
        if (row.outcome != kGraded) continue;
        seasons[row.game_date] = row.season;
        for (const Population population : kPopulations) {
            if (!contains(population, standing_of(row))) continue;
            measures[{row.game_date, row.market, row.system_id, population, row.season_type}].add(
                row);
        }
    }
    std::vector<SystemPerformance> rows;
    for (const auto& [key, measure] : measures) {
        const auto& [date, market, system, population, season_type] = key;
        rows.push_back({.game_date = date,
                        .season = seasons.at(date),
                        .market = std::string(market),
                        .system_id = std::string(system),
                        .population = std::string(to_string(population)),
                        .season_type = season_type,
                        .n = static_cast<std::int32_t>(measure.n()),
                        .mae = measure.mae(),
                        .mae_mean = measure.mae_mean(),
                        .rmse = measure.rmse(),
                        .bias = measure.bias(),
                        .crps = measure.crps(),
                        .coverage_80 = measure.coverage_80(),
                        .coverage_95 = measure.coverage_95(),
                        .run_id = {}});
    }
    return rows;
}

}  // namespace tipoff::grade
