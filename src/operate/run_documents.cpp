#include "operate/run_documents.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "collect/answer_archive.h"
#include "operate/day_runs.h"
#include "operate/run_work.h"

namespace tipoff::operate {
namespace {

/// Longer than any collection may be caught up.
constexpr int kMostDays = 15;

/// The days, Eastern, on which the run may have asked: the archive keeps answers by the league's
/// time. Around the dates that it is about as well, for a simulated league's runs may be planned by
/// another clock than the one it answers by.
std::set<GameDate, std::greater<>> days_of(const ledger::RunRow& run) {
    std::set<GameDate, std::greater<>> days;
    const auto add = [&days](GameDate first, GameDate last) {
        last = std::min(last, first.plus_days(kMostDays));
        for (GameDate day = first; day <= last; day = day.plus_days(1))
            days.insert(day);
    };
    const GameDate planned = eastern_date(run.logical_time);
    add(planned, planned.plus_days(1));
    if (run.deadline) add(planned, eastern_date(*run.deadline));
    if (run.scope_to) add(run.scope_to->plus_days(-1), run.scope_to->plus_days(1));
    return days;
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
    for (const GameDate day : days_of(run)) {
        if (documents.size() == most) break;
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
