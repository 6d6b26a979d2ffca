#include "forecast/boosted_trees.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support/expected.h"

namespace tipoff::forecast {
namespace {

/// Games whose mean is 4 for a low first feature and 16 for a high one; the second feature says
/// nothing, and some values are unknown.
struct Games {
    std::vector<float> features;
    std::vector<float> outcomes;
    std::vector<float> expected;  ///< 8 for all of them

    explicit Games(std::size_t count) {
        std::uint64_t state = 12345;
        const auto draw = [&state] {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return static_cast<double>(state >> 11U) / 9007199254740992.0;
        };
        for (std::size_t i = 0; i < count; ++i) {
            const bool high = draw() < 0.5;
            features.push_back(high ? 1.0F : 0.0F);
            features.push_back(i % 5 == 0 ? std::numeric_limits<float>::quiet_NaN()
                                          : static_cast<float>(draw()));
            // The sum of eight even draws from 0 to a quarter of the mean.
            double outcome = 0;
            for (int part = 0; part < 8; ++part)
                outcome += std::floor(draw() * (high ? 5.0 : 2.0));
            outcomes.push_back(static_cast<float>(outcome));
            expected.push_back(8);
        }
    }
    [[nodiscard]] FeatureMatrix matrix() const { return {features, 2}; }
    [[nodiscard]] ExpectedOutcomes expected_outcomes() const { return {outcomes, expected}; }
    [[nodiscard]] TrainingSet bins() const {
        return support::value_of(TrainingSet::of(matrix(), 1));
    }
};

TreeParameters small_trees() {
    TreeParameters parameters;
    parameters.learning_rate = 0.2;
    parameters.feature_share = 1;
    parameters.most_rounds = 60;
    return parameters;
}

TEST(BoostedTrees, FindByWhatFactorAFormulaIsOffInTwoGroups) {
    const Games games(4000);
    const auto trees = support::value_of(
        BoostedTrees::train(games.bins(), games.expected_outcomes(), 60, small_trees()));
    const std::vector<float> asked{0.0F, 0.5F, 1.0F, std::numeric_limits<float>::quiet_NaN()};
    const auto factors = trees.corrections({asked, 2});
    ASSERT_EQ(factors.size(), 2U);
    EXPECT_NEAR(factors[0], 0.5, 0.05);  // eight times the mean of {0, 1}, where 8 were expected
    EXPECT_NEAR(factors[1], 2, 0.08);    // eight times the mean of {0, 1, 2, 3, 4}
}

TEST(BoostedTrees, HaveLittleToAddToAFormulaThatIsRight) {
    Games games(4000);
    for (std::size_t i = 0; i < games.expected.size(); ++i)
        games.expected[i] = games.features[2 * i] > 0 ? 16 : 4;
    const auto trees = support::value_of(
        BoostedTrees::train(games.bins(), games.expected_outcomes(), 20, small_trees()));
    double sum = 0;
    for (const float factor : trees.corrections(games.matrix()))
        sum += std::abs(static_cast<double>(factor) - 1);
    EXPECT_LT(sum / 4000, 0.03);
}

TEST(BoostedTrees, LearnNothingFromGamesWithoutAnOutcome) {
    Games games(3000);
    const auto bytes_of = [](const Games& those) {
        return support::value_of(
                   BoostedTrees::train(those.bins(), those.expected_outcomes(), 20, small_trees()))
            .corrections(Games(3000).matrix());
    };
    const auto all = bytes_of(games);
    for (std::size_t i = 0; i < games.outcomes.size(); i += 3) {
        games.outcomes[i] = std::numeric_limits<float>::quiet_NaN();
        games.expected[i] = 8;
    }
    const auto some = bytes_of(games);
    EXPECT_NE(some, all);
    for (std::size_t i = 0; i < games.outcomes.size(); i += 3)
        games.expected[i] = 1;  // whatever had been expected of them
    EXPECT_EQ(bytes_of(games), some);
}

// Of four games alike three made 12, of which 6 were expected, and one made 4. By their weights, 1
// and 3, they made 8 on average, and by their number 10.
TEST(BoostedTrees, CountAGameByItsWeight) {
    constexpr std::size_t kGames = 4000;
    const std::vector<float> features(kGames, 1);
    const std::vector<float> expected(kGames, 6);
    std::vector<float> outcomes(kGames, 12);
    std::vector<float> weights(kGames, 1);
    for (std::size_t i = 0; i < kGames; i += 4) {
        outcomes[i] = 4;
        weights[i] = 3;
    }
    const auto bins = support::value_of(TrainingSet::of({features, 1}, 1));
    const auto factor_of = [&](const ExpectedOutcomes& games) {
        const auto trees = support::value_of(BoostedTrees::train(bins, games, 60, small_trees()));
        return trees.corrections(FeatureMatrix{features, 1}.slice(0, 1)).front();
    };
    EXPECT_NEAR(factor_of({outcomes, expected, weights}), 8.0 / 6, 0.02);
    EXPECT_NEAR(factor_of({outcomes, expected}), 10.0 / 6, 0.02);
}

TEST(BoostedTrees, AreTheSameBytesAgainAndOnAnyNumberOfThreads) {
    const Games games(3000);
    TreeParameters parameters = small_trees();
    parameters.threads = 1;
    const auto bytes_with = [&](std::size_t threads, std::uint64_t seed) {
        parameters.threads = threads;
        parameters.seed = seed;
        const auto trees = support::value_of(
            BoostedTrees::train(games.bins(), games.expected_outcomes(), 20, parameters));
        return trees.bytes();
    };
    const auto once = bytes_with(1, 7);
    EXPECT_EQ(once, bytes_with(1, 7));
    EXPECT_EQ(once, bytes_with(2, 7));
    EXPECT_EQ(once, bytes_with(8, 7));
    EXPECT_NE(once, bytes_with(1, 8));
}

TEST(BoostedTrees, SayTheSameAfterTheyWereWrittenAndRead) {
    const Games games(2000);
    const auto trees = support::value_of(
        BoostedTrees::train(games.bins(), games.expected_outcomes(), 20, small_trees()));
    const auto read = support::value_of(BoostedTrees::read(trees.bytes()));
    EXPECT_EQ(trees.corrections(games.matrix()), read.corrections(games.matrix()));
    EXPECT_EQ(trees.bytes(), read.bytes());
}

// What XGBoost itself says of a row is what its features add up to, also where one is unknown.
TEST(BoostedTrees, AreMadeOfWhatTheirFeaturesAdd) {
    Games games(3000);
    for (const Loss loss : {Loss::kPoisson, Loss::kSquaredError, Loss::kPseudoHuber}) {
        TreeParameters parameters = small_trees();
        parameters.loss = loss;
        const auto trees = support::value_of(
            BoostedTrees::train(games.bins(), games.expected_outcomes(), 30, parameters));
        for (std::size_t i = 0; i < games.features.size(); i += 7)
            games.features[i] = std::numeric_limits<float>::quiet_NaN();
        const auto corrections = trees.corrections(games.matrix());
        const auto shares = trees.approximate_contributions(games.matrix());
        ASSERT_EQ(shares.size(), 3 * corrections.size());
        EXPECT_TRUE(std::ranges::equal(shares, trees.approximate_contributions(games.matrix(), 3)));
        double moved = 0;
        for (std::size_t row = 0; row < corrections.size(); ++row) {
            const double sum = static_cast<double>(shares[3 * row]) +
                               static_cast<double>(shares[3 * row + 1]) +
                               static_cast<double>(shares[3 * row + 2]);
            const auto correction = static_cast<double>(corrections[row]);
            ASSERT_NEAR(sum, loss == Loss::kPoisson ? std::log(correction) : correction, 1e-4);
            moved = std::max(moved, std::abs(static_cast<double>(shares[3 * row])));
        }
        EXPECT_GT(moved, 0.05);
    }
}

TEST(BoostedTrees, AreNotReadFromOtherBytes) {
    EXPECT_FALSE(BoostedTrees::read("not trees").has_value());
}

TEST(BoostedTrees, StopBeforeTheyLearnTheNoise) {
    const Games games(4000);
    TreeParameters parameters = small_trees();
    parameters.most_rounds = 400;
    parameters.patience = 10;
    const int rounds = support::value_of(
        BoostedTrees::best_rounds(games.matrix(), games.expected_outcomes(), 3000, parameters));
    EXPECT_GT(rounds, 5);
    EXPECT_LT(rounds, 100);
}

TEST(BoostedTrees, HaveNothingToSayOfNoRows) {
    const Games games(500);
    const auto trees = support::value_of(
        BoostedTrees::train(games.bins(), games.expected_outcomes(), 5, small_trees()));
    EXPECT_TRUE(trees.corrections({{}, 2}).empty());
}

}  // namespace
}  // namespace tipoff::forecast
