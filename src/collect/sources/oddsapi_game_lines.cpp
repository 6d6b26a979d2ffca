/// Game lines of The Odds API: GET /v4/sports/basketball_nba/events/{id}/odds?regions=us
/// &markets=h2h,spreads,totals, or, of the past, GET
/// /v4/historical/sports/basketball_nba/events/{id}/odds?date=.
///
/// A snapshot of the past, asked for a little late, holds lines taken during the game: each line
/// has the instant of its book's last change beside the start, and a note counts them. Prices are
/// decimal or American, as the question chose; they come out American.

#include "collect/sources/odds_api.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

Reading read(std::span<const char> bytes, const Ask& ask) {
    return read_odds_api_lines(bytes, ask, OddsApiLines::kOfGames);
}

}  // namespace

const Source kOddsapiGameLines{.name = "oddsapi_game_lines",
                               .also_called = {"oddsa_game_lines_his"},
                               .what = "The Odds API: moneyline, spread and total of a game",
                               .read = &read};

}  // namespace tipoff::collect
