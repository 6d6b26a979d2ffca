#include "folded.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "conform/context.h"

namespace tipoff::features {

FoldedRows folded(const conform::RawFacts& facts, GameDate from, GameDate to,
                  Admissible admissible) {
    const conform::Summaries summaries = conform::summarize(facts);
    const Timeline timeline(summaries, facts.positions);
    FeatureFold feature_fold(timeline, admissible);
    conform::ContextFold context_fold(summaries, facts,
                                      {.as_of = std::nullopt, .admissible = admissible});
    FoldedRows rows;
    for (std::size_t first = 0; first < summaries.games.size();) {
        const GameDate date = summaries.games[first].game_date;
        conform::Contexts day;
        for (; first < summaries.games.size() && summaries.games[first].game_date == date;
             ++first) {
            if (date >= from && date <= to) context_fold.emit(summaries.games[first], day);
        }
        std::ranges::sort(day.players, [](const auto& a, const auto& b) {
            return std::tie(a.game_id, a.team_id, a.player_id) <
                   std::tie(b.game_id, b.team_id, b.player_id);
        });
        for (auto& row : feature_fold.emit_day(date, day.teams, day.players).players)
            rows[{row.game_id, row.player_id}] = std::move(row);
    }
    return rows;
}

}  // namespace tipoff::features
