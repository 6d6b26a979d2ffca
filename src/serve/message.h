#pragma once
/// A request as it came and an answer as it goes: free of the library that moves them.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/http.h"
#include "serve/content.h"

namespace tipoff::serve {

/// As it came, nothing of it checked.
struct RawRequest {
    std::string method;  ///< "GET"
    std::string target;  ///< "/v1/board?date=today"
    std::vector<HttpHeader> headers;
    std::string body;
    std::string peer;     ///< the address at the other end: "127.0.0.1"
    bool is_old = false;  ///< HTTP/1.0: no chunks, one request a connection

    /// The first header of this name, in any case; empty where there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;

    /// The parts of the target: "/v1/board" and "date=today". "http://host/v1/board" is the same
    /// path.
    [[nodiscard]] std::string_view path() const;
    [[nodiscard]] std::string_view query() const;
};

/// Takes the next piece of a body; an error when nobody listens any more. An empty piece of an
/// endless one asks that alone.
using Write = std::function<Status(std::string_view piece)>;

/// Writes a body piece by piece as it is made. An error ends the connection, so that whoever reads
/// sees that something is missing.
using Streaming = std::function<Status(const Write& write)>;

struct Response {
    int status = 200;
    ContentPtr content;           ///< the whole body; nothing for none
    Streaming stream = {};        ///< the body in place of `content`
    std::string media_type = {};  ///< of a stream
    bool is_endless = false;      ///< of a stream: it ends when the caller goes, or the service
    std::vector<HttpHeader> headers = {};

    Response&& with(std::string name, std::string value) && {
        headers.push_back({std::move(name), std::move(value)});
        return std::move(*this);
    }
};

}  // namespace tipoff::serve
