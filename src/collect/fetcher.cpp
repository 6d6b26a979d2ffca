#include "collect/fetcher.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/parse.h"

namespace tipoff::collect {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int kTooManyRequests = 429;

bool may_pass(int status) { return status == kTooManyRequests || status == 408 || status >= 500; }

/// The request with its secrets, as it goes out.
HttpRequest to_send(const FetchRequest& request) {
    HttpRequest sent{.url = request.url, .headers = request.headers};
    for (const Secret& secret : request.secrets) {
        if (secret.place == Secret::Place::kHeader) {
            sent.headers.push_back({secret.name, secret.prefix + secret.value});
            continue;
        }
        sent.url += sent.url.find('?') == std::string::npos ? '?' : '&';
        sent.url += secret.name + "=" + url_escaped(secret.prefix + secret.value);
    }
    if (!request.known) return sent;
    const HttpAnswer known{.headers = request.known->headers};
    if (const auto tag = known.header("ETag"))
        sent.headers.push_back({"If-None-Match", std::string(*tag)});
    else if (const auto changed = known.header("Last-Modified"))
        sent.headers.push_back({"If-Modified-Since", std::string(*changed)});
    return sent;
}

/// A secret that an upstream repeats (in an error, a redirect) is no secret in the archive either.
void hide(const std::vector<Secret>& secrets, std::string& text) {
    const auto hide_value = [&text](const std::string& value) {
        if (value.empty()) return;
        for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at))
            text.replace(at, value.size(), "***");
    };
    for (const Secret& secret : secrets) {
        hide_value(secret.value);
        hide_value(url_escaped(secret.value));
    }
}

/// Seconds, or an HTTP date.
milliseconds retry_after(const HttpAnswer& answer) {
    const auto text = answer.header("Retry-After");
    if (!text) return {};
    if (const auto seconds = parse_integer(*text); seconds && *seconds >= 0) {
        constexpr std::int64_t kMostSeconds = 100'000'000;
        return std::chrono::seconds{std::min(*seconds, kMostSeconds)};
    }
    const auto at = parse_http_date(*text);
    if (!at || *at <= answer.answered_at) return {};
    return std::chrono::ceil<milliseconds>(*at - answer.answered_at);
}

Outcome outcome_of(const HttpAnswer& answer, const FetchPolicy& policy) {
    if (answer.status == kNotModified) return {OutcomeKind::kUnchanged, {}};
    if (answer.status == kNoContent)
        return {OutcomeKind::kEmptyLegal, "the upstream has nothing to say (204)"};
    if (answer.status >= 200 && answer.status < 300) return {OutcomeKind::kFresh, {}};
    const std::string detail = fmt::format("the upstream answered {}", answer.status);
    if (policy.not_yet_statuses.contains(answer.status)) return {OutcomeKind::kNotYet, detail};
    if (may_pass(answer.status)) return {OutcomeKind::kUnreachable, detail};
    return {OutcomeKind::kRefused, detail};
}

}  // namespace

Fetcher::Fetcher(Transport& transport, const Clock& clock, Waiter& waiter,
                 std::filesystem::path home, std::uint64_t seed)
    : transport_(transport), clock_(clock), waiter_(waiter), home_(std::move(home)), seed_(seed) {}

void Fetcher::wait_for_turn(const std::string& host, milliseconds spacing) {
    const auto last = last_ended_.find(host);
    if (last == last_ended_.end()) return;
    const microseconds left = last->second + spacing - clock_.elapsed();
    if (left > microseconds{0}) waiter_.wait(std::chrono::ceil<milliseconds>(left));
}

void Fetcher::remember(std::string_view host, microseconds ago) {
    const microseconds ended = clock_.elapsed() - ago;
    const auto [place, added] = last_ended_.try_emplace(std::string(host), ended);
    if (!added) place->second = std::max(place->second, ended);
}

Expected<Fetched> Fetcher::fetch(const FetchRequest& request, const FetchPolicy& policy) {
    const std::string host(host_of(request.url));
    const HttpRequest sent = to_send(request);
    RetryDelays delays(policy.retry, seed_ + ++requests_);
    int& retries = retries_[request.source];
    Fetched fetched;
    for (;;) {
        wait_for_turn(host, policy.spacing);
        auto answer = transport_.get(sent);
        last_ended_[host] = clock_.elapsed();
        fetched.tries = delays.tries();
        milliseconds at_least{};
        if (answer) {
            hide(request.secrets, answer->body);
            for (HttpHeader& header : answer->headers)
                hide(request.secrets, header.value);
            TIPOFF_TRY(fetched.answer, archive_answer(home_, request.source, request.url,
                                                      request.ask, *answer, request.run_id));
            fetched.outcome = outcome_of(*answer, policy);
            if (fetched.outcome.kind != OutcomeKind::kUnreachable) {
                if (fetched.outcome.kind == OutcomeKind::kFresh) {
                    const bool is_known = request.known && request.known->content_hash ==
                                                               fetched.answer->content_hash;
                    if (is_known) fetched.outcome = {OutcomeKind::kUnchanged, {}};
                    fetched.body = std::move(answer->body);
                }
                return fetched;
            }
            at_least = retry_after(*answer);
            if (at_least > policy.longest_wait) {
                fetched.outcome.detail +=
                    fmt::format(", not to be asked again for {} minutes",
                                std::chrono::ceil<std::chrono::minutes>(at_least).count());
                return fetched;
            }
        } else {
            fetched.outcome = {
                OutcomeKind::kUnreachable,
                fmt::format("{}: {}", to_string(answer.error().failure), answer.error().detail)};
            hide(request.secrets, fetched.outcome.detail);
            const TransportFailure failure = answer.error().failure;
            if (failure == TransportFailure::kUntrusted || failure == TransportFailure::kUnusable ||
                failure == TransportFailure::kTooLarge) {
                fetched.outcome.kind = OutcomeKind::kRefused;
                return fetched;
            }
        }
        if (retries >= policy.retry_budget) {
            fetched.outcome.detail += fmt::format("; the {} retries of {} are used up",
                                                  policy.retry_budget, request.source);
            return fetched;
        }
        const auto delay = delays.next(at_least);
        if (!delay) {
            fetched.outcome.detail += fmt::format("; {} tries", delays.tries());
            return fetched;
        }
        ++retries;
        waiter_.wait(*delay);
    }
}

}  // namespace tipoff::collect
