/// stats.nba.com's LeagueGameLog by player: who was in the box score of a game. Who did not play
/// has no row.

#include "collect/import/box_statistics.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 25> kColumns{
    "SEASON_ID", "PLAYER_ID", "PLAYER_NAME", "TEAM_ID", "TEAM_ABBREVIATION",
    "GAME_ID",   "GAME_DATE", "MATCHUP",     "MIN",     "PTS",
    "FGM",       "FGA",       "FG3M",        "FG3A",    "FTM",
    "FTA",       "OREB",      "DREB",        "REB",     "AST",
    "STL",       "BLK",       "TOV",         "PF",      "PLUS_MINUS"};
enum Column : std::size_t {
    kSeasonId,
    kPlayerId,
    kPlayerName,
    kTeamId,
    kTricode,
    kGameId,
    kGameDate,
    kMatchup,
    kStatistics,
    kPlusMinus = 24,
};
static_assert(kColumns[kStatistics] == "MIN" && kColumns[kPlusMinus] == "PLUS_MINUS");

constexpr std::array<std::string_view, 1> kAbsent{"START_POSITION"};

void read(RowFields& row, RowOutput output) {
    Staged<PlayerBox> staged{.row = {}, .game = {}, .line = output.line};
    PlayerBox& box = staged.row;
    box.player_id = row.player_id(kPlayerId);
    box.player_name = row.required_text(kPlayerName);
    box.team_id = row.team_id(kTeamId);
    check_tricode(row, kTricode, box.team_id);
    staged.game.game_id = row.game_id(kGameId);
    staged.game.date = row.date(kGameDate);
    check_season_id(row, kSeasonId, staged.game.game_id);
    read_matchup(row, kMatchup, box.team_id, staged.game);
    read_box_statistics(row, kStatistics, kPlayerLimits, box);
    box.plus_minus = row.whole(kPlusMinus, -kMaxPlusMinus, kMaxPlusMinus);
    if (!row.refused()) output.file.records.player_boxes.push_back(std::move(staged));
}

}  // namespace

const Kind kPlayerBoxKind{.name = "player_box",
                          .columns = kColumns,
                          .required = kColumns.size(),
                          .absent = kAbsent,
                          .read = read};

}  // namespace tipoff::collect
