#include <map>
#include <set>

#include "collect/collection.h"
#include "collect/known_answers.h"

namespace tipoff::collect {

Expected<Collected> collect_from_archive(store::Database& database,
                                         const std::filesystem::path& home, const Source& source,
                                         const std::vector<GameDate>& dates,
                                         const CollectProgress& progress, const StopAsking& stop) {
    Collected collected;
    TIPOFF_TRY(auto known, read_documents(database, source.name));
    TIPOFF_TRY(const auto answers, archived_answers(home, source.name));
    const std::set<GameDate> wanted(dates.begin(), dates.end());
    std::map<std::string, ArchivedAnswer> newest;  // by URL
    for (ArchivedAnswer answer : answers) {
        if (answer.status == kNotModified && newest.contains(answer.url)) {
            // What was answered before stood: a statement of its own where each answer counts.
            ArchivedAnswer stood = newest.at(answer.url);
            stood.asked_at = answer.asked_at;
            stood.answered_at = answer.answered_at;
            answer = std::move(stood);
        }
        if (!answer.has_document()) continue;
        newest.insert_or_assign(answer.url, answer);
        const GameDate about = answer.ask.date.value_or(eastern_date(answer.asked_at));
        if (!wanted.empty() && !wanted.contains(about)) continue;
        TIPOFF_CHECK(may_go_on(stop));
        TIPOFF_TRY(Reading reading, read_archived(home, source, answer));
        collected.requests.push_back(
            {.url = answer.url,
             .outcome = meant(source, reading.outcome),
             .reused = true,
             .records = static_cast<std::int64_t>(records_in(reading.records)),
             .notes = reading.notes});
        const bool is_new = known.insert(answer.content_hash).second;
        collected.answers.push_back({answer, std::move(reading), is_new});
        if (progress) progress(collected.requests.size(), answers.size(), answer.url);
    }
    return collected;
}

}  // namespace tipoff::collect
