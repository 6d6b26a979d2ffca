#include "collect/source.h"

#include <algorithm>
#include <array>

#include "collect/sources/sources.h"

namespace tipoff::collect {

std::span<const Source> sources() {
    static const std::array all{kBdlActivePlayers,
                                kBdlBoxScores,
                                kBdlGames,
                                kBdlInjuries,
                                kBdlStandings,
                                kBettingprosEvents,
                                kBettingprosPlayerProps,
                                kBrRosters,
                                kEspnBoxscore,
                                kEspnRosters,
                                kEspnScoreboard,
                                kNbacGamebook,
                                kNbacInjuryReport,
                                kNbacPlayByPlay,
                                kNbacPlayerBoxscore,
                                kNbacPlayerList,
                                kNbacSchedule,
                                kNbacTeamBoxscore,
                                kOddsapiEvents,
                                kOddsapiGameLines,
                                kOddsapiPlayerProps};
    return all;
}

const Source* find_source(std::string_view name) {
    const auto found = std::ranges::find_if(sources(), [name](const Source& source) {
        const auto& others = source.also_called;
        return source.name == name ||
               (!name.empty() && std::ranges::find(others, name) != others.end());
    });
    return found == sources().end() ? nullptr : &*found;
}

Reading malformed(std::string problem) {
    return {.outcome = {.kind = OutcomeKind::kMalformed, .detail = std::move(problem)},
            .records = {},
            .notes = {}};
}

}  // namespace tipoff::collect
