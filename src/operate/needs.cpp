#include "operate/needs.h"

#include <fmt/core.h>

#include <algorithm>

#include "operate/game_day.h"

namespace tipoff::operate {
namespace {

/// Box scores of the night before come within the hour as a rule. Today's forecasts wait for them
/// so long, then widen; grades can wait for longer.
constexpr std::chrono::minutes kForecastsWait{90};
constexpr std::chrono::minutes kGradesWait{12 * 60};

/// When the box scores of a night are collected.
constexpr TimeOfDay kMorningAfter{.hour = 6, .minute = 45, .second = 0};

/// As the readiness check of a backfill.
constexpr double kFeatureStoreFloor = 0.9;

/// A game or two without a box score do not keep the others from being used.
constexpr double kNearlyAll = 0.999;

/// From the end of one season to the schedule of the next.
constexpr int kScheduleReach = 120;

constexpr std::string_view kScheduleTable = "raw.schedule";

bool needs_the_schedule(const RunWork& work) {
    return work.kind == TaskKind::kDerive || work.kind == TaskKind::kGrade;
}

bool needs_the_day_before(const RunWork& work) {
    return work.kind == TaskKind::kDerive && work.step == Step::kConform && work.is_live;
}

bool is_patience_over(const Need& need, Instant logical_time, Instant now) {
    if (!need.patience) return false;
    const Instant due = eastern_instant(need.date.plus_days(1), kMorningAfter);
    return now >= std::min(logical_time, due) + *need.patience;
}

}  // namespace

std::vector<Need> needs_of(const RunWork& work, std::optional<GameDate> previous_date) {
    if (work.kind == TaskKind::kGrade) {
        return {{.table = "raw.player_box",
                 .date = work.game_date,
                 .least_share = kNearlyAll,
                 .patience = kGradesWait,
                 .filled_by = std::string(kCollectStep)}};
    }
    if (work.kind != TaskKind::kDerive) return {};
    std::vector<Need> needs;
    switch (work.step) {
        case Step::kConform:
            if (needs_the_day_before(work) && previous_date) {
                needs.push_back({.table = "raw.player_box",
                                 .date = *previous_date,
                                 .least_share = kNearlyAll,
                                 .patience = kForecastsWait,
                                 .filled_by = std::string(kCollectStep)});
            }
            break;
        case Step::kFeatures:
            needs.push_back({.table = "analytics.upcoming_team_game_context",
                             .date = work.game_date,
                             .filled_by = std::string(to_string(Step::kConform))});
            break;
        case Step::kForecasts:
            needs.push_back({.table = "features.feature_store",
                             .date = work.game_date,
                             .least_share = kFeatureStoreFloor,
                             .filled_by = std::string(to_string(Step::kFeatures))});
            break;
        case Step::kGrades: break;
    }
    return needs;
}

std::vector<std::string> tables_needed(const RunWork& work, std::optional<GameDate> previous_date) {
    std::vector<std::string> tables;
    if (needs_the_schedule(work)) tables.emplace_back(kScheduleTable);
    for (const Need& need : needs_of(work, previous_date))
        tables.push_back(need.table);
    return tables;
}

Expected<bool> Readying::has_schedule(GameDate date) {
    const auto known = scheduled_.find(date);
    if (known != scheduled_.end()) return known->second;
    TIPOFF_TRY(
        const store::Columns games,
        database_.read(fmt::format("SELECT 1 FROM {} WHERE game_date BETWEEN $1 AND $2 LIMIT 1",
                                   kScheduleTable),
                       {date.plus_days(-kScheduleReach), date.plus_days(kScheduleReach)}));
    return scheduled_.emplace(date, games.rows() > 0).first->second;
}

Expected<Completeness> Readying::held(const Need& need) {
    const auto known = held_.find({need.table, need.date});
    if (known != held_.end()) return known->second;
    TIPOFF_TRY(const Completeness found, completeness(database_, need.table, need.date, now_));
    held_.emplace(std::pair(need.table, need.date), found);
    return found;
}

Expected<Readiness> Readying::of(const RunWork& work, Instant logical_time,
                                 const std::function<bool(const Need&)>& has_run_before) {
    Readiness result;
    if (!needs_the_schedule(work)) return result;
    // Without a schedule nothing is expected of any date, and everything would seem complete.
    TIPOFF_TRY(const bool is_scheduled, has_schedule(work.game_date));
    if (!is_scheduled) {
        result.waits_for =
            fmt::format("{} around {}: no game", kScheduleTable, to_string(work.game_date));
        return result;
    }
    std::optional<GameDate> previous_date;
    if (needs_the_day_before(work)) {
        TIPOFF_TRY(previous_date, last_played_before(database_, work.game_date));
    }
    for (const Need& need : needs_of(work, previous_date)) {
        // What is computed first is there by then; what is collected first may come or not.
        const bool is_about_to_be_filled = has_run_before(need);
        if (is_about_to_be_filled && need.filled_by != kCollectStep) continue;
        TIPOFF_TRY(const Completeness found, held(need));
        if (found.expected == 0 || found.share() >= need.least_share) continue;
        const std::string missing = fmt::format("{} of {}: {} of {}", need.table,
                                                to_string(need.date), found.held, found.expected);
        if (!is_about_to_be_filled && is_patience_over(need, logical_time, now_)) {
            result.without += (result.without.empty() ? "" : "; ") + missing;
            continue;
        }
        result.waits_for = missing;
        return result;
    }
    return result;
}

}  // namespace tipoff::operate
