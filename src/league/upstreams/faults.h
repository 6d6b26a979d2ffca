#pragma once
/// What may be wrong with an answer, and when it is.
///
/// A request of one path and query in one quarter of an hour of virtual time may be struck by a
/// fault: so are its first one to three tries, and then it is answered well. Whoever comes back
/// gets everything. Which ones are struck, by what and how often follows from the seed alone.

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "league/upstreams/simulated_upstreams.h"

namespace tipoff::league {

enum class FaultKind : std::uint8_t {
    // On the wire.
    kNoAnswer,  ///< the connection closes before a status line
    kReset,     ///< the connection breaks in the middle of the body
    kCutShort,  ///< the connection closes in the middle of the body
    kTooLong,   ///< Content-Length says more than the body has
    kTooShort,  ///< Content-Length says less
    // By status.
    kForbidden,              ///< 403
    kTooMany,                ///< 429
    kTooManyWithRetryAfter,  ///< 429, to come back in two seconds
    kServerError,            ///< 500
    kBadGateway,             ///< 502
    kUnavailable,            ///< 503
    // In the document.
    kHtml,            ///< a page in place of JSON, with status 200
    kEmptyList,       ///< the longest list has nothing in it
    kDayBefore,       ///< what was asked and answered a day ago
    kDuplicatedRows,  ///< some rows of the longest list twice
    kReorderedRows,   ///< the longest list in another order
    kRenamedField,    ///< a field of every row has another name
    kTeamShort,       ///< a team without its rows, or without half of them
    kWrongDate,       ///< games are of the next day
    kStampedInPlay,   ///< odds that say they are from after tip-off
    // Of `tipoff league serve` alone.
    kHang,  ///< nothing, until the client gives up
};
/// All but `kHang`.
inline constexpr std::size_t kFaultKinds = static_cast<std::size_t>(FaultKind::kHang);

/// "no answer", "duplicated rows".
[[nodiscard]] std::string_view to_string(FaultKind kind);

/// Whether an upstream's answers can have the fault: pages and PDFs have no rows, and only odds are
/// stamped.
[[nodiscard]] bool can_strike(FaultKind kind, const UpstreamRequest& request);

struct FaultOptions {
    std::uint64_t seed = 1;
    double share = 0.1;            ///< of (path, quarter of an hour)
    std::vector<FaultKind> kinds;  ///< all but `kHang` where it is empty
    /// Whatever has one of these in its host, path and query is struck for ever.
    std::vector<std::string> never = {};
};

struct Struck {
    Instant when{};
    std::string host;
    std::string path;  ///< with its query, without a key
    FaultKind kind = FaultKind::kNoAnswer;
};

/// Safe from any thread.
class FaultPlan {
public:
    explicit FaultPlan(FaultOptions options);

    /// What this try of a request is struck by; counts the try.
    [[nodiscard]] std::optional<FaultKind> strike(const UpstreamRequest& request, Instant now);

    /// What it did, in its order; of more than a million strikes the first.
    [[nodiscard]] std::vector<Struck> struck() const;

private:
    /// Of a request, in the last quarter of an hour that it came in.
    struct Tries {
        std::int64_t quarter = 0;
        int count = 0;
    };

    FaultOptions options_;
    mutable std::mutex mutex_;
    std::map<std::string, Tries> tries_;
    std::vector<Struck> struck_;
};

/// The answer with a fault of status or document in it; one of the wire leaves it as it is. The
/// same arguments give the same.
[[nodiscard]] UpstreamAnswer with_fault(FaultKind kind, const SimulatedUpstreams& upstreams,
                                        const UpstreamRequest& request, Instant now);

}  // namespace tipoff::league
