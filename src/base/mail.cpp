#include "base/mail.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/curl_handle.h"
#include "base/http.h"
#include "base/parse.h"

namespace tipoff {
namespace {

/// Enough of what a server says for a person to act on.
constexpr std::size_t kMostOfAReply = 120;

/// What is left to send.
struct Upload {
    std::string_view rest;
};

std::size_t give_mail(char* to, std::size_t size, std::size_t count, void* from) {
    auto& upload = *static_cast<Upload*>(from);
    const std::size_t given = std::min(size * count, upload.rest.size());
    std::memcpy(to, upload.rest.data(), given);
    upload.rest.remove_prefix(given);
    return given;
}

/// Keeps the refusal: after it the server only says good-bye.
std::size_t keep_refusal(char* data, std::size_t, std::size_t size, void* to) {
    const std::string_view reply(data, size);
    if (reply.starts_with('4') || reply.starts_with('5'))
        static_cast<std::string*>(to)->assign(reply);
    return size;
}

std::size_t drop(char*, std::size_t, std::size_t size, void*) { return size; }

bool is_on_loopback(std::string_view url) {
    const std::string_view host = host_of(url);
    const std::string_view name =
        host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    const bool is_number =
        std::ranges::all_of(name, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    return name == "localhost" || name == "[::1]" || (is_number && name.starts_with("127."));
}

/// The server's refusal, printable and short. Replies to a login are left out, since some
/// servers repeat what they were given; and so is any that has the secret in it.
std::string shown_reply(std::string_view reply, int code, const Secret& password) {
    const bool is_about_login = code == 334 || (code >= 530 && code <= 539);
    if (is_about_login || (!password.is_empty() && reply.contains(password.reveal()))) return {};
    std::string text;
    for (const char c :
         trimmed(reply.substr(0, reply.find_first_of("\r\n"))).substr(0, kMostOfAReply))
        text += c >= ' ' && c <= '~' ? c : '?';
    return text;
}

bool needs_a_person(CURLcode code, int reply) {
    switch (code) {
        case CURLE_LOGIN_DENIED:
        case CURLE_USE_SSL_FAILED:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL: return true;
        default: return reply >= 500 && reply < 600;
    }
}

SendFailure failure_of(CURLcode code, int reply, std::string_view words) {
    std::string detail;
    if (reply >= 400) {
        detail = fmt::format("the mail server answered {}",
                             words.empty() ? std::to_string(reply) : std::string(words));
        if (code == CURLE_LOGIN_DENIED) detail += ": it does not take the user and password";
    } else if (code == CURLE_USE_SSL_FAILED) {
        detail = "the mail server offers no TLS, and a password is not sent in clear";
    } else {
        detail = curl_easy_strerror(code);
    }
    return {.is_permanent = needs_a_person(code, reply), .detail = std::move(detail)};
}

}  // namespace

std::expected<void, SendFailure> CurlMailSender::send(const Mail& mail) {
    const CurlHandle handle;
    const std::string text = mail_text(mail);
    const std::string from = fmt::format("<{}>", address_of(mail.from));
    Upload upload{text};
    std::string reply;
    CurlList recipients;
    for (const std::string& mailbox : mail.to)
        recipients.append(fmt::format("<{}>", address_of(mailbox)));
    handle.set(CURLOPT_URL, server_.url.c_str());
    handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    handle.set(CURLOPT_NOSIGNAL, 1L);
    handle.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server_.connect_timeout.count()));
    handle.set(CURLOPT_TIMEOUT_MS, static_cast<long>(server_.timeout.count()));
    const bool has_password = !server_.password.is_empty();
    const bool demands_tls = has_password && !is_on_loopback(server_.url);
    handle.set(CURLOPT_USE_SSL, static_cast<long>(demands_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (!server_.ca_file.empty()) handle.set(CURLOPT_CAINFO, server_.ca_file.c_str());
    if (!server_.user.empty()) {
        handle.set(CURLOPT_USERNAME, server_.user.c_str());
        handle.set(CURLOPT_PASSWORD, server_.password.reveal().c_str());
    }
    handle.set(CURLOPT_MAIL_FROM, from.c_str());
    handle.set(CURLOPT_MAIL_RCPT, recipients.get());
    handle.set(CURLOPT_UPLOAD, 1L);
    handle.set(CURLOPT_READFUNCTION, &give_mail);
    handle.set(CURLOPT_READDATA, &upload);
    handle.set(CURLOPT_HEADERFUNCTION, &keep_refusal);
    handle.set(CURLOPT_HEADERDATA, &reply);
    handle.set(CURLOPT_WRITEFUNCTION, &drop);
    const CURLcode code = handle.perform();
    if (code == CURLE_OK) return {};
    const int answered = handle.response_code();
    return std::unexpected(
        failure_of(code, answered, shown_reply(reply, answered, server_.password)));
}

}  // namespace tipoff
