/// NBA.com's schedule of a season, in either of its two places:
///   GET stats.nba.com/stats/scheduleleaguev2int?LeagueID=00&Season=2025-26
///   GET cdn.nba.com/static/json/staticData/scheduleLeagueV2_1.json (the season of now)
///
/// It lists everything that is called a game, also preseason, All-Star and exhibition ones; which
/// is which is told by the game id's type digits, not by the labels. `gameDateEst` and
/// `gameDateTimeEst` are Eastern time written with a Z; only `gameDateTimeUTC` is what it says it
/// is. Both are read and have to agree, so that a change of either is seen. Games of the playoffs
/// and of the Cup's knockout are listed before their teams are known (team id 0), and a game whose
/// time is not set is "TBD" with midnight for a time. Scores are 0 until a game begins.
/// `postponedStatus` has meant different things over the years ("A" and "N" of any game, "Y" of a
/// whole season), so a game is postponed when its status text says so.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/names.h"
#include "collect/sources/nbac_reading.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

/// Fewer than these are no season's schedule.
constexpr std::size_t kFewestGames = 100;
constexpr std::size_t kFewestDates = 50;

constexpr std::int64_t kMostPoints = 400;
constexpr std::int64_t kUndecidedTeam = 0;

enum class GameStatus : std::uint8_t { kScheduled = 1, kInProgress = 2, kFinal = 3 };

/// What was left out.
struct LeftOut {
    std::size_t all_star = 0;
    std::size_t undecided = 0;
    std::map<std::string, std::size_t> other_teams;  ///< games by the name of the foreign team
};

/// Whether the status text calls the game off: "PPD", "Postponed", "Cancelled". Of a game that will
/// not be played at all nothing else is to be said than of one that moves: it is not on its date.
bool is_called_off(std::string_view text) {
    const std::string words = fold_name(text);
    return words.starts_with("ppd") || words.starts_with("postponed") ||
           words.starts_with("cancel");
}

/// The instant of "2025-03-15T20:30:00Z".
Instant read_instant(const JsonValue& game, std::string_view key) {
    const std::string text = game.text(key);
    if (!game.is_sound()) return {};
    const auto instant = parse_instant(text);
    if (!instant) {
        game.wrong(fmt::format("has '{}' for {}, to be an instant", text, key));
        return {};
    }
    return *instant;
}

/// The Eastern date of `gameDateEst`, "2025-03-15T00:00:00Z".
GameDate read_eastern_date(const JsonValue& game) {
    const std::string text = game.text("gameDateEst");
    if (!game.is_sound()) return {};
    const auto date = parse_date(std::string_view(text).substr(0, text.find('T')));
    if (!date) {
        game.wrong(fmt::format("has '{}' for gameDateEst, to be a date", text));
        return {};
    }
    return *date;
}

/// The start, which the document gives in UTC and as an Eastern wall clock with a Z.
Instant read_tip_off(const JsonValue& game) {
    const Instant utc = read_instant(game, "gameDateTimeUTC");
    const Instant eastern = read_instant(game, "gameDateTimeEst");
    if (!game.is_sound()) return {};
    const auto day = std::chrono::floor<std::chrono::days>(eastern);
    const std::chrono::hh_mm_ss time(eastern - day);
    const Instant meant =
        eastern_instant(GameDate{day}, {.hour = static_cast<int>(time.hours().count()),
                                        .minute = static_cast<int>(time.minutes().count()),
                                        .second = static_cast<int>(time.seconds().count())});
    if (meant != utc) {
        game.wrong(fmt::format("has {} for gameDateTimeUTC, and a gameDateTimeEst of {}",
                               tipoff::to_string(utc), to_eastern_string(meant)));
    }
    return utc;
}

/// Both teams, or nothing where one is not of the league and the game is left out.
struct Pairing {
    const Team* home = nullptr;
    const Team* away = nullptr;
    bool is_left_out = false;
};

Pairing read_pairing(const JsonValue& game, const NbacGame& id, LeftOut& left_out) {
    Pairing pairing;
    const JsonValue home = game.object("homeTeam");
    const JsonValue away = game.object("awayTeam");
    const std::int64_t home_id = home.integer("teamId");
    const std::int64_t away_id = away.integer("teamId");
    if (!game.is_sound()) return pairing;
    if (home_id == kUndecidedTeam || away_id == kUndecidedTeam) {
        ++left_out.undecided;
        pairing.is_left_out = true;
        return pairing;
    }
    if (home_id == away_id) {
        game.wrong("has one team against itself");
        return pairing;
    }
    for (const JsonValue& side : {home, away}) {
        const std::int64_t team_id = side.integer("teamId");
        if (find_team(TeamId{team_id}) != nullptr) continue;
        if (id.season_type != SeasonType::kPreseason) {
            side.wrong(fmt::format("has {} for teamId, which is none of the teams", team_id));
            return pairing;
        }
        ++left_out.other_teams[side.text("teamName")];
        pairing.is_left_out = true;
        return pairing;
    }
    pairing.home = find_team(TeamId{home_id});
    pairing.away = find_team(TeamId{away_id});
    return pairing;
}

void read_status(const JsonValue& game, StatedGame& stated) {
    const std::int64_t status = game.integer("gameStatus");
    const std::string text = game.text("gameStatusText");
    if (!game.is_sound()) return;
    if (is_called_off(text)) {
        stated.status = "postponed";
        return;
    }
    if (status == static_cast<std::int64_t>(GameStatus::kScheduled)) {
        stated.status = "scheduled";
        return;
    }
    if (status != static_cast<std::int64_t>(GameStatus::kInProgress) &&
        status != static_cast<std::int64_t>(GameStatus::kFinal)) {
        game.wrong(fmt::format("has {} for gameStatus, to be 1, 2 or 3", status));
        return;
    }
    const auto points = [&](std::string_view side) {
        const std::int64_t score = game.object(side).integer("score");
        if (score < 0 || score > kMostPoints)
            game.object(side).wrong(fmt::format("has {} for score", score));
        return static_cast<std::int32_t>(score);
    };
    stated.home_points = points("homeTeam");
    stated.away_points = points("awayTeam");
    const bool is_final = status == static_cast<std::int64_t>(GameStatus::kFinal);
    stated.status = is_final ? "final" : "in_progress";
    if (is_final && stated.home_points == stated.away_points)
        game.wrong(fmt::format("ended {}:{}", *stated.home_points, *stated.away_points));
}

void read_game(const JsonValue& game, Season season, StatedRecords& records, LeftOut& left_out) {
    const NbacGame id = read_nbac_game(game.value("gameId"));
    if (!game.is_sound()) return;
    if (id.season != season) {
        game.wrong(
            fmt::format("is {}, in the schedule of {}", id.source_game_id, to_string(season)));
        return;
    }
    if (id.season_type == SeasonType::kAllStar) {
        ++left_out.all_star;
        return;
    }
    const Pairing pairing = read_pairing(game, id, left_out);
    if (pairing.is_left_out || !game.is_sound()) return;
    StatedGame stated{.source_game_id = id.source_game_id,
                      .game_date = read_eastern_date(game),
                      .tip_off = {},
                      .status = {},
                      .season_type = id.season_type,
                      .home_team_id = pairing.home->team_id,
                      .away_team_id = pairing.away->team_id,
                      .home_points = {},
                      .away_points = {},
                      .arena = game.optional_text("arenaName").value_or(""),
                      .city = game.optional_text("arenaCity").value_or("")};
    if (game.text("gameStatusText") != "TBD") stated.tip_off = read_tip_off(game);
    if (game.is_sound() && stated.tip_off && eastern_date(*stated.tip_off) != stated.game_date) {
        game.wrong(fmt::format("has {} for gameDateEst and starts at {}",
                               to_string(stated.game_date), to_eastern_string(*stated.tip_off)));
    }
    read_status(game, stated);
    records.games.push_back(std::move(stated));
}

void say_what_was_left_out(const LeftOut& left_out, std::vector<std::string>& notes) {
    if (left_out.all_star > 0)
        notes.push_back(fmt::format("left out: {} of the All-Star weekend", left_out.all_star));
    if (left_out.undecided > 0)
        notes.push_back(fmt::format("left out: {} of teams not known yet", left_out.undecided));
    for (const auto& [team, games] : left_out.other_teams)
        notes.push_back(fmt::format("left out: {} against {}, not of the league", games, team));
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue schedule = (*document)->root().object("leagueSchedule");
    const std::string season_text = schedule.text("seasonYear");
    if (!shape.is_sound()) return malformed(shape);
    const auto season = Season::parse(season_text);
    if (!season) {
        return malformed(
            fmt::format("leagueSchedule.seasonYear is '{}', to be as 2025-26", season_text));
    }
    if (ask.season && *season != *ask.season) {
        return malformed(fmt::format("the schedule of {}, where {} was asked for",
                                     to_string(*season), to_string(*ask.season)));
    }

    Reading reading;
    LeftOut left_out;
    std::set<std::string> seen;
    std::set<GameDate> dates;
    for (const JsonValue& date : schedule.array("gameDates")) {
        for (const JsonValue& game : date.array("games")) {
            const std::size_t before = reading.records.games.size();
            read_game(game, *season, reading.records, left_out);
            if (!shape.is_sound()) return malformed(shape);
            if (reading.records.games.size() == before) continue;
            const StatedGame& stated = reading.records.games.back();
            dates.insert(stated.game_date);
            if (!seen.insert(stated.source_game_id).second)
                game.wrong(fmt::format("is {} again", stated.source_game_id));
        }
    }
    if (!shape.is_sound()) return malformed(shape);

    say_what_was_left_out(left_out, reading.notes);
    const std::size_t games = reading.records.games.size();
    if (games == 0) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no games of the league's teams"};
    } else if (games < kFewestGames || dates.size() < kFewestDates) {
        reading.outcome = {OutcomeKind::kPartial,
                           fmt::format("games: {}, on dates: {}; a season has {} on {} and more",
                                       games, dates.size(), kFewestGames, kFewestDates)};
    }
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    auto requests = ask_once(
        url_with("https://stats.nba.com/stats/scheduleleaguev2int",
                 {{"GameSubType", ""}, {"LeagueID", "00"}, {"Season", to_string(scope.season)}}),
        scope.season);
    // The other place has the season of now alone.
    if (season_of(eastern_date(scope.now)) == scope.season) {
        requests.front().other_url =
            "https://cdn.nba.com/static/json/staticData/scheduleLeagueV2_1.json";
    }
    return requests;
}

constexpr std::array<std::string_view, 2> kAlsoCalled{"nbac_schedule_api", "nbac_schedule_cdn"};

}  // namespace

const Source kNbacSchedule{.name = "nbac_schedule",
                           .also_called = kAlsoCalled,
                           .what = "NBA.com: schedule of a season, with results",
                           .read = &read,
                           .asking = {.plan = &plan, .headers = HeaderProfile::kNbaStats},
                           .expectation = {.null_shares = kGameShares}};

}  // namespace tipoff::collect
