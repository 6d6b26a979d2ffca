#pragma once
/// What endpoints stand on.

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "operate/alerts.h"
#include "serve/live_feed.h"
#include "serve/metrics.h"
#include "serve/route.h"
#include "store/database.h"

namespace tipoff::serve {

/// Outlives every handler.
struct Backend {
    store::Database& database;
    const Clock& clock;
    std::filesystem::path folder;                              ///< the home
    std::vector<std::pair<std::string, std::string>> engines;  ///< names and versions
    std::vector<operate::ChannelPolicy> channels;              ///< that alerts go through
    std::string workflows_version;                             ///< of the schedule in force
    Metrics& metrics;

    LiveFeed& live;                            ///< what goes on, for who listens
    std::chrono::milliseconds live_silence{};  ///< before a listener gets a sign of life

    /// To be called after a commit, so that the next request sees it.
    std::function<void()> refresh;
};

/// Adds a part of the API: its routes, with handlers that use the backend.
using MakeRoutes = std::function<std::vector<Route>(const Backend&)>;

}  // namespace tipoff::serve
