#include "serve/service.h"

#include <spdlog/spdlog.h>

#include "base/ticker.h"
#include "serve/access.h"
#include "serve/dashboard.h"
#include "serve/data_version.h"
#include "serve/endpoints/endpoints.h"
#include "serve/openapi.h"
#include "serve/router.h"

namespace tipoff::serve {
namespace {

constexpr std::chrono::minutes kUsesAreKept{1};

}  // namespace

std::vector<Route> all_routes(const Backend& backend, const Dashboard& dashboard,
                              const std::vector<MakeRoutes>& parts) {
    std::vector<Route> routes = dashboard_routes(dashboard);
    for (Route& route : reading_routes(backend))
        routes.push_back(std::move(route));
    for (const MakeRoutes& make : parts) {
        for (Route& route : make(backend))
            routes.push_back(std::move(route));
    }
    routes.push_back({.method = "GET",
                      .path = "/openapi.json",
                      .name = "get_openapi",
                      .scope = Scope::kPublic,
                      .summary = "This description of the API (OpenAPI 3.1)",
                      .parameters = {},
                      .responses = {{.status = 200,
                                     .media_type = std::string(kJsonType),
                                     .doc = "The document."}},
                      .keeping = Keeping::kForEver,
                      .handler = {}});
    const ContentPtr document = make_content(kJsonType, openapi_document(routes));
    routes.back().handler = [document](const Request&) { return Response{.content = document}; };
    return routes;
}

/// In the order in which they are made; the listener goes first.
struct Service::Parts {
    Parts(store::Database& database, const Clock& clock, const std::filesystem::path& folder,
          const ServiceOptions& options)
        : version(database, clock),
          live(version, clock, options.limits.listeners),
          access(options.loopback_reads_without_token, options.limits, clock),
          backend{.database = database,
                  .clock = clock,
                  .folder = folder,
                  .engines = options.engines,
                  .channels = options.channels,
                  .workflows_version = options.workflows_version,
                  .metrics = metrics,
                  .live = live,
                  .live_silence = options.limits.silence,
                  .refresh = [this] { refresh(); }},
          dashboard(options.dashboard),
          routes(all_routes(backend, dashboard, options.parts)),
          router(routes, access, version, metrics, options.limits, clock) {}

    void refresh() {
        version.refresh();
        live.wake();
    }

    void keep_uses() {
        const Status kept = access.keep_uses(backend.database);
        if (!kept) spdlog::warn("uses of tokens were not kept: {}", kept.error().message());
    }

    Metrics metrics;
    DataVersion version;
    LiveFeed live;
    Access access;
    Backend backend;
    Dashboard dashboard;
    RouteTable routes;
    Router router;
    std::optional<Ticker> keeping;
    std::unique_ptr<Listener> listener;
};

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Service::~Service() { stop(); }

Expected<std::unique_ptr<Service>> Service::open(store::Database& database, const Clock& clock,
                                                 const std::filesystem::path& folder,
                                                 const ServiceOptions& options) {
    auto parts = std::make_unique<Parts>(database, clock, folder, options);
    TIPOFF_TRY(parts->listener,
               Listener::open(options.listen, options.limits, clock,
                              [&router = parts->router](const RawRequest& request) {
                                  return router.answer(request);
                              }));
    parts->keeping.emplace(kUsesAreKept, [&parts = *parts] { parts.keep_uses(); });
    return std::unique_ptr<Service>(new Service(std::move(parts)));
}

void Service::stop() {
    if (parts_->listener == nullptr) return;
    // First: who listens goes on until he is told.
    parts_->live.stop();
    parts_->listener.reset();
    parts_->keeping.reset();
    parts_->keep_uses();
}

void Service::refresh() { parts_->refresh(); }

std::string Service::url() const { return parts_->listener->url(); }

const std::vector<Route>& Service::routes() const { return parts_->routes.routes(); }

}  // namespace tipoff::serve
