#pragma once
/// Real seasons through the program's own import, conforming and fold, so that what it says of a
/// named player and day can be compared with what was worked out from the files by hand.

#include <gtest/gtest.h>

#include <memory>
#include <string_view>
#include <vector>

#include "conform/analytics_tables.h"
#include "features/feature_tables.h"

namespace tipoff::features::test {

/// One answer: the feature's name and its value; `kUnknown` where the row says NULL.
struct Answer {
    std::string_view feature;
    double value;
    double tolerance = 2e-5;  ///< the last digit written here, and the width of a `float`
};

/// Box scores of 2021-22 and 2022-23 with their playoffs, shots of 2022-23, lines, injuries and
/// positions; imported once. Skips where there is no folder of real data.
class WorkedAnswers : public testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();
    void SetUp() override;

    /// A row as the program has it; no such row ends the test.
    static const conform::PlayerGame& player_game(std::string_view game, std::int64_t player);
    static const conform::TeamOffense& offense(std::string_view game, std::string_view team);
    static const conform::TeamDefense& defense(std::string_view game, std::string_view team);
    static conform::TeamContext team_before(std::string_view date, std::string_view team);

    /// The player's feature row of the day's game, as of its tip-off.
    static FeatureStoreRow features_of(std::string_view date, std::int64_t player);

    /// Compares features of that row with the answers.
    static void expect_features(std::string_view date, std::int64_t player,
                                const std::vector<Answer>& answers);

private:
    struct Season;
    static std::unique_ptr<Season> season_;
};

inline constexpr std::int64_t kAntetokounmpo = 203507;
inline constexpr std::int64_t kBanchero = 1631094;
inline constexpr std::int64_t kBridges = 1628969;
inline constexpr std::int64_t kCurry = 201939;
inline constexpr std::int64_t kDoncic = 1629029;
inline constexpr std::int64_t kDurant = 201142;
inline constexpr std::int64_t kIrving = 202681;
inline constexpr std::int64_t kLillard = 203081;
inline constexpr std::int64_t kLooney = 1626172;
inline constexpr std::int64_t kPoole = 1629673;
inline constexpr std::int64_t kTatum = 1628369;
inline constexpr std::int64_t kThybulle = 1629680;

}  // namespace tipoff::features::test
