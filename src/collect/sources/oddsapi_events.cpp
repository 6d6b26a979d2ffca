/// Events of The Odds API: GET /v4/sports/basketball_nba/events?commenceTimeFrom=&commenceTimeTo=,
/// or, of the past, GET /v4/historical/sports/basketball_nba/events?date=.
///
/// An event leaves the list when its game ends, so that an empty list says nothing of the schedule.
/// A list of the past is not cut to a day. The source says neither whether a game has begun nor
/// what kind of game it is.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "collect/sources/fields.h"
#include "collect/sources/odds_api.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    const bool has_envelope = is_of_the_past(root);
    // The list is what it was at the snapshot; a list without its instant is of no use.
    if (has_envelope) static_cast<void>(instant_of(root, "timestamp"));

    Reading reading;
    std::set<std::string> ids;
    std::set<std::pair<TeamId, GameDate>> playing;
    const std::vector<JsonValue> rows = has_envelope ? root.array("data") : root.elements();
    for (const JsonValue& row : rows) {
        const OddsApiEvent event = read_event(row);
        if (!shape.is_sound()) break;
        if (!ids.insert(event.id).second) row.wrong("has the id of an earlier event");
        if (!event.is_of_the_league()) {
            reading.notes.push_back(event.why_left_out());
            continue;
        }
        const GameDate date = eastern_date(event.starts_at);
        for (const Team* team : {event.home, event.away}) {
            if (!playing.emplace(team->team_id, date).second)
                row.wrong(fmt::format("is the second game of {} on a day", team->full_name));
        }
        reading.records.games.push_back({.source_game_id = event.id,
                                         .game_date = date,
                                         .tip_off = event.starts_at,
                                         .status = {},
                                         .season_type = {},
                                         .home_team_id = event.home->team_id,
                                         .away_team_id = event.away->team_id,
                                         .home_points = {},
                                         .away_points = {},
                                         .arena = {},
                                         .city = {}});
    }
    if (!shape.is_sound()) return malformed(shape);

    const auto& games = reading.records.games;
    if (rows.empty()) {
        reading.outcome = {OutcomeKind::kEmptyLegal, "no events"};
    } else if (games.empty()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no event of two teams of the league"};
    }
    for (const StatedGame& game : games) {
        if (ask.season && season_of(game.game_date) != *ask.season) {
            return malformed(fmt::format("events of {}, where {} was asked for",
                                         to_string(season_of(game.game_date)),
                                         to_string(*ask.season)));
        }
    }
    if (ask.date && !games.empty()) {
        const auto others = std::ranges::count_if(
            games, [&](const StatedGame& game) { return game.game_date != *ask.date; });
        if (std::cmp_equal(others, games.size()))
            return malformed(
                fmt::format("no event of {}, which was asked for", to_string(*ask.date)));
        if (others > 0) {
            reading.notes.push_back(fmt::format("{} of {} events are of other days than {}", others,
                                                games.size(), to_string(*ask.date)));
        }
    }
    return reading;
}

/// An event leaves today's list once it is over; a date that has gone by has its list of noon.
std::vector<PlannedRequest> plan(const Scope& scope) {
    static constexpr TimeOfDay kNoon{12, 0, 0};
    auto requests = ask_each_date(of_game_dates(scope), [&scope](GameDate date) {
        if (date < eastern_date(scope.now)) {
            return url_with(
                "https://api.the-odds-api.com/v4/historical/sports/basketball_nba/events",
                {{"date", instant_to_second(eastern_instant(date, kNoon))}});
        }
        return url_with(
            "https://api.the-odds-api.com/v4/sports/basketball_nba/events",
            {{"commenceTimeFrom", instant_to_second(eastern_instant(date, {}))},
             {"commenceTimeTo", instant_to_second(eastern_instant(date.plus_days(1), {}) -
                                                  std::chrono::seconds{1})}});
    });
    for (PlannedRequest& request : requests)
        request.is_free = request.ask.date >= eastern_date(scope.now);
    return requests;
}

constexpr std::array<std::string_view, 2> kAlsoCalled{"oddsa_events", "oddsa_events_his"};

}  // namespace

const Source kOddsapiEvents{
    .name = "oddsapi_events",
    .also_called = kAlsoCalled,
    .what = "The Odds API: events of a day, or of a snapshot",
    .read = &read,
    .asking = {.plan = &plan,
               .fresh_for = std::chrono::hours{1},
               .key = kOddsApiKey,
               .is_metered = true,
               .has_free_requests = true},
    .expectation = {.has_games = DueGames::kToCome, .null_shares = kGameShares}};

}  // namespace tipoff::collect
