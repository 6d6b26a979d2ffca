#include "serve/message.h"

namespace tipoff::serve {

std::string_view RawRequest::header(std::string_view name) const {
    for (const HttpHeader& header : headers) {
        if (header.is_called(name)) return header.value;
    }
    return {};
}

}  // namespace tipoff::serve
