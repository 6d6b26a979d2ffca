#include "base/curl_transport.h"

#include <utility>

#include "base/curl_handle.h"
#include "base/parse.h"
#include "base/version_info.h"

namespace tipoff {
namespace {

CurlList list_of(const std::vector<HttpHeader>& headers) {
    CurlList list;
    for (const HttpHeader& header : headers)
        list.append(header.name + ": " + header.value);
    return list;
}

/// What arrives of an answer.
struct Arriving {
    HttpAnswer answer;
    std::size_t most_bytes = 0;
    bool is_too_large = false;
    bool was_sent = false;
};

/// A request goes out once. libcurl would send it again, at once and over a new connection, where a
/// kept one turns out to be closed; when it may go out again is for whoever asks to say.
int send_once(void* of, char*, char*, int, int) {
    auto& arriving = *static_cast<Arriving*>(of);
    return std::exchange(arriving.was_sent, true) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t take_body(char* data, std::size_t, std::size_t size, void* to) {
    auto& arriving = *static_cast<Arriving*>(to);
    if (arriving.answer.body.size() + size > arriving.most_bytes) {
        arriving.is_too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    arriving.answer.body.append(data, size);
    return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* to) {
    auto& headers = static_cast<Arriving*>(to)->answer.headers;
    const std::string_view line =
        trimmed(std::string_view(data, size)
                    .substr(0, std::string_view(data, size).find_last_not_of("\r\n") + 1));
    if (line.starts_with("HTTP/")) {
        headers.clear();  // of a hop before, such as 100 Continue
        return size;
    }
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) {
        headers.push_back({.name = std::string(trimmed(line.substr(0, colon))),
                           .value = std::string(trimmed(line.substr(colon + 1)))});
    }
    return size;
}

TransportFailure failure_of(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT: return TransportFailure::kTimeout;
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_ABORTED_BY_CALLBACK:  // it would have gone out again
        // Rests of an answer that was longer than it said, where a status line should be.
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2_STREAM: return TransportFailure::kCutShort;
        case CURLE_FILESIZE_EXCEEDED: return TransportFailure::kTooLarge;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE: return TransportFailure::kUntrusted;
        case CURLE_URL_MALFORMAT:
        case CURLE_BAD_CONTENT_ENCODING: return TransportFailure::kUnusable;
        default: return TransportFailure::kNoConnection;
    }
}

}  // namespace

struct CurlTransport::Handle : CurlHandle {
    std::string user_agent = "tipoff/" + std::string(version());
};

CurlTransport::CurlTransport(const Clock& clock)
    : clock_(clock), handle_(std::make_unique<Handle>()) {}
CurlTransport::~CurlTransport() = default;

std::expected<HttpAnswer, TransportError> CurlTransport::get(const HttpRequest& request) {
    // Options of the request before go; connections stay.
    handle_->reset();
    const CurlList headers = list_of(request.headers);
    Arriving arriving;
    arriving.most_bytes = request.most_bytes;
    handle_->set(CURLOPT_URL, request.url.c_str());
    handle_->set(CURLOPT_PROTOCOLS_STR, "http,https");
    handle_->set(CURLOPT_HTTPHEADER, headers.get());
    handle_->set(CURLOPT_USERAGENT, handle_->user_agent.c_str());
    handle_->set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    handle_->set(CURLOPT_NOSIGNAL, 1L);
    handle_->set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    handle_->set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    handle_->set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.most_bytes));
    handle_->set(CURLOPT_MAXCONNECTS, 16L);
    handle_->set(CURLOPT_WRITEFUNCTION, &take_body);
    handle_->set(CURLOPT_WRITEDATA, &arriving);
    handle_->set(CURLOPT_HEADERFUNCTION, &take_header);
    handle_->set(CURLOPT_HEADERDATA, &arriving);
    handle_->set(CURLOPT_PREREQFUNCTION, &send_once);
    handle_->set(CURLOPT_PREREQDATA, &arriving);
    arriving.answer.asked_at = clock_.league_now();
    const CURLcode code = handle_->perform();
    arriving.answer.answered_at = clock_.league_now();
    if (arriving.is_too_large) {
        return std::unexpected(
            TransportError{TransportFailure::kTooLarge,
                           "more than " + std::to_string(request.most_bytes >> 20) + " MiB came"});
    }
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        return std::unexpected(
            TransportError{failure_of(code), "the connection was closed without an answer"});
    }
    if (code != CURLE_OK) {
        return std::unexpected(TransportError{failure_of(code), curl_easy_strerror(code)});
    }
    arriving.answer.status = handle_->response_code();
    return std::move(arriving.answer);
}

}  // namespace tipoff
