#include "support/mail_server.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace tipoff::support {
namespace {

/// Debian's own, which Debian's packages belong to.
constexpr const char* kPython = "/usr/bin/python3";

/// Prints its port, then a line of JSON a mail; ends with its standard input.
constexpr std::string_view kProgram = R"python(
import asyncio, email, email.policy, json, os, ssl, sys, threading
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, tls, password = sys.argv[1:4]

def say(what):
    print(json.dumps(what), flush=True)

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('nobody@'):
            return '550 5.1.1 no such user here'
        if address.startswith('later@'):
            return '451 4.3.0 try again later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        content = envelope.original_content or envelope.content
        message = email.message_from_bytes(content, policy=email.policy.default)
        say({'envelope_from': envelope.mail_from, 'envelope_to': ','.join(envelope.rcpt_tos),
             'from': str(message['From']), 'to': str(message['To']),
             'subject': str(message['Subject']), 'message_id': str(message['Message-ID']),
             'date': str(message['Date']), 'body': message.get_content().replace('\r\n', '\n'),
             'user': (session.auth_data.login.decode() if session.auth_data else ''),
             'over_tls': session.ssl is not None or tls == 'from_the_start',
             'longest_line': max(len(line) for line in content.split(b'\r\n'))})
        return '250 OK'

def authenticate(server, session, envelope, mechanism, data):
    good = (isinstance(data, LoginPassword) and data.login == b'tipoff'
            and data.password == password.encode())
    return AuthResult(success=good, handled=False, auth_data=data if good else None,
                      message=None if good else '535 5.7.8 no: ' + data.password.decode())

def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder + '/certificate.pem', folder + '/key.pem')
    return made

def server():
    with_login = {'authenticator': authenticate, 'auth_required': True,
                  'auth_require_tls': False} if password else {}
    return SMTP(Handler(), hostname='localhost',
                tls_context=context() if tls == 'starttls' else None, **with_login)

async def serve():
    listener = await asyncio.get_running_loop().create_server(
        server, '127.0.0.1', 0, ssl=context() if tls == 'from_the_start' else None)
    say(listener.sockets[0].getsockname()[1])
    await listener.serve_forever()

threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
asyncio.run(serve())
)python";

constexpr std::string_view name_of(MailServer::Tls tls) {
    switch (tls) {
        case MailServer::Tls::kNone: return "none";
        case MailServer::Tls::kStartTls: return "starttls";
        case MailServer::Tls::kFromTheStart: return "from_the_start";
    }
    throw std::runtime_error("no such Tls");
}

void make_certificate(const TempFolder& folder) {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "
        "/CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout " +
        std::string(folder / "key.pem") + " -out " + std::string(folder / "certificate.pem") +
        " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
}

}  // namespace

MailServer::MailServer(Tls tls, std::string password) : tls_(tls) {
    if (tls != Tls::kNone) make_certificate(folder_);
    write_file(folder_ / "server.py", kProgram);
    process_ = std::make_unique<ChildProcess>([&](Channel& parent) {
        parent.become_standard_streams();
        // Where aiosmtpd is not there, Python says so at length.
        const int nowhere = ::open("/dev/null", O_WRONLY);
        ::dup2(nowhere, STDERR_FILENO);
        ::execl(kPython, kPython, (folder_ / "server.py").c_str(), folder_.path().c_str(),
                std::string(name_of(tls)).c_str(), password.c_str(), nullptr);
        return 1;
    });
    if (const auto port = process_->channel().hear()) port_ = std::stoi(*port);
}

std::string MailServer::url() const {
    return std::string(tls_ == Tls::kFromTheStart ? "smtps" : "smtp") +
           "://127.0.0.1:" + std::to_string(port_);
}

ReceivedMail MailServer::next_mail() {
    const auto line = process_->channel().hear();
    if (!line) throw std::runtime_error("the mail server is gone");
    const auto mail = nlohmann::json::parse(*line);
    return {.envelope_from = mail.at("envelope_from"),
            .envelope_to = mail.at("envelope_to"),
            .from = mail.at("from"),
            .to = mail.at("to"),
            .subject = mail.at("subject"),
            .message_id = mail.at("message_id"),
            .date = mail.at("date"),
            .body = mail.at("body"),
            .user = mail.at("user"),
            .over_tls = mail.at("over_tls"),
            .longest_line = mail.at("longest_line")};
}

}  // namespace tipoff::support
