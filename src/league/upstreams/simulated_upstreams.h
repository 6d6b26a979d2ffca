#pragma once
/// The simulated season as the real upstreams answer: the same hosts, paths, parameters, formats
/// and ids of their own, as of an instant. No network and no clock: the same arguments give the
/// same answer. Const, and safe from any thread.

#include <memory>
#include <string_view>

#include "league/upstreams/almanac.h"
#include "league/upstreams/upstream.h"

namespace tipoff::league {

class SimulatedUpstreams {
public:
    /// Of a whole season (`through` empty); `seed` chooses what is put off and corrected
    /// (almanac.h).
    SimulatedUpstreams(SimulatedSeason season, std::uint64_t seed);

    /// Unknown hosts and paths are 404.
    [[nodiscard]] UpstreamAnswer answer(const UpstreamRequest& request, Instant now) const;

    [[nodiscard]] const Almanac& almanac() const { return almanac_; }

private:
    Almanac almanac_;
};

/// The host whose paths begin as this one; empty where none's do. No two upstreams share a path.
[[nodiscard]] std::string_view host_of_path(std::string_view path);

/// Whether an upstream of the league has this name.
[[nodiscard]] bool is_upstream(std::string_view host);

}  // namespace tipoff::league
