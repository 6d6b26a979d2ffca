#pragma once
/// The streams of a queue and who reads them: made where they are missing, by whoever comes first,
/// and left as they are where they exist. docs/scale.md has the table.

#include "base/error.h"
#include "coordinate/jetstream/connection.h"

namespace tipoff::coordinate::jetstream {

/// What a stream of the queue is called after the queue's name; subjects have it in the singular.
inline constexpr std::string_view kItems = "items";
inline constexpr std::string_view kResults = "results";
inline constexpr std::string_view kDead = "dead";         ///< items that were given up, kept
inline constexpr std::string_view kGivenUp = "given-up";  ///< the server's word of such items
inline constexpr std::string_view kModels = "models";

inline constexpr std::string_view kItemSubject = "item";
inline constexpr std::string_view kResultSubject = "result";
inline constexpr std::string_view kDeadSubject = "dead";
inline constexpr std::string_view kModelSubject = "model";

/// Who takes items, and who reads results, dead letters and the server's word.
inline constexpr const char* kWorkers = "workers";
inline constexpr const char* kCoordinator = "coordinator";

/// The same message within so long is there once: as long as it may take to publish a batch in
/// spite of lost servers, many times over.
inline constexpr std::chrono::minutes kDuplicateWindow{10};

/// All of them, with their readers. `kRefused` where a stream of the name is another than ours.
Status make_streams(const Connection& connection);

/// After how long a silent worker loses its items on this queue, whoever made it.
Expected<std::chrono::milliseconds> silent_worker_loses(const Connection& connection);

/// What the server tells when an item was handed out too often: the subject of its advisories.
[[nodiscard]] std::string given_up_subject(const Connection& connection);

}  // namespace tipoff::coordinate::jetstream
