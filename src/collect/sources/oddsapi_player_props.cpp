/// Player props of The Odds API: GET /v4/sports/basketball_nba/events/{id}/odds?regions=us
/// &markets=player_points,player_points_alternate,..., or the same of the past.
///
/// An outcome is one side ("Over", "Under") of one player (`description`) at one line (`point`).
/// The ladder of a market is a market of its own ("player_points_alternate"), often without the
/// under, and may hold the main line once more. A book's own `last_update` is missing here; the
/// market's is there.

#include <array>

#include "collect/sources/odds_api.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

Reading read(std::span<const char> bytes, const Ask& ask) {
    return read_odds_api_lines(bytes, ask, OddsApiLines::kOfPlayers);
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return plan_odds_api_lines(scope,
                               "player_points,player_rebounds,player_assists,player_threes,"
                               "player_points_rebounds_assists");
}

std::vector<PlannedRequest> plan_with_ladders(const Scope& scope) {
    return plan_odds_api_lines(
        scope,
        "player_points,player_rebounds,player_assists,player_threes,player_points_rebounds_assists,"
        "player_points_alternate,player_rebounds_alternate,player_assists_alternate,"
        "player_threes_alternate,player_points_rebounds_assists_alternate");
}

constexpr std::array<std::string_view, 2> kAlsoCalled{"oddsa_player_props",
                                                      "oddsa_player_props_his"};

}  // namespace

const Source kOddsapiPlayerProps{
    .name = "oddsapi_player_props",
    .also_called = kAlsoCalled,
    .what = "The Odds API: lines of a game's players",
    .read = &read,
    .asking = {.plan = &plan,
               .plan_with_ladders = &plan_with_ladders,
               .fresh_for = std::chrono::minutes{5},
               .game_ids_of = "oddsapi_events",
               .key = kOddsApiKey,
               .counts_each_answer = true,
               .is_metered = true},
    .expectation = {.asks_games = DueGames::kUpToADayOn, .null_shares = kPropShares}};

}  // namespace tipoff::collect
