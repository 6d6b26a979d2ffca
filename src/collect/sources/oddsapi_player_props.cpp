/// Player props of The Odds API: GET /v4/sports/basketball_nba/events/{id}/odds?regions=us
/// &markets=player_points,player_points_alternate,..., or the same of the past.
///
/// An outcome is one side ("Over", "Under") of one player (`description`) at one line (`point`).
/// The ladder of a market is a market of its own ("player_points_alternate"), often without the
/// under, and may hold the main line once more. A book's own `last_update` is missing here; the
/// market's is there.

#include "collect/sources/odds_api.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

Reading read(std::span<const char> bytes, const Ask& ask) {
    return read_odds_api_lines(bytes, ask, OddsApiLines::kOfPlayers);
}

}  // namespace

const Source kOddsapiPlayerProps{.name = "oddsapi_player_props",
                                 .also_called = {"oddsa_player_props_his"},
                                 .what = "The Odds API: lines of a game's players",
                                 .read = &read};

}  // namespace tipoff::collect
