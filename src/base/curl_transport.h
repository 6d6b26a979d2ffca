#pragma once
/// The transport over the network, by libcurl.

#include <memory>

#include "base/clock.h"
#include "base/http.h"

namespace tipoff {

/// Connections stay open between requests, one a host; a request goes out once, also where its
/// connection turns out to be closed. TLS is verified; gzip and deflate are
/// accepted, for they are what is unpacked. Redirects are answers.
class CurlTransport final : public Transport {
public:
    /// `clock` outlives it.
    explicit CurlTransport(const Clock& clock);
    ~CurlTransport() override;

    std::expected<HttpAnswer, TransportError> get(const HttpRequest& request) override;

private:
    struct Handle;
    const Clock& clock_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace tipoff
