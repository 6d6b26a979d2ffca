#include "serve/documents/runs.h"

#include <nlohmann/json.hpp>

#include "ledger/run_state.h"

namespace tipoff::serve {

using ledger::RunRow;

namespace {

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
            text_or_null(run.job),
            Cell::instant(run.logical_time),
            Cell::integer(run.revision),
            date_or_null(run.game_date),
            state_cell(run.state),
            Cell::integer(run.attempt),
            Cell::instant(run.planned_at),
            instant_or_null(run.not_before),
            instant_or_null(run.deadline),
            text_or_null(run.waits_for),
            instant_or_null(run.started_at),
            instant_or_null(run.finished_at),
            instant_or_null(run.heartbeat_at),
            instant_or_null(run.lease_until),
            Cell::integer(run.rows),
            Cell::integer(run.merges),
            text_or_null(run.reason),
            text_or_null(run.detail)};
}

Cell seconds_cell(const std::optional<double>& seconds) {
    return seconds ? Cell::number(*seconds, 2) : Cell();
}

}  // namespace

Cell state_cell(std::string_view state) { return Cell::text(state).toned(tone_of_state(state)); }

Listing run_fields(const std::vector<RunRow>& runs) {
    Listing listing{.columns = kRunColumns, .rows = {}};
    for (const RunRow& run : runs)
        listing.rows.push_back(run_cells(run));
    return listing;
}

Listing document_fields(const std::vector<operate::RunDocument>& documents) {
    Listing listing{
        .columns = {"source", "key", "fetched_at", "status", "outcome", "bytes", "hash"},
        .rows = {}};
    for (const operate::RunDocument& document : documents) {
        listing.rows.push_back({Cell::text(document.source), Cell::text(document.url),
                                Cell::instant(document.answered_at), Cell::integer(document.status),
                                text_or_null(document.outcome), Cell::integer(document.size_bytes),
                                Cell::text(document.content_hash)});
    }
    return listing;
}

Listing step_listing(const operate::RunSummary& summary) {
    Listing listing{
        .columns = {"step", "source", "state", "count", "p50_s", "p95_s", "last_success"},
        .rows = {}};
    for (const auto& step : summary.steps) {
        listing.rows.push_back({Cell::text(step.step), text_or_null(step.source),
                                state_cell(step.state), Cell::integer(step.count),
                                seconds_cell(step.p50_s), seconds_cell(step.p95_s),
                                instant_or_null(step.last_success)});
    }
    return listing;
}

Listing slowest_listing(const operate::RunSummary& summary) {
    Listing listing{.columns = {"run_id", "step", "scope", "state", "seconds", "started_at"},
                    .rows = {}};
    for (const auto& run : summary.slowest) {
        listing.rows.push_back({Cell::text(run.run_id), Cell::text(run.step), Cell::text(run.scope),
                                state_cell(run.state), Cell::number(run.seconds, 2),
                                Cell::instant(run.started_at)});
    }
    return listing;
}

Listing never_listing(const operate::RunSummary& summary) {
    Listing listing{.columns = {"step", "source"}, .rows = {}};
    for (const auto& name : summary.never_succeeded)
        listing.rows.push_back({Cell::text(name.step), text_or_null(name.source)});
    return listing;
}

Json summary_json(const operate::RunSummary& summary) {
    return {{"since", to_string(summary.since)},
            {"steps", json_rows(step_listing(summary))},
            {"slowest", json_rows(slowest_listing(summary))},
            {"never_succeeded", json_rows(never_listing(summary))}};
}

}  // namespace tipoff::serve
