#include "collect/collection.h"

#include <fmt/core.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "base/crash_point.h"
#include "base/parse.h"
#include "collect/archive.h"
#include "collect/expectation.h"
#include "collect/known_answers.h"
#include "collect/plausibility.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using std::chrono::milliseconds;

/// Requests that gave less than they should are put again at the end of the collection.
constexpr int kRounds = 4;
/// More pages than any list has: a cursor that goes round.
constexpr int kMostPages = 60;
/// A key that is shorter would be found, and hidden, all over a document.
constexpr std::size_t kShortestKey = 8;
/// A request of longer ago is over, and further away than any source's spacing.
constexpr std::chrono::minutes kSpacingMatters{1};
/// What can be there for so long and is not, is missing.
constexpr std::chrono::minutes kOverdueAfter{90};
/// After so many refusals and nothing else the rest is not asked: a key or an address is barred,
/// not a document.
constexpr std::size_t kDenialsOfAll = 3;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;

std::vector<HttpHeader> headers_of(HeaderProfile profile) {
    std::vector<HttpHeader> headers{{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) tipoff"},
                                    {"Accept-Language", "en-US,en;q=0.9"}};
    if (profile == HeaderProfile::kPlain) return headers;
    headers.push_back({"Referer", "https://www.nba.com/"});
    if (profile == HeaderProfile::kNbaStats) {
        headers.push_back({"Origin", "https://www.nba.com"});
        headers.push_back({"Accept", "application/json, text/plain, */*"});
    }
    return headers;
}

bool is_good(OutcomeKind kind) {
    return kind == OutcomeKind::kFresh || kind == OutcomeKind::kUnchanged ||
           kind == OutcomeKind::kEmptyLegal;
}

/// Whether the same request may well be answered better in a moment.
bool is_worth_another_round(OutcomeKind kind) {
    return kind == OutcomeKind::kMalformed || kind == OutcomeKind::kPartial ||
           kind == OutcomeKind::kEmptyUnexpected;
}

}  // namespace

Status may_go_on(const StopAsking& stop) {
    if (!stop || !stop()) return {};
    return fail(ErrorCode::kFenced,
                "the collection was stopped: its run is another's, or could not be confirmed");
}

Outcome Collected::outcome() const {
    if (requests.empty() && missing.empty())
        return {OutcomeKind::kEmptyLegal, "nothing to ask for"};
    const bool has_any =
        requests.empty() || std::ranges::any_of(requests, [](const auto& request) {
            return is_good(request.outcome.kind) || request.outcome.kind == OutcomeKind::kPartial;
        });
    if (!missing.empty() && has_any) {
        std::string detail = missing.front();
        if (missing.size() > 1) detail += fmt::format(" and {} more", missing.size() - 1);
        return {OutcomeKind::kPartial, std::move(detail)};
    }
    return std::ranges::max(requests | std::views::transform(&RequestReport::outcome), {}, badness);
}

bool Collected::is_denied() const {
    return !requests.empty() && std::ranges::all_of(requests, &RequestReport::denied);
}

/// One collection under way.
class Collector::Work {
public:
    Work(Collector& collector, const Source& source, const CollectRequest& request,
         const CollectProgress& progress, const StopAsking& stop)
        : collector_(collector),
          source_(source),
          request_(request),
          progress_(progress),
          stop_(stop) {}

    Expected<Collected> run() {
        TIPOFF_CHECK(prepare());
        TIPOFF_TRY(known_games_, KnownGames::load(collector_.database_));
        games_ = known_games_.to_ask(request_.dates, source_.asking.game_ids_of);
        Scope scope{.dates = request_.dates,
                    .season = season(),
                    .teams = request_.teams,
                    .games = games_,
                    .now = now()};
        if (scope.teams.empty()) {
            for (const Team& team : teams())
                scope.teams.push_back(team.team_id);
        }
        const auto planned = source_.asking.plan(scope);
        planned_ = planned.size();
        TIPOFF_CHECK(read_unread());
        std::vector<const PlannedRequest*> open;
        open.reserve(planned.size());
        for (const PlannedRequest& one : planned)
            open.push_back(&one);
        for (int round = 0; round < kRounds && !open.empty(); ++round) {
            std::vector<const PlannedRequest*> again;
            for (const PlannedRequest* one : open) {
                TIPOFF_TRY(Outcome outcome, ask(*one));
                outcome = meant(source_, std::move(outcome));
                if (is_worth_another_round(outcome.kind) && round + 1 < kRounds) {
                    again.push_back(one);
                } else if (!is_good(outcome.kind) && outcome.kind != OutcomeKind::kNotYet) {
                    failed_.push_back({.subject = subject_of(one->ask), .outcome = outcome});
                }
            }
            open = std::move(again);
        }
        say_what_is_missing(scope);
        std::ranges::stable_sort(collected_.answers, {},
                                 [](const ReadAnswer& read) { return read.answer.answered_at; });
        return std::move(collected_);
    }

private:
    [[nodiscard]] Instant now() const { return collector_.clock_.league_now(); }
    [[nodiscard]] Season season() const {
        if (request_.season) return *request_.season;
        return season_of(request_.dates.empty() ? eastern_date(now()) : request_.dates.front());
    }

    Status prepare() {
        const KeyRule& key = source_.asking.key;
        if (key.place != KeyRule::Place::kNone) {
            const auto value = collector_.keys_.find(key.variable);
            if (value == collector_.keys_.end() || value->second.empty()) {
                return fail(ErrorCode::kRefused,
                            fmt::format("{} needs a key, and there is none", source_.name),
                            fmt::format("put it into the environment as {}", key.variable));
            }
            if (value->second.size() < kShortestKey) {
                return fail(ErrorCode::kRefused,
                            fmt::format("{} is no key: it has {} characters", key.variable,
                                        value->second.size()),
                            "a secret is hidden wherever an upstream repeats it, which a word so "
                            "short would make of the whole document");
            }
            secrets_.push_back({.place = key.place == KeyRule::Place::kHeader
                                             ? Secret::Place::kHeader
                                             : Secret::Place::kQuery,
                                .name = std::string(key.name),
                                .value = value->second,
                                .prefix = std::string(key.prefix)});
        }
        policy_.spacing = source_.asking.spacing;
        collector_.fetcher_.renew_budget(std::string(source_.name));
        quota_left_ = request_.quota_left;
        TIPOFF_CHECK(remove_unfinished(collector_.home_));
        TIPOFF_TRY(known_, KnownAnswers::load(collector_.database_, collector_.home_, source_,
                                              request_.lost_runs, now()));
        return remember_who_was_asked();
    }

    /// Other processes, of whatever source, have asked the same hosts.
    Status remember_who_was_asked() {
        TIPOFF_TRY(const auto answers,
                   answers_since(collector_.home_, now() - kSpacingMatters, now()));
        for (const ArchivedAnswer& answer : answers) {
            const auto ago = now() - answer.answered_at;
            if (ago.count() >= 0) collector_.fetcher_.remember(host_of(answer.url), ago);
        }
        return {};
    }

    /// What an earlier collection was answered and could not write.
    Status read_unread() {
        for (const ArchivedAnswer& answer : known_->unread()) {
            TIPOFF_TRY(Reading reading, read_archived(collector_.home_, source_, answer));
            take(answer, std::move(reading));
        }
        return {};
    }

    /// Adds a reading, unless it is there already.
    void take(const ArchivedAnswer& answer, Reading reading) {
        if (!taken_.emplace(answer.content_hash, answer.answered_at).second) return;
        const bool is_new = known_->add_document(answer.content_hash);
        collected_.answers.push_back({answer, std::move(reading), is_new});
    }

    /// One planned request with all its pages; the worst outcome among them.
    Expected<Outcome> ask(const PlannedRequest& planned) {
        const auto without_asking = [&](RequestReport report_of_it) {
            const Outcome outcome = report_of_it.outcome;
            report(planned.url, std::move(report_of_it));
            return outcome;
        };
        if (collected_.requests.size() >= kDenialsOfAll && collected_.is_denied()) {
            return without_asking({.outcome = {OutcomeKind::kRefused,
                                               "not asked: the upstream let in no request before"},
                                   .denied = true});
        }
        if (planned.not_before && *planned.not_before > now()) {
            return without_asking(
                {.outcome = {OutcomeKind::kNotYet,
                             fmt::format("not before {}", to_eastern_string(*planned.not_before))},
                 .not_before = planned.not_before});
        }
        std::string url = planned.url;
        Outcome worst{OutcomeKind::kEmptyLegal, {}};
        for (int page = 1; page <= kMostPages; ++page) {
            PlannedRequest of_page = planned;
            of_page.url = url;
            TIPOFF_TRY(auto read, ask_page(of_page));
            const bool can_go_elsewhere = page == 1 && !planned.other_url.empty();
            if (can_go_elsewhere && !is_good(read.outcome.kind)) {
                of_page.url = planned.other_url;
                TIPOFF_TRY(read, ask_page(of_page));
            }
            worst = std::ranges::max(worst, read.outcome, {}, badness);
            // A page that lost some of its rows, or all, still says where the next one is.
            if (!read.next_cursor || source_.asking.paging == Paging::kNone) return worst;
            url = url_of_page(planned.url, source_.asking.paging, *read.next_cursor);
        }
        return without_asking({.outcome = {OutcomeKind::kMalformed, "its pages do not end"}});
    }

    Expected<Reading> ask_page(const PlannedRequest& planned) {
        std::optional<ArchivedAnswer> known;
        if (!request_.again) {
            TIPOFF_TRY(known, known_->sufficient(planned, now()));
        }
        if (known) {
            TIPOFF_TRY(Reading reading, read_archived(collector_.home_, source_, *known));
            if (is_good(reading.outcome.kind)) {
                report_reading(planned.url, reading, {.reused = true});
                see(planned, reading);
                if (source_.asking.counts_each_answer || !known_->has_document(known->content_hash))
                    take(*known, reading);
                return reading;
            }
        }
        return fetch(planned);
    }

    /// Only what comes to be at some time can be still to come; whatever else is not found has been
    /// moved or taken away.
    [[nodiscard]] FetchPolicy policy_of(const PlannedRequest& planned) const {
        FetchPolicy policy = policy_;
        if (planned.not_before) policy.not_yet_statuses.insert(kNotFound);
        if (planned.not_before && source_.asking.forbidden_is_not_yet)
            policy.not_yet_statuses.insert(kForbidden);
        return policy;
    }

    Expected<Reading> fetch(const PlannedRequest& planned) {
        TIPOFF_CHECK(may_go_on(stop_));
        if (is_kept_in_reserve(planned)) {
            const Reading refused{
                .outcome = {OutcomeKind::kRefused,
                            fmt::format("not asked: {} requests are left, and {} kept in reserve",
                                        *quota_left_, kQuotaReserve)}};
            report_reading(planned.url, refused, {});
            return refused;
        }
        FetchRequest request{.source = std::string(source_.name),
                             .url = planned.url,
                             .headers = headers_of(source_.asking.headers),
                             .secrets = secrets_,
                             .ask = planned.ask,
                             .run_id = request_.run_id,
                             .known = std::nullopt};
        // What was damaged is not asked for only if it has changed since.
        Reading known;
        if (const ArchivedAnswer* before = known_->newest(planned.url)) {
            TIPOFF_TRY(known, read_archived(collector_.home_, source_, *before));
            judge(source_.name, before->ask, before->answered_at, known_games_, known);
            if (is_good(known.outcome.kind)) request.known = *before;
        }
        TIPOFF_TRY(Fetched fetched, collector_.fetcher_.fetch(request, policy_of(planned)));
        crash_point("collect.answered");
        if (fetched.answer) note_quota(*fetched.answer);
        Reading reading{.outcome = fetched.outcome};
        if (fetched.outcome.kind == OutcomeKind::kUnchanged) {
            ArchivedAnswer stood = *request.known;
            if (fetched.answer) {
                known_->confirm(planned.url, fetched.answer->answered_at);
                stood.asked_at = fetched.answer->asked_at;
                stood.answered_at = fetched.answer->answered_at;
            }
            reading = std::move(known);
            judge(source_.name, stood.ask, stood.answered_at, known_games_, reading);
            // A list that is held back is confirmed by the same bytes again.
            if (source_.asking.counts_each_answer || known_->is_held_back(stood.content_hash))
                take(stood, reading);
            see(planned, reading);
            if (is_good(reading.outcome.kind)) reading.outcome = {OutcomeKind::kUnchanged, {}};
        } else if (fetched.outcome.kind == OutcomeKind::kFresh) {
            reading = source_.read(fetched.body, planned.ask);
            judge(source_.name, planned.ask, fetched.answer->answered_at, known_games_, reading);
            crash_point("collect.read");
            known_->add(*fetched.answer);
            see(planned, reading);
            take(*fetched.answer, reading);
        }
        if (reading.outcome.kind == OutcomeKind::kNotYet && planned.not_before &&
            now() > *planned.not_before + kOverdueAfter) {
            reading.outcome.kind = OutcomeKind::kEmptyUnexpected;
            reading.outcome.detail += ", and should be there by now";
        }
        const int status = fetched.answer ? fetched.answer->status : 0;
        const bool is_denied = reading.outcome.kind == OutcomeKind::kRefused &&
                               (status == kUnauthorized || status == kForbidden);
        report_reading(planned.url, reading,
                       {.tries = fetched.tries, .reused = false, .denied = is_denied});
        return reading;
    }

    /// Whether a request may not be made, for the few that are left are for a person.
    [[nodiscard]] bool is_kept_in_reserve(const PlannedRequest& planned) const {
        return source_.asking.is_metered && !planned.is_free && !request_.again && quota_left_ &&
               *quota_left_ <= kQuotaReserve;
    }

    /// Keeps what a good reading, or a part, says of what the source is expected to have.
    void see(const PlannedRequest& planned, const Reading& reading) {
        if (is_good(reading.outcome.kind) || reading.outcome.kind == OutcomeKind::kPartial)
            seen_.insert_or_assign(planned.url, seen_answer(source_, planned.ask, reading.records));
    }

    void note_quota(const ArchivedAnswer& answer) {
        if (!source_.asking.is_metered) return;
        const HttpAnswer headers{.headers = answer.headers};
        const auto left = headers.header("x-requests-remaining");
        if (!left) return;
        // Some answers write it with a fraction.
        const auto number = parse_integer(left->substr(0, left->find('.')));
        if (number) quota_left_ = collected_.quota_left = number;
    }

    /// `report` says how the reading was come by.
    void report_reading(const std::string& url, const Reading& reading, RequestReport report) {
        report.outcome = meant(source_, reading.outcome);
        report.records = static_cast<std::int64_t>(records_in(reading.records));
        report.notes = reading.notes;
        this->report(url, std::move(report));
    }

    /// A request that is put again has one report, the last.
    void report(const std::string& url, RequestReport report) {
        report.url = url;
        const auto before = std::ranges::find(collected_.requests, url, &RequestReport::url);
        if (before != collected_.requests.end()) {
            report.tries += before->tries;
            *before = std::move(report);
        } else {
            collected_.requests.push_back(std::move(report));
        }
        if (progress_) progress_(collected_.requests.size(), planned_, url);
    }

    void say_what_is_missing(const Scope& scope) {
        for (const auto& [subject, outcome] : failed_) {
            collected_.missing.push_back(fmt::format("{}: {}{}{}", subject, to_string(outcome.kind),
                                                     outcome.detail.empty() ? "" : ": ",
                                                     outcome.detail));
        }
        std::vector<SeenAnswer> seen;
        for (auto& [url, answer] : seen_)
            seen.push_back(std::move(answer));
        const auto more = unmet_expectations(source_, scope, seen, failed_.empty());
        collected_.missing.insert(collected_.missing.end(), more.begin(), more.end());
    }

    [[nodiscard]] std::string subject_of(const Ask& ask) const {
        if (ask.team) return find_team(*ask.team)->full_name;
        if (!ask.source_game_id.empty()) {
            const auto game =
                std::ranges::find(games_, ask.source_game_id, &AskedGame::source_game_id);
            if (game != games_.end())
                return fmt::format("{} @ {}, {}", find_team(game->away)->tricode,
                                   find_team(game->home)->tricode, to_string(game->date));
            return "game " + ask.source_game_id;
        }
        if (ask.date) return to_string(*ask.date);
        if (ask.season) return to_string(*ask.season);
        return std::string(source_.name);
    }

    /// A request that came to less than it should in every round.
    struct Failed {
        std::string subject;
        Outcome outcome;  ///< the worst of its pages
    };

    Collector& collector_;
    const Source& source_;
    const CollectRequest& request_;
    const CollectProgress& progress_;
    const StopAsking& stop_;
    KnownGames known_games_;
    std::vector<AskedGame> games_;
    std::vector<Secret> secrets_;
    FetchPolicy policy_;
    std::optional<KnownAnswers> known_;       ///< there from `prepare` on
    std::map<std::string, SeenAnswer> seen_;  ///< by URL, of each page
    std::set<std::pair<std::string, Instant>> taken_;
    std::vector<Failed> failed_;
    std::size_t planned_ = 0;
    std::optional<std::int64_t> quota_left_;
    Collected collected_;
};

Collector::Collector(store::Database& database, Fetcher& fetcher, const Clock& clock,
                     std::filesystem::path home, Keys keys)
    : database_(database),
      fetcher_(fetcher),
      clock_(clock),
      home_(std::move(home)),
      keys_(std::move(keys)) {}

Expected<Collected> Collector::collect(const Source& source, const CollectRequest& request,
                                       const CollectProgress& progress, const StopAsking& stop) {
    return Work(*this, source, request, progress, stop).run();
}

}  // namespace tipoff::collect
