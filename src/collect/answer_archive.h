#pragma once
/// Answers of upstreams, kept as they came.
///
/// The body lies in the archive under the hash of its bytes, packed with zstd:
/// HOME/archive/ab/HASH.zst. What was asked, when, and what was said beside the body is a small
/// JSON file, written after it: HOME/archive/answers/SOURCE/DATE/TIME-HASH_RUN.json, or
/// TIME-HASH_RUN_STATUS.json where the answer has no document to read; RUN is 0 where no run asked.
/// So the names alone say what has been read. The same body is kept once however often it comes.
/// Neither file is ever changed; a kill leaves whole files only. No secret is in either: a request
/// is kept without them.

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/http.h"
#include "collect/source.h"

namespace tipoff::collect {

/// The status of an answer that has not changed since the one that is known, and of one that has
/// nothing in it.
inline constexpr int kNotModified = 304;
inline constexpr int kNoContent = 204;

/// Hashes, or ids of runs.
using Names = std::set<std::string, std::less<>>;

struct ArchivedAnswer {
    std::string source;
    std::string url;  ///< as asked, without secrets
    Ask ask;
    int status = 0;
    std::vector<HttpHeader> headers;  ///< without cookies
    Instant asked_at{};
    Instant answered_at{};
    std::string content_hash;  ///< of the body
    std::int64_t size_bytes = 0;
    std::string run_id;  ///< of the run that asked; empty for what no run did

    /// Whether the body is a document to read: it is none of an error, and none of 204, which says
    /// that there is nothing to say.
    [[nodiscard]] bool has_document() const;
};

/// Keeps the answer to a request, errors included. `kIo` where the disk fails: then nothing is to
/// be made of the answer.
Expected<ArchivedAnswer> archive_answer(const std::filesystem::path& home, std::string_view source,
                                        std::string_view url, const Ask& ask,
                                        const HttpAnswer& answer, std::string_view run_id = {});

/// Keeps a record alone, of a document whose bytes the archive has already: a file that was
/// imported, under the source "import", its name in place of a URL.
Status archive_record(const std::filesystem::path& home, const ArchivedAnswer& answer);

/// Every answer of a source in the order in which they were asked for; none where it was never
/// asked. A damaged record is `kCorrupt`.
Expected<std::vector<ArchivedAnswer>> archived_answers(const std::filesystem::path& home,
                                                       std::string_view source);

/// The same of the answers to what was asked on one day, Eastern.
Expected<std::vector<ArchivedAnswer>> archived_answers(const std::filesystem::path& home,
                                                       std::string_view source, GameDate asked_on);

/// The answers of a source with a document that is none of `known` hashes, and those that one of
/// `lost_runs` was given, in the order in which they were asked for, however long ago. Only their
/// records are opened: the names of the others say enough.
Expected<std::vector<ArchivedAnswer>> unread_answers(const std::filesystem::path& home,
                                                     std::string_view source, const Names& known,
                                                     const Names& lost_runs);

/// The answers of all sources to what was asked from `since` to `now`, some hours at most.
Expected<std::vector<ArchivedAnswer>> answers_since(const std::filesystem::path& home,
                                                    Instant since, Instant now);

/// The body of an answer; `kCorrupt` where its bytes are not those of its hash, `kNotFound` where
/// they are gone.
Expected<std::string> archived_body(const std::filesystem::path& home, std::string_view hash);

/// What its source reads in an archived answer. Fails as `archived_body` does.
Expected<Reading> read_archived(const std::filesystem::path& home, const Source& source,
                                const ArchivedAnswer& answer);

}  // namespace tipoff::collect
