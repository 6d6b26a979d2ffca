#pragma once
/// A question to an upstream and its answer, without a network.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.h"

namespace tipoff::league {

struct UpstreamRequest {
    std::string host;                                        ///< "stats.nba.com"
    std::string path;                                        ///< "/stats/leaguegamelog"
    std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in their order
    std::vector<HttpHeader> headers;

    /// The first parameter of this name.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
    /// The first header of this name, in any case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct UpstreamAnswer {
    int status = 200;
    std::vector<HttpHeader> headers;  ///< without Content-Length
    std::string body;
};

/// Path and query of "/v1/games?dates[]=2026-01-20&cursor=", percent signs and pluses undone.
[[nodiscard]] UpstreamRequest request_of_target(std::string_view host, std::string_view target);

}  // namespace tipoff::league
