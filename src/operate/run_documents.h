#pragma once
/// What upstreams answered to a run.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "ledger/ops_tables.h"
#include "store/database.h"

namespace tipoff::operate {

struct RunDocument {
    std::string source;
    std::string url;  ///< as asked, without secrets
    Instant answered_at{};
    int status = 0;       ///< of HTTP
    std::string outcome;  ///< what became of the document: "kept", ...; empty where it made no rows
    std::int64_t size_bytes = 0;
    std::string content_hash;
};

/// The newest first. Answers are in the archive of `home`, errors among them; of collections alone,
/// and of those whose answers name their run.
Expected<std::vector<RunDocument>> run_documents(store::Database& database,
                                                 const std::filesystem::path& home,
                                                 const ledger::RunRow& run, std::size_t most);

}  // namespace tipoff::operate
