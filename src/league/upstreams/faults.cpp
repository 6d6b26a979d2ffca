#include "league/upstreams/faults.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "base/hash.h"
#include "league/upstreams/damage.h"

namespace tipoff::league {
namespace {

constexpr std::chrono::minutes kQuarter{15};
constexpr int kMostTries = 3;
/// More strikes than these are not told of.
constexpr std::size_t kMostTold = 1'000'000;

constexpr std::array<std::string_view, kFaultKinds + 1> kNames{"no answer",
                                                               "reset",
                                                               "cut short",
                                                               "Content-Length too large",
                                                               "Content-Length too small",
                                                               "403",
                                                               "429",
                                                               "429 with Retry-After",
                                                               "500",
                                                               "502",
                                                               "503",
                                                               "HTML",
                                                               "empty list",
                                                               "the day before",
                                                               "duplicated rows",
                                                               "reordered rows",
                                                               "renamed field",
                                                               "team short",
                                                               "wrong date",
                                                               "stamped in play",
                                                               "hang"};

bool is_key(std::string_view name) { return name == "apiKey"; }

/// Host, path and query, without a key.
std::string address_of(const UpstreamRequest& request) {
    std::string address = request.host + request.path;
    char separator = '?';
    for (const auto& [name, value] : request.query) {
        if (is_key(name)) continue;
        address += fmt::format("{}{}={}", separator, name, value);
        separator = '&';
    }
    return address;
}

bool has_json(const UpstreamRequest& request) {
    return !request.path.ends_with(".pdf") && !request.path.ends_with(".html") &&
           request.path != "/nba/boxscore";
}

/// The chances of a request in a quarter of an hour, in whatever order it comes.
Random chances(std::uint64_t seed, const std::string& address, Instant now) {
    return {seed, Stream::kFault, fingerprint_of(address).low,
            static_cast<std::uint64_t>(now.time_since_epoch() / kQuarter)};
}

/// The question of a day ago: dates in it are a day earlier, and where it has none it is now.
UpstreamRequest a_day_earlier(const UpstreamRequest& request, bool& has_dates) {
    UpstreamRequest earlier = request;
    for (auto& [name, value] : earlier.query) {
        if (const auto date = parse_date(value)) {
            value = to_string(date->plus_days(-1));
        } else if (const auto digits = parse_compact(value)) {
            value = compact(digits->plus_days(-1));
        } else if (const auto slashes = parse_slashed(value)) {
            value = slashed(slashes->plus_days(-1));
        } else if (const auto instant = parse_instant(value)) {
            value = second_text(*instant - std::chrono::days{1});
        } else {
            continue;
        }
        has_dates = true;
    }
    return earlier;
}

UpstreamAnswer of_status(FaultKind kind) {
    UpstreamAnswer answer =
        html_answer("<html><head><title>Error</title></head><body>Error</body></html>");
    switch (kind) {
        case FaultKind::kForbidden: answer.status = 403; break;
        case FaultKind::kServerError: answer.status = 500; break;
        case FaultKind::kBadGateway: answer.status = 502; break;
        case FaultKind::kUnavailable: answer.status = 503; break;
        case FaultKind::kTooManyWithRetryAfter:
            answer.headers.push_back({"Retry-After", "2"});
            answer.status = 429;
            break;
        case FaultKind::kTooMany: answer.status = 429; break;
        default: break;  // HTML with status 200
    }
    return answer;
}

}  // namespace

std::string_view to_string(FaultKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

bool can_strike(FaultKind kind, const UpstreamRequest& request) {
    if (kind == FaultKind::kStampedInPlay) return request.path.ends_with("/odds");
    const bool is_of_rows =
        kind > FaultKind::kHtml && kind < FaultKind::kHang && kind != FaultKind::kDayBefore;
    return !is_of_rows || has_json(request);
}

FaultPlan::FaultPlan(FaultOptions options) : options_(std::move(options)) {
    if (!options_.kinds.empty()) return;
    for (std::size_t kind = 0; kind < kFaultKinds; ++kind)
        options_.kinds.push_back(static_cast<FaultKind>(kind));
}

std::optional<FaultKind> FaultPlan::strike(const UpstreamRequest& request, Instant now) {
    const std::string address = address_of(request);
    Random random = chances(options_.seed, address, now);
    const bool is_struck = random.chance(options_.share);
    const int tries = random.between(1, kMostTries);
    std::vector<FaultKind> possible;
    std::ranges::copy_if(options_.kinds, std::back_inserter(possible),
                         [&](FaultKind kind) { return can_strike(kind, request); });
    const bool is_never = std::ranges::any_of(
        options_.never, [&](const std::string& part) { return address.contains(part); });
    if (possible.empty() || (!is_struck && !is_never)) return std::nullopt;
    const FaultKind kind =
        possible[static_cast<std::size_t>(random.below(static_cast<int>(possible.size())))];

    const std::scoped_lock lock(mutex_);
    Tries& tried = tries_[address];
    const std::int64_t quarter = now.time_since_epoch() / kQuarter;
    if (tried.quarter != quarter) tried = {.quarter = quarter};
    if (++tried.count > tries && !is_never) return std::nullopt;
    if (struck_.size() == kMostTold) return kind;
    struck_.push_back({.when = now,
                       .host = request.host,
                       .path = address.substr(request.host.size()),
                       .kind = kind});
    return kind;
}

std::vector<Struck> FaultPlan::struck() const {
    const std::scoped_lock lock(mutex_);
    return struck_;
}

UpstreamAnswer with_fault(FaultKind kind, const SimulatedUpstreams& upstreams,
                          const UpstreamRequest& request, Instant now) {
    if (kind >= FaultKind::kForbidden && kind <= FaultKind::kHtml) return of_status(kind);
    if (kind == FaultKind::kDayBefore) {
        bool has_dates = false;
        const UpstreamRequest earlier = a_day_earlier(request, has_dates);
        return upstreams.answer(earlier, has_dates ? now : now - std::chrono::days{1});
    }
    UpstreamAnswer answer = upstreams.answer(request, now);
    if (kind < FaultKind::kHtml || kind == FaultKind::kHang || answer.status != 200) return answer;
    Json document = Json::parse(answer.body);
    // By the seed of the season, so that a plan's own seed says when and not how.
    Random random = chances(upstreams.almanac().seed(), address_of(request), now);
    damage(document, kind, random);
    answer.body = document.dump();
    // A copy that is not the file has no name of its own.
    std::erase_if(answer.headers,
                  [](const HttpHeader& header) { return header.is_called("ETag"); });
    return answer;
}

}  // namespace tipoff::league
