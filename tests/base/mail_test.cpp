// Mail against a real server on loopback.

#include "base/mail.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "support/expected.h"
#include "support/mail_server.h"

namespace tipoff {
namespace {

using support::MailServer;
using support::ReceivedMail;
using support::value_of;
using Tls = MailServer::Tls;

Mail any_mail(std::string to = "ops@example.org") {
    return {.from = "Tipöff <tipoff@example.org>",
            .to = {std::move(to)},
            .subject = "[tipoff] error: 3 of 30 teams",
            .body = "missing: BOS\n",
            .message_id = "0123456789abcdef@example.org",
            .date = value_of(parse_instant("2026-01-05T15:00:09Z"))};
}

SmtpServer at(const MailServer& server) {
    SmtpServer made;
    made.url = server.url();
    made.connect_timeout = std::chrono::seconds{5};
    made.timeout = std::chrono::seconds{10};
    return made;
}

SmtpServer with_login(const MailServer& server, const std::string& password) {
    SmtpServer made = at(server);
    made.user = "tipoff";
    made.password = Secret(password);
    return made;
}

constexpr const char* kNotInstalled = "python3-aiosmtpd is not installed: script/bootstrap";

TEST(Mail, ArrivesAsItWasWritten) {
    MailServer server;
    if (!server.is_there()) GTEST_SKIP() << kNotInstalled;
    CurlMailSender sender(at(server));
    Mail mail = any_mail();
    mail.to.emplace_back("Opérations <second@example.org>");
    mail.subject = "résolu: Dončić, Jokić, Şengün and Valančiūnas are back — all of them at once";
    mail.body = "Nikola Jokić = 27.5\n.a line that begins with a dot\n.\n\nends with a space \n" +
                std::string(2000, 'x') + "\nFrom here on\n";
    ASSERT_TRUE(sender.send(mail).has_value());
    const ReceivedMail received = server.next_mail();
    EXPECT_EQ(received.envelope_from, "tipoff@example.org");
    EXPECT_EQ(received.envelope_to, "ops@example.org,second@example.org");
    EXPECT_EQ(received.from, "Tipöff <tipoff@example.org>");
    EXPECT_EQ(received.to, "ops@example.org, Opérations <second@example.org>");
    EXPECT_EQ(received.subject, mail.subject);
    EXPECT_EQ(received.message_id, "<0123456789abcdef@example.org>");
    EXPECT_EQ(received.date, "Mon, 05 Jan 2026 15:00:09 +0000");
    EXPECT_EQ(received.body, mail.body);
    EXPECT_LE(received.longest_line, 78U);
    EXPECT_FALSE(received.over_tls);
    EXPECT_EQ(received.user, "");
}

TEST(Mail, TakesUpTlsWhereItIsOffered) {
    MailServer server(Tls::kStartTls);
    if (!server.is_there()) GTEST_SKIP() << kNotInstalled;
    SmtpServer settings = at(server);
    const auto untrusted = CurlMailSender(settings).send(any_mail());
    ASSERT_FALSE(untrusted.has_value()) << "nobody vouches for its certificate";
    EXPECT_TRUE(untrusted.error().is_permanent);
    settings.ca_file = server.ca_file();
    ASSERT_TRUE(CurlMailSender(settings).send(any_mail()).has_value());
    EXPECT_TRUE(server.next_mail().over_tls);
}

TEST(Mail, GoesOverTlsFromTheStart) {
    MailServer server(Tls::kFromTheStart, "s3cret");
    if (!server.is_there()) GTEST_SKIP() << kNotInstalled;
    SmtpServer settings = with_login(server, "s3cret");
    settings.ca_file = server.ca_file();
    ASSERT_TRUE(CurlMailSender(settings).send(any_mail()).has_value());
    const ReceivedMail received = server.next_mail();
    EXPECT_TRUE(received.over_tls);
    EXPECT_EQ(received.user, "tipoff");
}

TEST(Mail, AWrongPasswordIsPermanentAndIsNowhereInWhatIsSaid) {
    const MailServer server(Tls::kNone, "s3cret");
    if (!server.is_there()) GTEST_SKIP() << kNotInstalled;
    // The server repeats what it was given.
    const auto outcome = CurlMailSender(with_login(server, "wr0ng-one")).send(any_mail());
    ASSERT_FALSE(outcome.has_value());
    EXPECT_TRUE(outcome.error().is_permanent);
    EXPECT_EQ(outcome.error().detail,
              "the mail server answered 535: it does not take the user and password");
}

TEST(Mail, WhatTheServerSaysDecidesWhetherItIsTriedAgain) {
    const MailServer server;
    if (!server.is_there()) GTEST_SKIP() << kNotInstalled;
    CurlMailSender sender(at(server));
    const auto nobody = sender.send(any_mail("nobody@example.org"));
    ASSERT_FALSE(nobody.has_value());
    EXPECT_TRUE(nobody.error().is_permanent);
    EXPECT_EQ(nobody.error().detail, "the mail server answered 550 5.1.1 no such user here");
    const auto later = sender.send(any_mail("later@example.org"));
    ASSERT_FALSE(later.has_value());
    EXPECT_FALSE(later.error().is_permanent);
    EXPECT_EQ(later.error().detail, "the mail server answered 451 4.3.0 try again later");
}

TEST(Mail, AServerThatIsNotThereIsTriedAgain) {
    SmtpServer nowhere;
    nowhere.url = "smtp://127.0.0.1:1";
    const auto outcome = CurlMailSender(nowhere).send(any_mail());
    ASSERT_FALSE(outcome.has_value());
    EXPECT_FALSE(outcome.error().is_permanent);
    EXPECT_FALSE(outcome.error().detail.empty());
}

TEST(MailText, AHeaderCannotBeBrokenOutOf) {
    Mail mail = any_mail();
    mail.subject = "a\r\nBcc: everybody@example.org";
    EXPECT_TRUE(mail_text(mail).contains("Subject: a  Bcc: everybody@example.org\r\nMessage-ID"));
}

TEST(MailText, IsTheSameForTheSameMail) { EXPECT_EQ(mail_text(any_mail()), mail_text(any_mail())); }

TEST(Mailbox, IsAnAddressWithOrWithoutAName) {
    for (const char* good : {"a@b", "tipoff@example.org", "Tip-off <tipoff@example.org>"})
        EXPECT_TRUE(check_mailbox(good).has_value()) << good;
    for (const char* bad : {"", "tipoff", "@example.org", "tipoff@", "a b@example.org", "a@b@c",
                            "a@b,c@d", "Tip <a@b>\r\nBcc: c@d", "ö@example.org"})
        EXPECT_EQ(support::outcome_of(check_mailbox(bad)), "invalid input") << bad;
    EXPECT_EQ(address_of("Tip-off <tipoff@example.org>"), "tipoff@example.org");
}

RC_GTEST_PROP(MailText, HasNoLongLineAndNothingButAscii,
              (const std::string& subject, const std::string& body)) {
    Mail mail = any_mail();
    mail.subject = subject;
    mail.body = body;
    const std::string text = mail_text(mail);
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text.find("\r\n", begin)) != std::string::npos;
         begin = end + 2) {
        RC_ASSERT(end - begin <= 78U);
        for (const char c : text.substr(begin, end - begin))
            RC_ASSERT(c == '\t' || (c >= ' ' && c <= '~'));
    }
    RC_ASSERT(begin == text.size());
}

}  // namespace
}  // namespace tipoff
