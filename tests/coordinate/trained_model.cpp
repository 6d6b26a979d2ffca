#include "trained_model.h"

#include <random>
#include <vector>

#include "support/expected.h"

namespace tipoff::coordinate::test {

using forecast::BoostedTrees;
using forecast::Loss;
using support::value_of;

std::shared_ptr<const forecast::TrainedCount> trained_model(unsigned seed, int trees) {
    constexpr std::size_t kGames = 2'000;
    std::minstd_rand random(seed);
    const auto any = [&](double scale) {
        return static_cast<float>(scale * static_cast<double>(random() % 1'000) / 1'000);
    };
    std::vector<float> values;
    std::vector<float> outcomes;
    std::vector<float> expected;
    for (std::size_t game = 0; game < kGames; ++game) {
        for (std::size_t i = 0; i < forecast::kTreeInputs; ++i)
            values.push_back(any(10));
        outcomes.push_back(any(30));
        expected.push_back(1 + any(20));
    }
    const auto bins = value_of(forecast::TrainingSet::of({values, forecast::kTreeInputs}, 1));
    const auto grown = [&](Loss loss) {
        forecast::TreeParameters parameters;
        parameters.min_child_weight = 1;
        parameters.feature_share = 0.05;
        parameters.max_depth = 9;
        parameters.threads = 1;
        parameters.loss = loss;
        return value_of(BoostedTrees::train(bins, {outcomes, expected}, trees, parameters));
    };
    return std::make_shared<const forecast::TrainedCount>(forecast::TrainedCount{
        .count = Market::kPoints,
        .minutes = std::make_shared<const BoostedTrees>(grown(Loss::kPseudoHuber)),
        .factor = grown(Loss::kPoisson),
        .difference = grown(Loss::kSquaredError),
        .calibration = {},
        .ensemble = {},
        .lines = {}});
}

}  // namespace tipoff::coordinate::test
