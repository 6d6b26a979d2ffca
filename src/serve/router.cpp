#include "serve/router.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "serve/problem.h"

namespace tipoff::serve {
namespace {

/// Greater after each change that counts for the route.
std::uint64_t version_for(Keeping keeping, std::uint64_t version, Instant now) {
    if (keeping == Keeping::kForEver) return 0;
    if (keeping == Keeping::kDataVersion) return version;
    const auto minute = std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count();
    return version << 32U | static_cast<std::uint32_t>(minute);
}

}  // namespace

Router::Router(const RouteTable& routes, Access& access, DataVersion& version, Metrics& metrics,
               const Limits& limits, const Clock& clock)
    : routes_(routes),
      access_(access),
      version_(version),
      metrics_(metrics),
      limits_(limits),
      clock_(clock),
      questions_(static_cast<std::ptrdiff_t>(limits.questions)),
      streams_(static_cast<std::ptrdiff_t>(limits.streams)) {}

Response Router::answer(const RawRequest& request) {
    const auto began = clock_.elapsed();
    const Route* route = nullptr;
    Response response;
    try {
        response = dispatch(request, route);
    } catch (const std::exception& error) {
        // One request that cannot be answered is no reason to answer nobody.
        response = problem_of({ErrorCode::kInternal, error.what()});
    }
    const auto took = clock_.elapsed() - began;
    metrics_.count(route, response.status, took);
    if (spdlog::should_log(spdlog::level::debug)) {
        spdlog::debug("{} {} {} {:.1f} ms", route == nullptr ? "-" : route->method,
                      route == nullptr ? "-" : route->path, response.status,
                      std::chrono::duration<double, std::milli>(took).count());
    }
    return response;
}

Response Router::dispatch(const RawRequest& raw, const Route*& route) {
    // A page of the dashboard has a path of its own in the browser alone.
    const std::string_view path = routes_.is_page(raw.path()) ? "/" : raw.path();
    auto found = routes_.find(raw.method, path);
    if (!found) {
        const std::string methods = routes_.methods_of(path);
        if (methods.empty())
            return problem(404, "there is nothing at this path", "/openapi.json lists the paths");
        return problem(405, fmt::format("this path takes {}", methods)).with("Allow", methods);
    }
    route = found->route;
    if (route->is_file) return file(*route, raw, found->path);
    const auto state = version_.current();
    if (!state) return problem_of(state.error());
    auto caller = access_.check(raw, route->scope, *(*state)->tokens);
    if (auto* refusal = std::get_if<Response>(&caller)) return std::move(*refusal);
    auto arguments =
        read_arguments(route->parameters, raw.query(), found->path, clock_.league_now());
    if (!arguments) return problem_of(arguments.error());
    const Request request{.raw = raw,
                          .arguments = *std::move(arguments),
                          .caller = std::get<Caller>(std::move(caller))};
    auto response = handle(*route, request, (*state)->version);
    if (!response) return problem_of(response.error());
    return response->stream && !response->is_endless ? with_place(*std::move(response))
                                                     : *std::move(response);
}

/// Neither the database nor the query has a say in it.
Response Router::file(const Route& route, const RawRequest& raw, const PathValues& path) {
    auto arguments = read_arguments(route.parameters, {}, path, clock_.league_now());
    if (!arguments) return problem_of(arguments.error());
    auto response = route.handler({.raw = raw, .arguments = *std::move(arguments), .caller = {}});
    return response ? *std::move(response) : problem_of(response.error());
}

Expected<Response> Router::handle(const Route& route, const Request& request,
                                  std::uint64_t version) {
    if (route.keeping != Keeping::kNone) return kept(route, request, version);
    if (!questions_.try_acquire_for(limits_.question_time))
        return fail(ErrorCode::kBusy, "the service has too much to do");
    const Place place(questions_);
    return route.handler(request);
}

Expected<Response> Router::kept(const Route& route, const Request& request, std::uint64_t version) {
    const auto make = [&]() -> Expected<ContentPtr> {
        if (!questions_.try_acquire_for(limits_.question_time))
            return fail(ErrorCode::kBusy, "the service has too much to do");
        const Place place(questions_);
        TIPOFF_TRY(Response response, route.handler(request));
        require(response.status == 200 && response.content != nullptr && response.headers.empty(),
                "an answer that is kept is a whole document");
        return response.content;
    };
    TIPOFF_TRY(ContentPtr content,
               answers_.get(route.name + '?' + request.arguments.canonical(),
                            version_for(route.keeping, version, clock_.league_now()), make));
    return Response{.content = std::move(content)};
}

/// A long answer has a place of its own for as long as it is written.
Response Router::with_place(Response response) {
    if (!streams_.try_acquire())
        return problem(503, "too many long answers are under way").with("Retry-After", "5");
    const auto place = std::make_shared<Place>(streams_);
    response.stream = [place, stream = std::move(response.stream)](const Write& write) {
        return stream(write);
    };
    return response;
}

}  // namespace tipoff::serve
