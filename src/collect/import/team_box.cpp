/// stats.nba.com's LeagueGameFinder by team: one row a team and game.

#include "collect/import/box_statistics.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 22> kColumns{"SEASON_ID", "TEAM_ID",   "TEAM_ABBREVIATION",
                                                    "GAME_ID",   "GAME_DATE", "MATCHUP",
                                                    "MIN",       "PTS",       "FGM",
                                                    "FGA",       "FG3M",      "FG3A",
                                                    "FTM",       "FTA",       "OREB",
                                                    "DREB",      "REB",       "AST",
                                                    "STL",       "BLK",       "TOV",
                                                    "PF"};
enum Column : std::size_t {
    kSeasonId,
    kTeamId,
    kTricode,
    kGameId,
    kGameDate,
    kMatchup,
    kStatistics,
};
static_assert(kColumns[kStatistics] == "MIN");

constexpr std::array<std::string_view, 2> kAbsent{"PLAYER_ID", "PLAYER_NAME"};

void read(RowFields& row, RowOutput output) {
    Staged<TeamBox> staged{.row = {}, .game = {}, .line = output.line};
    TeamBox& box = staged.row;
    box.team_id = row.team_id(kTeamId);
    check_tricode(row, kTricode, box.team_id);
    staged.game.game_id = row.game_id(kGameId);
    staged.game.date = row.date(kGameDate);
    check_season_id(row, kSeasonId, staged.game.game_id);
    read_matchup(row, kMatchup, box.team_id, staged.game);
    read_box_statistics(row, kStatistics, kTeamLimits, box);
    if (!row.refused()) output.file.records.team_boxes.push_back(std::move(staged));
}

}  // namespace

const Kind kTeamBoxKind{.name = "team_box",
                        .columns = kColumns,
                        .required = kColumns.size(),
                        .absent = kAbsent,
                        .read = read};

}  // namespace tipoff::collect
