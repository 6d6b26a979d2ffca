#pragma once
/// The HTTP service of a home: routes, callers, answers and the listening socket, put together.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "serve/backend.h"
#include "serve/dashboard.h"
#include "serve/limits.h"
#include "serve/listener.h"
#include "serve/route.h"
#include "store/database.h"

namespace tipoff::serve {

struct ServiceOptions {
    ListenAddress listen;
    Limits limits;

    /// Whether whoever is on this machine may read without a token.
    bool loopback_reads_without_token = false;

    std::vector<std::pair<std::string, std::string>> engines;  ///< names and versions

    /// What `/health` and `/metrics` tell of besides: the channels of alerts, and which workflows
    /// are in force.
    std::vector<operate::ChannelPolicy> channels = {};
    std::string workflows_version = {};

    /// Parts of the API beside the reading one.
    std::vector<MakeRoutes> parts;

    /// What the pages are made of; outlives the service.
    std::span<const EmbeddedFile> dashboard = {};
};

class Service {
public:
    /// Listens and answers from now on. `database`, `clock` and `folder` outlive it.
    static Expected<std::unique_ptr<Service>> open(store::Database& database, const Clock& clock,
                                                   const std::filesystem::path& folder,
                                                   const ServiceOptions& options);
    ~Service();

    /// Takes no more requests; returns when those under way are answered. Once.
    void stop();

    /// Something was committed: the next request sees it. Safe from any thread.
    void refresh();

    /// "http://127.0.0.1:8080".
    [[nodiscard]] std::string url() const;

    [[nodiscard]] const std::vector<Route>& routes() const;

private:
    struct Parts;
    explicit Service(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// The dashboard, the reading part, `parts`, and `/openapi.json`, which describes all of them.
[[nodiscard]] std::vector<Route> all_routes(const Backend& backend, const Dashboard& dashboard,
                                            const std::vector<MakeRoutes>& parts);

}  // namespace tipoff::serve
