#include "collect/sources/pdf_text.h"

#include <fmt/core.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace tipoff::collect {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr int kMostPages = 200;
/// The marks of a PDF stand within so many bytes of its ends.
constexpr std::size_t kMarkReach = 1024;
/// Words of one line differ in height by no more than this part of their own.
constexpr double kSameLine = 0.3;

/// What poppler complained of first since this thread began to read. It would print it otherwise.
thread_local std::string first_complaint;

void keep_complaint(const std::string& complaint, void*) {
    if (!first_complaint.empty()) return;
    first_complaint = complaint.substr(0, complaint.find_last_not_of(" \r\n") + 1);
}

void silence_poppler() {
    [[maybe_unused]] static const bool silenced = [] {
        poppler::set_debug_error_function(&keep_complaint, nullptr);
        return true;
    }();
}

std::unexpected<Error> damaged() {
    return fail(ErrorCode::kInvalidInput,
                first_complaint.empty() ? "the PDF is damaged"
                                        : fmt::format("the PDF is damaged: {}", first_complaint));
}

std::string utf8(const poppler::ustring& text) {
    const poppler::byte_array bytes = text.to_utf8();
    return {bytes.data(), bytes.size()};
}

std::vector<PdfWord> words_of(const poppler::page& page) {
    std::vector<PdfWord> words;
    for (const poppler::text_box& box : page.text_list()) {
        const poppler::rectf place = box.bbox();
        words.push_back({.left = place.left(),
                         .top = place.top(),
                         .right = place.right(),
                         .bottom = place.bottom(),
                         .text = utf8(box.text())});
    }
    return words;
}

}  // namespace

std::string PdfLine::text() const {
    std::string text;
    for (const PdfWord& word : words) {
        if (!text.empty()) text += ' ';
        text += word.text;
    }
    return text;
}

std::vector<PdfLine> lines_of(std::vector<PdfWord> words) {
    std::ranges::stable_sort(words, {}, &PdfWord::middle);
    std::vector<PdfLine> lines;
    for (PdfWord& word : words) {
        const bool continues =
            !lines.empty() &&
            std::abs(word.middle() - lines.back().words.front().middle()) <=
                kSameLine * std::max(word.height(), lines.back().words.front().height());
        if (!continues) lines.emplace_back();
        lines.back().words.push_back(std::move(word));
    }
    for (PdfLine& line : lines)
        std::ranges::stable_sort(line.words, {}, &PdfWord::left);
    return lines;
}

std::string joined(std::span<const PdfLine> lines) {
    std::string text;
    for (const PdfLine& line : lines) {
        // "Hood-" and "Schifino" are one word; the dash of "Injury/Illness -" stands alone.
        const bool splits_word =
            text.size() > 1 && text.ends_with('-') && text[text.size() - 2] != ' ';
        if (!text.empty() && !splits_word) text += ' ';
        text += line.text();
    }
    return text;
}

Expected<std::vector<PdfPage>> read_pdf(std::span<const char> bytes) {
    const std::string_view all(bytes.data(), bytes.size());
    if (all.empty()) return fail(ErrorCode::kInvalidInput, "the document is empty");
    if (!all.substr(0, kMarkReach).contains("%PDF-"))
        return fail(ErrorCode::kInvalidInput, "the document is no PDF");
    if (all.size() > kMostBytes) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("the PDF has more than {} MiB", kMostBytes >> 20));
    }
    // Poppler mends what is cut short, and gives the pages that are left.
    if (!all.substr(all.size() - std::min(all.size(), kMarkReach)).contains("%%EOF"))
        return fail(ErrorCode::kInvalidInput, "the PDF is cut short: its end mark is missing");

    silence_poppler();
    first_complaint.clear();
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (document == nullptr) return damaged();
    if (document->is_locked())
        return fail(ErrorCode::kInvalidInput, "the PDF is locked by a password");
    if (document->pages() > kMostPages) {
        return fail(ErrorCode::kInvalidInput, fmt::format("the PDF has {} pages, more than {}",
                                                          document->pages(), kMostPages));
    }
    std::vector<PdfPage> pages;
    bool has_words = false;
    for (int index = 0; index < document->pages(); ++index) {
        const std::unique_ptr<poppler::page> page(document->create_page(index));
        if (page == nullptr) return damaged();
        pages.push_back(lines_of(words_of(*page)));
        has_words = has_words || !pages.back().empty();
    }
    // Of a stream that breaks off, poppler gives what comes before: rows would be missing.
    if (!first_complaint.empty()) return damaged();
    if (!has_words) return fail(ErrorCode::kInvalidInput, "the PDF has no text");
    return pages;
}

}  // namespace tipoff::collect
