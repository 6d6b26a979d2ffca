#pragma once
/// A transport to one server that stands for many: a simulated league, a recording proxy.

#include <string>

#include "base/http.h"

namespace tipoff {

/// Sends every request to `base_url` ("http://127.0.0.1:8099"), path and query unchanged, with the
/// true host in the `Host` header. The transport behind it outlives it.
class ReroutedTransport final : public Transport {
public:
    ReroutedTransport(Transport& transport, std::string base_url);

    std::expected<HttpAnswer, TransportError> get(const HttpRequest& request) override;

private:
    Transport& transport_;
    std::string base_url_;
};

}  // namespace tipoff
