#pragma once
/// The `ops` tables of runs and of the expected grid.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::ledger {

/// One run, one row, from its plan to its end. There is one row of a step, scope, logical time and
/// revision. Logical time, `not_before` and `deadline` are the league's; the rest is the machine's.
struct RunRow {
    std::string run_id;
    std::string step;   ///< "import", "collect", "conform", "features", "forecasts", "grades", ...
    std::string scope;  ///< its partition: "2022-23 2022-10-18..2023-04-09"
    std::string job;    ///< of the workflows that planned it; empty for one by hand
    Instant logical_time{};  ///< the instant that it was planned for; of one by hand, its start
    std::int32_t revision = 1;
    std::optional<GameDate> game_date;   ///< of a run of one day
    std::optional<GameDate> scope_from;  ///< first and last game date that its outputs cover
    std::optional<GameDate> scope_to;
    std::string state;  ///< `RunState` in words
    std::int32_t attempt = 1;
    std::int32_t most_attempts = 1;
    std::int64_t fencing_token = 0;  ///< greater than that of every run before
    std::int64_t row_version = 0;    ///< counts the changes of this row
    std::string owner;               ///< host and process
    Instant planned_at{};
    std::optional<Instant> not_before;  ///< of one that waits for a while
    std::optional<Instant> deadline;    ///< of a planned one: it has ended by then
    std::string waits_for;              ///< data that is not there yet
    std::optional<Instant> started_at;  ///< of its last attempt
    std::optional<Instant> finished_at;
    std::optional<Instant> heartbeat_at;
    std::optional<Instant> lease_until;
    std::int64_t rows = 0;  ///< rows that the step's tables hold for its scope afterwards
    std::int64_t merges = 0;
    std::string input_hash;  ///< fingerprint of what the step read
    std::string reason;      ///< why it failed, waits, was skipped or abandoned, in one word
    std::string detail;
};

/// A player expected for a game and what became of the forecast: the grid that coverage counts.
struct ExpectationRow {
    GameId game_id;
    PlayerId player_id;
    std::string market;
    GameDate game_date{};
    std::string outcome;  ///< "predicted" or "gap"
    std::string reason;   ///< of a gap, from the closed list; empty otherwise
    std::string detail;
    std::string run_id;
};

/// A source that is left alone for a while, since it would not answer.
struct SourceBreakerRow {
    std::string source;
    std::int32_t failures = 0;          ///< collections in a row that got nothing
    std::optional<Instant> open_until;  ///< not asked before
    std::string reason;
    Instant changed_at{};
};

/// What a source that counts its requests has left.
struct SourceQuotaRow {
    std::string source;
    std::int64_t requests_left = 0;
    Instant observed_at{};
};

/// The last change of a stated table, of all its rows or of those of one game date.
struct InputChangeRow {
    std::string table_name;  ///< "raw.injury_report"
    std::string part;        ///< "2025-12-01"; empty for the table as a whole
    std::int64_t fencing_token = 0;
    std::string run_id;
    Instant changed_at{};
};

/// Who does what only one of several processes may do.
struct LeaderRow {
    std::string role;
    std::string owner;  ///< host and process; empty after it has let go
    Instant lease_until{};
    std::int64_t row_version = 0;
};

extern const store::Table<LeaderRow> kLeader;
extern const store::Table<InputChangeRow> kInputChange;
extern const store::Table<RunRow> kRun;
extern const store::Table<ExpectationRow> kExpectation;
extern const store::Table<SourceBreakerRow> kSourceBreaker;
extern const store::Table<SourceQuotaRow> kSourceQuota;

[[nodiscard]] std::vector<const store::TableSpec*> ops_tables();

}  // namespace tipoff::ledger
