/// `/metrics`.

#include <map>

#include "base/version_info.h"
#include "ledger/run_state.h"
#include "operate/channel_health.h"
#include "serve/endpoints/endpoints.h"
#include "serve/endpoints/last_success.h"

namespace tipoff::serve {
namespace {

constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

std::string word(const store::Columns& columns, std::size_t column, std::size_t row) {
    return std::string(columns.data[column].text(row));
}

/// What the database holds, as it is now.
Status look_at(const Backend& backend) {
    Metrics& metrics = backend.metrics;
    TIPOFF_TRY(const auto runs,
               backend.database.read("SELECT state, count(*) FROM ops.run GROUP BY state", {}));
    std::map<std::string, std::int64_t> counts;
    for (const ledger::RunState state : ledger::kRunStates)
        counts.emplace(to_string(state), 0);
    for (std::size_t i = 0; i < runs.rows(); ++i)
        counts[word(runs, 0, i)] = runs.data[1].integer(i);
    for (const auto& [state, count] : counts)
        metrics.set("tipoff_runs", "Runs of the ledger by their state.", {{"state", state}},
                    static_cast<double>(count));
    TIPOFF_TRY(const auto steps, last_successes(backend.database));
    for (const auto& [step, at] : steps)
        metrics.set("tipoff_step_last_success_timestamp_seconds",
                    "When each step last came to its end.", {{"step", step}},
                    std::chrono::duration<double>(at.time_since_epoch()).count());
    TIPOFF_TRY(const auto alerts,
               backend.database.read(
                   "SELECT severities.severity, count(signature) FROM (VALUES ('info'), "
                   "('warning'), ('error'), ('critical')) AS severities (severity) LEFT JOIN "
                   "ops.alert a ON a.severity = severities.severity AND a.state = 'open' "
                   "GROUP BY severities.severity",
                   {}));
    for (std::size_t i = 0; i < alerts.rows(); ++i)
        metrics.set("tipoff_alerts_open", "Alerts that are not resolved.",
                    {{"severity", word(alerts, 0, i)}},
                    static_cast<double>(alerts.data[1].integer(i)));
    TIPOFF_TRY(const auto channels, operate::channel_health(backend.database, backend.channels,
                                                            backend.clock.league_now()));
    for (const operate::ChannelHealth& channel : channels)
        metrics.set("tipoff_alert_channel_failing",
                    "1 where the last message or test of a channel of alerts did not arrive.",
                    {{"channel", channel.channel}},
                    channel.state == operate::ChannelState::kFailing ? 1 : 0);
    return {};
}

}  // namespace

std::vector<Route> metrics_routes(const Backend& backend) {
    backend.metrics.set(
        "tipoff_build_info", "1, with the version that runs.",
        {{"version", std::string(version())}, {"commit", std::string(git_commit())}}, 1);
    backend.metrics.set("tipoff_workflows_info", "1, with the workflows that are in force.",
                        {{"version", backend.workflows_version}}, 1);
    return {{.method = "GET",
             .path = "/metrics",
             .name = "get_metrics",
             .scope = Scope::kRead,
             .summary = "Requests, runs and alerts in the text format of Prometheus",
             .parameters = {},
             .responses = {{.status = 200,
                            .media_type = std::string(kMetricsType),
                            .doc = "For a Prometheus server."}},
             .handler = [backend](const Request&) -> Expected<Response> {
                 TIPOFF_CHECK(look_at(backend));
                 return Response{.content = make_content(kMetricsType, backend.metrics.text())};
             }}};
}

}  // namespace tipoff::serve
