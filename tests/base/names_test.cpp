#include "base/names.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tipoff {
namespace {

struct Spelling {
    const char* written;
    const char* folded;
};

class Folding : public testing::TestWithParam<Spelling> {};

TEST_P(Folding, GivesOneSpelling) { EXPECT_EQ(fold_name(GetParam().written), GetParam().folded); }

INSTANTIATE_TEST_SUITE_P(Accents, Folding,
                         testing::Values(Spelling{"Luka Dončić", "luka doncic"},
                                         Spelling{"Nikola Jokić", "nikola jokic"},
                                         Spelling{"Dennis Schröder", "dennis schroder"},
                                         Spelling{"Dario Šarić", "dario saric"},
                                         Spelling{"Jonas Valančiūnas", "jonas valanciunas"},
                                         Spelling{"Kristaps Porziņģis", "kristaps porzingis"},
                                         Spelling{"Alperen Şengün", "alperen sengun"},
                                         Spelling{"Ersan İlyasova", "ersan ilyasova"}));

INSTANTIATE_TEST_SUITE_P(LettersWithoutADecomposition, Folding,
                         testing::Values(Spelling{"Luka Đorđević", "luka dordevic"},
                                         Spelling{"Øystein", "oystein"},
                                         Spelling{"Łukasz Kołodziej", "lukasz kolodziej"},
                                         Spelling{"Furkan Aldemır", "furkan aldemir"},
                                         Spelling{"Weiß", "weiss"},
                                         Spelling{"Ægir Þór", "aegir thor"}));

INSTANTIATE_TEST_SUITE_P(Suffixes, Folding,
                         testing::Values(Spelling{"Jaren Jackson Jr.", "jaren jackson jr"},
                                         Spelling{"Robert Williams III", "robert williams iii"},
                                         Spelling{"Gary Trent, Jr.", "gary trent jr"}));

INSTANTIATE_TEST_SUITE_P(Punctuation, Folding,
                         testing::Values(Spelling{"De'Aaron Fox", "deaaron fox"},
                                         Spelling{"De’Aaron Fox", "deaaron fox"},
                                         Spelling{"Karl-Anthony Towns", "karl anthony towns"},
                                         Spelling{"Karl\u2013Anthony Towns", "karl anthony towns"},
                                         Spelling{"P.J. Washington", "pj washington"},
                                         Spelling{"  Nene \t Hilario  ", "nene hilario"},
                                         Spelling{"Al\u00a0Horford", "al horford"},
                                         Spelling{"LUKA DONČIĆ", "luka doncic"},
                                         Spelling{"Doncic_Luka", "doncic luka"}, Spelling{"", ""},
                                         Spelling{"- '.", ""}));

// The accent as a mark of its own, as some feeds write it.
INSTANTIATE_TEST_SUITE_P(Composition, Folding,
                         testing::Values(Spelling{"Luka Donc\u030cic\u0301", "luka doncic"}));

TEST(Folding, DropsBytesThatAreNotUtf8AndKeepsTheRest) {
    EXPECT_EQ(fold_name("Luka Don\xff\xC4\x8Di\xC4\x87"), "luka doncic");
    EXPECT_EQ(fold_name("Jokic\xC4"), "jokic");
    EXPECT_EQ(fold_name("\xff\xfe"), "");
    EXPECT_EQ(fold_name(std::string_view("Al\0 Horford", 11)), "al horford");
}

RC_GTEST_PROP(FoldingProperties, IsPlainAndFoldsToItself, (const std::string& bytes)) {
    const std::string folded = fold_name(bytes);
    for (const char c : folded)
        RC_ASSERT((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ');
    RC_ASSERT(folded.find("  ") == std::string::npos);
    RC_ASSERT(!folded.starts_with(' '));
    RC_ASSERT(!folded.ends_with(' '));
    RC_ASSERT(fold_name(folded) == folded);
}

RC_GTEST_PROP(FoldingProperties, BrokenBytesNeverChangeTheLetters, ()) {
    const auto name = *rc::gen::container<std::string>(rc::gen::inRange('a', '{'));
    const auto at = *rc::gen::inRange<std::size_t>(0, name.size() + 1);
    std::string broken = name;
    broken.insert(at, "\xff");
    RC_ASSERT(fold_name(broken) == name);
}

TEST(Suffix, IsTakenOffWhenTwoWordsStay) {
    EXPECT_EQ(without_suffix("jaren jackson jr"), "jaren jackson");
    EXPECT_EQ(without_suffix("robert williams iii"), "robert williams");
    EXPECT_EQ(without_suffix("lonnie walker iv"), "lonnie walker");
    EXPECT_EQ(without_suffix("larry nance sr"), "larry nance");
}

TEST(Suffix, StaysWhenItIsTheNameItself) {
    EXPECT_EQ(without_suffix("luka doncic"), "luka doncic");
    EXPECT_EQ(without_suffix("ii jr"), "ii jr");
    EXPECT_EQ(without_suffix("dr j v"), "dr j");
    EXPECT_EQ(without_suffix("jr smith"), "jr smith");
    EXPECT_EQ(without_suffix("nene"), "nene");
    EXPECT_EQ(without_suffix(""), "");
}

}  // namespace
}  // namespace tipoff
