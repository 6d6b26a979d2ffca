#pragma once
/// libcurl's handles as objects. Only for sources of base: it brings libcurl's header.

#include <curl/curl.h>

#include <memory>
#include <string>

#include "base/error.h"

namespace tipoff {

/// One transfer at a time. Connections stay open between transfers.
class CurlHandle {
public:
    CurlHandle();
    CurlHandle(const CurlHandle&) = delete;
    CurlHandle& operator=(const CurlHandle&) = delete;
    ~CurlHandle() { curl_easy_cleanup(easy_); }

    /// Options of the transfer before go.
    void reset() const { curl_easy_reset(easy_); }

    template <class Value>
    void set(CURLoption option, Value value) const {
        require(curl_easy_setopt(easy_, option, value) == CURLE_OK,
                "libcurl does not take an option");
    }

    /// What libcurl knows of the last transfer.
    template <class Value>
    void get(CURLINFO info, Value& value) const {
        require(curl_easy_getinfo(easy_, info, &value) == CURLE_OK, "libcurl does not know that");
    }

    [[nodiscard]] CURLcode perform() const { return curl_easy_perform(easy_); }

    /// The last status that the other side gave; 0 where it gave none.
    [[nodiscard]] int response_code() const;

private:
    CURL* easy_;
};

/// A list of lines as libcurl takes it.
class CurlList {
public:
    void append(const std::string& line);
    [[nodiscard]] curl_slist* get() const { return list_.get(); }

private:
    struct Deleter {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    std::unique_ptr<curl_slist, Deleter> list_;
};

}  // namespace tipoff
