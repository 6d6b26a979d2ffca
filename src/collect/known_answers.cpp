#include "collect/known_answers.h"

#include <algorithm>

#include "collect/roster_spells.h"

namespace tipoff::collect {
namespace {

/// How many days back answers are kept at hand.
constexpr int kRecentDays = 2;

}  // namespace

Expected<Names> read_documents(store::Database& database, std::string_view source,
                               std::string_view outcome) {
    TIPOFF_TRY(const auto rows,
               database.read("SELECT content_hash FROM raw.document WHERE source = $1 AND "
                             "($2 = '' OR outcome = $2)",
                             {std::string(source), std::string(outcome)}));
    Names hashes;
    for (std::size_t row = 0; row < rows.rows(); ++row)
        hashes.emplace(rows.data[0].text(row));
    return hashes;
}

Expected<KnownAnswers> KnownAnswers::load(store::Database& database, std::filesystem::path home,
                                          const Source& source, const Names& lost_runs,
                                          Instant now) {
    KnownAnswers known(std::move(home), source);
    TIPOFF_TRY(known.documents_, read_documents(database, source.name));
    TIPOFF_TRY(known.held_, read_documents(database, source.name, kHeldBack));
    TIPOFF_TRY(known.unread_,
               unread_answers(known.home_, source.name, known.documents_,
                              source.asking.counts_each_answer ? lost_runs : Names{}));
    for (int days = kRecentDays; days >= 0; --days) {
        TIPOFF_TRY(const auto answers,
                   archived_answers(known.home_, source.name, eastern_date(now).plus_days(-days)));
        for (const ArchivedAnswer& answer : answers)
            known.add(answer);
    }
    return known;
}

const ArchivedAnswer* KnownAnswers::newest(const std::string& url) const {
    const auto found = newest_.find(url);
    return found == newest_.end() ? nullptr : &found->second;
}

void KnownAnswers::add(const ArchivedAnswer& answer) {
    if (answer.status == kNotModified) confirm(answer.url, answer.answered_at);
    if (answer.has_document()) newest_.insert_or_assign(answer.url, answer);
}

void KnownAnswers::confirm(const std::string& url, Instant at) { confirmed_[url] = at; }

std::optional<ArchivedAnswer> KnownAnswers::find(const PlannedRequest& planned, Instant now) const {
    const ArchivedAnswer* found = newest(planned.url);
    if (found == nullptr) return std::nullopt;
    Instant answered = found->answered_at;
    if (const auto confirmed = confirmed_.find(planned.url); confirmed != confirmed_.end())
        answered = std::max(answered, confirmed->second);
    const bool is_settled = planned.settled_at && *planned.settled_at <= now;
    const bool will_do =
        is_settled ? answered >= *planned.settled_at : answered + source_->asking.fresh_for > now;
    return will_do && answered <= now ? std::optional(*found) : std::nullopt;
}

Expected<std::optional<ArchivedAnswer>> KnownAnswers::sufficient(const PlannedRequest& planned,
                                                                 Instant now) {
    auto found = find(planned, now);
    const bool is_settled = planned.settled_at && *planned.settled_at <= now;
    if (!found && is_settled && !has_all_) {
        TIPOFF_TRY(const auto all, archived_answers(home_, source_->name));
        has_all_ = true;
        for (const ArchivedAnswer& answer : all)
            add(answer);
        found = find(planned, now);
    }
    return found;
}

}  // namespace tipoff::collect
