#include "operate/run_documents.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "collect/answer_archive.h"
#include "operate/day_runs.h"
#include "operate/run_work.h"

namespace tipoff::operate {
namespace {

/// Longer than any collection may be caught up.
constexpr int kMostDays = 15;

/// The days, Eastern, on which the run may have asked: the archive keeps answers by them.
store::DateScope days_of(const ledger::RunRow& run) {
    const GameDate first = eastern_date(run.logical_time);
    const GameDate last = run.deadline ? eastern_date(*run.deadline) : first.plus_days(1);
    return {first, std::min(std::max(first, last), first.plus_days(kMostDays))};
}

Status add_outcomes(store::Database& database, std::string_view source,
                    std::vector<RunDocument>& documents) {
    if (documents.empty()) return {};
    store::Values values{std::string(source)};
    std::string hashes;
    for (const RunDocument& document : documents) {
        values.emplace_back(document.content_hash);
        hashes += fmt::format("{}${}", hashes.empty() ? "" : ", ", values.size());
    }
    TIPOFF_TRY(const store::Columns found,
               database.read(fmt::format("SELECT content_hash, outcome FROM raw.document WHERE "
                                         "source = $1 AND content_hash IN ({})",
                                         hashes),
                             values));
    std::map<std::string, std::string, std::less<>> outcomes;
    for (std::size_t i = 0; i < found.rows(); ++i)
        outcomes.emplace(found.data[0].text(i), found.data[1].text(i));
    for (RunDocument& document : documents) {
        const auto outcome = outcomes.find(document.content_hash);
        if (outcome != outcomes.end()) document.outcome = outcome->second;
    }
    return {};
}

}  // namespace

Expected<std::vector<RunDocument>> run_documents(store::Database& database,
                                                 const std::filesystem::path& home,
                                                 const ledger::RunRow& run, std::size_t most) {
    std::vector<RunDocument> documents;
    if (run.step != kCollectStep) return documents;
    const std::string_view source = source_of_scope(run.scope);
    const store::DateScope days = days_of(run);
    for (GameDate day = days.to; day >= days.from && documents.size() < most;
         day = day.plus_days(-1)) {
        TIPOFF_TRY(auto answers, collect::archived_answers(home, source, day));
        std::ranges::reverse(answers);
        for (const collect::ArchivedAnswer& answer : answers) {
            if (answer.run_id != run.run_id || documents.size() == most) continue;
            documents.push_back({.source = answer.source,
                                 .url = answer.url,
                                 .answered_at = answer.answered_at,
                                 .status = answer.status,
                                 .outcome = {},
                                 .size_bytes = answer.size_bytes,
                                 .content_hash = answer.content_hash});
        }
    }
    TIPOFF_CHECK(add_outcomes(database, source, documents));
    return documents;
}

}  // namespace tipoff::operate
