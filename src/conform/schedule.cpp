#include "conform/schedule.h"

#include <algorithm>
#include <tuple>

namespace tipoff::conform {
namespace {

bool counts(GameId game) {
    const auto type = season_type_of(game);
    return type && *type != SeasonType::kPreseason && *type != SeasonType::kAllStar;
}

}  // namespace

ScheduleHistory::ScheduleHistory(std::span<const collect::Schedule> rows) {
    std::vector<const collect::Schedule*> sorted;
    for (const collect::Schedule& row : rows) {
        if (counts(row.game_id)) sorted.push_back(&row);
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
        for (std::size_t i = game.begin; i < game.end; ++i)
            rows_.push_back(sorted[i]);
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
