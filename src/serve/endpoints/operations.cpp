/// `/v1/coverage`, `/v1/status`, `/v1/runs` and `/v1/alerts`: whether all goes well.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "ledger/run_state.h"
#include "serve/documents/alerts.h"
#include "serve/documents/coverage.h"
#include "serve/documents/runs.h"
#include "serve/documents/status.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

constexpr std::int64_t kUsualRuns = 100;
constexpr std::size_t kMostDocuments = 200;
constexpr std::int64_t kLongestLookHours = 8'784;  ///< a year

/// Adds a condition with its value.
void demand(PagedQuery& query, std::string_view condition, store::Value value) {
    query.values.push_back(std::move(value));
    query.select += fmt::format(" AND {} ${}", condition, query.values.size());
}

Expected<Response> coverage(const Backend& backend, const Arguments& arguments) {
    TIPOFF_TRY(const store::DateScope dates, dates_of(arguments));
    TIPOFF_CHECK(check_span(dates));
    TIPOFF_TRY(const operate::CoverageReport report,
               operate::coverage(backend.database, {.dates = dates,
                                                    .market = arguments.text("market"),
                                                    .system_id = arguments.optional_text("system"),
                                                    .now = backend.clock.league_now()}));
    return json_response(coverage_json(
        report, {.voids = arguments.boolean("detailed"), .trend = arguments.boolean("trend")}));
}

Expected<Response> status(const Backend& backend, const Arguments& arguments) {
    TIPOFF_TRY(
        const operate::StatusReport report,
        operate::status(backend.database, arguments.date("date"), backend.clock.league_now()));
    return json_response(status_json(report));
}

Expected<Response> runs(store::Database& database, const Arguments& arguments) {
    PagedQuery query{
        .select = select_all(ledger::kRun), .values = {}, .key = {"run_id"}, .descending = true};
    if (const auto state = arguments.optional_text("state")) demand(query, "state =", *state);
    if (const auto step = arguments.optional_text("step")) demand(query, "step =", *step);
    if (const auto since = arguments.optional_instant("since"))
        demand(query, "coalesce(finished_at, planned_at) >=", *since);
    TIPOFF_TRY(const Page page, read_page(database, query, arguments));
    return json_response(page_json(run_fields(ledger::kRun.to_rows(page.rows)), page.next, "runs"));
}

Expected<Response> one_run(const Backend& backend, const std::string& run_id) {
    TIPOFF_TRY(const auto found,
               store::read_rows(backend.database, ledger::kRun, "WHERE run_id = $1", {run_id}));
    if (found.empty())
        return fail(ErrorCode::kNotFound, fmt::format("there is no run '{}'", run_id));
    TIPOFF_TRY(const auto documents, operate::run_documents(backend.database, backend.folder,
                                                            found.front(), kMostDocuments));
    return json_response({{"run", json_rows(run_fields(found)).front()},
                          {"documents", json_rows(document_fields(documents))}});
}

Expected<Response> summary(const Backend& backend, const Arguments& arguments) {
    const Instant since = backend.clock.wall_now() - std::chrono::hours{arguments.integer("hours")};
    TIPOFF_TRY(const operate::RunSummary made, operate::summarize_runs(backend.database, since));
    return json_response(summary_json(made));
}

Expected<Response> alerts(store::Database& database, const Arguments& arguments) {
    PagedQuery query{.select = select_all(operate::kAlert),
                     .values = {},
                     .key = {"last_raised_at", "signature", "episode"},
                     .descending = true};
    if (const auto state = arguments.optional_text("state")) demand(query, "state =", *state);
    TIPOFF_TRY(const Page page, read_page(database, query, arguments));
    return json_response(
        page_json(alert_listing(operate::kAlert.to_rows(page.rows)), page.next, "alerts"));
}

std::vector<std::string> state_words() {
    std::vector<std::string> words;
    words.reserve(ledger::kRunStates.size());
    for (const ledger::RunState state : ledger::kRunStates)
        words.emplace_back(to_string(state));
    return words;
}

Parameter flag_parameter(std::string name, std::string doc) {
    return {.name = std::move(name),
            .type = ParameterType::kBoolean,
            .doc = std::move(doc),
            .usual = "false"};
}

std::vector<Route> date_routes(const Backend& backend) {
    return {
        {.method = "GET",
         .path = "/v1/coverage",
         .name = "get_coverage",
         .scope = Scope::kRead,
         .summary = "Expected, predicted, and each gap with its reason",
         .parameters = {date_parameter(), from_parameter(), to_parameter(), market_parameter(),
                        system_parameter("Predicted by this system; by any otherwise."),
                        flag_parameter("detailed", "Every voided bet as well."),
                        flag_parameter("trend", "The sums of each date as well.")},
         .responses = {json_doc("What `tipoff coverage --format json` prints.")},
         .keeping = Keeping::kDataVersionMinute,
         .handler =
             [backend](const Request& request) { return coverage(backend, request.arguments); }},
        {.method = "GET",
         .path = "/v1/status",
         .name = "get_status",
         .scope = Scope::kRead,
         .summary = "What each step left behind for a date, and four lights for each table",
         .parameters = {date_parameter()},
         .responses = {json_doc("What `tipoff status --format json` prints.")},
         .keeping = Keeping::kDataVersionMinute,
         .handler = [backend](const Request& request) {
             return status(backend, request.arguments);
         }}};
}

std::vector<Route> run_routes(const Backend& backend) {
    return {
        {.method = "GET",
         .path = "/v1/runs",
         .name = "list_runs",
         .scope = Scope::kRead,
         .summary = "The history of runs, the newest first",
         .parameters = with_pages(
             {{.name = "state",
               .type = ParameterType::kChoice,
               .doc = "Only runs in this state.",
               .choices = state_words()},
              {.name = "step", .doc = "Only runs of this step: import, conform, features, ..."},
              {.name = "since",
               .type = ParameterType::kInstant,
               .doc = "Only those that ended, or were planned, at this instant or later."}},
             kUsualRuns),
         .responses = {json_doc("`runs` and `next_cursor`.")},
         .handler = [&database = backend.database](
                        const Request& request) { return runs(database, request.arguments); }},
        {.method = "GET",
         .path = "/v1/runs/summary",
         .name = "get_run_summary",
         .scope = Scope::kRead,
         .summary = "Runs by step and state, how long they took, the last success of each",
         .parameters = {{.name = "hours",
                         .type = ParameterType::kInteger,
                         .doc = "How far to look back.",
                         .usual = "24",
                         .least = 1,
                         .most = kLongestLookHours}},
         .responses = {json_doc("What `tipoff runs summary --format json` prints.")},
         .handler =
             [backend](const Request& request) { return summary(backend, request.arguments); }},
        {.method = "GET",
         .path = "/v1/runs/{run_id}",
         .name = "get_run",
         .scope = Scope::kRead,
         .summary = "Everything that is on record of one run",
         .parameters = {{.name = "run_id", .doc = "The run.", .place = Parameter::Place::kPath}},
         .responses = {json_doc("`run`, and the `documents` that upstreams answered to it, "
                                "the newest first, 200 at most."),
                       not_found_doc("There is no such run.")},
         .handler = [backend](const Request& request) {
             return one_run(backend, request.arguments.text("run_id"));
         }}};
}

std::vector<Route> alert_routes(const Backend& backend) {
    return {{.method = "GET",
             .path = "/v1/alerts",
             .name = "list_alerts",
             .scope = Scope::kRead,
             .summary = "What was wrong and what is, the newest first",
             .parameters = with_pages(
                 {{.name = "state",
                   .type = ParameterType::kChoice,
                   .doc = "Only alerts in this state.",
                   .choices = {std::string(operate::kOpen), std::string(operate::kResolved)}}},
                 kUsualRuns),
             .responses = {json_doc("`alerts` and `next_cursor`.")},
             .keeping = Keeping::kDataVersion,
             .handler = [&database = backend.database](const Request& request) {
                 return alerts(database, request.arguments);
             }}};
}

}  // namespace

std::vector<Route> operation_routes(const Backend& backend) {
    std::vector<Route> routes = date_routes(backend);
    for (auto& more : {run_routes(backend), alert_routes(backend)})
        routes.insert(routes.end(), more.begin(), more.end());
    return routes;
}

}  // namespace tipoff::serve
