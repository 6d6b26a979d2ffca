#include "ledger/ops_tables.h"

#include "store/home.h"

namespace tipoff::ledger {

using store::bookkeeping;
using store::key;
using store::shared_key;
using store::value;

const store::Table<RunRow> kRun{
    "ops",
    "run",
    "One row a run, changed in place from its start to its end.",
    {
        key<&RunRow::run_id>("run_id", "Sorts by start: the day and the fencing token."),
        value<&RunRow::step>("step", "What it does."),
        value<&RunRow::scope>("scope", "What it was asked for."),
        value<&RunRow::game_date>("game_date", "The date of a run of one day; NULL for a range."),
        value<&RunRow::scope_from>("scope_from",
                                   "First game date that its outputs cover; NULL for an import."),
        value<&RunRow::scope_to>("scope_to", "Last game date that its outputs cover."),
        value<&RunRow::state>("state", "running, succeeded, failed, skipped or abandoned."),
        value<&RunRow::attempt>("attempt",
                                "1 for the first run of this step and scope, counted up after each "
                                "that did not succeed."),
        value<&RunRow::fencing_token>(
            "fencing_token", "Greater than that of every run before: a fenced run cannot write."),
        value<&RunRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
        value<&RunRow::owner>("owner", "Host and process."),
        value<&RunRow::started_at>("started_at", "The machine's clock."),
        value<&RunRow::finished_at>("finished_at", "NULL while it runs."),
        value<&RunRow::heartbeat_at>("heartbeat_at", "The last sign of life."),
        value<&RunRow::lease_until>("lease_until",
                                    "Without a sign of life until then the run counts as dead."),
        value<&RunRow::rows>("rows", "Rows written or confirmed."),
        value<&RunRow::merges>("merges", "Batch merges: one a table."),
        value<&RunRow::input_hash>("input_hash",
                                   "Fingerprint of what it read: the same again is skipped."),
        value<&RunRow::reason>("reason", "Why it did not succeed, in one word."),
        value<&RunRow::detail>("detail", "The same for a person."),
    }};

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

std::vector<const store::TableSpec*> ops_tables() {
    return {&kExpectation.spec(), &kSourceBreaker.spec(), &kSourceQuota.spec(),
            &store::kMigration.spec(), &kRun.spec()};
}

}  // namespace tipoff::ledger
