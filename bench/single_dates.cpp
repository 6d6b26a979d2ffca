#include "single_dates.h"

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "ledger/ops_tables.h"
#include "operate/catalogue.h"

namespace tipoff::bench {
namespace {

/// `count` game dates, evenly spread over the middle half of the season, oldest first.
std::vector<GameDate> dates_of_the_middle(const operate::Facts& facts,
                                          const operate::Facts::SeasonDates& season,
                                          std::size_t count) {
    std::vector<GameDate> all;
    for (const conform::Game& game : facts.summaries().games) {
        if (game.game_date < season.from || game.game_date > season.to) continue;
        if (all.empty() || all.back() != game.game_date) all.push_back(game.game_date);
    }
    const std::size_t middle = all.size() / 2;
    count = std::min(count, middle);
    std::vector<GameDate> dates;
    dates.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        dates.push_back(all[all.size() / 4 + i * middle / count]);
    }
    return dates;
}

Expected<Json> run_each(operate::Backfill& backfill, const std::vector<GameDate>& dates) {
    Json rows = Json::array();
    for (const GameDate date : dates) {
        operate::BackfillRequest request;
        request.dates = {date, date};
        request.force = true;
        TIPOFF_TRY(const operate::BackfillReport report, backfill.run(request));
        rows.push_back({{"date", to_string(date)},
                        {"player_games", report.player_games},
                        {"merges", report.merges},
                        {"seconds",
                         {{"conform", report.seconds.conform},
                          {"fold", report.seconds.features},
                          {"forecasts", report.seconds.forecasts},
                          {"grades", report.seconds.grades},
                          {"write", report.seconds.write},
                          {"total", report.seconds.total}}}});
    }
    return rows;
}

}  // namespace

Status remove_rows(store::Database& database, std::span<const GameDate> dates) {
    std::vector<const store::TableSpec*> tables = operate::derived_tables();
    tables.push_back(&ledger::kExpectation.spec());
    TIPOFF_TRY(const auto transaction, database.begin());
    for (const store::TableSpec* table : tables) {
        for (const GameDate date : dates) {
            const std::string sql =
                "DELETE FROM " + table->qualified_name() + " WHERE game_date = $1";
            TIPOFF_CHECK(transaction->execute(sql, {date}));
        }
    }
    return transaction->commit();
}

Expected<Json> measure_single_dates(store::Database& database, operate::Backfill& backfill,
                                    const operate::Facts& facts,
                                    const operate::Facts::SeasonDates& season, std::size_t count) {
    const std::vector<GameDate> dates = dates_of_the_middle(facts, season, count);
    if (dates.empty()) return Json::object();
    const std::vector<GameDate> newest_first(dates.rbegin(), dates.rend());

    TIPOFF_CHECK(remove_rows(database, dates));
    TIPOFF_TRY(const Json earlier, run_each(backfill, newest_first));
    TIPOFF_CHECK(remove_rows(database, dates));
    TIPOFF_TRY(const Json next, run_each(backfill, dates));
    // Back to the first date, untimed, so that all dates of the last way go forward too.
    TIPOFF_TRY(const Json back, run_each(backfill, {dates.front()}));
    TIPOFF_TRY(const Json unchanged, run_each(backfill, dates));
    return Json{{"earlier", earlier}, {"next", next}, {"unchanged", unchanged}};
}

}  // namespace tipoff::bench
