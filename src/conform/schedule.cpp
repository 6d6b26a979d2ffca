#include "conform/schedule.h"

#include <algorithm>
#include <tuple>

#include "collect/known_games.h"

namespace tipoff::conform {
namespace {

/// Of a game's rows in the order of their known time: those of the league, and before its final
/// score another source's, should that have been known earlier. A game that the league's schedule
/// does not have is taken from the others.
std::vector<const collect::Schedule*> believed(std::span<const collect::Schedule* const> rows) {
    const bool has_league = std::ranges::any_of(rows, [](const collect::Schedule* row) {
        return collect::is_league_schedule(row->source);
    });
    if (!has_league) return {rows.begin(), rows.end()};
    std::vector<const collect::Schedule*> kept;
    bool is_final = false;
    for (const collect::Schedule* row : rows) {
        const bool of_league = collect::is_league_schedule(row->source);
        const bool first_final = row->status == "final" && !is_final;
        // Never the first: the first pairing counts as known all season, and is the league's.
        if (!of_league && (!first_final || kept.empty())) continue;
        is_final |= row->status == "final";
        kept.push_back(row);
    }
    return kept;
}

}  // namespace

ScheduleHistory::ScheduleHistory(std::span<const collect::Schedule> rows) {
    std::vector<const collect::Schedule*> sorted;
    for (const collect::Schedule& row : rows) {
        if (collect::counts_in_season(row.game_id)) sorted.push_back(&row);
    }
    std::ranges::sort(sorted, {}, [](const collect::Schedule* row) {
        return std::tie(row->game_id, row->known_at, row->revision, row->source);
    });

    struct Range {
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Range> games;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i == 0 || sorted[i]->game_id != sorted[i - 1]->game_id) games.push_back({i, i});
        games.back().end = i + 1;
    }
    std::ranges::sort(games, {}, [&](const Range& game) {
        const collect::Schedule& row = *sorted[game.end - 1];
        return std::tie(row.game_date, row.tip_off, row.game_id);
    });

    rows_.reserve(sorted.size());
    begins_.reserve(games.size() + 1);
    begins_.push_back(0);
    for (const Range& game : games) {
        const auto of_game = believed(std::span(sorted).subspan(game.begin, game.end - game.begin));
        rows_.insert(rows_.end(), of_game.begin(), of_game.end());
        begins_.push_back(rows_.size());
    }
}

PairingAsKnown pairing_as_known(std::span<const collect::Schedule* const> statements, AsOf as_of,
                                Admissible admissible) {
    const auto is_postponed = [](const collect::Schedule& row) {
        return row.status == "postponed";
    };
    PairingAsKnown known{statements.front(), is_postponed(*statements.front()) &&
                                                 admissible(statements.front()->known_at, as_of)};
    for (const collect::Schedule* row : statements.subspan(1)) {
        if (admissible(row->known_at, as_of)) known = {row, is_postponed(*row)};
    }
    return known;
}

}  // namespace tipoff::conform
