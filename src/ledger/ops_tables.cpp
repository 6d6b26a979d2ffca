#include "ledger/ops_tables.h"

#include <fmt/core.h>

#include "ledger/run_state.h"
#include "store/home.h"

namespace tipoff::ledger {

using store::bookkeeping;
using store::key;
using store::shared_key;
using store::value;

const store::Table<RunRow> kRun{
    "ops",
    "run",
    "One row a run, changed in place from its plan to its end.",
    {
        key<&RunRow::run_id>("run_id", "Sorts by plan: the day and the first fencing token."),
        value<&RunRow::step>("step", "What it does."),
        value<&RunRow::scope>("scope", "What it is for: its partition of the step."),
        value<&RunRow::job>("job", "The job that planned it; empty for a run by hand."),
        value<&RunRow::logical_time>(
            "logical_time",
            "The league's instant that it was planned for; its start when by hand."),
        value<&RunRow::revision>("revision",
                                 "Counts the runs of one step, scope and logical time."),
        value<&RunRow::game_date>("game_date", "The date of a run of one day; NULL for a range."),
        value<&RunRow::scope_from>("scope_from",
                                   "First game date that its outputs cover; NULL for an import."),
        value<&RunRow::scope_to>("scope_to", "Last game date that its outputs cover."),
        value<&RunRow::state>("state",
                              "planned, ready, running, retry_wait; or final: succeeded, degraded, "
                              "empty_ok, failed, skipped, cancelled, abandoned."),
        value<&RunRow::attempt>("attempt",
                                "Of a planned run, how often it was begun. Of one by hand, 1 for "
                                "the first of this step and scope, counted up after each that did "
                                "not succeed."),
        value<&RunRow::most_attempts>("most_attempts", "It is not begun more often."),
        value<&RunRow::fencing_token>(
            "fencing_token", "Greater than that of every run before: a fenced run cannot write."),
        value<&RunRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
        value<&RunRow::owner>("owner", "Host and process; empty before it is begun."),
        value<&RunRow::planned_at>("planned_at", "The machine's clock, as of all instants below."),
        value<&RunRow::not_before>("not_before",
                                   "It is not begun again before; the league's clock."),
        value<&RunRow::deadline>("deadline",
                                 "A planned run has ended by then; the league's clock."),
        value<&RunRow::waits_for>("waits_for", "The data without which it cannot be begun."),
        value<&RunRow::started_at>("started_at", "Start of its last attempt."),
        value<&RunRow::finished_at>("finished_at", "Set exactly when its state is final."),
        value<&RunRow::heartbeat_at>("heartbeat_at", "The last sign of life."),
        value<&RunRow::lease_until>("lease_until",
                                    "Without a sign of life until then the run counts as dead."),
        value<&RunRow::rows>("rows", "Rows written or confirmed."),
        value<&RunRow::merges>("merges", "Batch merges: one a table."),
        value<&RunRow::input_hash>("input_hash",
                                   "Fingerprint of what it read: the same again is skipped."),
        value<&RunRow::reason>("reason", "Why it did not succeed, in one word."),
        value<&RunRow::detail>("detail", "The same for a person."),
    },
    {fmt::format("(finished_at IS NOT NULL) = (state IN {})", kFinalStates)}};

const store::Table<ExpectationRow> kExpectation{
    "ops",
    "expectation",
    "The expected grid: a player expected for a game, and the forecast or the reason why there is "
    "none.",
    {
        key<&ExpectationRow::game_id>("game_id", "The game."),
        key<&ExpectationRow::player_id>("player_id", "The player."),
        shared_key<&ExpectationRow::market>("market", "The market."),
        value<&ExpectationRow::game_date>("game_date", "The league's day."),
        value<&ExpectationRow::outcome>("outcome", "predicted or gap."),
        value<&ExpectationRow::reason>("reason", "Why there is a gap, from the closed list."),
        value<&ExpectationRow::detail>("detail", "The same for a person."),
        bookkeeping<&ExpectationRow::run_id>("run_id", "The run that wrote it."),
    }};

const store::Table<SourceBreakerRow> kSourceBreaker{
    "ops",
    "source_breaker",
    "Sources that are left alone for a while, since they would not answer.",
    {
        key<&SourceBreakerRow::source>("source", "The source."),
        value<&SourceBreakerRow::failures>("failures", "Collections in a row that got nothing."),
        value<&SourceBreakerRow::open_until>("open_until",
                                             "It is not asked before; NULL: it may be."),
        value<&SourceBreakerRow::reason>("reason", "What came of the last one."),
        bookkeeping<&SourceBreakerRow::changed_at>("changed_at", "The league's clock."),
    }};

const store::Table<SourceQuotaRow> kSourceQuota{
    "ops",
    "source_quota",
    "What sources that count their requests have left.",
    {
        key<&SourceQuotaRow::source>("source", "Whose quota: \"oddsapi\"."),
        value<&SourceQuotaRow::requests_left>("requests_left", "As its last answer said."),
        bookkeeping<&SourceQuotaRow::observed_at>("observed_at", "When that was."),
    }};

const store::Table<InputChangeRow> kInputChange{
    "ops",
    "input_change",
    "The last change of a stated table, of all its rows or of those of one game date.",
    {
        key<&InputChangeRow::table_name>("table_name", "The table."),
        key<&InputChangeRow::part>("part", "A game date; empty for the table as a whole."),
        value<&InputChangeRow::fencing_token>("fencing_token",
                                              "Of the change: what was computed by runs with "
                                              "smaller ones is older."),
        value<&InputChangeRow::run_id>("run_id", "The run that changed it."),
        bookkeeping<&InputChangeRow::changed_at>("changed_at", "The machine's clock."),
    }};

const store::Table<LeaderRow> kLeader{
    "ops",
    "leader",
    "Which of several processes on this database runs the schedule and batches.",
    {
        key<&LeaderRow::role>("role", "service."),
        bookkeeping<&LeaderRow::owner>("owner", "Host and process; empty after it has let go."),
        bookkeeping<&LeaderRow::lease_until>("lease_until", "Another may take it from then on."),
        bookkeeping<&LeaderRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

std::vector<const store::TableSpec*> ops_tables() {
    return {&kExpectation.spec(),      &kInputChange.spec(), &kLeader.spec(),
            &store::kMigration.spec(), &kRun.spec(),         &kSourceBreaker.spec(),
            &kSourceQuota.spec()};
}

}  // namespace tipoff::ledger
