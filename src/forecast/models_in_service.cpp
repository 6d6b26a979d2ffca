#include "forecast/models_in_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "features/feature_list.h"

namespace tipoff::forecast {
namespace {

/// Trees, calibration and weights: what both systems that learn are forecast with.
constexpr std::string_view kBundle = "learned";

}  // namespace

ModelKind model_kind(Market count) {
    return {.name = std::string(kBundle),
            .market = std::string(to_string(count)),
            .format_version = TrainedCount::kFormatVersion,
            .feature_list_hash = to_string(features::feature_list_hash())};
}

Expected<ModelsInService> ModelsInService::open(const std::filesystem::path& home,
                                                store::Database& database) {
    TIPOFF_TRY(auto models, store::read_rows(database, kModel, "", {}));
    return ModelsInService(home, std::move(models));
}

Expected<TrainedCounts> ModelsInService::on(GameDate date, std::span<const Market> counts) {
    TrainedCounts trained;
    for (const Market count : counts) {
        const ModelKind kind = model_kind(count);
        TIPOFF_TRY(const InService in_service, model_in_service(models_, kind, date));
        if (!in_service.model) continue;
        auto& loaded = loaded_[in_service.model->model_id];
        if (loaded == nullptr) {
            TIPOFF_TRY(const LoadedModel model, load_model(home_, *in_service.model, kind));
            auto read = TrainedCount::read(model.payload);
            if (!read) {
                return fail(ErrorCode::kRefused,
                            fmt::format("model {}: {}", in_service.model->model_id,
                                        read.error().message()));
            }
            loaded = std::make_shared<const TrainedCount>(*std::move(read));
        }
        trained[index_of(count)] = loaded;
    }
    return trained;
}

Expected<TrainedCounts> ModelsInService::required_on(GameDate date,
                                                     std::span<const Market> counts) {
    TIPOFF_TRY(TrainedCounts trained, on(date, counts));
    for (const Market count : counts) {
        if (trained[index_of(count)] != nullptr) continue;
        const ModelKind kind = model_kind(count);
        TIPOFF_TRY(const InService in_service, model_in_service(models_, kind, date));
        return std::unexpected(no_model_for(kind, date, in_service.others));
    }
    return trained;
}

bool ModelsInService::serve_until(GameDate date, std::span<const Market> counts) const {
    return std::ranges::any_of(counts, [&](Market count) {
        return std::ranges::any_of(models_, [&](const ModelRecord& model) {
            return model.promoted && model.name == kBundle && model.market == to_string(count) &&
                   model.trained_through < date;
        });
    });
}

Fingerprint ModelsInService::fingerprint(GameDate through, std::span<const Market> counts) const {
    std::vector<std::string_view> ids;
    for (const ModelRecord& model : models_) {
        const bool is_of_count = std::ranges::any_of(
            counts, [&](Market count) { return model.market == to_string(count); });
        if (model.promoted && is_of_count && model.trained_through < through)
            ids.push_back(model.model_id);
    }
    std::ranges::sort(ids);
    Hasher hasher;
    for (const auto id : ids)
        hasher.add(id);
    return hasher.finish();
}

}  // namespace tipoff::forecast
