#include "forecast/boosted_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <array>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include "base/in_parts.h"
#include "base/parse.h"
#include "forecast/tree_paths.h"

namespace tipoff::forecast {
namespace {

/// Bins a feature's values are sorted into. With 256 training takes a quarter longer, and forecasts
/// are no better.
constexpr int kMostBins = 64;

/// Ways down are short: fewer rows are not worth a thread.
constexpr std::size_t kRowsAThread = 100;

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

Status checked(int outcome) {
    if (outcome == 0) return {};
    return fail(ErrorCode::kInternal, fmt::format("XGBoost: {}", XGBGetLastError()));
}

/// XGBoost asks for rows by the batch; they all lie in memory, so that one batch is all.
struct OneBatch {
    DMatrixHandle proxy = nullptr;
    std::string array;
    bool was_given = false;

    OneBatch() = default;
    OneBatch(const OneBatch&) = delete;
    OneBatch& operator=(const OneBatch&) = delete;
    ~OneBatch() {
        if (proxy != nullptr) XGDMatrixFree(proxy);
    }

    static int next(void* batch) {
        auto* self = static_cast<OneBatch*>(batch);
        if (std::exchange(self->was_given, true)) return 0;
        return XGProxyDMatrixSetDataDense(self->proxy, self->array.c_str()) == 0 ? 1 : -1;
    }
    static void reset(void* batch) { static_cast<OneBatch*>(batch)->was_given = false; }
};

/// NumPy's description of the rows, which XGBoost reads in place.
std::string array_interface(const FeatureMatrix& features) {
    return fmt::format(
        R"({{"data": [{}, true], "shape": [{}, {}], "typestr": "<f4", "version": 3}})",
        reinterpret_cast<std::uintptr_t>(features.values.data()), features.rows(),
        features.columns);
}

struct LossNames {
    const char* objective;
    const char* metric;
    const char* base_score;  ///< where a row begins that has no margin of its own
};

LossNames names_of(Loss loss) {
    switch (loss) {
        case Loss::kPoisson: return {"count:poisson", "poisson-nloglik", "1"};
        case Loss::kSquaredError: return {"reg:squarederror", "rmse", "0"};
        case Loss::kPseudoHuber: return {"reg:pseudohubererror", "mphe", "0"};
    }
    throw InvariantBroken("a loss that is none");
}

/// Labels, what the trees begin at, and weights: none where there is no outcome.
Status set_outcomes(DMatrixHandle bins, const ExpectedOutcomes& games, Loss loss) {
    const std::size_t rows = games.outcomes.size();
    require(games.expected.size() == rows, "outcomes and expectations of different length");
    require(games.weights.empty() || games.weights.size() == rows,
            "outcomes and weights of different length");
    std::vector<float> labels(rows);
    std::vector<float> weights(rows);
    std::vector<float> margins(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const bool is_known = !std::isnan(games.outcomes[i]);
        labels[i] = is_known ? games.outcomes[i] : 0;
        const float weight = games.weights.empty() ? 1 : games.weights[i];
        weights[i] = is_known ? weight : 0;
        margins[i] = loss == Loss::kPoisson
                         ? static_cast<float>(std::log(static_cast<double>(games.expected[i])))
                         : games.expected[i];
    }
    TIPOFF_CHECK(checked(XGDMatrixSetFloatInfo(bins, "label", labels.data(), rows)));
    TIPOFF_CHECK(checked(XGDMatrixSetFloatInfo(bins, "weight", weights.data(), rows)));
    return checked(XGDMatrixSetFloatInfo(bins, "base_margin", margins.data(), rows));
}

/// The loss in the text that an evaluation gives: "[12]\tlater-poisson-nloglik:2.71".
Expected<double> loss_in(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon != std::string_view::npos) {
        if (const auto loss = parse_number(text.substr(colon + 1))) return *loss;
    }
    return fail(ErrorCode::kInternal, fmt::format("XGBoost: no loss in '{}'", text));
}

}  // namespace

struct BoostedTrees::Handle {
    BoosterHandle booster = nullptr;
    std::once_flag paths_made;
    std::optional<TreePaths> paths;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (booster != nullptr) XGBoosterFree(booster);
    }

    Status set(const TreeParameters& p) const {
        const LossNames names = names_of(p.loss);
        const std::array<std::pair<const char*, std::string>, 13> settings{{
            {"objective", names.objective},
            {"eval_metric", names.metric},
            {"base_score", names.base_score},
            {"tree_method", "hist"},
            {"max_depth", fmt::format("{}", p.max_depth)},
            {"eta", fmt::format("{}", p.learning_rate)},
            {"subsample", fmt::format("{}", p.row_share)},
            {"colsample_bytree", fmt::format("{}", p.feature_share)},
            {"min_child_weight", fmt::format("{}", p.min_child_weight)},
            {"seed", fmt::format("{}", p.seed)},
            {"nthread", fmt::format("{}", p.threads)},
            {"verbosity", "0"},
            {"validate_parameters", "1"},
        }};
        for (const auto& [name, value] : settings)
            TIPOFF_CHECK(checked(XGBoosterSetParam(booster, name, value.c_str())));
        if (p.loss != Loss::kPseudoHuber) return {};
        const std::string slope = fmt::format("{}", p.huber_slope);
        return checked(XGBoosterSetParam(booster, "huber_slope", slope.c_str()));
    }
};

std::string xgboost_version() {
    int major = 0;
    int minor = 0;
    int patch = 0;
    XGBoostVersion(&major, &minor, &patch);
    return fmt::format("{}.{}.{}", major, minor, patch);
}

BoostedTrees::BoostedTrees(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
BoostedTrees::BoostedTrees(BoostedTrees&&) noexcept = default;
BoostedTrees& BoostedTrees::operator=(BoostedTrees&&) noexcept = default;
BoostedTrees::~BoostedTrees() = default;

TrainingSet::TrainingSet(TrainingSet&& other) noexcept
    : bins_(std::exchange(other.bins_, nullptr)), rows_(other.rows_) {}
TrainingSet::~TrainingSet() {
    if (bins_ != nullptr) XGDMatrixFree(bins_);
}

Expected<TrainingSet> TrainingSet::of(const FeatureMatrix& features, std::size_t threads) {
    OneBatch batch;
    batch.array = array_interface(features);
    TIPOFF_CHECK(checked(XGProxyDMatrixCreate(&batch.proxy)));
    const std::string config =
        fmt::format(R"({{"missing": NaN, "nthread": {}, "max_bin": {}}})", threads, kMostBins);
    DMatrixHandle bins = nullptr;
    TIPOFF_CHECK(checked(XGQuantileDMatrixCreateFromCallback(
        &batch, batch.proxy, nullptr, &OneBatch::reset, &OneBatch::next, config.c_str(), &bins)));
    return TrainingSet(bins, features.rows());
}

Expected<BoostedTrees> BoostedTrees::train(const TrainingSet& games,
                                           const ExpectedOutcomes& outcomes, int rounds,
                                           const TreeParameters& parameters) {
    require(games.rows() == outcomes.outcomes.size(), "rows and outcomes of different length");
    TIPOFF_CHECK(set_outcomes(games.bins_, outcomes, parameters.loss));
    auto handle = std::make_unique<Handle>();
    const std::array<DMatrixHandle, 1> matrices{games.bins_};
    TIPOFF_CHECK(checked(XGBoosterCreate(matrices.data(), matrices.size(), &handle->booster)));
    TIPOFF_CHECK(handle->set(parameters));
    for (int round = 0; round < rounds; ++round)
        TIPOFF_CHECK(checked(XGBoosterUpdateOneIter(handle->booster, round, games.bins_)));
    // Read back, a booster has let go of its training data.
    const BoostedTrees trained(std::move(handle));
    return read(trained.bytes());
}

/// Trees are judged on values, not on bins.
Expected<TrainingSet> BoostedTrees::rows_to_judge(const FeatureMatrix& features,
                                                  std::size_t threads) {
    DMatrixHandle values = nullptr;
    TIPOFF_CHECK(checked(XGDMatrixCreateFromMat_omp(features.values.data(), features.rows(),
                                                    features.columns, kMissing, &values,
                                                    static_cast<int>(threads))));
    return TrainingSet(values, features.rows());
}

Expected<int> BoostedTrees::best_rounds(const FeatureMatrix& features,
                                        const ExpectedOutcomes& outcomes,
                                        std::size_t validation_from,
                                        const TreeParameters& parameters) {
    require(validation_from > 0 && validation_from < features.rows(),
            "a validation needs rows on both sides");
    TIPOFF_TRY(const TrainingSet earlier,
               TrainingSet::of(features.slice(0, validation_from), parameters.threads));
    TIPOFF_CHECK(set_outcomes(earlier.bins_, outcomes.slice(0, validation_from), parameters.loss));
    TIPOFF_TRY(const TrainingSet later,
               rows_to_judge(features.slice(validation_from, features.rows() - validation_from),
                             parameters.threads));
    TIPOFF_CHECK(set_outcomes(later.bins_,
                              outcomes.slice(validation_from, features.rows() - validation_from),
                              parameters.loss));
    Handle handle;
    const std::array<DMatrixHandle, 2> matrices{earlier.bins_, later.bins_};
    TIPOFF_CHECK(checked(XGBoosterCreate(matrices.data(), matrices.size(), &handle.booster)));
    TIPOFF_CHECK(handle.set(parameters));
    std::array<DMatrixHandle, 1> judged{later.bins_};
    std::array<const char*, 1> names{"later"};
    int best = 1;
    double least = std::numeric_limits<double>::infinity();
    for (int round = 0; round < parameters.most_rounds; ++round) {
        TIPOFF_CHECK(checked(XGBoosterUpdateOneIter(handle.booster, round, earlier.bins_)));
        const char* text = nullptr;
        TIPOFF_CHECK(checked(XGBoosterEvalOneIter(handle.booster, round, judged.data(),
                                                  names.data(), judged.size(), &text)));
        TIPOFF_TRY(const double loss, loss_in(text));
        if (loss < least) {
            least = loss;
            best = round + 1;
        }
        if (round + 1 - best >= parameters.patience) break;
    }
    return best;
}

Expected<BoostedTrees> BoostedTrees::read(std::string_view bytes) {
    auto handle = std::make_unique<Handle>();
    TIPOFF_CHECK(checked(XGBoosterCreate(nullptr, 0, &handle->booster)));
    if (XGBoosterLoadModelFromBuffer(handle->booster, bytes.data(), bytes.size()) != 0) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("not trees that XGBoost can read: {}", XGBGetLastError()));
    }
    BoostedTrees trees(std::move(handle));
    trees.fingerprint_ = fingerprint_of(bytes);
    return trees;
}

std::string BoostedTrees::bytes() const {
    bst_ulong size = 0;
    const char* data = nullptr;
    require(XGBoosterSaveModelToBuffer(handle_->booster, R"({"format": "ubj"})", &size, &data) == 0,
            "XGBoost could not write a booster to memory");
    return {data, size};
}

std::vector<float> BoostedTrees::corrections(const FeatureMatrix& features) const {
    if (features.rows() == 0) return {};
    const std::string array = array_interface(features);
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* corrections = nullptr;
    const int outcome = XGBoosterPredictFromDense(
        handle_->booster, array.c_str(),
        R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0,)"
        R"( "strict_shape": false, "cache_id": 0, "missing": NaN})",
        nullptr, &shape, &dimensions, &corrections);
    if (outcome != 0) throw InvariantBroken(fmt::format("XGBoost: {}", XGBGetLastError()));
    return {corrections, corrections + features.rows()};
}

std::vector<float> BoostedTrees::approximate_contributions(const FeatureMatrix& features,
                                                           std::size_t threads) const {
    if (features.rows() == 0) return {};
    // Evaluations never ask: the ways down are made for the first who does.
    std::call_once(handle_->paths_made, [this] { handle_->paths.emplace(bytes()); });
    const std::size_t rows = features.rows();
    const std::size_t width = features.columns + 1;
    std::vector<float> shares(rows * width);
    const auto fill = [&](std::size_t from, std::size_t to) {
        handle_->paths->add_contributions(
            features.slice(from, to - from).values, features.columns,
            std::span(shares).subspan(from * width, (to - from) * width));
    };
    in_parts(rows, kRowsAThread, threads, fill);
    return shares;
}

}  // namespace tipoff::forecast
