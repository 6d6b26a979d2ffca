/// Rows of lines.

#include <array>

#include "collect/stated_document.h"

namespace tipoff::collect {

template <class Line>
void StatedDocument::set_times(Line& row, GameId game, Instant quoted_at,
                               std::optional<Instant> snapshot_at) {
    row.game_id = game;
    row.game_date = games_.newest(game).game_date;
    row.snapshot = snapshot_at.value_or(answered_at());
    row.known_at = {row.snapshot};
    const Instant tip_off = games_.as_known(game, row.snapshot).tip_off;
    row.in_play = row.snapshot >= tip_off || quoted_at >= tip_off;
}

void StatedDocument::add(const StatedGameLine& stated) {
    const auto game = game_of(stated.source_event_id, eastern_date(stated.starts_at),
                              stated.home_team_id, stated.away_team_id);
    if (!game) return;
    auto row = observed<GameLine>();
    set_times(row, *game, stated.quoted_at, stated.snapshot_at);
    row.market = stated.market;
    row.book = stated.book;
    row.line_value = stated.line_value.value_or(0);
    row.home_or_over_price = stated.home_or_over_price;
    row.away_or_under_price = stated.away_or_under_price;
    keep(rows_.game_lines, std::move(row));
}

void StatedDocument::add(const StatedPropLine& stated) {
    std::optional<GameDate> date;
    if (stated.starts_at) date = eastern_date(*stated.starts_at);
    const auto game = game_of(stated.source_event_id, date, stated.home_team_id.value_or(TeamId{}),
                              stated.away_team_id.value_or(TeamId{}));
    if (!game) return;
    const Schedule& scheduled = games_.newest(*game);
    const std::array teams{scheduled.home_team_id, scheduled.away_team_id};
    const auto player = player_of(stated.source_player_id, stated.player_name, teams,
                                  season_of(*game), scheduled.game_date);
    if (!player) {
        ++counts_.without_player;
        return;
    }
    auto row = observed<PropLine>();
    set_times(row, *game, stated.quoted_at, stated.snapshot_at);
    row.player_id = *player;
    row.market = stated.market;
    row.book = stated.book;
    row.line_value = stated.line_value;
    row.over_price = stated.over_price;
    row.under_price = stated.under_price;
    keep(rows_.prop_lines, std::move(row));
}

}  // namespace tipoff::collect
