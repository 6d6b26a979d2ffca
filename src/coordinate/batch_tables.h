#pragma once
/// The tables of batches: a date's players, forecast by workers.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::coordinate {

/// One batch, one row, from its start to its end. `as_of` is the league's, the rest the machine's.
struct BatchRow {
    std::string batch_id;
    GameDate game_date{};
    std::string state;  ///< `BatchState` in words
    std::int32_t attempt = 1;
    std::int64_t row_version = 0;
    std::string owner;           ///< host and process
    std::string run_id;          ///< of the forecasts step
    std::string correlation_id;  ///< of who asked, as given
    double min_minutes = 0;
    std::string systems;  ///< "xgboost_v1,ensemble_v1"; empty for all that there are
    std::string markets;  ///< "points,rebounds"
    AsOf as_of{};
    std::int32_t expected = 0;  ///< players
    std::int32_t forecast = 0;  ///< of them, so far
    std::int32_t gaps = 0;      ///< of them, so far: with a reason
    std::int32_t left_out = 0;  ///< expected for fewer than `min_minutes`: not in the batch
    std::int64_t rows = 0;      ///< forecasts written; those that said nothing new are not
    Instant started_at{};
    Instant progressed_at{};
    std::optional<Instant> finished_at;
    std::string reason;
    std::string detail;
};

/// A player of a batch. There is one item of each, however often it is handed out.
struct WorkItemRow {
    std::string batch_id;
    PlayerId player_id;
    GameId game_id;
    GameDate game_date{};
    std::string outcome;  ///< "waiting", "forecast" or "gap"
    std::string reason;   ///< of a gap
    std::string detail;
    std::string worker;
};

/// What a batch came to in one market by one system: what is published of it.
struct BatchSummaryRow {
    std::string batch_id;
    std::string market;
    std::string system_id;
    GameDate game_date{};
    AsOf as_of{};
    std::int32_t players = 0;
    double mean = 0;         ///< of the forecasts' means
    std::int32_t lined = 0;  ///< picks on books' main lines
    std::int32_t over = 0;
    std::int32_t under = 0;
    std::int32_t pass = 0;
    std::string run_id;
};

extern const store::Table<BatchRow> kBatch;
extern const store::Table<WorkItemRow> kWorkItem;
extern const store::Table<BatchSummaryRow> kBatchSummary;

[[nodiscard]] std::vector<const store::TableSpec*> batch_tables();

}  // namespace tipoff::coordinate
