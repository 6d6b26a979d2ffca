#pragma once
/// Small PDFs with text at given places: uncompressed, in Courier, correct in every table.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tipoff::league {

/// Where the upper left corner of a text stands, in points from that of the page.
struct PdfText {
    double left = 0;
    double top = 0;
    std::string text;  ///< UTF-8
};

struct PdfSheet {
    std::vector<PdfText> texts;

    void write(double left, double top, std::string_view text) {
        texts.push_back({.left = left, .top = top, .text = std::string(text)});
    }
};

struct PdfLook {
    double width = 842;
    double height = 595;
    double font_size = 8;
    bool locked = false;  ///< asks for a password that nobody knows
};

/// How wide a text is: every character of Courier is as wide as any other.
[[nodiscard]] double pdf_width(std::string_view text, const PdfLook& look = {});

/// The bytes of a document. A text may have at most 128 different characters beyond ASCII.
[[nodiscard]] std::string write_pdf(std::span<const PdfSheet> sheets, const PdfLook& look = {});

}  // namespace tipoff::league
