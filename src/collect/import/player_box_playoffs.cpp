/// NBA.com's traditional and advanced box score of the playoffs, with starters. The rates and team
/// totals beside the player's own numbers are of the game itself and are not read.

#include "collect/import/box_statistics.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 25> kColumns{"START_POSITION",
                                                    "PLAYER_ID",
                                                    "PLAYER_NAME",
                                                    "TEAM_ID",
                                                    "TEAM_ABBREVIATION",
                                                    "GAME_ID",
                                                    "GAME_DATE",
                                                    "MATCHUP",
                                                    "MIN",
                                                    "PTS",
                                                    "FGM",
                                                    "FGA",
                                                    "FG3M",
                                                    "FG3A",
                                                    "FTM",
                                                    "FTA",
                                                    "OREB",
                                                    "DREB",
                                                    "REB",
                                                    "AST",
                                                    "STL",
                                                    "BLK",
                                                    "TOV",
                                                    "PF",
                                                    "PLUS_MINUS"};
enum Column : std::size_t {
    kStartPosition,
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

void read(RowFields& row, RowOutput output) {
    Staged<PlayerBox> staged{.row = {}, .game = {}, .line = output.line};
    PlayerBox& box = staged.row;
    const std::string_view position = row.text(kStartPosition);
    row.check(position.empty() || position == "G" || position == "F" || position == "C",
              kStartPosition, "not G, F, C or empty");
    box.started = !position.empty();
    box.player_id = row.player_id(kPlayerId);
    box.player_name = row.required_text(kPlayerName);
    box.team_id = row.team_id(kTeamId);
    check_tricode(row, kTricode, box.team_id);
    staged.game.game_id = row.game_id(kGameId);
    staged.game.date = row.date(kGameDate);
    read_matchup(row, kMatchup, box.team_id, staged.game);
    read_box_statistics(row, kStatistics, kPlayerLimits, box);
    box.plus_minus = row.whole(kPlusMinus, -kMaxPlusMinus, kMaxPlusMinus);
    if (!row.refused()) output.file.records.player_boxes.push_back(std::move(staged));
}

}  // namespace

const Kind kPlayerBoxPlayoffsKind{.name = "player_box_playoffs",
                                  .columns = kColumns,
                                  .required = kColumns.size(),
                                  .absent = {},
                                  .read = read};

}  // namespace tipoff::collect
