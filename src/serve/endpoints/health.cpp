/// `/health` and `/ready`: for whoever keeps the service running.

#include <nlohmann/json.hpp>

#include "base/version_info.h"
#include "operate/channel_health.h"
#include "serve/endpoints/endpoints.h"
#include "serve/endpoints/last_success.h"
#include "serve/paging.h"

namespace tipoff::serve {
namespace {

double seconds_since(Instant then, Instant now) {
    return std::chrono::duration<double>(std::chrono::floor<std::chrono::seconds>(now - then))
        .count();
}

Expected<Json> ages(store::Database& database, Instant now) {
    TIPOFF_TRY(const auto found, last_successes(database));
    Json steps = Json::object();
    for (const auto& [step, at] : found)
        steps[step] = {{"last_success", tipoff::to_string(at)}, {"age_s", seconds_since(at, now)}};
    return steps;
}

/// How each channel of alerts is. Why one fails names hosts: that is for `/v1/alerts` and `doctor`.
Expected<Json> channel_states(const Backend& backend) {
    TIPOFF_TRY(const auto channels, operate::channel_health(backend.database, backend.channels,
                                                            backend.clock.league_now()));
    Json states = Json::object();
    for (const operate::ChannelHealth& channel : channels)
        states[channel.channel] = operate::word_of(channel.state);
    return states;
}

Expected<Response> health(const Backend& backend) {
    Json engines = Json::object();
    for (const auto& [name, version] : backend.engines)
        engines[name] = version;
    TIPOFF_TRY(const Json steps, ages(backend.database, backend.clock.wall_now()));
    TIPOFF_TRY(const Json channels, channel_states(backend));
    return json_response({{"status", "ok"},
                          {"version", version()},
                          {"commit", git_commit()},
                          {"engines", engines},
                          {"workflows", backend.workflows_version},
                          {"alert_channels", channels},
                          {"league_now", tipoff::to_string(backend.clock.league_now())},
                          {"steps", steps}});
}

Expected<Response> ready(const Backend& backend) {
    TIPOFF_CHECK(backend.database.read("SELECT 1", {}));
    return json_response({{"ready", true}});
}

}  // namespace

std::vector<Route> health_routes(const Backend& backend) {
    return {{.method = "GET",
             .path = "/health",
             .name = "get_health",
             .scope = Scope::kPublic,
             .summary = "Version, commit, engines, workflows, channels of alerts, and how old the "
                        "newest data are",
             .parameters = {},
             .responses = {json_doc("The service is alive.")},
             .keeping = Keeping::kDataVersionMinute,
             .handler = [backend](const Request&) { return health(backend); }},
            {.method = "GET",
             .path = "/ready",
             .name = "get_ready",
             .scope = Scope::kPublic,
             .summary = "Whether requests can be answered",
             .parameters = {},
             .responses = {json_doc("They can.")},
             .handler = [backend](const Request&) { return ready(backend); }}};
}

}  // namespace tipoff::serve
