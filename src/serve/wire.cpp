#include "serve/wire.h"

#include <fmt/core.h>

#include <array>
#include <iterator>

#include "base/http_status.h"

namespace tipoff::serve {
namespace {

constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Nothing that is answered may be taken for something else than it says it is, nor, where the
/// answer does not say otherwise, be kept by anybody between without asking again.
constexpr std::string_view kAlways = "X-Content-Type-Options: nosniff\r\n";
constexpr std::string_view kCacheControl = "Cache-Control";
constexpr std::string_view kUsualCaching = "private, no-cache";

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_content(const RawRequest& request, const Response& response, WireAnswer& answer) {
    const Content& content = *response.content;
    const bool is_packed =
        !content.packed.empty() && accepts_gzip(request.header("Accept-Encoding"));
    auto head = std::back_inserter(answer.head);
    if (response.status == 200) {
        fmt::format_to(head, "ETag: {}\r\n", is_packed ? content.packed_etag : content.etag);
        const std::string_view known = request.header("If-None-Match");
        if (!known.empty() && is_named_by(content, known)) answer.status = 304;
    }
    if (!content.packed.empty()) answer.head += "Vary: Accept-Encoding\r\n";
    if (!may_have_body(answer.status)) return;
    answer.body = is_packed ? content.packed : content.bytes;
    answer.content = response.content;
    fmt::format_to(head, "Content-Type: {}\r\nContent-Length: {}\r\n", content.media_type,
                   answer.body.size());
    if (is_packed) answer.head += "Content-Encoding: gzip\r\n";
}

}  // namespace

std::string to_http_date(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
    return fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday{day}.c_encoding()],
        static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
        time.seconds().count());
}

WireAnswer to_wire(const RawRequest& request, Response response, bool closes, Instant now) {
    WireAnswer answer{.status = response.status,
                      .head = {},
                      .body = {},
                      .content = {},
                      .stream = std::move(response.stream),
                      .is_endless = response.is_endless};
    answer.head.reserve(512);
    if (answer.stream) {
        answer.is_chunked = !request.is_old;
        fmt::format_to(std::back_inserter(answer.head), "Content-Type: {}\r\n",
                       response.media_type);
        if (answer.is_chunked) answer.head += "Transfer-Encoding: chunked\r\n";
    } else if (response.content != nullptr) {
        append_content(request, response, answer);
    } else if (may_have_body(response.status)) {
        answer.head += "Content-Length: 0\r\n";
    }
    bool says_caching = false;
    for (const HttpHeader& header : response.headers) {
        says_caching = says_caching || header.is_called(kCacheControl);
        fmt::format_to(std::back_inserter(answer.head), "{}: {}\r\n", header.name, header.value);
    }
    if (!says_caching)
        fmt::format_to(std::back_inserter(answer.head), "{}: {}\r\n", kCacheControl, kUsualCaching);
    // A body without a length ends with the connection.
    answer.closes = closes || request.is_old || (answer.stream && !answer.is_chunked);
    if (answer.closes) answer.head += "Connection: close\r\n";
    answer.head += kAlways;
    fmt::format_to(std::back_inserter(answer.head), "Date: {}\r\n\r\n", to_http_date(now));
    answer.head.insert(
        0, fmt::format("HTTP/1.1 {} {}\r\n", answer.status, reason_phrase(answer.status)));
    if (request.method == "HEAD") {
        answer.body = {};
        answer.stream = {};
    }
    return answer;
}

}  // namespace tipoff::serve
