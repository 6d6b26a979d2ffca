#include "base/curl_transport.h"

#include <curl/curl.h>

#include <mutex>

#include "base/error.h"
#include "base/parse.h"
#include "base/version_info.h"

namespace tipoff {
namespace {

void start_curl_once() {
    static std::once_flag started;
    std::call_once(started, [] {
        require(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl cannot be started");
    });
}

struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

HeaderList list_of(const std::vector<HttpHeader>& headers) {
    HeaderList list;
    for (const HttpHeader& header : headers) {
        const std::string line = header.name + ": " + header.value;
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        require(longer != nullptr, "no memory for a request's headers");
        if (!list) list.reset(longer);  // of a longer list the first stays the same
    }
    return list;
}

/// What arrives of an answer.
struct Arriving {
    HttpAnswer answer;
    std::size_t most_bytes = 0;
    bool is_too_large = false;
};

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

struct CurlTransport::Handle {
    CURL* easy = nullptr;
    std::string user_agent = "tipoff/" + std::string(version());

    Handle() {
        start_curl_once();
        easy = curl_easy_init();
        require(easy != nullptr, "libcurl gives no handle");
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(easy); }

    template <class Value>
    void set(CURLoption option, Value value) const {
        require(curl_easy_setopt(easy, option, value) == CURLE_OK,
                "libcurl does not take an option");
    }
};

CurlTransport::CurlTransport(const Clock& clock)
    : clock_(clock), handle_(std::make_unique<Handle>()) {}
CurlTransport::~CurlTransport() = default;

std::expected<HttpAnswer, TransportError> CurlTransport::get(const HttpRequest& request) {
    // Options of the request before go; connections stay.
    curl_easy_reset(handle_->easy);
    const HeaderList headers = list_of(request.headers);
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
    arriving.answer.asked_at = clock_.league_now();
    const CURLcode code = curl_easy_perform(handle_->easy);
    arriving.answer.answered_at = clock_.league_now();
    if (arriving.is_too_large) {
        return std::unexpected(
            TransportError{TransportFailure::kTooLarge,
                           "more than " + std::to_string(request.most_bytes >> 20) + " MiB came"});
    }
    if (code != CURLE_OK) {
        return std::unexpected(TransportError{failure_of(code), curl_easy_strerror(code)});
    }
    long status = 0;
    curl_easy_getinfo(handle_->easy, CURLINFO_RESPONSE_CODE, &status);
    arriving.answer.status = static_cast<int>(status);
    return std::move(arriving.answer);
}

}  // namespace tipoff
