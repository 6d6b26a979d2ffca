/// `/health` and `/ready`: for whoever keeps the service running.

#include <nlohmann/json.hpp>

#include "base/version_info.h"
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

Expected<Response> health(const Backend& backend) {
    Json engines = Json::object();
    for (const auto& [name, version] : backend.engines)
        engines[name] = version;
    TIPOFF_TRY(const Json steps, ages(backend.database, backend.clock.wall_now()));
    return json_response({{"status", "ok"},
                          {"version", version()},
                          {"commit", git_commit()},
                          {"engines", engines},
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
             .summary = "Version, commit, engines, and how old the newest data are",
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
