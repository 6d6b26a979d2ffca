/// Mail as text: RFC 5322 headers, RFC 2047 words, quoted-printable (RFC 2045).

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/mail.h"
#include "base/parse.h"

namespace tipoff {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// A line of quoted-printable, the "=" of a soft break counted.
constexpr std::size_t kLineWidth = 76;

/// Bytes of one encoded word: 52 characters of base64 and 12 around them, so that a line of it has
/// room for the header's name.
constexpr std::size_t kWordBytes = 39;

/// Beyond it a header is folded, which is easiest in encoded words.
constexpr std::size_t kPlainHeader = 60;

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the NUL that ends it
    return text;
}

bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// Encoded words, each of whole characters, one a line.
std::string encoded_words(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        std::size_t size = std::min(kWordBytes, text.size());
        while (size < text.size() && size > 1 && continues_a_character(text[size]))
            --size;
        if (!words.empty()) words += "\r\n ";
        words += fmt::format("=?UTF-8?B?{}?=", base64(text.substr(0, size)));
        text.remove_prefix(size);
    }
    return words;
}

/// As it is where that is allowed.
std::string header_text(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    const bool is_plain = text.size() <= kPlainHeader &&
                          std::ranges::all_of(text, is_printable_ascii) && !text.contains("=?");
    return is_plain ? text : encoded_words(text);
}

/// "Tip-off <tipoff@example.org>" with its name encoded where it is more than words.
std::string mailbox_text(std::string_view mailbox) {
    const std::string_view address = address_of(mailbox);
    const auto name = trimmed(mailbox.substr(0, mailbox.find('<')));
    if (address.size() == mailbox.size() || name.empty()) return fmt::format("<{}>", address);
    const bool is_plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == ' ' || c == '-';
    });
    return fmt::format("{}\r\n <{}>", is_plain ? std::string(name) : encoded_words(name), address);
}

/// "Fri, 27 Nov 2026 14:44:06 +0000".
std::string date_text(Instant at) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
        kDays.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
        kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
        time.hours().count(), time.minutes().count(), time.seconds().count());
}

/// One line without its end, soft breaks where it would be too long.
void append_quoted_printable(std::string_view line, std::string& text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool is_last = i + 1 == line.size();
        // Space at a line's end is lost on the way.
        const bool is_space = c == ' ' || c == '\t';
        const bool is_plain = is_space ? !is_last : c != '=' && is_printable_ascii(c);
        const std::string written =
            is_plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
        if (width + written.size() > kLineWidth - (is_last ? 0 : 1)) {
            text += "=\r\n";
            width = 0;
        }
        text += written;
        width += written.size();
    }
}

std::string quoted_printable(std::string_view body) {
    std::string text;
    while (!body.empty()) {
        const auto end = std::min(body.find('\n'), body.size());
        std::string_view line = body.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        append_quoted_printable(line, text);
        text += kLineEnd;
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return text;
}

}  // namespace

std::string_view address_of(std::string_view mailbox) {
    const auto from = mailbox.find('<');
    if (from == std::string_view::npos || !mailbox.ends_with('>')) return mailbox;
    return mailbox.substr(from + 1, mailbox.size() - from - 2);
}

Status check_mailbox(std::string_view mailbox) {
    const std::string_view address = address_of(mailbox);
    const auto at = address.find('@');
    const bool is_sound =
        at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
        address.find('@', at + 1) == std::string_view::npos &&
        std::ranges::all_of(address,
                            [](char c) {
                                return is_printable_ascii(c) &&
                                       !std::string_view(" <>,;:\"()[]\\").contains(c);
                            }) &&
        std::ranges::none_of(mailbox, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    if (is_sound) return {};
    return fail(ErrorCode::kInvalidInput, fmt::format("'{}' is no mail address", mailbox),
                "tipoff@example.org, or Name <tipoff@example.org>");
}

std::string mail_text(const Mail& mail) {
    std::string to;
    for (const std::string& mailbox : mail.to)
        to += (to.empty() ? "" : ",\r\n ") + mailbox_text(mailbox);
    return fmt::format(
        "Date: {}\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{}>\r\n"
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n{}",
        date_text(mail.date), mailbox_text(mail.from), to, header_text(mail.subject),
        mail.message_id, quoted_printable(mail.body));
}

}  // namespace tipoff
