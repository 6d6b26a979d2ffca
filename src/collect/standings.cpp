#include "collect/standings.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "collect/teams.h"

namespace tipoff::collect {

bool is_result_known(const Schedule& game, Instant at) {
    return game.status == "final" && game.known_at.at <= at && game.home_points && game.away_points;
}

std::vector<Standing> standings_by_results(const KnownGames& games, Season season, Instant known_at,
                                           std::string_view document_hash) {
    struct Record {
        int won = 0, lost = 0;
        void add(bool is_win) { ++(is_win ? won : lost); }
        [[nodiscard]] std::string text() const { return fmt::format("{}-{}", won, lost); }
        [[nodiscard]] double share() const {
            return won + lost == 0 ? 0 : static_cast<double>(won) / (won + lost);
        }
    };
    struct TeamRecord {
        Record all, home, road, conference;
    };
    std::map<TeamId, TeamRecord> records;
    for (const Team& team : teams())
        records[team.team_id];
    bool any = false;
    for (const Schedule* game : games.of_season(season, known_at)) {
        const auto type = season_type_of(game->game_id);
        if (!type || *type != SeasonType::kRegular || !is_result_known(*game, known_at)) continue;
        any = true;
        const bool home_won = *game->home_points > *game->away_points;
        const bool same_conference =
            find_team(game->home_team_id)->conference == find_team(game->away_team_id)->conference;
        TeamRecord& home = records.at(game->home_team_id);
        TeamRecord& away = records.at(game->away_team_id);
        home.all.add(home_won);
        home.home.add(home_won);
        away.all.add(!home_won);
        away.road.add(!home_won);
        if (!same_conference) continue;
        home.conference.add(home_won);
        away.conference.add(!home_won);
    }
    std::vector<Standing> standings;
    if (!any) return standings;
    for (const Team& team : teams()) {
        const TeamRecord& record = records.at(team.team_id);
        Standing& row = standings.emplace_back();
        row.source = "results";
        row.season = season;
        row.team_id = team.team_id;
        row.wins = record.all.won;
        row.losses = record.all.lost;
        row.conference = team.conference;
        row.conference_record = record.conference.text();
        row.home_record = record.home.text();
        row.road_record = record.road.text();
        row.known_at = {known_at};
        row.known_at_basis = kBasisObserved;
        row.document_hash = document_hash;
    }
    std::ranges::sort(standings, {}, [&](const Standing& row) {
        return std::tuple(row.conference, -records.at(row.team_id).all.share(), -row.wins,
                          row.team_id);
    });
    std::int32_t rank = 0;
    std::string_view conference;
    for (Standing& row : standings) {
        if (row.conference != conference) rank = 0;
        conference = row.conference;
        row.conference_rank = ++rank;
    }
    return standings;
}

}  // namespace tipoff::collect
