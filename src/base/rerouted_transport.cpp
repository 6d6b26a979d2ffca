#include "base/rerouted_transport.h"

namespace tipoff {

ReroutedTransport::ReroutedTransport(Transport& transport, std::string base_url)
    : transport_(transport), base_url_(std::move(base_url)) {
    while (base_url_.ends_with('/'))
        base_url_.pop_back();
}

std::expected<HttpAnswer, TransportError> ReroutedTransport::get(const HttpRequest& request) {
    const std::string_view host = host_of(request.url);
    const auto path = request.url.find('/', request.url.find("://") + 3);
    HttpRequest sent = request;
    sent.url = base_url_ + (path == std::string::npos ? "/" : request.url.substr(path));
    sent.headers.push_back({"Host", std::string(host)});
    return transport_.get(sent);
}

}  // namespace tipoff
