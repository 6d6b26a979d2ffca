#include "forecast/prediction_tables.h"

#include "forecast/model_tables.h"

namespace tipoff::forecast {

using store::bookkeeping;
using store::key;
using store::shared_key;
using store::value;

const store::Table<Prediction> kPrediction{
    "predictions",
    "player_prop_prediction",
    "One forecast of one system: a distribution of whole numbers, conditional on his playing.",
    {
        key<&Prediction::game_id>("game_id", "The game."),
        key<&Prediction::player_id>("player_id", "The player."),
        shared_key<&Prediction::market>("market",
                                        "points, rebounds, assists, threes, pra, pr, pa, ra."),
        shared_key<&Prediction::system_id>("system_id", "The forecasting system."),
        shared_key<&Prediction::as_of>("as_of", "Nothing known later is in the forecast."),
        shared_key<&Prediction::origin>("origin", "live, or backfill."),
        value<&Prediction::game_date>("game_date", "The league's day."),
        value<&Prediction::season>("season", "The season."),
        value<&Prediction::team_id>("team_id", "The player's team, as expected."),
        value<&Prediction::opponent_team_id>("opponent_team_id", "The other team."),
        value<&Prediction::mean>("mean", "Mean of the distribution."),
        value<&Prediction::sd>("sd", "Standard deviation of the distribution."),
        value<&Prediction::median>(
            "median", "Smallest whole number that he stays at or below with at least even chance."),
        value<&Prediction::quantile_025>("quantile_025", "The same for 2.5%."),
        value<&Prediction::quantile_10>("quantile_10", "The same for 10%."),
        value<&Prediction::quantile_25>("quantile_25", "The same for 25%."),
        value<&Prediction::quantile_75>("quantile_75", "The same for 75%."),
        value<&Prediction::quantile_90>("quantile_90", "The same for 90%."),
        value<&Prediction::quantile_975>("quantile_975", "The same for 97.5%."),
        value<&Prediction::minutes>("minutes", "Expected minutes, given that he plays."),
        value<&Prediction::p_plays>("p_plays",
                                    "Chance that he plays at all, as known before tip-off."),
        value<&Prediction::quality_grade>("quality_grade", "Grade of the features behind it."),
        value<&Prediction::degraded>("degraded",
                                     "What the system had to do without; empty when nothing."),
        value<&Prediction::members>("members",
                                    "Systems that took part in an ensemble; empty for others."),
        value<&Prediction::contributions>(
            "contributions",
            "What the mean is made of, in the market's counts; exact for formulas, approximate "
            "(Saabas) by kinds of features for trees."),
        value<&Prediction::parameters_hash>(
            "parameters_hash",
            "Fingerprint of the system's fitted parameters, its first 12 characters."),
        bookkeeping<&Prediction::run_id>("run_id", "The run that last changed the row."),
    }};

const store::Table<Pick> kPick{
    "predictions",
    "pick",
    "What a forecast says of one line of one book.",
    {
        key<&Pick::game_id>("game_id", "The game."),
        key<&Pick::player_id>("player_id", "The player."),
        shared_key<&Pick::market>("market", "points, rebounds, assists, threes, pra, pr, pa, ra."),
        shared_key<&Pick::system_id>("system_id", "The forecasting system."),
        shared_key<&Pick::as_of>("as_of", "As of the forecast."),
        shared_key<&Pick::origin>("origin", "live, or backfill."),
        shared_key<&Pick::book>("book", "The sportsbook."),
        key<&Pick::line_value>("line_value", "The line."),
        value<&Pick::game_date>("game_date", "The league's day."),
        value<&Pick::is_main_line>(
            "is_main_line", "The book's two-sided line nearest to even, in its last snapshot."),
        value<&Pick::over_price>("over_price", "American odds."),
        value<&Pick::under_price>("under_price", "American odds."),
        value<&Pick::vig_method>("vig_method", "How the vig was taken out."),
        value<&Pick::p_no_vig>("p_no_vig", "P(over) that the prices imply without the vig."),
        value<&Pick::p_over>("p_over", "P(over) of the forecast."),
        value<&Pick::p_push>("p_push", "P(exactly the line)."),
        value<&Pick::edge>("edge", "P(over, given no push) less p_no_vig."),
        value<&Pick::ev>("ev", "Expected profit of the recommended side a unit staked."),
        value<&Pick::fair_line>("fair_line", "The half line nearest to an even bet."),
        value<&Pick::recommendation>("recommendation", "OVER, UNDER or PASS."),
        value<&Pick::reason>("reason", "Why, for a person."),
        bookkeeping<&Pick::run_id>("run_id", "The run that last changed the row."),
    }};

std::vector<const store::TableSpec*> prediction_tables() {
    return {&kModel.spec(), &kPick.spec(), &kPrediction.spec()};
}

}  // namespace tipoff::forecast
