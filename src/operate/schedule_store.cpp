#include "operate/schedule_store.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "collect/known_games.h"
#include "operate/schedule_tables.h"

namespace tipoff::operate {
namespace {

constexpr std::chrono::hours kKeepAgainAfter{1};
constexpr int kDaysAhead = 14;

store::Value value_or_null(const std::optional<Instant>& at) {
    return at ? store::Value(*at) : store::Value(nullptr);
}

/// Games of these dates that have rows in a table of box scores.
Expected<std::set<GameId>> games_with_rows(store::Database& database, const store::TableSpec& table,
                                           const store::DateScope& dates, Instant now) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(fmt::format("SELECT DISTINCT game_id FROM {} WHERE game_date BETWEEN "
                                         "$1 AND $2 AND known_at <= $3",
                                         table.qualified_name()),
                             {dates.from, dates.to, now}));
    std::set<GameId> games;
    for (std::size_t row = 0; row < rows.rows(); ++row)
        games.insert(store::ColumnCodec<GameId>::get(rows.data[0], row));
    return games;
}

/// A row for a job that has none; `kFenced` where another makes it at the same time.
Status insert_state(store::Transaction& transaction, std::string_view job, Instant now) {
    TIPOFF_CHECK(transaction.execute(
        "INSERT INTO ops.schedule_state (job, paused, paused_by, first_seen_at, row_version) "
        "SELECT $1, false, '', $2, 1 WHERE NOT EXISTS (SELECT 1 FROM ops.schedule_state WHERE job "
        "= $1)",
        {std::string(job), now}));
    return {};
}

/// The decisions kept last of each job, in their order.
Expected<std::map<std::string, std::vector<ScheduleDecisionRow>>> last_kept(
    store::Database& database) {
    TIPOFF_TRY(const auto rows,
               store::read_rows(database, kScheduleDecision,
                                "WHERE decided_at = (SELECT max(newest.decided_at) FROM "
                                "ops.schedule_decision newest WHERE newest.job = "
                                "schedule_decision.job) ORDER BY job, ordinal"));
    std::map<std::string, std::vector<ScheduleDecisionRow>> by_job;
    for (const ScheduleDecisionRow& row : rows)
        by_job[row.job].push_back(row);
    return by_job;
}

bool says_the_same(const ScheduleDecisionRow& kept, const ScheduleDecisionRow& row) {
    return kept.verdict == row.verdict && kept.logical_time == row.logical_time &&
           kept.why == row.why && kept.workflows_version == row.workflows_version;
}

}  // namespace

Expected<JobStates> read_job_states(store::Database& database) {
    TIPOFF_TRY(const auto rows, store::read_rows(database, kScheduleState));
    JobStates states;
    for (const ScheduleStateRow& row : rows) {
        states.emplace(row.job, JobState{.last_logical_time = row.last_logical_time,
                                         .paused = row.paused,
                                         .paused_by = row.paused_by,
                                         .paused_at = row.paused_at,
                                         .first_seen_at = row.first_seen_at});
    }
    return states;
}

Expected<std::vector<KnownGame>> read_known_games(store::Database& database,
                                                  const store::DateScope& dates, Instant now) {
    // A game that was moved is in the range by any of its statements and of one date in the end.
    TIPOFF_TRY(const auto statements,
               store::read_rows(database, collect::kSchedule,
                                "WHERE game_id IN (SELECT game_id FROM raw.schedule WHERE "
                                "game_date BETWEEN $1 AND $2)",
                                {dates.from, dates.to}));
    TIPOFF_TRY(const auto with_players,
               games_with_rows(database, collect::kPlayerBox.spec(), dates, now));
    TIPOFF_TRY(const auto with_teams,
               games_with_rows(database, collect::kTeamBox.spec(), dates, now));
    collect::KnownGames schedule;
    std::set<GameId> ids;
    for (const collect::Schedule& statement : statements) {
        schedule.add(statement);
        if (collect::is_league_schedule(statement.source)) ids.insert(statement.game_id);
    }
    std::vector<KnownGame> games;
    for (const GameId id : ids) {
        const collect::Schedule& game = schedule.as_known(id, now);
        if (game.game_date < dates.from || dates.to < game.game_date ||
            game.status == "postponed" || !collect::counts_in_season(id))
            continue;
        games.push_back({.game_date = game.game_date,
                         .tip_off = game.tip_off,
                         .is_final = game.status == "final" && game.known_at.at <= now,
                         .has_box_rows = with_players.contains(id) && with_teams.contains(id)});
    }
    std::ranges::sort(games, {}, &KnownGame::tip_off);
    return games;
}

store::DateScope dates_to_look_at(const Workflows& workflows, Instant now) {
    // A day more: windows of a night go on the day after.
    return {.from = eastern_date(now - longest_catch_up(workflows)).plus_days(-2),
            .to = eastern_date(now).plus_days(kDaysAhead)};
}

Expected<std::vector<Decision>> decide_now(store::Database& database, const Workflows& workflows,
                                           Instant now) {
    TIPOFF_TRY(const JobStates states, read_job_states(database));
    TIPOFF_TRY(const auto games, read_known_games(database, dates_to_look_at(workflows, now), now));
    return decide(workflows, {.now = now, .games = games, .states = states});
}

Status note_jobs(store::Database& database, const Workflows& workflows, Instant now) {
    TIPOFF_TRY(const JobStates states, read_job_states(database));
    std::vector<std::string_view> unseen;
    for (const Job& job : workflows.jobs) {
        if (!states.contains(job.name)) unseen.push_back(job.name);
    }
    if (unseen.empty()) return {};
    TIPOFF_TRY(const auto transaction, database.begin());
    for (const std::string_view job : unseen)
        TIPOFF_CHECK(insert_state(*transaction, job, now));
    return transaction->commit();
}

Expected<std::int64_t> keep_decisions(store::Database& database, const Workflows& workflows,
                                      std::span<const Decision> decisions, Instant now) {
    std::map<std::string, std::vector<ScheduleDecisionRow>> by_job;
    for (const Decision& decision : decisions) {
        auto& of_job = by_job[decision.job];
        of_job.push_back({.job = decision.job,
                          .decided_at = now,
                          .ordinal = static_cast<std::int32_t>(of_job.size()),
                          .logical_time = decision.logical_time,
                          .game_date = decision.game_date,
                          .verdict = std::string(to_string(decision.verdict)),
                          .why = decision.why,
                          .next_at = decision.next,
                          .workflows_version = workflows.version});
    }
    TIPOFF_TRY(const auto kept, last_kept(database));
    std::vector<ScheduleDecisionRow> rows;
    for (const auto& [job, of_job] : by_job) {
        const auto last = kept.find(job);
        const bool is_known = last != kept.end() &&
                              std::ranges::equal(last->second, of_job, says_the_same) &&
                              now - last->second.front().decided_at < kKeepAgainAfter;
        if (!is_known) rows.insert(rows.end(), of_job.begin(), of_job.end());
    }
    if (rows.empty()) return 0;
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->merge(kScheduleDecision.batch(rows), std::nullopt));
    TIPOFF_CHECK(transaction->commit());
    return static_cast<std::int64_t>(rows.size());
}

Status advance(store::Transaction& transaction, std::string_view job, std::optional<Instant> from,
               Instant to) {
    TIPOFF_TRY(const std::int64_t changed,
               transaction.execute(
                   "UPDATE ops.schedule_state SET last_logical_time = $3, row_version = "
                   "row_version + 1 WHERE job = $1 AND last_logical_time IS NOT DISTINCT FROM $2 "
                   "AND coalesce(last_logical_time < $3, true) AND NOT paused",
                   {std::string(job), value_or_null(from), to}));
    if (changed == 1) return {};
    return fail(ErrorCode::kFenced,
                fmt::format("job {} was moved on or paused by another scheduler", job));
}

Expected<bool> pause_job(store::Database& database, std::string_view job, std::string_view by,
                         Instant now) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(insert_state(*transaction, job, now));
    TIPOFF_TRY(const std::int64_t changed,
               transaction->execute(
                   "UPDATE ops.schedule_state SET paused = true, paused_by = $2, paused_at = $3, "
                   "row_version = row_version + 1 WHERE job = $1 AND NOT paused",
                   {std::string(job), std::string(by), now}));
    TIPOFF_CHECK(transaction->commit());
    return changed == 1;
}

Expected<bool> resume_job(store::Database& database, std::string_view job, Instant now) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(insert_state(*transaction, job, now));
    TIPOFF_TRY(const std::int64_t changed,
               transaction->execute("UPDATE ops.schedule_state SET paused = false, row_version = "
                                    "row_version + 1 WHERE job = $1 AND paused",
                                    {std::string(job)}));
    TIPOFF_CHECK(transaction->commit());
    return changed == 1;
}

}  // namespace tipoff::operate
