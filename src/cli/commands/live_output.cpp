#include "cli/commands/live_output.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <set>

namespace tipoff::cli {

using operate::LiveReport;
using operate::MovedForecast;

Listing moved_listing(const LiveReport& live) {
    Listing listing{
        .columns = {"game_id", "player_id", "player", "market", "system", "previous_mean", "mean",
                    "previous_minutes", "minutes", "previous_p_plays", "p_plays", "picks_flipped"},
        .rows = {}};
    for (const MovedForecast& moved : live.changes.moved) {
        listing.rows.push_back(
            {Cell::text(to_string(moved.after.game_id)), Cell::integer(moved.after.player_id.value),
             Cell::text(moved.player_name), Cell::text(moved.after.market),
             Cell::text(moved.after.system_id), Cell::number(moved.before.mean, 2),
             Cell::number(moved.after.mean, 2), Cell::number(moved.before.minutes, 1),
             Cell::number(moved.after.minutes, 1), Cell::number(moved.before.p_plays, 2),
             Cell::number(moved.after.p_plays, 2), Cell::integer(moved.picks_flipped)});
    }
    return listing;
}

Json live_json(const LiveReport& live) {
    std::set<std::string> games;
    for (const auto& [game, market] : live.changes.changed)
        games.insert(to_string(game));
    return {{"as_of", to_string(live.as_of.at)},
            {"changed_games", games},
            {"unchanged", live.changes.unchanged},
            {"rows", live.rows},
            {"merges", live.merges},
            {"seconds", live.seconds},
            {"moved", json_rows(moved_listing(live))}};
}

void print_live_table(const LiveReport& live) {
    std::set<GameId> games;
    for (const auto& [game, market] : live.changes.changed)
        games.insert(game);
    if (games.empty()) {
        print(fmt::format("looked again in {:.1f} s: no game to come of {} is forecast otherwise\n",
                          live.seconds, to_string(live.date)));
        return;
    }
    print(fmt::format("{} game{} of {} forecast again as of {}, in {:.1f} s\n", games.size(),
                      games.size() == 1 ? "" : "s", to_string(live.date),
                      to_eastern_string(live.as_of.at), live.seconds));
    const Listing moved = moved_listing(live);
    if (moved.rows.empty()) return;
    print("\n");
    print_listing(moved, Format::kTable, "moved");
    print("\ntipoff picks shows the board, with what moved\n");
}

}  // namespace tipoff::cli
