#include "operate/status.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <set>
#include <span>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "operate/dated_sql.h"
#include "operate/day_runs.h"

namespace tipoff::operate {
namespace {

/// What every light of a date is read by.
struct Reading {
    store::Database& database;
    const GameDay& day;
    const DayRuns& runs;
    std::optional<Instant> now;

    [[nodiscard]] bool has_games() const { return !day.games.empty(); }

    /// The end of the night: box scores of a date have come by noon of the next.
    [[nodiscard]] Instant night_is_over() const {
        return eastern_instant(day.date.plus_days(1), {.hour = 12, .minute = 0, .second = 0});
    }
    [[nodiscard]] Instant first_tip_off() const {
        return day.first_tip_off().value_or(
            eastern_instant(day.date, {.hour = 12, .minute = 0, .second = 0}));
    }
    /// When the table's rows should be there, at the latest.
    [[nodiscard]] Instant due_at(const WatchedTable& watched) const {
        switch (watched.due) {
            case DueAt::kMorning:
                return eastern_instant(day.date, {.hour = 12, .minute = 0, .second = 0});
            case DueAt::kBeforeGames: return first_tip_off() - kLinesDue;
            case DueAt::kAfterGames: return night_is_over();
        }
        throw InvariantBroken("a DueAt without an instant");
    }
    [[nodiscard]] bool is_due(const WatchedTable& watched) const {
        return !now || *now >= due_at(watched);
    }
};

Light light_of_state(std::string_view state) {
    if (state == "degraded") return Light::kYellow;
    if (is_success(state)) return Light::kGreen;
    return is_failure(state) ? Light::kRed : Light::kYellow;
}

LightReading job_light(const Reading& reading, const WatchedTable& watched,
                       const Completeness& counts) {
    const bool is_collected = watched.step == "collect";
    const DayRun* run = is_collected ? reading.runs.newest_of(watched.sources, reading.day.date)
                                     : reading.runs.newest(watched.step, reading.day.date);
    if (run != nullptr) {
        const std::string reason = run->reason.empty() ? "" : " " + run->reason;
        // A collection in which something is missing has succeeded, and says so.
        const bool lacks = is_success(run->state) && !run->reason.empty();
        return {lacks ? Light::kYellow : light_of_state(run->state), run->state + reason};
    }
    if (!reading.has_games()) return {Light::kGreen, "no games"};
    // Imported, or of before the runs on record: what a table without a date holds goes on.
    if (counts.held > 0 && (is_collected || !watched.is_by_date())) return {Light::kGreen, "held"};
    if (counts.expected == 0) return {Light::kGreen, "nothing due"};
    if (!reading.is_due(watched)) return {Light::kYellow, "not yet"};
    return {Light::kRed, "never ran"};
}

/// How old the newest fact was when it counted: at the first tip-off, or when the night was over.
Expected<LightReading> age_light(const Reading& reading, const WatchedTable& watched,
                                 const DatedRows& held, const Completeness& counts) {
    if (counts.expected == 0) return LightReading{Light::kGreen, "nothing due"};
    const bool is_after = watched.due == DueAt::kAfterGames || watched.newest == "known_at";
    Instant counts_at = is_after && watched.due != DueAt::kBeforeGames ? reading.night_is_over()
                                                                       : reading.first_tip_off();
    if (reading.now) counts_at = std::min(counts_at, *reading.now);
    std::optional<Instant> newest = held.newest;
    if (!watched.sources.empty()) {
        const auto given = reading.runs.last_given(watched.sources, reading.day.date, counts_at);
        if (given && (!newest || *given > *newest)) newest = given;
    }
    if (!newest) {
        // Without a column of its own the age is the rows'.
        if (watched.newest.empty() && watched.newest_sql.empty() && counts.held > 0)
            return LightReading{Light::kGreen, "no clock"};
        return LightReading{reading.is_due(watched) ? Light::kYellow : Light::kGreen, "no facts"};
    }
    const auto age = std::max(std::chrono::floor<std::chrono::hours>(counts_at - *newest),
                              std::chrono::hours{0});
    if (age <= watched.fresh_for)
        return LightReading{Light::kGreen, fmt::format("{} h", age.count())};
    // Of a break without games there is nothing newer.
    bool knows_last_games = false;
    if (watched.step == "features") {
        TIPOFF_TRY(const auto last, last_played_before(reading.database, reading.day.date));
        knows_last_games =
            !last || *newest >= eastern_instant(*last, {.hour = 12, .minute = 0, .second = 0});
    }
    return LightReading{knows_last_games ? Light::kGreen : Light::kYellow,
                        fmt::format("{} h", age.count())};
}

LightReading completeness_light(const Reading& reading, const WatchedTable& watched,
                                const Completeness& counts) {
    const std::string says = fmt::format("{} of {} {}", counts.held, counts.expected, watched.unit);
    if (counts.expected == 0 && counts.held == 0) {
        return {Light::kGreen, reading.has_games() ? "nothing due" : "no games"};
    }
    constexpr double kFarTooFew = 0.75;
    const double share = counts.share();
    if (share >= kRowsDoubled) return {Light::kRed, says};
    if (share >= watched.enough) return {Light::kGreen, says};
    if (!reading.is_due(watched)) return {Light::kYellow, says + ", not due yet"};
    return {share < kFarTooFew ? Light::kRed : Light::kYellow, says};
}

LightReading sanity_light(const DatedRows& held, const std::vector<ColumnFinding>& findings) {
    if (held.of_date == 0) return {Light::kGreen, "no rows"};
    if (findings.empty()) return {Light::kGreen, "as usual"};
    const ColumnFinding& worst = findings.front();
    std::string says = worst.column.empty() ? worst.says : worst.column + ": " + worst.says;
    if (findings.size() > 1) says += fmt::format(" (and {} more)", findings.size() - 1);
    return {worst.light, std::move(says)};
}

Expected<std::optional<Instant>> read_newest(store::Database& database, std::string_view sql,
                                             GameDate date) {
    TIPOFF_TRY(const store::Columns rows, database.read(with_dates(sql, {date}), {}));
    return store::ColumnCodec<std::optional<Instant>>::get(rows.data[0], 0);
}

/// What a table holds of the date and of the days before; of one without a date only when it was
/// last stated.
Expected<DatedRows> read_held(store::Database& database, const WatchedTable& watched,
                              GameDate date) {
    DatedRows held{.date = date};
    if (watched.is_by_date()) {
        TIPOFF_TRY(held, read_dated_rows(database, watched, date, kDaysBefore));
    }
    if (!watched.newest_sql.empty()) {
        TIPOFF_TRY(held.newest, read_newest(database, watched.newest_sql, date));
    }
    return held;
}

Expected<StatusLights> read_lights(const Reading& reading, DayCompleteness& counts,
                                   const WatchedTable& watched) {
    TIPOFF_TRY(const DatedRows held, read_held(reading.database, watched, reading.day.date));
    StatusLights lights{.step = std::string(watched.step),
                        .table = watched.table->qualified_name(),
                        .unit = std::string(watched.unit),
                        .job = {},
                        .age = {},
                        .completeness = {},
                        .sanity = {},
                        .counts = {},
                        .findings = {}};
    if (watched.is_by_date()) {
        lights.findings = unusual_columns(
            watched, held, reading.day.over(reading.now) == reading.day.to_be_played());
    }
    TIPOFF_TRY(lights.counts, counts.of(watched, watched.is_by_date() ? &held : nullptr));
    lights.job = job_light(reading, watched, lights.counts);
    TIPOFF_TRY(lights.age, age_light(reading, watched, held, lights.counts));
    lights.completeness = completeness_light(reading, watched, lights.counts);
    lights.sanity = sanity_light(held, lights.findings);
    return lights;
}

/// Of each table, two at a time: most of a look is waiting for one small statement after another.
std::vector<Expected<StatusLights>> read_all_lights(const Reading& reading, DayCompleteness& counts,
                                                    std::span<const WatchedTable> tables) {
    std::vector<Expected<StatusLights>> all(tables.size());
    std::atomic<std::size_t> next = 0;
    const auto read = [&] {
        for (std::size_t i = next++; i < tables.size(); i = next++)
            all[i] = read_lights(reading, counts, tables[i]);
    };
    {
        const std::jthread other(read);
        read();
    }
    return all;
}

Expected<store::Columns> read_of_date(store::Database& database, GameDate date,
                                      std::string_view sql) {
    return database.read(with_dates(sql, {date}), {});
}

/// Counted here: of one date's rows the engine's own counting takes longer than reading them.
std::int64_t distinct(std::span<const std::int64_t> values) {
    return static_cast<std::int64_t>(std::set(values.begin(), values.end()).size());
}

std::int64_t distinct_texts(const store::Column& column) {
    std::set<std::string_view> texts;
    for (std::size_t i = 0; i < column.size(); ++i)
        texts.insert(column.text(i));
    return static_cast<std::int64_t>(texts.size());
}

Status fill_counts(store::Database& database, StatusReport& report) {
    const GameDate date = report.date;
    TIPOFF_TRY(const store::Columns store,
               read_of_date(database, date,
                            "SELECT player_id, team_id FROM features.feature_store WHERE "
                            "game_date = $1"));
    report.feature_store.players = distinct(store.data[0].integers());
    report.feature_store.teams = distinct(store.data[1].integers());
    TIPOFF_TRY(const store::Columns predictions,
               read_of_date(database, date,
                            "SELECT player_id, system_id, market FROM "
                            "predictions.player_prop_prediction WHERE game_date = $1"));
    report.predictions.players = distinct(predictions.data[0].integers());
    report.predictions.rows = static_cast<std::int64_t>(predictions.rows());
    report.predictions.systems = distinct_texts(predictions.data[1]);
    report.predictions.markets = distinct_texts(predictions.data[2]);
    TIPOFF_TRY(
        const store::Columns factors,
        read_of_date(
            database, date,
            "SELECT CAST(count(*) AS BIGINT), CAST(count(fatigue_score) AS BIGINT), "
            "CAST(count(shot_zone_mismatch_score) AS BIGINT), CAST(count(pace_score) AS BIGINT), "
            "CAST(count(usage_spike_score) AS BIGINT) FROM features.player_composite_factors WHERE "
            "game_date = $1"));
    const auto rows = factors.data[0].integer(0);
    const auto share = [&](std::size_t column) {
        return rows == 0 ? std::numeric_limits<double>::quiet_NaN()
                         : static_cast<double>(factors.data[column].integer(0)) /
                               static_cast<double>(rows);
    };
    report.composite_factors = {rows, share(1), share(2), share(3), share(4)};
    TIPOFF_TRY(
        const store::Columns cache,
        read_of_date(
            database, date,
            "SELECT failure_reason, CAST(count(*) AS BIGINT) FROM features.player_daily_cache "
            "WHERE game_date = $1 GROUP BY failure_reason ORDER BY failure_reason"));
    for (std::size_t i = 0; i < cache.rows(); ++i) {
        const auto reason = std::string(cache.data[0].text(i));
        const auto count = cache.data[1].integer(i);
        if (reason.empty()) {
            report.daily_cache.passed += count;
        } else {
            report.daily_cache.failed += count;
            report.daily_cache.reasons[reason] = count;
        }
    }
    return {};
}

}  // namespace

std::string_view to_string(Light light) {
    switch (light) {
        case Light::kGreen: return "green";
        case Light::kYellow: return "yellow";
        case Light::kRed: return "red";
    }
    throw InvariantBroken("a Light without a name");
}

Expected<StatusReport> status(store::Database& database, GameDate date,
                              std::optional<Instant> now) {
    StatusReport report;
    report.date = date;
    TIPOFF_TRY(DayCompleteness counts, DayCompleteness::load(database, date, now));
    report.games = static_cast<std::int64_t>(counts.day().games.size());
    TIPOFF_CHECK(fill_counts(database, report));
    const Reading reading{
        .database = database, .day = counts.day(), .runs = counts.runs(), .now = now};
    for (auto& lights : read_all_lights(reading, counts, watched_tables())) {
        TIPOFF_TRY(report.lights.emplace_back(), std::move(lights));
    }
    return report;
}

}  // namespace tipoff::operate
