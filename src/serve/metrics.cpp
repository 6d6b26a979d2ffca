#include "serve/metrics.h"

#include <fmt/core.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace tipoff::serve {
namespace {

/// Upper bounds of the time that answers take, in seconds.
const prometheus::Histogram::BucketBoundaries kSeconds{
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

}  // namespace

struct Metrics::State {
    /// What is counted of a route and status.
    struct Counted {
        prometheus::Counter* requests;
        prometheus::Histogram* seconds;
    };

    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("tipoff_http_requests_total")
                                                            .Help("Requests that were answered.")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("tipoff_http_request_seconds")
            .Help("Time from the head of a request to its answer.")
            .Register(registry);
    std::shared_mutex mutex;
    std::unordered_map<const Route*, std::unordered_map<int, Counted>> counted;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const Route* route, int status, std::chrono::microseconds took) {
    const auto known = [&]() -> const State::Counted* {
        const auto of_route = state_->counted.find(route);
        if (of_route == state_->counted.end()) return nullptr;
        const auto found = of_route->second.find(status);
        return found == of_route->second.end() ? nullptr : &found->second;
    };
    const State::Counted* counted = nullptr;
    {
        const std::shared_lock lock(state_->mutex);
        counted = known();
    }
    if (counted == nullptr) {
        // By the route's pattern, not by the path: what callers make up must not make series.
        const std::string path = route == nullptr ? "other" : route->path;
        const std::string method = route == nullptr ? "other" : route->method;
        const std::unique_lock lock(state_->mutex);
        counted = known();
        if (counted == nullptr) {
            const State::Counted made{
                .requests = &state_->requests.Add(
                    {{"route", path}, {"method", method}, {"status", fmt::format("{}", status)}}),
                .seconds = &state_->seconds.Add({{"route", path}, {"method", method}}, kSeconds)};
            counted = &state_->counted[route].emplace(status, made).first->second;
        }
    }
    counted->requests->Increment();
    counted->seconds->Observe(std::chrono::duration<double>(took).count());
}

void Metrics::set(const std::string& name, const std::string& help, const Labels& labels,
                  double value) {
    prometheus::BuildGauge()
        .Name(name)
        .Help(help)
        .Register(state_->registry)
        .Add({labels.begin(), labels.end()})
        .Set(value);
}

std::string Metrics::text() const {
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace tipoff::serve
