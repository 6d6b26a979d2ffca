#include "league/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/names.h"

namespace tipoff::league {
namespace {

std::vector<PlayerName> many_names() {
    NameGenerator names;
    Random random(5, Stream::kName);
    std::vector<PlayerName> found;
    constexpr int kNames = 2000;
    for (int i = 0; i < kNames; ++i)
        found.push_back(names.next(random));
    return found;
}

TEST(PlayerNames, AreUniqueEvenWithoutAccentsAndSuffixes) {
    std::set<std::string> seen;
    for (const PlayerName& name : many_names()) {
        const std::string folded = fold_name(name.display);
        EXPECT_TRUE(seen.insert(std::string(without_suffix(folded))).second) << name.display;
    }
}

TEST(PlayerNames, EverySpellingFindsTheSamePlayer) {
    for (const PlayerName& name : many_names()) {
        const std::string folded = fold_name(name.display);
        EXPECT_EQ(fold_name(name.plain), folded) << name.display;
        EXPECT_EQ(fold_name(name.prop), without_suffix(folded)) << name.display;
        if (name.other_plain.empty()) continue;
        EXPECT_EQ(fold_name(name.other_plain), without_suffix(folded)) << name.display;
    }
}

TEST(PlayerNames, ExerciseWhatRealNamesDo) {
    int accents = 0;
    int suffixes = 0;
    int hyphens = 0;
    int apostrophes = 0;
    for (const PlayerName& name : many_names()) {
        accents += name.display != name.plain ? 1 : 0;
        const std::string folded = fold_name(name.display);
        suffixes += without_suffix(folded).size() != folded.size() ? 1 : 0;
        hyphens += name.display.find('-') != std::string::npos ? 1 : 0;
        apostrophes += name.display.find('\'') != std::string::npos ? 1 : 0;
    }
    EXPECT_GT(accents, 100);
    EXPECT_GT(suffixes, 50);
    EXPECT_GT(hyphens, 20);
    EXPECT_GT(apostrophes, 10);
}

TEST(PlayerNames, FitIntoAFieldOfAFile) {
    for (const PlayerName& name : many_names()) {
        EXPECT_EQ(name.display.find_first_of(",\"\n\r"), std::string::npos) << name.display;
        EXPECT_TRUE(std::ranges::none_of(name.prop, [](char c) { return c >= 'A' && c <= 'Z'; }))
            << name.prop;
    }
}

}  // namespace
}  // namespace tipoff::league
