#include "operate/collecting.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/crash_point.h"
#include "ledger/input_changes.h"
#include "ledger/run_state.h"

namespace tipoff::operate {
namespace {

using collect::Collected;
using collect::Outcome;
using collect::OutcomeKind;
using collect::Source;

bool got_nothing(OutcomeKind kind) {
    return kind == OutcomeKind::kUnreachable || kind == OutcomeKind::kRefused ||
           kind == OutcomeKind::kMalformed;
}

/// Whether anything of the answers can be used.
bool has_any(const Collected& collected) {
    return std::ranges::any_of(collected.requests, [](const collect::RequestReport& request) {
        return !got_nothing(request.outcome.kind);
    });
}

/// Tables of facts in which a row is other than before.
std::vector<std::string> changed_tables(const std::vector<collect::SettledTable>& tables) {
    std::vector<std::string> changed;
    for (const collect::SettledTable& table : tables) {
        if (table.changed > 0 && table.table != "raw.document") changed.push_back(table.table);
    }
    return changed;
}

/// What should be there any minute is looked for again after so long.
constexpr std::chrono::minutes kLookAgain{10};

/// The first instant at which something that is not there yet may be.
Instant awaited(const CollectReport& report, Instant now) {
    std::optional<Instant> first;
    for (const collect::RequestReport& request : report.requests) {
        if (request.not_before && *request.not_before > now)
            first = std::min(first.value_or(*request.not_before), *request.not_before);
    }
    return first.value_or(now + kLookAgain);
}

ledger::RunOutcome end_of(const CollectReport& report, bool is_usable, Instant now) {
    ledger::RunOutcome end{.state = ledger::RunState::kSucceeded,
                           .rows = report.records,
                           .merges = report.merges,
                           .reason = {},
                           .detail = report.outcome.detail};
    const OutcomeKind kind = report.outcome.kind;
    if (!is_usable && !report.requests.empty()) {
        end.state = ledger::RunState::kFailed;
        end.reason = std::string(to_string(kind));
        // Whoever is barred stays so until a person sees to it.
        end.may_pass = !report.denied;
        if (report.denied)
            end.detail = fmt::format(
                "{} denies access ({}): its key is wrong or has expired, or this address is "
                "barred; not tried again",
                report.source, report.outcome.detail);
    } else if (!report.is_complete()) {
        end.state = ledger::RunState::kDegraded;
        end.reason = "INCOMPLETE";
        end.detail = report.missing.empty() ? report.outcome.detail
                                            : fmt::format("{}", fmt::join(report.missing, "; "));
    } else if (kind == OutcomeKind::kNotYet) {
        end.state = ledger::RunState::kEmptyOk;
        end.reason = "NOT_YET";
        end.not_before = awaited(report, now);
    } else if (kind == OutcomeKind::kEmptyLegal) {
        end.state = ledger::RunState::kEmptyOk;
    }
    return end;
}

}  // namespace

std::string collect_scope(const Source& source, const collect::CollectRequest& request) {
    std::string scope(source.name);
    if (request.season) scope += " " + to_string(*request.season);
    if (!request.dates.empty()) {
        scope += " " + to_string(request.dates.front());
        if (request.dates.size() > 1) scope += ".." + to_string(request.dates.back());
    }
    if (!request.teams.empty()) scope += fmt::format(" {} teams", request.teams.size());
    return scope;
}

bool CollectReport::is_complete() const {
    const OutcomeKind kind = outcome.kind;
    return kind == OutcomeKind::kFresh || kind == OutcomeKind::kUnchanged ||
           kind == OutcomeKind::kEmptyLegal || kind == OutcomeKind::kNotYet;
}

Collecting::Collecting(store::Database& database, ledger::Ledger& ledger, collect::Fetcher* fetcher,
                       const Clock& clock, std::filesystem::path home, collect::Keys keys,
                       std::mutex* writing)
    : database_(database),
      ledger_(ledger),
      fetcher_(fetcher),
      clock_(clock),
      home_(std::move(home)),
      keys_(std::move(keys)),
      writing_(writing) {}

bool Collecting::is_on(const Source& source) const {
    const std::string variable(source.asking.key.variable);
    return variable.empty() || keys_.contains(variable);
}

Expected<std::optional<ledger::SourceBreakerRow>> Collecting::open_breaker(const Source& source) {
    TIPOFF_TRY(auto breakers, store::read_rows(database_, ledger::kSourceBreaker,
                                               "WHERE source = $1 AND open_until > $2",
                                               {std::string(source.name), clock_.league_now()}));
    if (breakers.empty()) return std::optional<ledger::SourceBreakerRow>{};
    return std::optional(std::move(breakers.front()));
}

Status Collecting::may_ask(const Source& source) {
    TIPOFF_TRY(const auto breaker, open_breaker(source));
    if (breaker && breaker->open_until) {
        return fail(ErrorCode::kRefused,
                    fmt::format("{} is left alone until {}: {}", source.name,
                                to_eastern_string(*breaker->open_until), breaker->reason),
                    "--again asks it all the same");
    }
    if (source.asking.has_free_requests) return {};
    TIPOFF_TRY(const auto left, quota_left(source));
    if (left && *left <= kQuotaReserve) {
        return fail(ErrorCode::kRefused,
                    fmt::format("{} has {} requests left, and {} are kept in reserve", source.name,
                                *left, kQuotaReserve),
                    "--again asks it all the same; the upstream renews its quota every month, and "
                    "its list of events, which costs nothing, tells");
    }
    return {};
}

Expected<collect::Names> Collecting::lost_runs(const Source& source) {
    TIPOFF_TRY(const auto rows,
               database_.read(fmt::format("SELECT run_id FROM ops.run WHERE step = 'collect' AND "
                                          "(scope = $1 OR scope LIKE $1 || ' %') AND state NOT IN "
                                          "{} AND started_at IS NOT NULL",
                                          ledger::kSuccessStates),
                              {std::string(source.name)}));
    collect::Names runs;
    for (std::size_t row = 0; row < rows.rows(); ++row)
        runs.emplace(rows.data[0].text(row));
    return runs;
}

Expected<std::optional<std::int64_t>> Collecting::quota_left(const Source& source) {
    if (!source.asking.is_metered) return std::optional<std::int64_t>{};
    TIPOFF_TRY(const auto quotas,
               store::read_rows(database_, ledger::kSourceQuota, "WHERE source = $1",
                                {std::string(collect::family_of(source.name))}));
    if (quotas.empty()) return std::optional<std::int64_t>{};
    return std::optional(quotas.front().requests_left);
}

Status Collecting::note_breaker(store::Transaction& transaction, const Source& source,
                                const Outcome& outcome) {
    const std::string name(source.name);
    if (!got_nothing(outcome.kind)) {
        TIPOFF_CHECK(
            transaction.execute("DELETE FROM ops.source_breaker WHERE source = $1", {name}));
        return {};
    }
    TIPOFF_TRY(
        const auto before,
        transaction.read("SELECT failures FROM ops.source_breaker WHERE source = $1", {name}));
    const std::int64_t failures = (before.rows() == 0 ? 0 : before.data[0].integer(0)) + 1;
    store::Value open_until = nullptr;
    if (failures >= kFailuresBeforeOpen) {
        constexpr std::int64_t kMostDoublings = 5;
        const auto pause =
            kBreakerFirst * (1 << std::min(failures - kFailuresBeforeOpen, kMostDoublings));
        open_until = clock_.league_now() + std::min(pause, kBreakerLongest);
    }
    if (before.rows() == 0) {
        TIPOFF_CHECK(transaction.execute(
            "INSERT INTO ops.source_breaker (source, failures, open_until, reason, changed_at) "
            "VALUES ($1, $2, $3, $4, $5)",
            {name, failures, open_until, outcome.detail, clock_.league_now()}));
        return {};
    }
    TIPOFF_CHECK(transaction.execute(
        "UPDATE ops.source_breaker SET failures = $2, open_until = $3, reason = $4, "
        "changed_at = $5 WHERE source = $1",
        {name, failures, open_until, outcome.detail, clock_.league_now()}));
    return {};
}

Expected<CollectReport> Collecting::write(const Source& source, const ledger::RunHandle& run,
                                          const std::vector<GameDate>& dates,
                                          ledger::Heartbeat& heartbeat, Collected collected) {
    const auto alone = turn_to_write();
    CollectReport report{.source = std::string(source.name)};
    report.outcome = collected.outcome();
    report.denied = collected.is_denied();
    const bool is_usable = has_any(collected);
    const auto quota_left = collected.quota_left;
    report.requests = std::move(collected.requests);
    report.missing = std::move(collected.missing);
    for (const collect::RequestReport& request : report.requests) {
        report.asked += request.tries > 0 ? 1 : 0;
        report.reused += request.reused ? 1 : 0;
    }
    TIPOFF_TRY(const collect::Settled settled,
               collect::settle_answers(database_, home_, source, std::move(collected.answers)));
    report.records = settled.records;
    report.waiting_for_games = settled.waiting_for_games;
    report.waiting_for_names = settled.waiting_for_names;
    report.taken_up = settled.taken_up;
    report.missing.insert(report.missing.end(), settled.held.begin(), settled.held.end());
    if (!settled.held.empty() && report.is_complete())
        report.outcome = {OutcomeKind::kPartial, settled.held.front()};

    crash_point("collect.settled");
    TIPOFF_CHECK(heartbeat.stop_and_prepare_to_write());
    TIPOFF_TRY(const auto transaction, database_.begin());
    TIPOFF_TRY(report.tables, collect::write_settled(settled, *transaction));
    report.merges = transaction->merges();
    TIPOFF_CHECK(ledger::note_input_changes(*transaction, run, changed_tables(report.tables), dates,
                                            clock_));
    TIPOFF_CHECK(note_breaker(*transaction, source, report.outcome));
    if (quota_left) {
        const std::string family(collect::family_of(source.name));
        TIPOFF_CHECK(
            transaction->execute("DELETE FROM ops.source_quota WHERE source = $1", {family}));
        TIPOFF_CHECK(
            transaction->execute("INSERT INTO ops.source_quota (source, requests_left, "
                                 "observed_at) VALUES ($1, $2, $3)",
                                 {family, *quota_left, clock_.league_now()}));
    }
    TIPOFF_TRY(report.state,
               ledger_.finish(*transaction, run, end_of(report, is_usable, clock_.league_now())));
    crash_point("collect.before_commit");
    TIPOFF_CHECK(transaction->commit());
    crash_point("collect.committed");
    return report;
}

Expected<CollectReport> Collecting::run(
    const Source& source, const std::string& scope, const std::vector<GameDate>& dates,
    const std::function<Expected<Collected>(const ledger::RunHandle& run,
                                            const collect::StopAsking& stop)>& gather) {
    TIPOFF_TRY(const auto run,
               ledger_.start({.step = "collect",
                              .scope = scope,
                              .dates = dates.empty() ? std::nullopt
                                                     : std::optional(store::DateScope{
                                                           dates.front(), dates.back()}),
                              .input_hash = ""}));
    crash_point("collect.started");
    ledger::Heartbeat heartbeat(ledger_, run, clock_);
    auto report = [&]() -> Expected<CollectReport> {
        TIPOFF_TRY(Collected collected, gather(run, [&heartbeat] { return heartbeat.is_lost(); }));
        crash_point("collect.gathered");
        return write(source, run, dates, heartbeat, std::move(collected));
    }();
    if (!report) ledger_.finish_failed(run, report.error());
    return report;
}

Expected<CollectReport> Collecting::collect(const Source& source,
                                            const collect::CollectRequest& request,
                                            const collect::CollectProgress& progress) {
    require(fetcher_ != nullptr, "asking an upstream without a way to it");
    if (!request.again) TIPOFF_CHECK(may_ask(source));
    TIPOFF_TRY(const auto left, quota_left(source));
    TIPOFF_TRY(const auto lost, lost_runs(source));
    return run(source, collect_scope(source, request), request.dates,
               [&](const ledger::RunHandle& run_of_it, const collect::StopAsking& stop) {
                   collect::CollectRequest asked = request;
                   asked.run_id = run_of_it.run_id;
                   asked.quota_left = left;
                   asked.lost_runs = lost;
                   return collect::Collector(database_, *fetcher_, clock_, home_, keys_)
                       .collect(source, asked, progress, stop);
               });
}

Expected<CollectReport> Collecting::collect_from_archive(const Source& source,
                                                         const std::vector<GameDate>& dates,
                                                         const collect::CollectProgress& progress) {
    return run(source, collect_scope(source, {.dates = dates}) + " from the archive", dates,
               [&](const ledger::RunHandle&, const collect::StopAsking& stop) {
                   return collect::collect_from_archive(database_, home_, source, dates, progress,
                                                        stop);
               });
}

Expected<std::vector<CollectReport>> Collecting::take_up_waiting() {
    std::vector<CollectReport> reports;
    for (const Source& source : collect::sources()) {
        TIPOFF_TRY(const bool hope, collect::may_take_up(database_, source.name));
        if (!hope) continue;
        TIPOFF_TRY(auto report, run(source, std::string(source.name) + " what waited", {},
                                    [](const ledger::RunHandle&, const collect::StopAsking&)
                                        -> Expected<Collected> { return Collected{}; }));
        if (report.taken_up > 0) reports.push_back(std::move(report));
    }
    return reports;
}

std::vector<const Source*> in_collecting_order(std::vector<const Source*> sources) {
    static constexpr std::array<std::string_view, 21> kOrder{
        "nbac_schedule",        "nbac_player_list",     "bettingpros_events",
        "oddsapi_events",       "espn_scoreboard",      "bdl_games",
        "nbac_player_boxscore", "nbac_team_boxscore",   "nbac_play_by_play",
        "nbac_gamebook",        "espn_boxscore",        "bdl_box_scores",
        "bdl_active_players",   "br_rosters",           "espn_rosters",
        "bdl_standings",        "nbac_injury_report",   "bdl_injuries",
        "oddsapi_game_lines",   "oddsapi_player_props", "bettingpros_player_props"};
    const auto place = [](const Source* source) { return std::ranges::find(kOrder, source->name); };
    std::ranges::stable_sort(sources, {}, place);
    const auto repeated = std::ranges::unique(sources);
    sources.erase(repeated.begin(), repeated.end());
    return sources;
}

}  // namespace tipoff::operate
