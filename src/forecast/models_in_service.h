#pragma once
/// The promoted models of a home, by count and date: what `xgboost_v1` and `ensemble_v1` forecast
/// with.

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/hash.h"
#include "conform/market.h"
#include "forecast/model_registry.h"
#include "forecast/model_tables.h"
#include "forecast/trained_count.h"
#include "store/database.h"

namespace tipoff::forecast {

/// What this program can use of a count.
[[nodiscard]] ModelKind model_kind(Market count);

class ModelsInService {
public:
    /// Of a home without models.
    ModelsInService() = default;

    ModelsInService(std::filesystem::path home, std::vector<ModelRecord> models)
        : home_(std::move(home)), models_(std::move(models)) {}

    /// The models registered in the database of the home.
    static Expected<ModelsInService> open(const std::filesystem::path& home,
                                          store::Database& database);

    [[nodiscard]] std::span<const ModelRecord> models() const { return models_; }

    /// The model of each count for a date; null where none is in service. `kRefused` where one is
    /// in service and is missing, damaged or made for another feature list or format.
    Expected<TrainedCounts> on(GameDate date, std::span<const Market> counts);

    /// The same, and `kRefused` where a count has none: how to train it.
    Expected<TrainedCounts> required_on(GameDate date, std::span<const Market> counts);

    /// Whether some date up to this one has a model of one of the counts.
    [[nodiscard]] bool serve_until(GameDate date, std::span<const Market> counts) const;

    /// Of the models that may forecast dates up to this one.
    [[nodiscard]] Fingerprint fingerprint(GameDate through, std::span<const Market> counts) const;

private:
    std::filesystem::path home_;
    std::vector<ModelRecord> models_;
    std::map<std::string, std::shared_ptr<const TrainedCount>> loaded_;  ///< by model id
};

}  // namespace tipoff::forecast
