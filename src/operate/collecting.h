#pragma once
/// A source's collection as one run: asked, read, settled, and written with the run's end.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "collect/collection.h"
#include "collect/settlement.h"
#include "ledger/heartbeat.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace tipoff::operate {

using collect::kQuotaReserve;

/// After so many collections in a row that got nothing a source is left alone for a while, which
/// doubles from the first to the second length.
inline constexpr int kFailuresBeforeOpen = 3;
inline constexpr std::chrono::minutes kBreakerFirst{15};
inline constexpr std::chrono::minutes kBreakerLongest{120};

struct CollectReport {
    std::string source;
    collect::Outcome outcome;
    ledger::RunState state = ledger::RunState::kFailed;  ///< that its run came to
    std::vector<collect::RequestReport> requests;
    std::vector<std::string> missing;
    std::vector<collect::SettledTable> tables;
    std::int64_t records = 0;
    std::int64_t waiting_for_games = 0;
    std::int64_t waiting_for_names = 0;
    std::int64_t taken_up = 0;
    bool denied = false;  ///< the upstream lets us in nowhere: asking again does not help
    int asked = 0;        ///< requests that went out, retries not counted
    int reused = 0;       ///< answers of the archive that were taken in place of one
    int merges = 0;

    /// Everything that was asked for is there, or had not to be.
    [[nodiscard]] bool is_complete() const;
};

class Collecting {
public:
    /// All outlive it. `fetcher` may be null where only the archive is read. Those that collect
    /// side by side share `writing`: one settles and writes at a time.
    Collecting(store::Database& database, ledger::Ledger& ledger, collect::Fetcher* fetcher,
               const Clock& clock, std::filesystem::path home, collect::Keys keys,
               std::mutex* writing = nullptr);

    /// Why and until when the source is left alone now; nothing where it may be asked.
    Expected<std::optional<ledger::SourceBreakerRow>> open_breaker(const collect::Source& source);

    /// While it is held nobody that this one shares `writing` with states anything.
    [[nodiscard]] std::unique_lock<std::mutex> turn_to_write() const {
        return writing_ == nullptr ? std::unique_lock<std::mutex>() : std::unique_lock(*writing_);
    }

    /// Whether the source has its key, if it needs one.
    [[nodiscard]] bool is_on(const collect::Source& source) const;

    /// One run: step "collect", scope the source and what is asked for. An upstream that gives
    /// nothing ends the run as failed, for good where it denies us access (401, 403); one of which
    /// something is missing ends it as degraded with the reason `INCOMPLETE`. Both are in the
    /// report, not an error. `kFenced` where the run was lost meanwhile: nothing more was asked and
    /// nothing written. `kRefused` for a source without
    /// its key, left alone, or out of quota.
    Expected<CollectReport> collect(const collect::Source& source,
                                    const collect::CollectRequest& request,
                                    const collect::CollectProgress& progress = {});

    /// The same from the archive alone.
    Expected<CollectReport> collect_from_archive(const collect::Source& source,
                                                 const std::vector<GameDate>& dates,
                                                 const collect::CollectProgress& progress = {});

    /// Takes up, source by source, what waited for a game or a name and may be found now: a run for
    /// each source that has something.
    Expected<std::vector<CollectReport>> take_up_waiting();

private:
    Expected<CollectReport> run(
        const collect::Source& source, const std::string& scope, const std::vector<GameDate>& dates,
        const std::function<Expected<collect::Collected>(const ledger::RunHandle& run,
                                                         const collect::StopAsking& stop)>& gather);
    Expected<CollectReport> write(const collect::Source& source, const ledger::RunHandle& run,
                                  const std::vector<GameDate>& dates, ledger::Heartbeat& heartbeat,
                                  collect::Collected collected);
    Status may_ask(const collect::Source& source);
    /// Runs of the source that did not end well, or have not ended: killed ones are among them.
    Expected<collect::Names> lost_runs(const collect::Source& source);
    /// What a metered upstream last said to have left.
    Expected<std::optional<std::int64_t>> quota_left(const collect::Source& source);
    Status note_breaker(store::Transaction& transaction, const collect::Source& source,
                        const collect::Outcome& outcome);

    store::Database& database_;
    ledger::Ledger& ledger_;
    collect::Fetcher* fetcher_;
    const Clock& clock_;
    std::filesystem::path home_;
    collect::Keys keys_;
    std::mutex* writing_;
};

/// What a collection is called in the ledger: "oddsapi_player_props 2025-12-01".
[[nodiscard]] std::string collect_scope(const collect::Source& source,
                                        const collect::CollectRequest& request);

/// The sources in the order in which they are collected: schedules and players before what refers
/// to them, events before their lines.
[[nodiscard]] std::vector<const collect::Source*> in_collecting_order(
    std::vector<const collect::Source*> sources);

}  // namespace tipoff::operate
