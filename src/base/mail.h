#pragma once
/// Mail: one message to an SMTP server, by libcurl.
///
/// `mail_text` is the message as it goes over the wire (RFC 5322, MIME): UTF-8 as quoted-printable,
/// headers as RFC 2047 encodes them. Leading dots are doubled by libcurl.

#include <chrono>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/secret.h"
#include "base/send_failure.h"

namespace tipoff {

struct Mail {
    std::string from;  ///< "tipoff@example.org", or "Tip-off <tipoff@example.org>"
    std::vector<std::string> to;
    std::string subject;     ///< UTF-8; line breaks become spaces
    std::string body;        ///< UTF-8, lines ended by LF
    std::string message_id;  ///< without its brackets; the same for every try, so that a reader
                             ///< knows a message that came twice
    Instant date{};
};

class MailSender {
public:
    virtual ~MailSender() = default;

    /// Blocks until the server has taken the mail or has not. One call at a time.
    virtual std::expected<void, SendFailure> send(const Mail& mail) = 0;
};

struct SmtpServer {
    std::string url;  ///< smtp://host:587, or smtps://host:465
    std::string user;
    Secret password;
    std::string ca_file;  ///< of a server whose certificate the system does not know; else empty
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds timeout{30'000};  ///< of the whole
};

/// By smtp:// TLS is taken up where the server offers it (STARTTLS). With a password it is
/// demanded, but for a server on loopback: a password does not go over a network in clear.
/// Certificates are verified.
class CurlMailSender final : public MailSender {
public:
    explicit CurlMailSender(SmtpServer server) : server_(std::move(server)) {}

    std::expected<void, SendFailure> send(const Mail& mail) override;

private:
    SmtpServer server_;
};

/// The address in "Name <address>", or the text itself.
[[nodiscard]] std::string_view address_of(std::string_view mailbox);

/// `kInvalidInput` for what is no mailbox: no address@domain in ASCII, or a character that would
/// break the header.
Status check_mailbox(std::string_view mailbox);

/// Header and body, lines ended by CRLF.
[[nodiscard]] std::string mail_text(const Mail& mail);

}  // namespace tipoff
