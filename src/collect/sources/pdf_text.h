#pragma once
/// The words of a PDF with their places, for sources that print tables.
///
/// Running text mixes the columns of a table as soon as a cell goes over two lines; places do not.
/// Lengths are points, from the upper left corner of a page. Safe from any thread.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tipoff::collect {

struct PdfWord {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    std::string text;  ///< UTF-8

    [[nodiscard]] double middle() const { return (top + bottom) / 2; }
    [[nodiscard]] double height() const { return bottom - top; }
};

/// Words beside each other, from left to right.
struct PdfLine {
    std::vector<PdfWord> words;

    [[nodiscard]] double top() const { return words.front().top; }
    [[nodiscard]] double bottom() const { return words.front().bottom; }
    [[nodiscard]] double height() const { return words.front().height(); }
    [[nodiscard]] std::string text() const;  ///< words with single spaces
};

/// From top to bottom.
using PdfPage = std::vector<PdfLine>;

/// Every page of a document. `kInvalidInput` where the bytes are no PDF, a PDF that is cut short,
/// damaged or locked by a password, and where no page has a word.
[[nodiscard]] Expected<std::vector<PdfPage>> read_pdf(std::span<const char> bytes);

/// Words sorted into lines; those of one line stand at one height.
[[nodiscard]] std::vector<PdfLine> lines_of(std::vector<PdfWord> words);

/// Lines of one cell as one text. A word that a hyphen ends is joined to the next line's first.
[[nodiscard]] std::string joined(std::span<const PdfLine> lines);

}  // namespace tipoff::collect
