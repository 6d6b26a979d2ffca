#include "collect/source.h"

#include <algorithm>
#include <array>

#include "collect/json_document.h"
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
        return source.name == name || std::ranges::find(others, name) != others.end();
    });
    return found == sources().end() ? nullptr : &*found;
}

Source with_ladders(const Source& source) {
    Source asked = source;
    if (asked.asking.plan_with_ladders != nullptr)
        asked.asking.plan = asked.asking.plan_with_ladders;
    return asked;
}

Outcome meant(const Source& source, Outcome outcome) {
    if (outcome.kind == OutcomeKind::kPartial && source.asking.partial_is_not_yet)
        outcome.kind = OutcomeKind::kNotYet;
    return outcome;
}

Reading malformed(std::string problem) {
    return {.outcome = {.kind = OutcomeKind::kMalformed, .detail = std::move(problem)},
            .records = {},
            .notes = {}};
}

Reading malformed(const Shape& shape) {
    Reading reading = malformed(shape.problem());
    reading.where = shape.where();
    return reading;
}

Reading not_yet(std::string why) {
    return {.outcome = {.kind = OutcomeKind::kNotYet, .detail = std::move(why)},
            .records = {},
            .notes = {}};
}

}  // namespace tipoff::collect
