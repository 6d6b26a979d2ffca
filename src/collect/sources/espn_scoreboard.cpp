/// Games of a day of ESPN: GET site.api.espn.com/apis/site/v2/sports/basketball/nba/scoreboard
/// ?dates=20240115.
///
/// `date` is the tip-off in UTC, so a late game's is of the next day; where `timeValid` is false it
/// is a midnight, and only the day holds. `season.year` is the year in which the season ends.
/// Scores are text, and "0" before the game. A day without games is a list without events; the
/// answer carries the calendar of all days with games, which is held against it. All-Star games are
/// marked as such; games before the season may have teams that are not of the league. The final of
/// the cup is not told apart from games of the regular season.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/espn.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

struct Side {
    std::string name;
    const Team* team = nullptr;
    std::int32_t score = 0;
};

/// The points of all periods, which have to be the score.
void check_periods(const JsonValue& row, std::int32_t score) {
    double sum = 0;
    for (const JsonValue& period : row.array("linescores"))
        sum += period.number("value");
    if (row.is_sound() && std::abs(sum - score) > 0.5)
        row.wrong(fmt::format("has a score of {}, and {} in its periods", score, sum));
}

/// Home and away, in this order, whichever stands first.
std::pair<Side, Side> read_sides(const JsonValue& competition, bool is_final) {
    std::pair<Side, Side> sides;
    const auto rows = competition.array("competitors");
    if (competition.is_sound() && rows.size() != 2)
        competition.wrong(fmt::format("has {} competitors, to be 2", rows.size()));
    int homes = 0;
    for (const JsonValue& row : rows) {
        const std::string where = row.text("homeAway");
        if (row.is_sound() && where != "home" && where != "away")
            row.wrong(fmt::format("has homeAway '{}'", where));
        homes += where == "home" ? 1 : 0;
        Side& side = where == "home" ? sides.first : sides.second;
        side.name = row.object("team").text("displayName");
        side.team = find_team(side.name);
        side.score = espn_score(row, "score");
        if (is_final) check_periods(row, side.score);
    }
    if (competition.is_sound() && homes != 1)
        competition.wrong(fmt::format("has {} home teams", homes));
    return sides;
}

class Scoreboard {
public:
    explicit Scoreboard(const Ask& ask) : ask_(ask) {}

    void read_event(const JsonValue& event) {
        const JsonValue season = event.object("season");
        const std::int64_t season_end = season.integer("year");
        const SeasonType type = espn_season_type(season, season.integer("type"));
        const auto competitions = event.array("competitions");
        if (event.is_sound() && competitions.size() != 1)
            event.wrong(fmt::format("has {} competitions, to be 1", competitions.size()));
        if (!event.is_sound()) return;
        const JsonValue& competition = competitions.front();
        const JsonValue status = competition.object("status").object("type");
        const JsonValue venue = competition.object("venue");
        StatedGame game{
            .source_game_id = event.text("id"),
            .status = espn_status(status, status.text("state"), status.text("description")),
            .season_type = type,
            .arena = venue.text("fullName"),
            .city = venue.object("address").text("city")};
        const Instant at = espn_instant(event, event.text("date"));
        const bool has_time = competition.boolean("timeValid");
        const std::string kind = competition.object("type").text("abbreviation");
        const auto [home, away] = read_sides(competition, game.status == "final");
        if (!event.is_sound()) return;
        game.game_date = eastern_date(at);
        if (has_time) game.tip_off = at;
        if (season_of(game.game_date).start_year() + 1 != season_end) {
            event.wrong(
                fmt::format("has season {}, and is of {}", season_end, to_string(game.game_date)));
        }
        if (!ids_.insert(game.source_game_id).second) event.wrong("is a game's second row");
        const std::string title = fmt::format("{} at {}", away.name, home.name);
        if (kind == "ALLSTAR") return leave_out(title, "an All-Star game");
        if (home.team == nullptr || away.team == nullptr) {
            if (type == SeasonType::kPreseason) return leave_out(title, "not both of the league");
            return event.wrong(fmt::format("is {}, of which nobody knows a team", title));
        }
        game.home_team_id = home.team->team_id;
        game.away_team_id = away.team->team_id;
        if (const std::string problem = not_as_asked(game, ask_); !problem.empty())
            event.wrong(problem);
        if (game.status == "canceled") return leave_out(title, "canceled");
        take_points(event, game, home.score, away.score);
        take(event, std::move(game), {home.team, away.team});
    }

    [[nodiscard]] Reading result(const JsonValue& root) && {
        if (!reading_.records.games.empty()) return std::move(reading_);
        if (!reading_.notes.empty()) {
            reading_.outcome = {OutcomeKind::kEmptyLegal, "no games of the league"};
        } else if (ask_.date && is_in_calendar(root, *ask_.date)) {
            reading_.outcome = {OutcomeKind::kEmptyUnexpected,
                                fmt::format("no games, and {} is in the source's own calendar",
                                            to_string(*ask_.date))};
        } else {
            reading_.outcome = {OutcomeKind::kEmptyLegal, "no games"};
        }
        return std::move(reading_);
    }

private:
    static void take_points(const JsonValue& event, StatedGame& game, std::int32_t home,
                            std::int32_t away) {
        if (game.status != "final" && game.status != "in_progress") return;
        game.home_points = home;
        game.away_points = away;
        if (game.status == "final" && home == away)
            event.wrong(fmt::format("is final, {} to {}", home, away));
    }

    void take(const JsonValue& event, StatedGame game, std::pair<const Team*, const Team*> sides) {
        for (const Team* team : {sides.first, sides.second}) {
            if (!playing_.emplace(game.game_date, team->team_id).second)
                event.wrong(fmt::format("is {}'s second game of the day", team->tricode));
        }
        reading_.records.games.push_back(std::move(game));
    }

    void leave_out(std::string_view title, std::string_view why) {
        reading_.notes.push_back(fmt::format("left out: {}, {}", title, why));
    }

    static bool is_in_calendar(const JsonValue& root, GameDate date) {
        for (const JsonValue& league : root.array("leagues")) {
            for (const JsonValue& day : league.array("calendar")) {
                const Instant at = espn_instant(day, day.as_text());
                if (eastern_date(at) == date) return true;
            }
        }
        return false;
    }

    const Ask& ask_;
    Reading reading_;
    std::set<std::string> ids_;
    std::set<std::pair<GameDate, TeamId>> playing_;
};

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    Scoreboard scoreboard(ask);
    for (const JsonValue& event : root.array("events")) {
        scoreboard.read_event(event);
        if (!shape.is_sound()) break;
    }
    if (!shape.is_sound()) return malformed(shape);
    Reading reading = std::move(scoreboard).result(root);
    return shape.is_sound() ? std::move(reading) : malformed(shape);
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_date(scope, [](GameDate date) {
        return url_with("https://site.api.espn.com/apis/site/v2/sports/basketball/nba/scoreboard",
                        {{"dates", compact_date(date)}});
    });
}

constexpr std::array<std::string_view, 1> kAlsoCalled{"espn_scoreboard_api"};

}  // namespace

const Source kEspnScoreboard{
    .name = "espn_scoreboard",
    .also_called = kAlsoCalled,
    .what = "ESPN: games of a day, with their scores",
    .read = &read,
    .asking = {.plan = &plan, .spacing = std::chrono::seconds{2}},
    .expectation = {.has_games = DueGames::kUpToADayOn, .null_shares = kGameShares}};

}  // namespace tipoff::collect
