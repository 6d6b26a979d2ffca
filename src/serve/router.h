#pragma once
/// From a request to its answer: the route, who asks, what with, and what is kept of it. No socket
/// is needed for any of that.

#include "base/clock.h"
#include "serve/access.h"
#include "serve/answers.h"
#include "serve/data_version.h"
#include "serve/limits.h"
#include "serve/message.h"
#include "serve/metrics.h"
#include "serve/place.h"
#include "serve/route.h"

namespace tipoff::serve {

class Router {
public:
    /// All but the limits outlive it.
    Router(const RouteTable& routes, Access& access, DataVersion& version, Metrics& metrics,
           const Limits& limits, const Clock& clock);

    /// Safe from any thread; never throws.
    [[nodiscard]] Response answer(const RawRequest& request);

private:
    [[nodiscard]] Response dispatch(const RawRequest& request, const Route*& route);
    [[nodiscard]] Response file(const Route& route, const RawRequest& raw, const PathValues& path);
    Expected<Response> handle(const Route& route, const Request& request, std::uint64_t version);
    Expected<Response> kept(const Route& route, const Request& request, std::uint64_t version);
    Response with_place(Response response);

    const RouteTable& routes_;
    Access& access_;
    DataVersion& version_;
    Metrics& metrics_;
    Limits limits_;
    const Clock& clock_;
    Answers answers_;
    Places questions_;  ///< places for handlers
    Places streams_;
};

}  // namespace tipoff::serve
