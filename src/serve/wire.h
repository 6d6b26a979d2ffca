#pragma once
/// An answer as the bytes that go out.

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "serve/message.h"

namespace tipoff::serve {

struct WireAnswer {
    int status = 200;
    std::string head;       ///< with the empty line that ends it
    std::string_view body;  ///< lies in `content`
    ContentPtr content;
    Streaming stream;         ///< writes the body in place of `body`
    bool is_endless = false;  ///< of a stream: see `Response`
    bool is_chunked = false;  ///< of a stream: piece by piece with their lengths
    bool closes = false;      ///< the connection ends with this answer
};

/// Chooses the form that the caller takes: packed where he accepts gzip, 304 where he has it
/// already, no body where he asked for the head alone. `closes` says so to him.
[[nodiscard]] WireAnswer to_wire(const RawRequest& request, Response response, bool closes,
                                 Instant now);

/// "Wed, 21 Oct 2015 07:28:00 GMT".
[[nodiscard]] std::string to_http_date(Instant instant);

}  // namespace tipoff::serve
