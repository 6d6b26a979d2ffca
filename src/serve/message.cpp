#include "serve/message.h"

namespace tipoff::serve {
namespace {

struct Target {
    std::string_view path;
    std::string_view query;
};

Target target_of(std::string_view target) {
    if (const auto scheme = target.find("://");
        scheme != std::string_view::npos && !target.starts_with('/')) {
        const auto path = target.find('/', scheme + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    target = target.substr(0, target.find('#'));
    const auto question = target.find('?');
    if (question == std::string_view::npos) return {.path = target, .query = {}};
    return {.path = target.substr(0, question), .query = target.substr(question + 1)};
}

}  // namespace

std::string_view RawRequest::header(std::string_view name) const {
    for (const HttpHeader& header : headers) {
        if (header.is_called(name)) return header.value;
    }
    return {};
}

std::string_view RawRequest::path() const { return target_of(target).path; }

std::string_view RawRequest::query() const { return target_of(target).query; }

}  // namespace tipoff::serve
