#include "collect/asking.h"

#include <fmt/core.h>

#include <chrono>
#include <utility>

namespace tipoff::collect {

std::string url_escaped(std::string_view text) {
    std::string url;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
                           byte == '.' || byte == '~';
        url += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return url;
}

std::string url_with(std::string_view base, std::span<const QueryParameter> parameters) {
    std::string url(base);
    char separator = '?';
    for (const QueryParameter& parameter : parameters) {
        url += std::exchange(separator, '&');
        url += url_escaped(parameter.name) + "=" + url_escaped(parameter.value);
    }
    return url;
}

std::string url_with(std::string_view base, std::initializer_list<QueryParameter> parameters) {
    return url_with(base, std::span(parameters.begin(), parameters.size()));
}

std::string url_of_page(std::string_view url, Paging paging, std::string_view page) {
    require(paging != Paging::kNone, "a page of an answer that has none");
    const std::string name = paging == Paging::kCursor ? "cursor=" : "page=";
    std::string other;
    const auto question = url.find('?');
    other = url.substr(0, question);
    char separator = '?';
    std::string_view rest = question == std::string_view::npos ? "" : url.substr(question + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view parameter = rest.substr(0, end);
        if (!parameter.starts_with(name)) {
            other += std::exchange(separator, '&');
            other += parameter;
        }
        rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
    }
    return other + separator + name + url_escaped(page);
}

std::string compact_date(GameDate date) {
    std::string text = to_string(date);
    std::erase(text, '-');
    return text;
}

std::string slashed_date(GameDate date) {
    const std::string text = to_string(date);
    return text.substr(5, 2) + "/" + text.substr(8, 2) + "/" + text.substr(0, 4);
}

std::string instant_to_second(Instant instant) {
    return to_string(std::chrono::floor<std::chrono::seconds>(instant));
}

}  // namespace tipoff::collect
