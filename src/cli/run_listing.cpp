#include "cli/run_listing.h"

#include "ledger/run_state.h"

namespace tipoff::cli {
namespace {

using ledger::RunRow;

Cell optional_text(const std::string& text) { return text.empty() ? Cell() : Cell::text(text); }

Cell optional_instant(const std::optional<Instant>& at) { return at ? Cell::instant(*at) : Cell(); }

Cell optional_date(const std::optional<GameDate>& date) {
    return date ? Cell::date(*date) : Cell();
}

Cell state_cell(const RunRow& run) { return Cell::text(run.state).toned(tone_of_state(run.state)); }

/// In the order of `runs list`.
const std::vector<std::string> kRunColumns{
    "run_id",    "step",       "scope",       "job",          "logical_time", "revision",
    "game_date", "state",      "attempt",     "planned_at",   "not_before",   "deadline",
    "waits_for", "started_at", "finished_at", "heartbeat_at", "lease_until",  "rows",
    "merges",    "reason",     "detail"};

Row run_cells(const RunRow& run) {
    return {Cell::text(run.run_id),
            Cell::text(run.step),
            Cell::text(run.scope),
            optional_text(run.job),
            Cell::instant(run.logical_time),
            Cell::integer(run.revision),
            optional_date(run.game_date),
            state_cell(run),
            Cell::integer(run.attempt),
            Cell::instant(run.planned_at),
            optional_instant(run.not_before),
            optional_instant(run.deadline),
            optional_text(run.waits_for),
            optional_instant(run.started_at),
            optional_instant(run.finished_at),
            optional_instant(run.heartbeat_at),
            optional_instant(run.lease_until),
            Cell::integer(run.rows),
            Cell::integer(run.merges),
            optional_text(run.reason),
            optional_text(run.detail)};
}

}  // namespace

Tone tone_of_state(std::string_view state) {
    const auto known = ledger::parse_run_state(state);
    if (!known) return Tone::kBad;
    if (*known == ledger::RunState::kDegraded || *known == ledger::RunState::kRunning ||
        *known == ledger::RunState::kRetryWait)
        return Tone::kWarning;
    if (ledger::is_success(*known)) return Tone::kGood;
    const bool is_bad =
        *known == ledger::RunState::kFailed || *known == ledger::RunState::kAbandoned;
    return is_bad ? Tone::kBad : Tone::kFaint;
}

Listing run_fields(const std::vector<RunRow>& runs) {
    Listing listing{.columns = kRunColumns, .rows = {}};
    for (const RunRow& run : runs)
        listing.rows.push_back(run_cells(run));
    return listing;
}

Listing run_table(const std::vector<RunRow>& runs) {
    Listing listing{.columns = {"run_id", "step", "scope", "state", "attempt", "started", "seconds",
                                "rows", "merges", "reason"},
                    .rows = {}};
    for (const RunRow& run : runs) {
        Cell seconds;
        if (run.finished_at && run.started_at) {
            seconds = Cell::number(
                std::chrono::duration<double>(*run.finished_at - *run.started_at).count(), 2);
        }
        listing.rows.push_back(
            {Cell::text(run.run_id), Cell::text(run.step), Cell::text(run.scope), state_cell(run),
             Cell::integer(run.attempt),
             run.started_at ? Cell::text(to_eastern_string(*run.started_at)) : Cell(), seconds,
             Cell::integer(run.rows), Cell::integer(run.merges),
             optional_text(run.waits_for.empty() ? run.reason : "waits for " + run.waits_for)});
    }
    return listing;
}

}  // namespace tipoff::cli
