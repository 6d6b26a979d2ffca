#include "grade/grade_tables.h"

namespace tipoff::grade {

using store::bookkeeping;
using store::key;
using store::shared_key;
using store::value;

const store::Table<Accuracy> kAccuracy{
    "predictions",
    "prediction_accuracy",
    "One forecast after its game: graded, or void with the reason.",
    {
        key<&Accuracy::game_id>("game_id", "The game."),
        key<&Accuracy::player_id>("player_id", "The player."),
        shared_key<&Accuracy::market>("market", "points, rebounds, assists, threes or pra."),
        shared_key<&Accuracy::system_id>("system_id", "The forecasting system."),
        shared_key<&Accuracy::as_of>("as_of", "As of the forecast."),
        shared_key<&Accuracy::origin>("origin", "live, or backfill."),
        shared_key<&Accuracy::revision>(
            "revision", "0 as first settled; a corrected box score makes the next."),
        value<&Accuracy::game_date>("game_date", "The league's day on which it was played."),
        value<&Accuracy::season>("season", "The season."),
        value<&Accuracy::season_type>("season_type", "regular, playoffs, play_in or cup."),
        value<&Accuracy::team_id>("team_id",
                                  "The player's team in the box score; when void, as forecast."),
        value<&Accuracy::outcome>("outcome", "graded, VOID_DID_NOT_PLAY or VOID_POSTPONED."),
        value<&Accuracy::actual>("actual", "What he did in the market; NULL when void."),
        value<&Accuracy::minutes>("minutes",
                                  "Minutes played, whole; 0 is some seconds. NULL when void."),
        value<&Accuracy::mean>("mean", "Mean of the forecast."),
        value<&Accuracy::sd>("sd", "Standard deviation of the forecast."),
        value<&Accuracy::absolute_error>("absolute_error", "|median - actual|; NULL when void."),
        value<&Accuracy::absolute_error_mean>("absolute_error_mean",
                                              "|mean - actual|; NULL when void."),
        value<&Accuracy::error>("error", "mean - actual; NULL when void."),
        value<&Accuracy::crps>(
            "crps",
            "Continuous ranked probability score: sum over whole k of (P(X <= k) - [actual <= "
            "k])^2 (Gneiting and Raftery 2007); NULL when void."),
        value<&Accuracy::pit>(
            "pit",
            "Randomised probability integral transform, P(X < actual) + u P(X = actual), u drawn "
            "from a hash of the forecast's key (Czado, Gneiting and Held 2009); NULL when void."),
        value<&Accuracy::prior_games>(
            "prior_games",
            "The player's earlier games with minutes, any season, regular season and playoffs."),
        value<&Accuracy::season_games>("season_games", "Those of them in this season."),
        value<&Accuracy::last_10_points>(
            "last_10_points", "Mean points of the last ten of them; NULL where there is none."),
        value<&Accuracy::last_10_minutes>(
            "last_10_minutes", "Mean minutes of the last ten of them; NULL where there is none."),
        value<&Accuracy::lined>("lined", "A real line of the market stood before tip-off."),
        value<&Accuracy::quality_grade>("quality_grade",
                                        "Grade of the features behind the forecast."),
        bookkeeping<&Accuracy::run_id>("run_id", "The run that last changed the row."),
    }};

const store::Table<SystemPerformance> kSystemPerformance{
    "predictions",
    "system_performance",
    "A game date of one system on one population; void forecasts are left out.",
    {
        key<&SystemPerformance::game_date>("game_date", "The league's day."),
        shared_key<&SystemPerformance::market>("market", "The market."),
        shared_key<&SystemPerformance::system_id>("system_id", "The forecasting system."),
        shared_key<&SystemPerformance::population>(
            "population", "all, ten_prior_games, new_player, settled, rotation or lined."),
        shared_key<&SystemPerformance::season_type>("season_type",
                                                    "regular, playoffs, play_in or cup."),
        value<&SystemPerformance::season>("season", "The season."),
        value<&SystemPerformance::n>("n", "Graded forecasts."),
        value<&SystemPerformance::mae>("mae", "Mean absolute error of the median."),
        value<&SystemPerformance::mae_mean>("mae_mean", "Mean absolute error of the mean."),
        value<&SystemPerformance::rmse>("rmse", "Root mean squared error of the mean."),
        value<&SystemPerformance::bias>("bias", "Mean of (mean - actual)."),
        value<&SystemPerformance::crps>("crps", "Mean CRPS."),
        value<&SystemPerformance::coverage_80>("coverage_80",
                                               "Share of randomised PIT values in [0.1, 0.9]."),
        value<&SystemPerformance::coverage_95>("coverage_95",
                                               "Share of randomised PIT values in [0.025, 0.975]."),
        bookkeeping<&SystemPerformance::run_id>("run_id", "The run that last changed the row."),
    }};

std::vector<const store::TableSpec*> grade_tables() {
    return {&kAccuracy.spec(), &kSystemPerformance.spec()};
}

}  // namespace tipoff::grade
