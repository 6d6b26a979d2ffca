#include "operate/problems.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "coordinate/gathering.h"
#include "ledger/run_state.h"
#include "operate/alert_kinds.h"
#include "operate/collecting.h"
#include "operate/rows_in.h"
#include "operate/run_work.h"

namespace tipoff::operate {
namespace {

/// An end that nothing has followed for so long is history, not a problem of today.
constexpr std::chrono::days kLookBack{7};

/// A run that waits for data so long after its logical time is worth a word.
constexpr std::chrono::hours kLongWait{2};

/// A date's forecasts are graded the day after; from the day after that on they are owed, for so
/// long.
constexpr int kGradedWithinDays = 2;
constexpr int kGradesLookBackDays = 14;

/// Dates with forecasts that no run has graded, and when they were forecast last: known from the
/// ledger alone, so that it shows also where no run of grades was ever planned.
constexpr std::string_view kUngraded = R"sql(
SELECT game_date, max(finished_at) FROM ops.run f
WHERE step = 'forecasts' AND state IN {0} AND game_date BETWEEN $1 AND $2 AND NOT EXISTS (
    SELECT 1 FROM ops.run g
    WHERE g.step = 'grades' AND (
        (g.state IN {0} AND g.scope_from <= f.game_date AND g.scope_to >= f.game_date)
        OR (g.reason = 'NO_GAMES' AND g.game_date = f.game_date)))
GROUP BY game_date ORDER BY game_date
)sql";

/// The newest end of each step, and of each source that is collected.
constexpr std::string_view kNewestEnds = R"sql(
SELECT step, part, run_id, state, reason, detail, game_date, finished_at FROM (
    SELECT *, row_number() OVER (PARTITION BY step, part ORDER BY finished_at DESC, fencing_token DESC) AS place FROM (
        SELECT *, CASE WHEN step = 'collect' THEN split_part(scope, ' ', 1) ELSE '' END AS part
        FROM ops.run WHERE finished_at > $1 AND state NOT IN ('skipped', 'cancelled')) found) found
WHERE place = 1 AND state IN ('degraded', 'failed', 'abandoned') ORDER BY step, part
)sql";

/// Players of the newest batch that has come to an end of its own whose items were given up.
constexpr std::string_view kGivenUp = R"sql(
SELECT i.player_id, coalesce(n.player_name, 'player'), i.detail, b.batch_id, b.game_date, b.finished_at
FROM ops.batch b JOIN ops.work_item i ON i.batch_id = b.batch_id
LEFT JOIN ref.player n ON n.player_id = i.player_id
WHERE i.reason = $2 AND b.finished_at > $1 AND b.batch_id = (
    SELECT batch_id FROM ops.batch WHERE state IN ('complete', 'partial')
    ORDER BY finished_at DESC, batch_id DESC LIMIT 1)
ORDER BY i.player_id
)sql";

/// A message names so many players; the rest are counted.
constexpr std::size_t kMostNamed = 20;

/// "espn_rosters" of a collection, else the step.
std::string subject_of(std::string_view step, std::string_view part) {
    return std::string(part.empty() ? step : part);
}

Status add_run_problems(store::Database& database, const Clock& clock,
                        std::vector<Problem>& found) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(kNewestEnds, {clock.wall_now() - kLookBack}));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const std::string step(rows.data[0].text(i));
        const std::string subject = subject_of(step, rows.data[1].text(i));
        const bool is_degraded = rows.data[3].text(i) == "degraded";
        const std::string detail(rows.data[5].text(i));
        Problem problem;
        problem.alert = alert_of(is_degraded ? AlertKind::kRunIncomplete : AlertKind::kRunFailed,
                                 step == subject ? step : fmt::format("{}.{}", step, subject));
        problem.alert.title = fmt::format(
            "{} {}", subject,
            is_degraded ? "is incomplete"
                        : fmt::format("{}: {}", rows.data[3].text(i), rows.data[4].text(i)));
        problem.alert.body = fmt::format("{}\n\nrun {}: tipoff runs show {}",
                                         detail.empty() ? rows.data[4].text(i) : detail,
                                         rows.data[2].text(i), rows.data[2].text(i));
        problem.alert.game_date = store::ColumnCodec<std::optional<GameDate>>::get(rows.data[6], i);
        problem.since = store::ColumnCodec<Instant>::get(rows.data[7], i);
        found.push_back(std::move(problem));
    }
    return {};
}

Status add_waits(store::Database& database, const Clock& clock, std::vector<Problem>& found) {
    TIPOFF_TRY(
        const auto waiting,
        store::read_rows(database, ledger::kRun,
                         "WHERE state = 'retry_wait' AND waits_for <> '' AND logical_time < $1 "
                         "ORDER BY run_id",
                         {clock.league_now() - kLongWait}));
    for (const ledger::RunRow& run : waiting) {
        Problem problem;
        problem.alert = alert_of(AlertKind::kWait, run.step);
        problem.alert.title = fmt::format("{} waits for {}", run.step, run.waits_for);
        problem.alert.body =
            fmt::format("run {} was planned for {} and gives up at {}", run.run_id,
                        to_eastern_string(run.logical_time),
                        run.deadline ? to_eastern_string(*run.deadline) : "no time");
        problem.alert.game_date = run.game_date;
        problem.since = run.planned_at;
        found.push_back(std::move(problem));
    }
    return {};
}

Status add_ungraded(store::Database& database, const Clock& clock, std::vector<Problem>& found) {
    const GameDate today = eastern_date(clock.league_now());
    TIPOFF_TRY(const store::Columns dates,
               database.read(
                   fmt::format(kUngraded, ledger::kSuccessStates),
                   {today.plus_days(-kGradesLookBackDays), today.plus_days(-kGradedWithinDays)}));
    if (dates.rows() == 0) return {};
    Problem problem;
    problem.alert = alert_of(AlertKind::kGradesMissing);
    problem.alert.game_date = store::ColumnCodec<GameDate>::get(dates.data[0], 0);
    for (std::size_t i = 0; i < dates.rows(); ++i) {
        const GameDate date = store::ColumnCodec<GameDate>::get(dates.data[0], i);
        problem.alert.body += fmt::format("{}\n", to_string(date));
        problem.since = std::max(problem.since, store::ColumnCodec<Instant>::get(dates.data[1], i));
    }
    problem.alert.title =
        dates.rows() == 1
            ? fmt::format("{} was forecast and is not graded", to_string(*problem.alert.game_date))
            : fmt::format("{} dates were forecast and are not graded", dates.rows());
    problem.alert.body += "\ntipoff grade grades what is finished";
    found.push_back(std::move(problem));
    return {};
}

Status add_sources(store::Database& database, const Clock& clock, std::vector<Problem>& found) {
    TIPOFF_TRY(const auto breakers,
               store::read_rows(database, ledger::kSourceBreaker,
                                "WHERE open_until > $1 ORDER BY source", {clock.league_now()}));
    for (const ledger::SourceBreakerRow& breaker : breakers) {
        Problem problem;
        problem.alert = alert_of(AlertKind::kSourceLeftAlone, breaker.source);
        problem.alert.title = fmt::format("{} gave nothing {} times running and is left alone",
                                          breaker.source, breaker.failures);
        problem.alert.body = fmt::format("{}\nasked again from {}", breaker.reason,
                                         to_eastern_string(breaker.open_until.value_or(Instant{})));
        problem.since = breaker.changed_at;
        found.push_back(std::move(problem));
    }
    TIPOFF_TRY(const auto quotas,
               store::read_rows(database, ledger::kSourceQuota,
                                "WHERE requests_left <= $1 ORDER BY source", {kQuotaReserve}));
    for (const ledger::SourceQuotaRow& quota : quotas) {
        Problem problem;
        problem.alert = alert_of(AlertKind::kSourceQuota, quota.source);
        problem.alert.title =
            fmt::format("{} has {} requests left", quota.source, quota.requests_left);
        problem.alert.body = "it is not asked until its quota is renewed, but by hand with --again";
        problem.since = quota.observed_at;
        found.push_back(std::move(problem));
    }
    return {};
}

Status add_given_up(store::Database& database, const Clock& clock, std::vector<Problem>& found) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(kGivenUp, {clock.wall_now() - kLookBack,
                                        std::string(to_string(coordinate::NoForecast::kGivenUp))}));
    if (rows.rows() == 0) return {};
    Problem problem;
    problem.alert = alert_of(AlertKind::kGivenUp);
    problem.alert.game_date = store::ColumnCodec<GameDate>::get(rows.data[4], 0);
    problem.since = store::ColumnCodec<Instant>::get(rows.data[5], 0);
    problem.alert.title = rows.rows() == 1
                              ? std::string("a work item was given up")
                              : fmt::format("{} work items were given up", rows.rows());
    problem.alert.body = fmt::format("batch {}\n", rows.data[3].text(0));
    for (std::size_t i = 0; i < std::min(rows.rows(), kMostNamed); ++i) {
        problem.alert.body += fmt::format("{} {}: {}\n", rows.data[1].text(i),
                                          rows.data[0].integer(i), rows.data[2].text(i));
    }
    if (rows.rows() > kMostNamed)
        problem.alert.body += fmt::format("and {} more\n", rows.rows() - kMostNamed);
    problem.alert.body += "\nthe next batch without any resolves this";
    found.push_back(std::move(problem));
    return {};
}

}  // namespace

Expected<std::vector<Problem>> problems(store::Database& database, const Clock& clock) {
    std::vector<Problem> found;
    TIPOFF_CHECK(add_run_problems(database, clock, found));
    TIPOFF_CHECK(add_waits(database, clock, found));
    TIPOFF_CHECK(add_ungraded(database, clock, found));
    TIPOFF_CHECK(add_sources(database, clock, found));
    TIPOFF_CHECK(add_given_up(database, clock, found));
    std::ranges::stable_sort(found, {}, [](const Problem& p) { return p.alert.signature; });
    const auto repeated =
        std::ranges::unique(found, {}, [](const Problem& p) { return p.alert.signature; });
    found.erase(repeated.begin(), repeated.end());
    return found;
}

Status note_problems(store::Database& database, store::Transaction& transaction,
                     const Alerts& alerts, const Clock& clock) {
    TIPOFF_TRY(const auto found, problems(database, clock));
    TIPOFF_TRY(const auto open,
               rows_in(transaction, kAlert, "WHERE state = 'open' ORDER BY signature", {}));
    std::set<std::string> still;
    for (const Problem& problem : found) {
        still.insert(problem.alert.signature);
        // The same sign seen again is not another one: its text names the run that gave it.
        const auto before = std::ranges::find(open, problem.alert.signature, &AlertRow::signature);
        if (before != open.end() && before->body == problem.alert.body) continue;
        TIPOFF_CHECK(alerts.raise(transaction, problem.alert));
    }
    for (const AlertRow& alert : open) {
        if (is_problem(alert.signature) && !still.contains(alert.signature))
            TIPOFF_CHECK(alerts.resolve(transaction, alert.signature));
    }
    return {};
}

}  // namespace tipoff::operate
