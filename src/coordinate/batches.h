#pragma once
/// Batches in the database: begun, taken up again, ended. Every change of a row is guarded by its
/// batch, state and attempt and raises `row_version`; a batch that was dropped or taken up by
/// another is `kFenced` for who thought that it was his.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "coordinate/batch_tables.h"
#include "coordinate/gathering.h"
#include "store/database.h"

namespace tipoff::coordinate {

enum class BatchState : std::uint8_t {
    kRunning,
    kComplete,  ///< every player is forecast; final from here on
    kPartial,   ///< players without a forecast have a reason
    kFailed,
    kDropped,  ///< for another of its date
};

/// "running", "complete", ...
[[nodiscard]] std::string_view to_string(BatchState state);

/// A start that finds a batch of its date without progress for so long need not be forced.
inline constexpr std::chrono::seconds kBatchIsStalled{600};

/// What is asked of a batch.
struct BatchRequest {
    GameDate game_date{};
    double min_minutes = 0;
    std::vector<std::string> systems = {};  ///< empty for all that there are
    std::vector<std::string> markets = {};
    std::string correlation_id = {};
    bool force = false;  ///< drop a batch of the date that is under way
};

/// Who is in it.
struct BatchPlayers {
    std::vector<WorkItemRow> items;
    std::int32_t left_out = 0;
    AsOf as_of{};
    std::string run_id;
};

/// `BatchRow::systems` or `markets`, "a,b", in parts; none of empty text.
[[nodiscard]] std::vector<std::string> listed(std::string_view list);

/// The batch's counts as its outcomes stand.
void count_outcomes(BatchRow& batch, const Outcomes& outcomes);

class Batches {
public:
    /// Both outlive it.
    Batches(store::Database& database, const Clock& clock);

    /// The batch of the date that a new one would drop: it is under way, and stalled or the new one
    /// is forced. `kBusy` where it is neither: it is named. Drops nothing yet.
    Expected<std::optional<BatchRow>> in_the_way(const BatchRequest& request);

    /// A new batch, with an item a player; one of the date that stands in its way is dropped.
    Expected<BatchRow> begin(const BatchRequest& request, const BatchPlayers& players);

    /// The batch again, by this process, with an item a player: what it was when it was begun may
    /// have changed. `kFenced` when it has ended meanwhile.
    Expected<BatchRow> take_up(const BatchRow& batch, const BatchPlayers& players);

    /// Keeps the counts of what has come in.
    Status progress(BatchRow& batch, const Outcomes& outcomes);

    /// Ends the batch with its outcomes and summary in the caller's transaction, which also ends
    /// its run.
    Status complete(store::Transaction& transaction, BatchRow& batch, const Outcomes& outcomes,
                    std::span<const BatchSummaryRow> summary, std::int64_t rows);

    /// Ends it without outcomes (failed, dropped).
    Status end(const BatchRow& batch, BatchState state, const std::string& reason,
               const std::string& detail);

    Expected<std::optional<BatchRow>> find(const std::string& batch_id);
    /// The one of the date that is under way, else the one that was begun last.
    Expected<std::optional<BatchRow>> newest_of(GameDate date);
    Expected<std::vector<BatchRow>> unfinished();
    /// The newest first, begun before `before` where that is given.
    Expected<std::vector<BatchRow>> list(std::int64_t most, std::optional<Instant> before);
    Expected<std::vector<WorkItemRow>> items(const std::string& batch_id);

private:
    store::Database& database_;
    const Clock& clock_;
};

}  // namespace tipoff::coordinate
