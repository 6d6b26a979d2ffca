#pragma once
/// The table `predictions.model`: one row a trained model whose file lies in HOME/models.

#include <cstdint>
#include <optional>
#include <string>

#include "base/calendar.h"
#include "store/table.h"

namespace tipoff::forecast {

/// A trained model. What is above `checksum` stands in the model's file as well; what is below says
/// where that file is and whether the model was promoted. The table can be made again from the
/// files (`scan_models`).
struct ModelRecord {
    std::string model_id;  ///< of what was trained: the same training twice is one model
    std::string name;      ///< of the bundle; models of one name and market succeed each other
    std::string market;
    std::int32_t format_version = 0;  ///< of the payload
    std::string feature_list_hash;
    GameDate trained_from{};
    GameDate trained_through{};  ///< the last game date whose results it has seen
    std::int64_t training_rows = 0;
    std::int64_t seed = 0;
    std::string metrics;  ///< one JSON object
    std::string checksum;
    std::string file_name;  ///< in HOME/models
    std::int64_t size_bytes = 0;
    bool promoted = false;
    std::optional<Instant> promoted_at;
    std::string run_id;

    bool operator==(const ModelRecord&) const = default;
};

extern const store::Table<ModelRecord> kModel;

}  // namespace tipoff::forecast
