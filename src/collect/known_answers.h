#pragma once
/// What is known of a source's answers before it is asked again: which documents the database has,
/// which answers of the archive nobody has read, and which will do in place of a request.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/answer_archive.h"
#include "collect/asking.h"
#include "collect/source.h"
#include "store/database.h"

namespace tipoff::collect {

/// The hashes of the source's documents that the database has; of those with this outcome, if one
/// is given.
Expected<Names> read_documents(store::Database& database, std::string_view source,
                               std::string_view outcome = {});

class KnownAnswers {
public:
    /// Reads the database, and of the archive the last days and whatever nobody has read. Of a
    /// source of which each answer counts that is also what `lost_runs` were given.
    static Expected<KnownAnswers> load(store::Database& database, std::filesystem::path home,
                                       const Source& source, const Names& lost_runs, Instant now);

    /// Whether the database has the document, or a reading of it was taken since.
    [[nodiscard]] bool has_document(const std::string& hash) const {
        return documents_.contains(hash);
    }
    /// False where it was there already.
    bool add_document(const std::string& hash) { return documents_.insert(hash).second; }

    /// Whether the document is a roster that is held back.
    [[nodiscard]] bool is_held_back(const std::string& hash) const { return held_.contains(hash); }

    /// Answers that nobody has read, in the order in which they were asked for: of a collection
    /// that was killed, however long ago.
    [[nodiscard]] const std::vector<ArchivedAnswer>& unread() const { return unread_; }

    /// The newest answer with a document from this URL; null where none is known.
    [[nodiscard]] const ArchivedAnswer* newest(const std::string& url) const;

    /// Keeps an answer: as the newest one of its URL, or as word that the newest one stands.
    void add(const ArchivedAnswer& answer);
    /// The newest answer from this URL stood at an instant.
    void confirm(const std::string& url, Instant at);

    /// The archived answer that will do in place of a request: one that is past correction, or
    /// young. Older answers than of the last days are looked for in the archive where they may do.
    Expected<std::optional<ArchivedAnswer>> sufficient(const PlannedRequest& planned, Instant now);

private:
    KnownAnswers(std::filesystem::path home, const Source& source)
        : home_(std::move(home)), source_(&source) {}
    [[nodiscard]] std::optional<ArchivedAnswer> find(const PlannedRequest& planned,
                                                     Instant now) const;

    std::filesystem::path home_;
    const Source* source_;
    Names documents_;
    Names held_;
    std::vector<ArchivedAnswer> unread_;
    std::map<std::string, ArchivedAnswer> newest_;  ///< by URL
    std::map<std::string, Instant> confirmed_;      ///< by URL
    bool has_all_ = false;
};

}  // namespace tipoff::collect
