#pragma once
/// The database again, from the archive.
///
/// `raw` and `ref` are emptied and made anew of what the archive holds: links of names, imported
/// files in their order, the answers of each source, then notes by hand. The derived tables are
/// then computed again over the dates that they held. Runs, models and live forecasts stay: they
/// are records of what was done and said, not of what the world stated.

#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace tipoff::operate {

struct RebuildReport {
    Fingerprint raw_before;  ///< of `raw` and `ref`
    Fingerprint raw_after;
    Fingerprint derived_before;  ///< of `analytics`, `features` and `predictions`
    Fingerprint derived_after;
    std::int64_t files = 0;    ///< imported ones
    std::int64_t answers = 0;  ///< collected ones
    std::int64_t links = 0;
    std::int64_t notes = 0;

    [[nodiscard]] bool is_the_same() const {
        return raw_before == raw_after && derived_before == derived_after;
    }
};

/// Told what is being rebuilt.
using RebuildProgress = std::function<void(std::string_view what)>;

/// `kRefused` where a file was imported of which the archive has no record; nothing is changed
/// then. `kCorrupt` where the archive is damaged. A rebuild that was cut off is made whole by
/// another one.
Expected<RebuildReport> rebuild(store::Database& database, ledger::Ledger& ledger,
                                const Clock& clock, const std::filesystem::path& home,
                                const RebuildProgress& progress = {});

}  // namespace tipoff::operate
