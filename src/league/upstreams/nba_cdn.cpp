/// cdn.nba.com: the season's schedule and the play-by-play of a game. Files of a content network:
/// with ETag and Last-Modified, 304 for who has them, and 403 for what is not there (yet). They are
/// renewed once a minute.

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "league/random.h"
#include "league/shot_chart.h"
#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/nba_schedule.h"

namespace tipoff::league {
namespace {

constexpr std::string_view kSchedule = "/static/json/staticData/scheduleLeagueV2_1.json";
constexpr std::string_view kPlayByPlay = "/static/json/liveData/playbyplay/playbyplay_";
constexpr std::string_view kEnd = ".json";
constexpr std::string_view kFreeThrow = "freethrow";

UpstreamAnswer denied() {
    return {.status = 403,
            .headers = {{"Content-Type", "application/xml"}},
            .body =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"};
}

UpstreamAnswer file(const Json& document, Instant changed_at, const UpstreamRequest& request) {
    UpstreamAnswer answer = json_answer(document);
    const std::string tag = fmt::format("\"{}\"", tipoff::to_string(fingerprint_of(answer.body)));
    answer.headers.push_back({"ETag", tag});
    answer.headers.push_back({"Last-Modified", http_date(changed_at)});
    // Of both, the tag counts (RFC 9110).
    const auto known = request.header("If-None-Match");
    if (known ? *known == tag : has_since(request, changed_at)) {
        answer.status = 304;
        answer.body.clear();
    }
    return answer;
}

/// The greatest of all moments at which the schedule changed: games that begin, go on, end, are put
/// off or find another day, and midnight in Eastern time before the season.
Instant schedule_changed_at(const Almanac& almanac, Instant now) {
    Instant latest = eastern_instant(
        season_days(almanac.season().options.season).opening_night.plus_days(-60), {0, 0, 0});
    const auto note = [&](Instant change) {
        if (change <= now) latest = std::max(latest, change);
    };
    for (const Postponement& put_off : almanac.postponements()) {
        note(put_off.postponed_at);
        note(put_off.rescheduled_at);
    }
    for (const PlayedGame& game : almanac.season().games) {
        const GameNow state = almanac.at(game.fixture, now);
        if (!state.has_score()) continue;
        note(state.phase == GamePhase::kInProgress ? now : almanac.ends_at(game.fixture));
    }
    return latest;
}

class Actions {
public:
    Actions(const Almanac& almanac, std::size_t game, Instant now)
        : almanac_(almanac), game_(game), now_(now) {}

    Json list() {
        const GameResult& result = *almanac_.result_of(game_);
        const std::vector<ScoringPlay> plays = almanac_.plays_of(game_);
        // Places are drawn in the order of the shots, as in the season's file of shots.
        Random random(almanac_.season().options.seed, Stream::kShotChart,
                      static_cast<std::uint64_t>(almanac_.fixture(game_).game_id.value));
        std::vector<ShotSpot> spots;
        spots.reserve(result.shots.size());
        for (const ShotEvent& shot : result.shots)
            spots.push_back(spot_of(shot, random));
        std::size_t play = 0;
        for (int period = 1; period <= result.periods; ++period) {
            add_period(period, "start", period <= 4 ? 720 : 300);
            for (; play < plays.size() && plays[play].period == period; ++play) {
                const auto& shot = plays[play].shot;
                if (shot) {
                    add_shot(plays[play], result.shots[*shot], spots[*shot]);
                } else {
                    add_free_throw(plays, play);
                }
            }
            add_period(period, "end", 0);
        }
        Json end = action(result.periods, 0, "game", "end");
        end["description"] = "Game End";
        add(std::move(end), result.periods, 0);
        return std::move(actions_);
    }

private:
    Json action(int period, int seconds_left, std::string_view type, std::string_view sub_type) {
        return {{"actionNumber", ++number_},
                {"clock", fmt::format("PT{:02}M{:02}.00S", seconds_left / 60, seconds_left % 60)},
                {"timeActual", second_text(almanac_.instant_of(game_, period, seconds_left))},
                {"period", period},
                {"periodType", period <= 4 ? "REGULAR" : "OVERTIME"},
                {"actionType", type},
                {"subType", sub_type},
                {"qualifiers", Json::array()},
                {"personId", 0},
                {"x", nullptr},
                {"y", nullptr},
                {"possession", 0},
                {"scoreHome", std::to_string(score_[0])},
                {"scoreAway", std::to_string(score_[1])},
                {"orderNumber", number_ * 10'000},
                {"isTargetScoreLastPeriod", false},
                {"xLegacy", nullptr},
                {"yLegacy", nullptr},
                {"isFieldGoal", 0}};
    }

    void add(Json action, int period, int seconds_left) {
        if (almanac_.instant_of(game_, period, seconds_left) <= now_)
            actions_.push_back(std::move(action));
    }

    void add_period(int period, std::string_view what, int seconds_left) {
        Json mark = action(period, seconds_left, "period", what);
        mark["description"] = what == "start" ? "Period Start" : "Period End";
        add(std::move(mark), period, seconds_left);
    }

    /// What every try for points has.
    Json try_for_points(const ScoringPlay& play, std::string_view type, std::string_view sub_type) {
        score_ = play.score;
        const Player& player = almanac_.player(play.player);
        const TeamFacts& team = team_facts()[almanac_.team_on(game_, play.side)];
        Json row = action(play.period, play.seconds_left, type, sub_type);
        row["teamId"] = team.team_id.value;
        row["teamTricode"] = team.tricode;
        row["possession"] = team.team_id.value;
        row["personId"] = player.player_id;
        row["playerName"] = name_parts(player.name.display).last;
        row["playerNameI"] = initialled(player.name.display);
        row["personIdsFilter"] = Json::array({player.player_id});
        row["shotResult"] = play.made ? "Made" : "Missed";
        row["description"] =
            fmt::format("{}{} {}{}", play.made ? "" : "MISS ", initialled(player.name.display),
                        type == kFreeThrow ? "Free Throw " : "", sub_type);
        return row;
    }

    void add_shot(const ScoringPlay& play, const ShotEvent& shot, const ShotSpot& spot) {
        Json row = try_for_points(play, is_three(shot.zone) ? "3pt" : "2pt", spot.action);
        row["isFieldGoal"] = 1;
        // The shot charts' left corner is on the positive side; here left is negative.
        row["xLegacy"] = -spot.x_tenths;
        row["yLegacy"] = spot.y_tenths;
        row["area"] = to_string(shot.zone);
        row["areaDetail"] = spot.range;
        row["shotDistance"] = spot.distance_feet;
        add(std::move(row), play.period, play.seconds_left);
    }

    /// "1 of 2": those of a player one after the other at one time belong together.
    void add_free_throw(const std::vector<ScoringPlay>& plays, std::size_t at) {
        const ScoringPlay& play = plays[at];
        const auto belongs = [&](const ScoringPlay& other) {
            return !other.shot && other.player == play.player && other.period == play.period &&
                   other.seconds_left == play.seconds_left;
        };
        std::size_t first = at, end = at + 1;
        while (first > 0 && belongs(plays[first - 1]))
            --first;
        while (end < plays.size() && belongs(plays[end]))
            ++end;
        add(try_for_points(play, kFreeThrow, fmt::format("{} of {}", at - first + 1, end - first)),
            play.period, play.seconds_left);
    }

    const Almanac& almanac_;
    std::size_t game_;
    Instant now_;
    Json actions_ = Json::array();
    int number_ = 0;
    std::array<int, 2> score_{};
};

UpstreamAnswer play_by_play(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    std::string_view asked(request.path);
    asked.remove_prefix(kPlayByPlay.size());
    if (!asked.ends_with(kEnd)) return denied();
    asked.remove_suffix(kEnd.size());
    const auto id = parse_game_id(asked);
    const auto game = id ? almanac.find(*id) : std::nullopt;
    if (!game || !almanac.at(*game, now).has_score()) return denied();
    const Instant changed_at = std::min(now, almanac.ends_at(*game));
    return file(
        {{"meta",
          {{"version", 1},
           {"code", 200},
           {"request", fmt::format("http://nba.cloud/games/{}/playbyplay", asked)},
           {"time", second_text(changed_at)}}},
         {"game", {{"gameId", to_string(*id)}, {"actions", Actions(almanac, *game, now).list()}}}},
        changed_at, request);
}

}  // namespace

UpstreamAnswer answer_nba_cdn(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const Instant minute = std::chrono::floor<std::chrono::minutes>(now);
    if (request.path == kSchedule) {
        const Instant changed_at = schedule_changed_at(almanac, minute);
        return file(nba_schedule(almanac, changed_at), changed_at, request);
    }
    if (request.path.starts_with(kPlayByPlay)) return play_by_play(almanac, request, minute);
    return denied();
}

}  // namespace tipoff::league
