#include "base/curl_handle.h"

#include <mutex>

namespace tipoff {
namespace {

void start_curl_once() {
    static std::once_flag started;
    std::call_once(started, [] {
        require(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl cannot be started");
    });
}

}  // namespace

CurlHandle::CurlHandle() {
    start_curl_once();
    easy_ = curl_easy_init();
    require(easy_ != nullptr, "libcurl gives no handle");
}

int CurlHandle::response_code() const {
    long code = 0;
    get(CURLINFO_RESPONSE_CODE, code);
    return static_cast<int>(code);
}

void CurlList::append(const std::string& line) {
    curl_slist* longer = curl_slist_append(list_.get(), line.c_str());
    require(longer != nullptr, "no memory for a list of lines");
    if (!list_) list_.reset(longer);  // of a longer list the first stays the same
}

}  // namespace tipoff
