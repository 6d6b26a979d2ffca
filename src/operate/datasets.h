#pragma once
/// The tables of the pipeline by their schedule: when each should have been filled, when it was,
/// and what there is to say where the two do not agree.
///
/// What should have run is told in logical times, which are the league's; when something ended, in
/// the machine's time, as everywhere in the ledger.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/workflows.h"
#include "store/database.h"

namespace tipoff::operate {

enum class DatasetState : std::uint8_t {
    kFresh,      ///< filled for the last time that it was due
    kLate,       ///< was due, and nothing has filled it since
    kFailed,     ///< the same, and the newest run of it failed
    kNever,      ///< no run has ever filled it
    kOffSeason,  ///< no games around: nothing is expected
};

/// "fresh", "late", "failed", "never", "off_season".
[[nodiscard]] std::string_view to_string(DatasetState state);

struct DatasetRun {
    std::string run_id;
    std::string state;
    std::string reason;
};

struct Dataset {
    std::string table;
    std::string step;
    std::vector<std::string> sources;         ///< of a collected table
    std::vector<std::string> jobs;            ///< that fill it
    std::string schedule;                     ///< the jobs, each with its trigger
    std::optional<Instant> should_update_at;  ///< the newest logical time that has come
    std::optional<Instant> next_update_at;
    std::optional<Instant> last_success_at;
    std::optional<Instant> last_change_at;  ///< of rows; of a derived table those of its last weeks
    std::optional<DatasetRun> last_run;     ///< the newest one that was begun
    std::int64_t rows = 0;
    DatasetState state = DatasetState::kNever;
    std::string why;
};

/// Every watched table, in the order in which the pipeline fills them. Errors are the database's.
Expected<std::vector<Dataset>> datasets(store::Database& database, const Workflows& workflows,
                                        Instant now);

}  // namespace tipoff::operate
