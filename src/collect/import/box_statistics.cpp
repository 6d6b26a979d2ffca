#include "collect/import/box_statistics.h"

#include "base/parse.h"

namespace tipoff::collect {

void read_matchup(RowFields& row, std::size_t column, TeamId team, GameReference& game) {
    constexpr std::string_view kHome = " vs. ";
    constexpr std::string_view kAway = " @ ";
    if (row.refused()) return;
    const std::string_view text = row.raw(column);
    const bool at_home = text.find(kHome) != std::string_view::npos;
    const std::string_view separator = at_home ? kHome : kAway;
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) {
        row.refuse(column, "not a matchup such as 'DAL vs. BOS' or 'DAL @ BOS'");
        return;
    }
    const Team* own = find_team(text.substr(0, at));
    const Team* other = find_team(text.substr(at + separator.size()));
    if (own == nullptr || other == nullptr || own == other) {
        row.refuse(column, "not a matchup of two known teams");
        return;
    }
    row.check(own->team_id == team, column, "the matchup is another team's");
    game.home = at_home ? own->team_id : other->team_id;
    game.away = at_home ? other->team_id : own->team_id;
}

void check_season_id(RowFields& row, std::size_t column, GameId game_id) {
    if (row.refused()) return;
    const auto stated = parse_integer(row.raw(column));
    const std::int64_t season_type = game_id.value / 10'000'000 % 10;
    const std::int64_t expected = season_type * 10'000 + season_of(game_id).start_year();
    row.check(stated == expected, column, "not the season of the game id");
}

void check_tricode(RowFields& row, std::size_t column, TeamId team) {
    if (row.refused()) return;
    const Team* stated = find_team(row.raw(column));
    row.check(stated != nullptr && stated->team_id == team, column, "not the team of TEAM_ID");
}

}  // namespace tipoff::collect
