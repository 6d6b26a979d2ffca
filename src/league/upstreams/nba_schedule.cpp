#include "league/upstreams/nba_schedule.h"

#include <fmt/core.h>

#include <map>

#include "league/teams.h"

namespace tipoff::league {
namespace {

/// "2026-01-20T19:30:00Z": an Eastern wall clock with a Z, as the upstream writes it.
std::string eastern_with_z(GameDate date, int minutes) {
    return fmt::format("{}T{:02}:{:02}:00Z", to_string(date), minutes / 60, minutes % 60);
}

std::string status_text(const Almanac& almanac, const GameNow& game, const Score& score) {
    switch (game.phase) {
        case GamePhase::kScheduled: return tip_off_text(almanac.fixture(game.fixture));
        case GamePhase::kPostponed: return "PPD";
        case GamePhase::kFinal: return score.period > 4 ? "Final/OT" : "Final";
        case GamePhase::kInProgress: break;
    }
    return fmt::format("Q{} {}:{:02}", score.period, score.seconds_left / 60,
                       score.seconds_left % 60);
}

Json side_of(const Almanac& almanac, const GameNow& game, std::size_t side, const Score& score,
             const std::array<TeamRecord, kTeams>& records) {
    const std::size_t team = almanac.team_on(game.fixture, side);
    const TeamFacts& facts = team_facts()[team];
    const collect::Team& real = team_of_index(team);
    std::string slug = real.nickname;
    for (char& letter : slug) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return {{"teamId", facts.team_id.value},
            {"teamName", real.nickname},
            {"teamCity", real.city},
            {"teamTricode", facts.tricode},
            {"teamSlug", slug},
            {"wins", records[team].all.wins},
            {"losses", records[team].all.losses},
            {"score", score.points[side]},
            {"seed", 0},
            {"pointsLeaders", Json::array()}};
}

Json row_of(const Almanac& almanac, const GameNow& game, Instant now,
            const std::array<TeamRecord, kTeams>& records) {
    const Fixture& fixture = almanac.fixture(game.fixture);
    const TeamFacts& home = team_facts()[fixture.home];
    const Score score = almanac.score_of(game.fixture, now);
    const int status = game.phase == GamePhase::kFinal        ? 3
                       : game.phase == GamePhase::kInProgress ? 2
                                                              : 1;
    const std::string eastern = eastern_with_z(game.date, fixture.tip_off);
    const std::string utc = second_text(game.tip_off);
    return {{"gameId", to_string(fixture.game_id)},
            {"gameCode", fmt::format("{}/{}{}", compact(game.date),
                                     team_facts()[fixture.away].tricode, home.tricode)},
            {"gameStatus", status},
            {"gameStatusText", status_text(almanac, game, score)},
            {"gameSequence", 1},
            {"gameDateEst", to_string(game.date) + "T00:00:00Z"},
            {"gameTimeEst", "1900-01-01T" + eastern.substr(11)},
            {"gameDateTimeEst", eastern},
            {"gameDateUTC", second_text(eastern_instant(game.date, {0, 0, 0}))},
            {"gameTimeUTC", "1900-01-01T" + utc.substr(11)},
            {"gameDateTimeUTC", utc},
            {"day", weekday_name(game.date).substr(0, 3)},
            {"ifNecessary", false},
            {"seriesGameNumber", ""},
            {"gameLabel", ""},
            {"gameSubLabel", ""},
            {"seriesText", ""},
            {"arenaName", home.arena},
            {"arenaState", ""},
            {"arenaCity", home.city},
            {"postponedStatus", game.phase == GamePhase::kPostponed ? "Y" : "N"},
            {"branchLink", ""},
            {"gameSubtype", ""},
            {"isNeutral", false},
            {"homeTeam", side_of(almanac, game, 0, score, records)},
            {"awayTeam", side_of(almanac, game, 1, score, records)}};
}

}  // namespace

Json nba_schedule(const Almanac& almanac, Instant now) {
    const auto records = records_at(almanac, now);
    std::map<GameDate, Json> dates;
    for (std::size_t game = 0; game < almanac.season().fixtures.size(); ++game) {
        const GameNow state = almanac.at(game, now);
        auto [date, is_new] = dates.try_emplace(state.date, Json::array());
        date->second.push_back(row_of(almanac, state, now, records));
    }
    Json days = Json::array();
    for (auto& [date, games] : dates)
        days.push_back({{"gameDate", slashed(date) + " 00:00:00"}, {"games", std::move(games)}});
    const std::string season = to_string(almanac.season().options.season);
    return {{"meta",
             {{"version", 1},
              {"request", "http://nba.cloud/league/00/" + season + "/scheduleleaguev2"},
              {"time", second_text(now)}}},
            {"leagueSchedule",
             {{"seasonYear", season},
              {"leagueId", "00"},
              {"gameDates", std::move(days)},
              {"weeks", Json::array()},
              {"broadcasterList", Json::array()}}}};
}

}  // namespace tipoff::league
