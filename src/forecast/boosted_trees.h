#pragma once
/// Gradient-boosted regression trees by XGBoost through its C API. They begin at what a formula
/// expects and say how far it is off: by a factor or by a difference, as the loss goes.
///
/// Histograms (`hist`) give the same bits on any number of threads (Chen and Guestrin, "XGBoost: A
/// scalable tree boosting system", 2016).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/hash.h"

namespace tipoff::forecast {

/// Of the XGBoost that is loaded: "1.7.4". Another version may train other trees.
[[nodiscard]] std::string xgboost_version();

/// Rows of features, one after the other; NaN is unknown.
struct FeatureMatrix {
    std::span<const float> values;
    std::size_t columns = 0;

    [[nodiscard]] std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
    [[nodiscard]] FeatureMatrix slice(std::size_t first, std::size_t count) const {
        return {values.subspan(first * columns, count * columns), columns};
    }
};

/// What trees are trained to make small.
enum class Loss : std::uint8_t {
    /// Poisson deviance with a log link: errors weigh by the inverse of the mean, as the variance
    /// of
    /// counts goes; an unbiased mean. The trees say a factor.
    kPoisson,
    kSquaredError,  ///< an unbiased mean as well; the trees say a difference
    /// Squared below the slope and linear beyond it (Huber 1964, smoothed): near the median where
    /// tails are long. The trees say a difference.
    kPseudoHuber,
};

struct TreeParameters {
    Loss loss = Loss::kPoisson;
    double huber_slope = 6;  ///< of `kPseudoHuber`, in units of the outcome
    int most_rounds = 170;   ///< a bound on time: early stopping was seen to run further
    int patience = 40;       ///< rounds without a better validation loss before training ends
    int max_depth = 5;
    double learning_rate = 0.08;
    double row_share = 0.7;      ///< drawn anew each round
    double feature_share = 0.4;  ///< drawn anew each tree
    double min_child_weight = 150;
    std::uint64_t seed = 7;
    std::size_t threads = 2;
};

/// Rows of features in the bins of a histogram: what trees of several outcomes are trained on. The
/// rows themselves are not kept.
class TrainingSet {
public:
    /// `kInternal` with XGBoost's words when it fails.
    static Expected<TrainingSet> of(const FeatureMatrix& features, std::size_t threads);

    TrainingSet(TrainingSet&&) noexcept;
    TrainingSet& operator=(TrainingSet&&) = delete;
    ~TrainingSet();

    [[nodiscard]] std::size_t rows() const { return rows_; }

private:
    friend class BoostedTrees;
    TrainingSet(void* bins, std::size_t rows) : bins_(bins), rows_(rows) {}
    void* bins_;  ///< XGBoost's
    std::size_t rows_;
};

/// What came of the rows, what a formula had expected of them, above 0, and what each of them
/// counts for. An outcome of NaN takes no part.
struct ExpectedOutcomes {
    std::span<const float> outcomes;
    std::span<const float> expected;
    std::span<const float> weights{};  ///< without them all rows count alike

    [[nodiscard]] ExpectedOutcomes slice(std::size_t first, std::size_t count) const {
        return {outcomes.subspan(first, count), expected.subspan(first, count),
                weights.empty() ? weights : weights.subspan(first, count)};
    }
};

class BoostedTrees {
public:
    BoostedTrees(BoostedTrees&&) noexcept;
    BoostedTrees& operator=(BoostedTrees&&) noexcept;
    ~BoostedTrees();

    /// Trees of `rounds` rounds. `kInternal` with XGBoost's words when it fails.
    static Expected<BoostedTrees> train(const TrainingSet& games, const ExpectedOutcomes& outcomes,
                                        int rounds, const TreeParameters& parameters);

    /// The number of rounds (at least 1) after which the loss on the rows from `validation_from`
    /// on, which are later in time than those before, is least.
    static Expected<int> best_rounds(const FeatureMatrix& features,
                                     const ExpectedOutcomes& outcomes, std::size_t validation_from,
                                     const TreeParameters& parameters);

    /// From `bytes()`. `kInvalidInput` when XGBoost cannot read them.
    static Expected<BoostedTrees> read(std::string_view bytes);
    [[nodiscard]] std::string bytes() const;
    /// Of the bytes.
    [[nodiscard]] Fingerprint fingerprint() const { return fingerprint_; }

    /// One a row, by which what the formula expects is off: a factor for `kPoisson`, else a
    /// difference.
    [[nodiscard]] std::vector<float> corrections(const FeatureMatrix& features) const;

    /// What each feature adds to a row's difference or to the logarithm of its factor, and last
    /// what all rows have in common: `columns + 1` numbers a row that add up to it. Approximate: by
    /// the way of Saabas
    /// ("Interpreting random forests", 2014) down each tree, a hundred times as fast as exact
    /// Shapley values. The same bits on any number of threads.
    [[nodiscard]] std::vector<float> approximate_contributions(const FeatureMatrix& features,
                                                               std::size_t threads = 1) const;

private:
    struct Handle;
    static Expected<TrainingSet> rows_to_judge(const FeatureMatrix& features, std::size_t threads);
    explicit BoostedTrees(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> handle_;
    Fingerprint fingerprint_;
};

}  // namespace tipoff::forecast
