#include "league/pdf.h"

#include <fmt/core.h>

#include <map>

#include "base/error.h"

namespace tipoff::league {
namespace {

constexpr double kGlyphWidth = 0.6;  // of Courier, of its size
constexpr double kAscent = 0.629;    // likewise

std::u32string decoded(std::string_view utf8) {
    std::u32string text;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        char32_t point = length == 1 ? first : first & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i)
            point = point << 6 | (static_cast<unsigned char>(utf8.at(at + i)) & 0x3FU);
        text += point;
        at += length;
    }
    return text;
}

/// Codes from 128 on, given out as characters beyond ASCII come.
class Codes {
public:
    unsigned char code_of(char32_t point) {
        if (point < 0x80) return static_cast<unsigned char>(point);
        const auto [place, is_new] = codes_.try_emplace(point, codes_.size() + 128);
        require(place->second < 256, "a PDF has at most 128 characters beyond ASCII");
        return static_cast<unsigned char>(place->second);
    }

    [[nodiscard]] std::string differences() const {
        std::string names;
        for (const auto& [point, code] : codes_)
            names += fmt::format("{} /uni{:04X} ", code, static_cast<std::uint32_t>(point));
        return names;
    }

private:
    std::map<char32_t, std::size_t> codes_;
};

std::string content_of(const PdfSheet& sheet, const PdfLook& look, Codes& codes) {
    std::string content;
    for (const PdfText& text : sheet.texts) {
        std::string hex;
        for (const char32_t point : decoded(text.text))
            hex += fmt::format("{:02X}", codes.code_of(point));
        content += fmt::format("BT /F1 {} Tf {} {} Td <{}> Tj ET\n", look.font_size, text.left,
                               look.height - text.top - kAscent * look.font_size, hex);
    }
    return content;
}

}  // namespace

double pdf_width(std::string_view text, const PdfLook& look) {
    return static_cast<double>(decoded(text).size()) * kGlyphWidth * look.font_size;
}

std::string write_pdf(std::span<const PdfSheet> sheets, const PdfLook& look) {
    // Objects 1 to 3 are catalog, pages and font; each page has one and its content the next.
    Codes codes;
    std::vector<std::string> objects(3);
    std::string kids;
    for (const PdfSheet& sheet : sheets) {
        const std::string content = content_of(sheet, look, codes);
        kids += fmt::format("{} 0 R ", objects.size() + 1);
        objects.push_back(
            fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Contents {} 0 R "
                        "/Resources << /Font << /F1 3 0 R >> >> >>",
                        look.width, look.height, objects.size() + 2));
        objects.push_back(
            fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content));
    }
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>";
    objects[1] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, sheets.size());
    std::string widths;
    for (int code = 0; code < 256; ++code)
        widths += "600 ";
    objects[2] = fmt::format(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 0 /LastChar 255 "
        "/Widths [{}] /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [{}] >> >>",
        widths, codes.differences());

    std::string bytes = "%PDF-1.4\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (std::size_t i = 0; i < objects.size(); ++i) {
        table += fmt::format("{:010} 00000 n \n", bytes.size());
        bytes += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    const std::string lock =
        look.locked ? fmt::format(
                          "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                          "/O <{0:064}> /U <{0:064}> >> ",
                          0)
                    : "";
    const std::size_t table_at = bytes.size();
    bytes += table;
    bytes += fmt::format("trailer\n<< /Size {} /Root 1 0 R {}>>\nstartxref\n{}\n%%EOF\n",
                         objects.size() + 1, lock, table_at);
    return bytes;
}

}  // namespace tipoff::league
