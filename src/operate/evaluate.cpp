#include "operate/evaluate.h"

#include <algorithm>
#include <iterator>

#include "operate/picks.h"

namespace tipoff::operate {

Expected<EvaluateReport> evaluate(store::Database& database, const Facts& facts,
                                  const EvaluateRequest& request,
                                  const EvaluateProgress& progress) {
    const grade::Outcomes outcomes(facts.summaries());
    WalkForward walk(facts, outcomes);
    grade::ReportFacts graded;
    const auto forecast_day = [&](GameDate date, std::span<const features::FeatureStoreRow> rows,
                                  const forecast::SystemForecasts& forecasts) {
        const auto predictions =
            forecast::predictions_of(rows, forecasts, forecast::kOriginBackfill, request.threads);
        std::ranges::move(grade::settle(rows, predictions, outcomes, request.threads),
                          std::back_inserter(graded.accuracy));
        auto picks =
            make_picks(rows, forecasts, predictions, facts.raw().prop_lines, is_admissible);
        std::erase_if(picks, [](const forecast::Pick& pick) { return !pick.is_main_line; });
        std::ranges::move(picks, std::back_inserter(graded.picks));
        if (progress) progress(date);
    };
    TIPOFF_CHECK(walk.run({.dates = request.grade.dates,
                           .retrain_days = request.retrain_days,
                           .trees = request.trees,
                           .threads = request.threads},
                          forecast_day));
    for (const conform::PlayerGame& game : facts.summaries().player_games) {
        if (game.game_date <= request.grade.dates.to) graded.player_games.push_back(game);
    }
    TIPOFF_TRY(graded.lines,
               grade::MarketLines::read(database, request.grade.dates, request.grade.market));
    graded.strongest_feature = walk.strongest_feature();
    return EvaluateReport{.grade = grade::build_report(graded, request.grade),
                          .retrain_days = request.retrain_days,
                          .trainings = walk.trainings()};
}

}  // namespace tipoff::operate
