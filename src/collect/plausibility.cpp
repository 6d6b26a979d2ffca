#include "collect/plausibility.h"

#include <fmt/core.h>

#include <algorithm>

#include "collect/standings.h"

namespace tipoff::collect {
namespace {

Outcome why_no_standings(const Outcome& outcome, const Ask& ask, Instant answered_at,
                         const KnownGames& games) {
    const bool is_empty =
        outcome.kind == OutcomeKind::kEmptyUnexpected || outcome.kind == OutcomeKind::kEmptyLegal;
    if (!is_empty || !ask.season) return outcome;
    const auto has_results = [&](Season season) {
        return std::ranges::any_of(games.of_season(season, answered_at), [&](const Schedule* game) {
            return is_result_known(*game, answered_at);
        });
    };
    if (has_results(*ask.season)) {
        return {
            OutcomeKind::kEmptyUnexpected,
            fmt::format("no standings of {} although games have been played: the upstream is at "
                        "fault; derived from results",
                        to_string(*ask.season))};
    }
    const Season now = season_of(eastern_date(answered_at));
    if (*ask.season != now && has_results(now)) {
        return {
            OutcomeKind::kEmptyUnexpected,
            fmt::format("no standings of {}: the wrong season was asked for, {} is being played",
                        to_string(*ask.season), to_string(now))};
    }
    return {OutcomeKind::kEmptyLegal, fmt::format("{} has not begun", to_string(*ask.season))};
}

/// Fewer games say nothing of a schedule as a whole.
constexpr int kFewestToJudge = 20;

void judge_schedule(const KnownGames& games, Reading& reading) {
    struct Compared {
        int games = 0;
        int moved = 0;
        [[nodiscard]] bool is_believable() const {
            return games < kFewestToJudge || moved <= kMostMoved * games;
        }
    };
    Compared all;
    Compared to_come;  // late in a season those that are over outnumber them
    for (const StatedGame& game : reading.records.games) {
        const auto id = parse_game_id(game.source_game_id);
        if (!id || !games.has(*id)) continue;
        const Schedule& known = games.newest(*id);
        const int moved = known.game_date != game.game_date ? 1 : 0;
        ++all.games;
        all.moved += moved;
        if (known.status == "final") continue;
        ++to_come.games;
        to_come.moved += moved;
    }
    if (all.is_believable() && to_come.is_believable()) return;
    const Compared& told = all.is_believable() ? to_come : all;
    reading = malformed(fmt::format("{} of {} games are on other dates than they were known to be",
                                    told.moved, told.games));
}

/// Clocks of books may be somewhat ahead.
constexpr std::chrono::minutes kClocksDiffer{5};

/// A quotation from after the answer that holds it is not what it says it is.
template <class Line>
std::string from_the_future(const std::vector<Line>& lines, Instant answered_at) {
    for (const Line& line : lines) {
        const Instant at = line.snapshot_at.value_or(answered_at);
        if (line.quoted_at > at + kClocksDiffer) {
            return fmt::format("a quotation of {} is of {}, after the answer", line.book,
                               tipoff::to_string(line.quoted_at));
        }
    }
    return {};
}

}  // namespace

void judge(std::string_view source, const Ask& ask, Instant answered_at, const KnownGames& games,
           Reading& reading) {
    if (source == "bdl_standings")
        reading.outcome = why_no_standings(reading.outcome, ask, answered_at, games);
    if (source == "nbac_schedule") judge_schedule(games, reading);
    std::string problem = from_the_future(reading.records.game_lines, answered_at);
    if (problem.empty()) problem = from_the_future(reading.records.prop_lines, answered_at);
    if (!problem.empty()) reading = malformed(std::move(problem));
}

}  // namespace tipoff::collect
