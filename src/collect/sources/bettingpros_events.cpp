/// Events of BettingPros: GET /v3/events?sport=NBA&date=2021-10-21 (a day in Eastern time).
///
/// Times are UTC and written without an offset ("2021-10-21 23:30:00"). `status` is Sportradar's
/// word. Teams are codes. What `lineups` says of a player is not of that night: his team there is
/// the one of the day of asking. `_parameters` says how the question was understood.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "collect/json_document.h"
#include "collect/sources/bettingpros.h"
#include "collect/sources/fields.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

struct Word {
    std::string_view theirs;
    std::string_view ours;  ///< empty: no such game will be played, as far as is known
};

constexpr std::array kStatuses{Word{"scheduled", "scheduled"},  Word{"created", "scheduled"},
                               Word{"delayed", "scheduled"},    Word{"inprogress", "in_progress"},
                               Word{"halftime", "in_progress"}, Word{"complete", "final"},
                               Word{"closed", "final"},         Word{"postponed", "postponed"},
                               Word{"cancelled", ""},           Word{"unnecessary", ""},
                               Word{"if-necessary", ""}};

std::optional<SeasonType> season_type_in(const JsonValue& event) {
    const std::string text = event.text("season_type");
    if (text == "REG") return SeasonType::kRegular;
    if (text == "PRE") return SeasonType::kPreseason;
    if (text == "PST") return SeasonType::kPlayoffs;
    if (text == "PIT") return SeasonType::kPlayIn;
    event.wrong(fmt::format("has the season_type '{}', which nobody knows", text));
    return std::nullopt;
}

struct Points {
    std::int32_t home = 0;
    std::int32_t away = 0;
};

/// The points of both teams in a list of `{"participant", "score"}`.
Points points_in(const JsonValue& scored, const std::string& home, const std::string& away) {
    constexpr std::int64_t kMostPoints = 300;
    Points points;
    std::set<std::string> seen;
    for (const JsonValue& score : scored.array("scores")) {
        const std::string team = score.text("participant");
        const std::int64_t value = score.integer("score");
        if ((team != home && team != away) || !seen.insert(team).second)
            score.wrong(fmt::format("has the participant '{}'", team));
        if (value < 0 || value > kMostPoints) score.wrong(fmt::format("has the score {}", value));
        (team == home ? points.home : points.away) = static_cast<std::int32_t>(value);
    }
    if (seen.size() != 2) scored.wrong("has not the scores of both teams");
    return points;
}

/// The final score, which has to be the sum of the periods'.
Points final_score(const JsonValue& event, const std::string& home, const std::string& away) {
    const JsonValue results = event.object("results");
    const std::vector<JsonValue> outcomes = results.array("outcomes");
    if (outcomes.size() != 1)
        results.wrong(fmt::format("has {} outcomes, to be 1", outcomes.size()));
    if (!event.is_sound()) return {};
    const Points points = points_in(outcomes[0], home, away);
    const std::string winner = outcomes[0].text("winner");
    if (points.home == points.away || winner != (points.home > points.away ? home : away)) {
        outcomes[0].wrong(
            fmt::format("has the winner '{}' of {}:{}", winner, points.home, points.away));
    }
    Points sum;
    const std::vector<JsonValue> periods = results.array("periods");
    for (const JsonValue& period : periods) {
        const Points of_period = points_in(period, home, away);
        sum.home += of_period.home;
        sum.away += of_period.away;
    }
    if (!periods.empty() && (sum.home != points.home || sum.away != points.away)) {
        results.wrong(fmt::format("has periods that add up to {}:{}, not {}:{}", sum.home, sum.away,
                                  points.home, points.away));
    }
    return points;
}

class Reader {
public:
    explicit Reader(const Ask& ask) : ask_(ask) {}

    void read_event(const JsonValue& event) {
        const std::string home = event.text("home");
        const std::string away = event.text("visitor");
        StatedGame game{.source_game_id = std::to_string(event.integer("id")),
                        .tip_off = utc_instant_of(event, "scheduled"),
                        .season_type = season_type_in(event)};
        const std::string status = event.text("status");
        const Season season = season_starting_in(event, "season");
        if (event.text("sport") != "NBA") event.wrong("has a sport that is not NBA");
        if (const auto venue = event.optional_object("venue")) {
            game.arena = venue->text("name");
            game.city = venue->text("city");
        }
        if (!event.is_sound()) return;
        game.game_date = eastern_date(*game.tip_off);
        const std::string label =
            fmt::format("{} at {} ({})", away, home, to_string(game.game_date));
        if (ask_.season && season != *ask_.season) {
            event.wrong(fmt::format("is of {}, where {} was asked for", to_string(season),
                                    to_string(*ask_.season)));
        }
        if (ask_.date && game.game_date != *ask_.date) {
            event.wrong(fmt::format("is of {}, where {} was asked for", to_string(game.game_date),
                                    to_string(*ask_.date)));
        }
        if (!ids_.insert(game.source_game_id).second) event.wrong("has the id of an earlier event");
        const auto word = std::ranges::find(kStatuses, status, &Word::theirs);
        if (word == kStatuses.end()) {
            event.wrong(fmt::format("has the status '{}', which nobody knows", status));
            return;
        }
        const Team* home_team = find_team(home);
        const Team* away_team = find_team(away);
        if (word->ours.empty() || home_team == nullptr || away_team == nullptr) {
            notes_.push_back(word->ours.empty() ? fmt::format("{} left out: {}", label, status)
                                                : label + " is no game of two teams of the league");
            return;
        }
        game.status = word->ours;
        game.home_team_id = home_team->team_id;
        game.away_team_id = away_team->team_id;
        for (const Team* team : {home_team, away_team}) {
            if (!playing_.emplace(team->team_id, game.game_date).second)
                event.wrong(fmt::format("is the second game of {} on a day", team->full_name));
        }
        if (game.status == "final") {
            const Points points = final_score(event, home, away);
            game.home_points = points.home;
            game.away_points = points.away;
        }
        games_.push_back(std::move(game));
    }

    [[nodiscard]] Reading reading(bool any_events) && {
        Reading reading;
        if (games_.empty()) {
            reading.outcome = any_events ? Outcome{OutcomeKind::kEmptyUnexpected,
                                                   "no event of two teams of the league"}
                                         : Outcome{OutcomeKind::kEmptyLegal, "no events"};
        }
        reading.records.games = std::move(games_);
        reading.notes = std::move(notes_);
        return reading;
    }

private:
    const Ask& ask_;
    std::set<std::string> ids_;
    std::set<std::pair<TeamId, GameDate>> playing_;
    std::vector<StatedGame> games_;
    std::vector<std::string> notes_;
};

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    const JsonValue parameters = root.object("_parameters");
    const auto date = parameters.optional_text("date");
    if (ask.date && date && *date != to_string(*ask.date)) {
        parameters.wrong(
            fmt::format("has the date {}, where {} was asked for", *date, to_string(*ask.date)));
    }
    const std::vector<JsonValue> events = root.array("events");
    Reader reader(ask);
    for (const JsonValue& event : events)
        reader.read_event(event);
    if (!shape.is_sound()) return malformed(shape);
    return std::move(reader).reading(!events.empty());
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_date(of_game_dates(scope), [](GameDate date) {
        return url_with("https://api.bettingpros.com/v3/events",
                        {{"sport", "NBA"}, {"date", to_string(date)}});
    });
}

constexpr std::array<std::string_view, 1> kAlsoCalled{"bp_events"};

}  // namespace

const Source kBettingprosEvents{
    .name = "bettingpros_events",
    .also_called = kAlsoCalled,
    .what = "BettingPros: games of a day, and their results",
    .read = &read,
    .asking = {.plan = &plan, .spacing = kBettingprosSpacing, .key = kBettingprosKey},
    .expectation = {.has_games = DueGames::kToCome, .null_shares = kGameShares}};

}  // namespace tipoff::collect
