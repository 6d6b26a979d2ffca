/// Game lines of The Odds API: GET /v4/sports/basketball_nba/events/{id}/odds?regions=us
/// &markets=h2h,spreads,totals, or, of the past, GET
/// /v4/historical/sports/basketball_nba/events/{id}/odds?date=.
///
/// The ladders of a game are markets of their own ("alternate_spreads", "alternate_totals"), one
/// outcome a side and line.
///
/// A snapshot of the past, asked for a little late, holds lines taken during the game: each line
/// has the instant of its book's last change beside the start, and a note counts them. Prices are
/// decimal or American, as the question chose; they come out American.

#include <array>

#include "collect/sources/odds_api.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

Reading read(std::span<const char> bytes, const Ask& ask) {
    return read_odds_api_lines(bytes, ask, OddsApiLines::kOfGames);
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return plan_odds_api_lines(scope, "h2h,spreads,totals");
}

std::vector<PlannedRequest> plan_with_ladders(const Scope& scope) {
    return plan_odds_api_lines(scope, "h2h,spreads,totals,alternate_spreads,alternate_totals");
}

constexpr std::array<std::string_view, 3> kAlsoCalled{"oddsa_game_lines", "oddsa_game_lines_his",
                                                      "odds_api_historical_game_lines"};

}  // namespace

const Source kOddsapiGameLines{
    .name = "oddsapi_game_lines",
    .also_called = kAlsoCalled,
    .what = "The Odds API: moneyline, spread and total of a game",
    .read = &read,
    .asking = {.plan = &plan,
               .plan_with_ladders = &plan_with_ladders,
               .fresh_for = std::chrono::minutes{5},
               .game_ids_of = "oddsapi_events",
               .key = kOddsApiKey,
               .counts_each_answer = true,
               .is_metered = true},
    .expectation = {.asks_games = DueGames::kUpToADayOn, .null_shares = kGameLineShares}};

}  // namespace tipoff::collect
