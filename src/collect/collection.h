#pragma once
/// A collection: what a source is asked for dates, teams or a season, and what came of each
/// request.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "collect/fetcher.h"
#include "collect/resolve_stated.h"
#include "store/database.h"

namespace tipoff::collect {

/// A metered source is left alone once it has so many requests left: what remains is for a person.
inline constexpr std::int64_t kQuotaReserve = 25;

struct CollectRequest {
    std::vector<GameDate> dates;
    std::optional<Season> season;
    std::vector<TeamId> teams;  ///< empty: all thirty
    bool again = false;         ///< ask also for what is known well enough
    std::string run_id = {};    ///< of whoever asks; kept with the answers
    /// Runs of the source that may have been killed with answers in the archive. Most of those are
    /// known by their documents; not the same bytes again, where each answer counts.
    Names lost_runs = {};
    /// What a metered upstream was last known to have left.
    std::optional<std::int64_t> quota_left = std::nullopt;
};

/// Secrets by the name of their environment variable; a source whose key is not among them is off.
using Keys = std::map<std::string, std::string, std::less<>>;

struct RequestReport {
    std::string url;
    Outcome outcome;
    int tries = 0;        ///< 0: an answer of the archive was taken, or it was not asked yet
    bool reused = false;  ///< taken from the archive
    bool denied = false;  ///< the upstream does not let us in (401, 403)
    std::int64_t records = 0;
    std::vector<std::string> notes;
    std::optional<Instant> not_before;  ///< of what is still to come
};

struct Collected {
    std::vector<ReadAnswer> answers;
    std::vector<RequestReport> requests;
    std::vector<std::string> missing;  ///< what should be there and is not, one sentence each
    std::optional<std::int64_t> quota_left;

    /// The worst that came of a request, and what to say of the whole.
    [[nodiscard]] Outcome outcome() const;

    /// The upstream lets us in nowhere: no request of many came to anything else.
    [[nodiscard]] bool is_denied() const;
};

/// Told after each request: done of all that are planned so far, and its URL.
using CollectProgress =
    std::function<void(std::size_t done, std::size_t planned, std::string_view url)>;

/// Asked between requests, and between documents of the archive: true ends the collection with
/// `kFenced`.
using StopAsking = std::function<bool()>;

/// `kFenced` where the collection is to end.
Status may_go_on(const StopAsking& stop);

class Collector {
public:
    /// All outlive it.
    Collector(store::Database& database, Fetcher& fetcher, const Clock& clock,
              std::filesystem::path home, Keys keys);

    /// Asks `source` what the request wants and reads the answers; writes nothing but the archive.
    /// What an earlier collection has archived and not read, as after a kill, is read with it. An
    /// answer that is young enough, or past correction, is taken in place of a request. A source
    /// that lets us in nowhere is not asked for the rest, nor is a metered one that has come to its
    /// reserve: those requests are refused, but for the free ones. `kIo` where the archive fails,
    /// `kRefused` where the source needs a key that is not there.
    Expected<Collected> collect(const Source& source, const CollectRequest& request,
                                const CollectProgress& progress = {}, const StopAsking& stop = {});

private:
    class Work;

    store::Database& database_;
    Fetcher& fetcher_;
    const Clock& clock_;
    std::filesystem::path home_;
    Keys keys_;
};

/// Every archived answer of the source that is about these dates (all of them where there is none),
/// read again; nobody is asked.
Expected<Collected> collect_from_archive(store::Database& database,
                                         const std::filesystem::path& home, const Source& source,
                                         const std::vector<GameDate>& dates,
                                         const CollectProgress& progress = {},
                                         const StopAsking& stop = {});

}  // namespace tipoff::collect
