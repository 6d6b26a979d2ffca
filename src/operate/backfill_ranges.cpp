#include "operate/backfill_ranges.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "ledger/run_state.h"

namespace tipoff::operate {
namespace {

/// Of each step and date the newest run that ended otherwise than passed over, where it did not
/// succeed: {0} ends the scope of live runs, {1} are the final states, {2} those of success.
constexpr std::string_view kNewestRuns = R"sql(
WITH game_dates AS (
    SELECT DISTINCT game_date FROM raw.schedule
), covering AS (
    SELECT d.game_date, r.step, r.run_id, r.state, r.reason,
           row_number() OVER (PARTITION BY r.step, d.game_date ORDER BY r.fencing_token DESC) AS place
    FROM ops.run r JOIN game_dates d ON d.game_date BETWEEN r.scope_from AND r.scope_to
    WHERE r.step IN ('conform', 'features', 'forecasts', 'grades') AND r.scope NOT LIKE '%{0}'
      AND r.state IN {1} AND r.state <> 'skipped'
)
SELECT game_date, step, run_id, state, reason FROM covering
WHERE place = 1 AND state NOT IN {2} ORDER BY game_date, step
)sql";

bool is_within(GameDate date, std::span<const store::DateScope> ranges) {
    return ranges.empty() || std::ranges::any_of(ranges, [date](const store::DateScope& range) {
               return date >= range.from && date <= range.to;
           });
}

void add_to(BackfillReport& sum, const BackfillReport& part) {
    sum.game_dates += part.game_dates;
    sum.player_games += part.player_games;
    sum.forecasts += part.forecasts;
    sum.merges += part.merges;
    sum.steps.insert(sum.steps.end(), part.steps.begin(), part.steps.end());
    sum.systems.insert(part.systems.begin(), part.systems.end());
    sum.seconds.conform += part.seconds.conform;
    sum.seconds.features += part.seconds.features;
    sum.seconds.forecasts += part.seconds.forecasts;
    sum.seconds.grades += part.seconds.grades;
    sum.seconds.write += part.seconds.write;
    sum.seconds.total += part.seconds.total;
}

}  // namespace

Expected<std::vector<UnfinishedDate>> unfinished_dates(store::Database& database,
                                                       const std::set<Step>& steps) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(fmt::format(kNewestRuns, kLiveScope, ledger::kFinalStates,
                                         ledger::kSuccessStates),
                             {}));
    const auto& data = rows.data;
    std::vector<UnfinishedDate> unfinished;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        TIPOFF_TRY(const Step step, parse_step(data[1].text(i)));
        if (!steps.contains(step)) continue;
        unfinished.push_back({.game_date = store::ColumnCodec<GameDate>::get(data[0], i),
                              .step = std::string(data[1].text(i)),
                              .run_id = std::string(data[2].text(i)),
                              .state = std::string(data[3].text(i)),
                              .reason = std::string(data[4].text(i))});
    }
    return unfinished;
}

Expected<std::vector<store::DateScope>> unfinished_ranges(
    store::Database& database, std::span<const UnfinishedDate> unfinished,
    std::span<const store::DateScope> within) {
    std::set<GameDate> wanted;
    for (const UnfinishedDate& date : unfinished) {
        if (is_within(date.game_date, within)) wanted.insert(date.game_date);
    }
    if (wanted.empty()) return std::vector<store::DateScope>{};
    TIPOFF_TRY(const store::Columns played,
               database.read("SELECT DISTINCT game_date FROM raw.schedule WHERE game_date BETWEEN "
                             "$1 AND $2 ORDER BY game_date",
                             {*wanted.begin(), *wanted.rbegin()}));
    std::vector<store::DateScope> ranges;
    bool goes_on = false;
    for (std::size_t i = 0; i < played.rows(); ++i) {
        const GameDate date = store::ColumnCodec<GameDate>::get(played.data[0], i);
        if (!wanted.contains(date)) {
            goes_on = false;
            continue;
        }
        if (!goes_on) ranges.push_back({date, date});
        ranges.back().to = date;
        goes_on = true;
    }
    return ranges;
}

std::int64_t count_game_dates(const Facts& facts, std::span<const store::DateScope> ranges) {
    std::set<GameDate> dates;
    for (const conform::Game& game : facts.summaries().games) {
        if (!ranges.empty() && is_within(game.game_date, ranges)) dates.insert(game.game_date);
    }
    return static_cast<std::int64_t>(dates.size());
}

RangesReport backfill_ranges(Backfill& backfill, BackfillRequest request,
                             std::span<const store::DateScope> ranges,
                             const BackfillProgress& progress, const DayProgress& day_progress) {
    RangesReport all;
    for (const store::DateScope& range : ranges) {
        request.dates = range;
        auto report = backfill.run(request, progress, day_progress);
        if (report) {
            add_to(all.report, *report);
        } else {
            all.failed.push_back({range, report.error()});
        }
    }
    if (!ranges.empty()) all.report.dates = {ranges.front().from, ranges.back().to};
    return all;
}

}  // namespace tipoff::operate
