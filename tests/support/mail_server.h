#pragma once
/// A real mail server on loopback, which tells what it got: aiosmtpd of Debian's
/// python3-aiosmtpd, in a process of its own.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "support/child_process.h"
#include "support/files.h"

namespace tipoff::support {

/// A mail as its receiver reads it.
struct ReceivedMail {
    std::string envelope_from;
    std::string envelope_to;  ///< comma-separated
    std::string from;         ///< headers, decoded
    std::string to;
    std::string subject;
    std::string message_id;
    std::string date;
    std::string body;  ///< decoded
    std::string user;  ///< who logged in; empty for nobody
    bool over_tls = false;
    std::size_t longest_line = 0;  ///< of the message as it came
};

/// Addresses that begin with "nobody@" are refused for good (550), with "later@" for now (451).
class MailServer {
public:
    enum class Tls : std::uint8_t { kNone, kStartTls, kFromTheStart };

    /// With a password, mail is taken from the user "tipoff" alone.
    explicit MailServer(Tls tls = Tls::kNone, std::string password = "");

    /// False where Python or aiosmtpd is not installed: script/bootstrap installs them.
    [[nodiscard]] bool is_there() const { return port_ != 0; }

    /// "smtp://127.0.0.1:PORT", or smtps.
    [[nodiscard]] std::string url() const;

    /// The certificate by which it is to be trusted; only with TLS.
    [[nodiscard]] std::string ca_file() const { return folder_ / "certificate.pem"; }

    /// The next mail that it took; waits for it.
    [[nodiscard]] ReceivedMail next_mail();

private:
    TempFolder folder_;
    Tls tls_;
    std::unique_ptr<ChildProcess> process_;
    int port_ = 0;
};

}  // namespace tipoff::support
