#include "league/upstreams/upstream.h"

#include <algorithm>
#include <charconv>

namespace tipoff::league {
namespace {

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        const bool has_digits = text[i] == '%' && i + 2 < text.size();
        if (has_digits) {
            const char* end = text.data() + i + 3;
            if (std::from_chars(text.data() + i + 1, end, code, 16).ptr == end) {
                plain += static_cast<char>(code);
                i += 2;
                continue;
            }
        }
        plain += text[i] == '+' ? ' ' : text[i];
    }
    return plain;
}

}  // namespace

std::optional<std::string_view> UpstreamRequest::parameter(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &std::pair<std::string, std::string>::first);
    return found == query.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<std::string_view> UpstreamRequest::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [name](const HttpHeader& header) { return header.is_called(name); });
    return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->value);
}

UpstreamRequest request_of_target(std::string_view host, std::string_view target) {
    const std::size_t mark = std::min(target.find('?'), target.size());
    UpstreamRequest request{.host = std::string(host),
                            .path = decoded(target.substr(0, mark)),
                            .query = {},
                            .headers = {}};
    std::string_view rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view field = rest.substr(0, end);
        const std::size_t equals = std::min(field.find('='), field.size());
        if (!field.empty()) {
            request.query.emplace_back(decoded(field.substr(0, equals)),
                                       decoded(field.substr(std::min(equals + 1, field.size()))));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return request;
}

}  // namespace tipoff::league
