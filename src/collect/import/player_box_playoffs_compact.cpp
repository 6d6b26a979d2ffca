/// A box score without attempts and without a game id: the game is found by date and team.

#include "collect/import/box_statistics.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 14> kColumns{
    "PLAYER_ID",  "PLAYER_NAME", "TEAM_ABBREVIATION",
    "GAME_DATE",  "MATCHUP",     "MIN",
    "PTS",        "REB",         "AST",
    "STL",        "BLK",         "TOV",
    "PLUS_MINUS", "SEASON_TYPE"};
enum Column : std::size_t {
    kPlayerId,
    kPlayerName,
    kTricode,
    kGameDate,
    kMatchup,
    kMin,
    kPts,
    kReb,
    kAst,
    kStl,
    kBlk,
    kTov,
    kPlusMinus,
    kSeasonType,
};

constexpr std::array<std::string_view, 2> kAbsent{"GAME_ID", "FGA"};

std::optional<SeasonType> read_season_type(RowFields& row) {
    const std::string_view text = row.text(kSeasonType);
    if (text == "Regular Season") return SeasonType::kRegular;
    if (text == "Playoffs") return SeasonType::kPlayoffs;
    if (text == "PlayIn") return SeasonType::kPlayIn;
    row.refuse(kSeasonType, "not a known season type");
    return std::nullopt;
}

void read(RowFields& row, RowOutput output) {
    Staged<PlayerBox> staged{.row = {}, .game = {}, .line = output.line};
    PlayerBox& box = staged.row;
    const auto count = [&](Column column, std::int32_t high) { return row.whole(column, 0, high); };
    box.player_id = row.player_id(kPlayerId);
    box.player_name = row.required_text(kPlayerName);
    box.team_id = row.team(kTricode);
    staged.game.date = row.date(kGameDate);
    staged.game.season_type = read_season_type(row);
    read_matchup(row, kMatchup, box.team_id, staged.game);
    box.minutes = count(kMin, kPlayerLimits.minutes_high);
    box.points = count(kPts, kPlayerLimits.points);
    box.rebounds = count(kReb, kPlayerLimits.rebounds);
    box.assists = count(kAst, kPlayerLimits.others);
    box.steals = count(kStl, kPlayerLimits.others);
    box.blocks = count(kBlk, kPlayerLimits.others);
    box.turnovers = count(kTov, kPlayerLimits.others);
    box.plus_minus = row.whole(kPlusMinus, -kMaxPlusMinus, kMaxPlusMinus);
    if (!row.refused()) output.file.records.player_boxes.push_back(std::move(staged));
}

}  // namespace

const Kind kPlayerBoxPlayoffsCompactKind{.name = "player_box_playoffs_compact",
                                         .columns = kColumns,
                                         .required = kColumns.size(),
                                         .absent = kAbsent,
                                         .read = read};

}  // namespace tipoff::collect
