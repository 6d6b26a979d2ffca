#pragma once
/// The one way to an upstream: spaced, tried again where that helps, and archived before anything
/// is made of it.
///
/// Requests to a host never lie closer together than its source's spacing. What may pass (no
/// connection, 429, 5xx) is tried again with growing, jittered delays, no sooner than `Retry-After`
/// asks, within a budget of retries for each source; any other status is final. Every answer,
/// errors included, is in the archive before `fetch` returns.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http.h"
#include "base/retry.h"
#include "collect/answer_archive.h"
#include "collect/outcome.h"

namespace tipoff::collect {

/// How a source wants to be asked.
struct FetchPolicy {
    std::chrono::milliseconds spacing{1'000};  ///< from the end of a request to the next
    RetryPolicy retry;
    int retry_budget = 30;           ///< of all its requests of one collection together
    std::set<int> not_yet_statuses;  ///< say that a document is still to come; others refuse it
    std::chrono::milliseconds longest_wait{600'000};  ///< a longer `Retry-After` ends the request
};

/// A value that a request needs and nobody may see: it is added as the request is sent, and is in
/// no archive, log or error.
struct Secret {
    enum class Place : std::uint8_t { kHeader, kQuery };
    Place place = Place::kHeader;
    std::string name;
    std::string value;        ///< alone: an upstream may repeat it without what stands before it
    std::string prefix = {};  ///< goes out before the value and is no secret: "Bearer "
};

struct FetchRequest {
    std::string source;
    std::string url;  ///< without secrets
    std::vector<HttpHeader> headers;
    std::vector<Secret> secrets;
    Ask ask;
    std::string run_id = {};  ///< of whoever asks; kept with the answer
    /// The answer that is known already: asked for only if it has changed since.
    std::optional<ArchivedAnswer> known;
};

/// What came of a request. With a body (`kFresh`) it is for the source to say what it is worth.
struct Fetched {
    Outcome outcome;
    std::string body;
    std::optional<ArchivedAnswer> answer;  ///< the last one, whatever it said
    int tries = 1;
};

class Fetcher {
public:
    /// All outlive it. `seed` decides the jitter.
    Fetcher(Transport& transport, const Clock& clock, Waiter& waiter, std::filesystem::path home,
            std::uint64_t seed);

    /// `kIo` where the archive cannot be written; what the upstream does is an outcome.
    Expected<Fetched> fetch(const FetchRequest& request, const FetchPolicy& policy);

    /// Gives a source its budget of retries again: a new collection begins.
    void renew_budget(const std::string& source) { retries_.erase(source); }

    /// A request that another process has made, and how long ago it ended: the next one keeps its
    /// distance from it.
    void remember(std::string_view host, std::chrono::microseconds ago);

private:
    void wait_for_turn(const std::string& host, std::chrono::milliseconds spacing);

    Transport& transport_;
    const Clock& clock_;
    Waiter& waiter_;
    std::filesystem::path home_;
    std::uint64_t seed_;
    std::uint64_t requests_ = 0;
    std::map<std::string, std::chrono::microseconds> last_ended_;  ///< by host
    std::map<std::string, int> retries_;                           ///< by source
};

}  // namespace tipoff::collect
