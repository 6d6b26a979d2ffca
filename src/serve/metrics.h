#pragma once
/// What the service counts of itself, in the text format of Prometheus.

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "serve/route.h"

namespace tipoff::serve {

/// Safe from any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();

    /// An answer to a request of a route; none where there is no such path.
    void count(const Route* route, int status, std::chrono::microseconds took);

    using Labels = std::map<std::string, std::string>;
    /// How much there is of something, now.
    void set(const std::string& name, const std::string& help, const Labels& labels, double value);

    [[nodiscard]] std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tipoff::serve
