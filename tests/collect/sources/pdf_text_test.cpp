#include "collect/sources/pdf_text.h"

#include <gtest/gtest.h>

#include "collect/sources/samples.h"
#include "league/pdf.h"

namespace tipoff::collect {
namespace {

using league::PdfSheet;
using league::write_pdf;

Expected<std::vector<PdfPage>> read_bytes(std::string_view bytes) {
    return read_pdf({bytes.data(), bytes.size()});
}

std::string problem_of(std::string_view bytes) {
    const auto pages = read_bytes(bytes);
    return pages ? "" : pages.error().message();
}

std::vector<PdfSheet> two_sheets() {
    std::vector<PdfSheet> sheets(2);
    sheets[0].write(300, 40, "lower right");
    sheets[0].write(20, 40, "lower left");
    sheets[0].write(20, 20, "Luka Dončić (ET) 100%");
    sheets[1].write(20, 20, "second page");
    return sheets;
}

TEST(PdfText, WordsHaveTheirPlacesAndLines) {
    const std::string bytes = write_pdf(two_sheets());
    const auto pages = read_bytes(bytes);
    ASSERT_TRUE(pages) << pages.error().message();
    ASSERT_EQ(pages->size(), 2U);
    const PdfPage& first = pages->front();
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].text(), "Luka Dončić (ET) 100%");
    EXPECT_EQ(first[1].text(), "lower left lower right");
    ASSERT_EQ(first[1].words.size(), 4U);
    EXPECT_NEAR(first[1].words[0].left, 20, 0.5);
    EXPECT_NEAR(first[1].words[2].left, 300, 0.5);
    EXPECT_NEAR(first[1].top() - first[0].top(), 20, 0.5);
    EXPECT_EQ((*pages)[1][0].text(), "second page");
}

TEST(PdfText, WhatIsNoPdfIsSaid) {
    EXPECT_EQ(problem_of(""), "the document is empty");
    EXPECT_EQ(problem_of("<html><body>Access Denied</body></html>"), "the document is no PDF");
    EXPECT_EQ(problem_of("{}"), "the document is no PDF");
}

TEST(PdfText, ALockedPdfIsSaid) {
    EXPECT_EQ(problem_of(write_pdf(two_sheets(), {.locked = true})),
              "the PDF is locked by a password");
}

TEST(PdfText, APdfWithoutTextIsSaid) {
    EXPECT_EQ(problem_of(write_pdf(std::vector<PdfSheet>(1))), "the PDF has no text");
}

TEST(PdfText, EveryCutIsNoticed) {
    const std::string bytes = write_pdf(two_sheets());
    for (std::size_t size = 0; size + 6 < bytes.size(); size += 97)
        EXPECT_NE(problem_of(std::string_view(bytes).substr(0, size)), "") << size;
}

TEST(PdfText, DamageIsOneOutcomeAndNoNoise) {
    const std::string garbled = "%PDF-1.4\nnothing of use\n%%EOF\n";
    testing::internal::CaptureStderr();
    const std::string problem = problem_of(garbled);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_TRUE(problem.starts_with("the PDF is damaged: ")) << problem;

    // A content stream that cannot be unpacked: the page is there, its words are not.
    std::string packed = write_pdf(two_sheets());
    const std::size_t length_at = packed.find("<< /Length");
    packed.replace(length_at, 3, "<</Filter/FlateDecode ");
    testing::internal::CaptureStderr();
    EXPECT_TRUE(problem_of(packed).starts_with("the PDF is damaged: ")) << problem_of(packed);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(PdfText, ADamagedRecordingIsDamaged) {
    TIPOFF_SAMPLE(document, "nbac_gamebook_pdf/raw_0173bcd1.pdf");
    testing::internal::CaptureStderr();
    EXPECT_TRUE(problem_of(document).starts_with("the PDF is damaged: ")) << problem_of(document);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(PdfText, LinesOfACellAreJoined) {
    const auto line = [](std::string text) {
        return PdfLine{{{.left = 0, .top = 0, .right = 1, .bottom = 1, .text = std::move(text)}}};
    };
    EXPECT_EQ(joined(std::vector{line("Injury/Illness -"), line("Knee")}), "Injury/Illness - Knee");
    EXPECT_EQ(joined(std::vector{line("Hood-"), line("Schifino, Jalen")}), "Hood-Schifino, Jalen");
    EXPECT_EQ(joined(std::vector{line("-"), line("x")}), "- x");
}

}  // namespace
}  // namespace tipoff::collect
