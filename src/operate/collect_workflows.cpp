#include "operate/collect_workflows.h"

#include <algorithm>

namespace tipoff::operate {

std::span<const CollectWorkflow> collect_workflows() {
    static const std::vector<CollectWorkflow> all{
        {.name = "morning",
         .what = "schedule, players, yesterday's box scores and corrections, standings, rosters",
         .steps = {{"nbac_schedule"},
                   {"nbac_player_list"},
                   {"espn_scoreboard", -1},
                   {"bdl_games", -1},
                   {"nbac_player_boxscore", -1},
                   {"nbac_team_boxscore", -1},
                   {"nbac_play_by_play", -1},
                   {"nbac_gamebook", -1},
                   {"espn_boxscore", -1},
                   {"bdl_box_scores", -1},
                   {"bdl_active_players"},
                   {"bdl_standings"},
                   {"br_rosters"},
                   {"espn_rosters"},
                   {"nbac_injury_report"},
                   {"bdl_injuries"}}},
        {.name = "lines",
         .what = "schedule, injuries and sportsbook lines of today",
         .steps = {{"nbac_schedule"},
                   {"nbac_injury_report"},
                   {"oddsapi_events"},
                   {"bettingpros_events"},
                   {"oddsapi_game_lines"},
                   {"oddsapi_player_props"},
                   {"bettingpros_player_props"}}},
        {.name = "post_game",
         .what = "results and box scores of today's games that are over",
         .steps = {{"nbac_schedule"},
                   {"espn_scoreboard"},
                   {"nbac_player_boxscore"},
                   {"nbac_team_boxscore"},
                   {"nbac_play_by_play"},
                   {"espn_boxscore"},
                   {"bdl_box_scores"}}},
        {.name = "rosters",
         .what = "season rosters of all thirty teams, in one batch",
         .steps = {{"br_rosters"}}},
    };
    return all;
}

const CollectWorkflow* find_collect_workflow(std::string_view name) {
    const auto found = std::ranges::find(collect_workflows(), name, &CollectWorkflow::name);
    return found == collect_workflows().end() ? nullptr : &*found;
}

}  // namespace tipoff::operate
