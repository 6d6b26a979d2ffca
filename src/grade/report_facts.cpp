#include "grade/report_facts.h"

#include <cstdint>
#include <optional>

namespace tipoff::grade {
namespace {

Expected<std::vector<conform::PlayerGame>> read_player_games(store::Database& database,
                                                             GameDate through) {
    TIPOFF_TRY(const store::Columns columns,
               database.read("SELECT game_id, player_id, game_date, season, season_type, minutes, "
                             "points, rebounds, assists, three_pointers_made, revision "
                             "FROM analytics.player_game_summary WHERE game_date <= $1",
                             {through}));
    const auto& data = columns.data;
    std::vector<conform::PlayerGame> rows(columns.rows());
    const auto whole = [&](std::size_t column, std::size_t i) {
        return store::ColumnCodec<std::int32_t>::get(data[column], i);
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        conform::PlayerGame& row = rows[i];
        row.game_id = store::ColumnCodec<GameId>::get(data[0], i);
        row.player_id = store::ColumnCodec<PlayerId>::get(data[1], i);
        row.game_date = store::ColumnCodec<GameDate>::get(data[2], i);
        row.season = store::ColumnCodec<Season>::get(data[3], i);
        row.season_type = store::ColumnCodec<SeasonType>::get(data[4], i);
        row.minutes = whole(5, i);
        row.points = whole(6, i);
        row.rebounds = whole(7, i);
        row.assists = whole(8, i);
        row.three_pointers_made = store::ColumnCodec<std::optional<std::int32_t>>::get(data[9], i);
        row.revision = whole(10, i);
    }
    return rows;
}

}  // namespace

Expected<ReportFacts> read_report_facts(store::Database& database, const store::DateScope& dates,
                                        Market market) {
    const std::string name(to_string(market));
    const store::Values values{dates.from, dates.to, name};
    ReportFacts facts;
    TIPOFF_TRY(facts.accuracy,
               store::read_rows(database, kAccuracy,
                                "WHERE game_date BETWEEN $1 AND $2 AND market = $3", values));
    TIPOFF_TRY(facts.picks,
               store::read_rows(
                   database, forecast::kPick,
                   "WHERE game_date BETWEEN $1 AND $2 AND market = $3 AND is_main_line", values));
    TIPOFF_TRY(facts.player_games, read_player_games(database, dates.to));
    TIPOFF_TRY(facts.lines, MarketLines::read(database, dates, market));
    return facts;
}

}  // namespace tipoff::grade
