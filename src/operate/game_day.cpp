#include "operate/game_day.h"

#include <algorithm>

#include "conform/schedule.h"
#include "operate/dated_sql.h"

namespace tipoff::operate {
namespace {

constexpr std::string_view kLastPlayed = R"sql(
SELECT max(earlier.game_date) FROM raw.schedule earlier
WHERE earlier.game_date < $1 AND EXISTS (
    SELECT 1 FROM raw.schedule playing WHERE playing.game_date = $1
    AND (playing.home_team_id IN (earlier.home_team_id, earlier.away_team_id)
         OR playing.away_team_id IN (earlier.home_team_id, earlier.away_team_id)))
)sql";

bool is_postponed(const collect::Schedule& game) { return game.status == "postponed"; }

}  // namespace

std::optional<Instant> GameDay::first_tip_off() const {
    const auto first = std::ranges::find_if_not(games, is_postponed);
    return first == games.end() ? std::nullopt : std::optional(first->tip_off);
}

std::int64_t GameDay::to_be_played() const {
    return static_cast<std::int64_t>(games.size()) - std::ranges::count_if(games, is_postponed);
}

std::int64_t GameDay::over(std::optional<Instant> now) const {
    return std::ranges::count_if(games, [now](const collect::Schedule& game) {
        if (game.status == "final") return true;
        return !is_postponed(game) && now && *now >= game.tip_off + kBoxScoreDue;
    });
}

std::set<TeamId> GameDay::teams() const {
    std::set<TeamId> playing;
    for (const collect::Schedule& game : games) {
        if (is_postponed(game)) continue;
        playing.insert(game.home_team_id);
        playing.insert(game.away_team_id);
    }
    return playing;
}

Expected<GameDay> game_day(store::Database& database, GameDate date) {
    TIPOFF_TRY(const auto statements,
               store::read_rows(database, collect::kSchedule,
                                with_dates("WHERE game_id IN (SELECT game_id FROM raw.schedule "
                                           "WHERE game_date = $1)",
                                           {date})));
    GameDay day{.date = date, .games = {}};
    const conform::ScheduleHistory history(statements);
    for (std::size_t game = 0; game < history.size(); ++game) {
        if (history.newest(game).game_date == date) day.games.push_back(history.newest(game));
    }
    return day;
}

Expected<std::optional<GameDate>> last_played_before(store::Database& database, GameDate date) {
    TIPOFF_TRY(const store::Columns before, database.read(with_dates(kLastPlayed, {date}), {}));
    return store::ColumnCodec<std::optional<GameDate>>::get(before.data[0], 0);
}

}  // namespace tipoff::operate
