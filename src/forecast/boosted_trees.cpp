#include "forecast/boosted_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "base/parse.h"

namespace tipoff::forecast {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// The mean of the outcomes where no tree has spoken; the first trees move it.
constexpr double kBaseScore = 9;

class Matrix {
public:
    Matrix(const Matrix&) = delete;
    Matrix& operator=(const Matrix&) = delete;
    Matrix(Matrix&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Matrix& operator=(Matrix&&) = delete;
    ~Matrix() {
        if (handle_ != nullptr) XGDMatrixFree(handle_);
    }

    static Expected<Matrix> of(const FeatureMatrix& features, std::span<const float> outcomes,
                               std::size_t threads);
    [[nodiscard]] DMatrixHandle get() const { return handle_; }

private:
    explicit Matrix(DMatrixHandle handle) : handle_(handle) {}
    DMatrixHandle handle_;
};

Status checked(int outcome) {
    if (outcome == 0) return {};
    return fail(ErrorCode::kInternal, fmt::format("XGBoost: {}", XGBGetLastError()));
}

Expected<Matrix> Matrix::of(const FeatureMatrix& features, std::span<const float> outcomes,
                            std::size_t threads) {
    DMatrixHandle handle = nullptr;
    TIPOFF_CHECK(checked(XGDMatrixCreateFromMat_omp(features.values.data(), features.rows(),
                                                    features.columns, kMissing, &handle,
                                                    static_cast<int>(threads))));
    Matrix matrix(handle);
    TIPOFF_CHECK(checked(XGDMatrixSetFloatInfo(handle, "label", outcomes.data(), outcomes.size())));
    return matrix;
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

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (booster != nullptr) XGBoosterFree(booster);
    }

    Status set(const TreeParameters& p) const {
        const std::array<std::pair<const char*, std::string>, 13> settings{{
            {"objective", "count:poisson"},
            {"eval_metric", "poisson-nloglik"},
            {"base_score", fmt::format("{}", kBaseScore)},
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
        return {};
    }
};

BoostedTrees::BoostedTrees(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
BoostedTrees::BoostedTrees(BoostedTrees&&) noexcept = default;
BoostedTrees& BoostedTrees::operator=(BoostedTrees&&) noexcept = default;
BoostedTrees::~BoostedTrees() = default;

Expected<BoostedTrees> BoostedTrees::train(const FeatureMatrix& features,
                                           std::span<const float> outcomes, int rounds,
                                           const TreeParameters& parameters) {
    require(features.rows() == outcomes.size(), "rows and outcomes of different length");
    TIPOFF_TRY(const Matrix matrix, Matrix::of(features, outcomes, parameters.threads));
    auto handle = std::make_unique<Handle>();
    const std::array<DMatrixHandle, 1> matrices{matrix.get()};
    TIPOFF_CHECK(checked(XGBoosterCreate(matrices.data(), matrices.size(), &handle->booster)));
    TIPOFF_CHECK(handle->set(parameters));
    for (int round = 0; round < rounds; ++round)
        TIPOFF_CHECK(checked(XGBoosterUpdateOneIter(handle->booster, round, matrix.get())));
    // Read back, a booster has let go of its training data.
    const BoostedTrees trained(std::move(handle));
    return read(trained.bytes());
}

Expected<int> BoostedTrees::best_rounds(const FeatureMatrix& features,
                                        std::span<const float> outcomes,
                                        std::size_t validation_from,
                                        const TreeParameters& parameters) {
    require(validation_from > 0 && validation_from < features.rows(),
            "a validation needs rows on both sides");
    TIPOFF_TRY(const Matrix earlier,
               Matrix::of(features.slice(0, validation_from), outcomes.first(validation_from),
                          parameters.threads));
    TIPOFF_TRY(const Matrix later,
               Matrix::of(features.slice(validation_from, features.rows() - validation_from),
                          outcomes.subspan(validation_from), parameters.threads));
    Handle handle;
    const std::array<DMatrixHandle, 2> matrices{earlier.get(), later.get()};
    TIPOFF_CHECK(checked(XGBoosterCreate(matrices.data(), matrices.size(), &handle.booster)));
    TIPOFF_CHECK(handle.set(parameters));
    std::array<DMatrixHandle, 1> judged{later.get()};
    std::array<const char*, 1> names{"later"};
    int best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (int round = 0; round < parameters.most_rounds; ++round) {
        TIPOFF_CHECK(checked(XGBoosterUpdateOneIter(handle.booster, round, earlier.get())));
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
    return BoostedTrees(std::move(handle));
}

std::string BoostedTrees::bytes() const {
    bst_ulong size = 0;
    const char* data = nullptr;
    require(XGBoosterSaveModelToBuffer(handle_->booster, R"({"format": "ubj"})", &size, &data) == 0,
            "XGBoost could not write a booster to memory");
    return {data, size};
}

std::vector<float> BoostedTrees::predict(const FeatureMatrix& features) const {
    if (features.rows() == 0) return {};
    const std::string array =
        fmt::format(R"({{"data": [{}, true], "shape": [{}, {}], "typestr": "<f4", "version": 3}})",
                    reinterpret_cast<std::uintptr_t>(features.values.data()), features.rows(),
                    features.columns);
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* means = nullptr;
    const int outcome = XGBoosterPredictFromDense(
        handle_->booster, array.c_str(),
        R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0,)"
        R"( "strict_shape": false, "cache_id": 0, "missing": NaN})",
        nullptr, &shape, &dimensions, &means);
    if (outcome != 0) throw InvariantBroken(fmt::format("XGBoost: {}", XGBGetLastError()));
    return {means, means + features.rows()};
}

}  // namespace tipoff::forecast
