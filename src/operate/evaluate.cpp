#include "operate/evaluate.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "operate/picks.h"

namespace tipoff::operate {
namespace {

/// The quotes on a market of the games of the dates.
grade::MarketLines market_lines(const Facts& facts, const store::DateScope& dates,
                                Market market) {
    std::unordered_map<GameId, Instant> tip_offs;
    for (const conform::Game& game : facts.summaries().games) {
        if (game.game_date >= dates.from && game.game_date <= dates.to)
            tip_offs[game.game_id] = game.tip_off;
    }
    std::vector<grade::MarketQuote> quotes;
    for (const collect::PropLine& line : facts.raw().prop_lines) {
        const auto tip_off = tip_offs.find(line.game_id);
        if (line.in_play || line.market != tipoff::to_string(market) || tip_off == tip_offs.end()) continue;
        quotes.push_back({.game_id = line.game_id,
                          .player_id = line.player_id,
                          .book = line.book,
                          .line_value = line.line_value,
                          .snapshot = line.snapshot,
                          .over_price = line.over_price,
                          .under_price = line.under_price,
                          .known_at = line.known_at,
                          .is_undated = line.known_at_basis == collect::kBasisAssumedClosing,
                          .tip_off = tip_off->second});
    }
    return grade::MarketLines(std::move(quotes));
}

}  // namespace

Expected<EvaluateReport> evaluate(const Facts& facts, const EvaluateRequest& request,
                                  const EvaluateProgress& progress,
                                  features::Admissible admissible) {
    const grade::Outcomes outcomes(facts.summaries());
    WalkForward walk(facts, outcomes, admissible);
    grade::ReportFacts graded;
    const auto forecast_day = [&](GameDate date, std::span<const features::FeatureStoreRow> rows,
                                  std::span<const forecast::SystemForecasts> markets) {
        const forecast::SystemForecasts& forecasts = markets.front();
        const auto predictions = forecast::predictions_of(
            rows, forecasts, forecast::kOriginBackfill, request.walk.threads);
        std::ranges::move(grade::settle(rows, predictions, outcomes, request.walk.threads),
                          std::back_inserter(graded.accuracy));
        auto picks =
            make_picks(rows, forecasts, predictions, walk.lines());
        std::erase_if(picks, [](const forecast::Pick& pick) { return !pick.is_main_line; });
        std::ranges::move(picks, std::back_inserter(graded.picks));
        if (progress) progress(date);
    };
    WalkForwardRequest walk_request = request.walk;
    walk_request.dates = request.grade.dates;
    walk_request.markets = {request.grade.market};
    TIPOFF_CHECK(walk.run(walk_request, forecast_day));
    for (const conform::PlayerGame& game : facts.summaries().player_games) {
        if (game.game_date <= request.grade.dates.to) graded.player_games.push_back(game);
    }
    graded.lines = market_lines(facts, request.grade.dates, request.grade.market);
    graded.strongest_feature = walk.strongest_feature(request.grade.market);
    return EvaluateReport{.grade = grade::build_report(graded, request.grade),
                          .retrain_days = request.walk.retrain_days,
                          .trainings = walk.trainings()};
}

}  // namespace tipoff::operate
