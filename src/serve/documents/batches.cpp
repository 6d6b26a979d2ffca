#include "serve/documents/batches.h"

#include <nlohmann/json.hpp>

#include "coordinate/batches.h"

namespace tipoff::serve {

Json batch_json(const coordinate::BatchRow& batch) {
    return {{"batch_id", batch.batch_id},
            {"game_date", tipoff::to_string(batch.game_date)},
            {"state", batch.state},
            {"as_of", tipoff::to_string(batch.as_of.at)},
            {"attempt", batch.attempt},
            {"expected", batch.expected},
            {"forecast", batch.forecast},
            {"gaps", batch.gaps},
            {"left_out", batch.left_out},
            {"rows", batch.rows},
            {"min_minutes", batch.min_minutes},
            {"systems", coordinate::listed(batch.systems)},
            {"markets", coordinate::listed(batch.markets)},
            {"correlation_id", batch.correlation_id},
            {"run_id", batch.run_id},
            {"started_at", tipoff::to_string(batch.started_at)},
            {"progressed_at", tipoff::to_string(batch.progressed_at)},
            {"finished_at",
             batch.finished_at ? Json(tipoff::to_string(*batch.finished_at)) : Json(nullptr)},
            {"reason", batch.reason},
            {"detail", batch.detail}};
}

Json batch_status_json(const coordinate::BatchRow& batch,
                       const std::vector<coordinate::WorkItemRow>& items) {
    Json document = batch_json(batch);
    Json& gaps = document["players_without_forecast"] = Json::array();
    for (const coordinate::WorkItemRow& item : items) {
        if (item.outcome != "gap") continue;
        gaps.push_back({{"player_id", item.player_id.value},
                        {"game_id", tipoff::to_string(item.game_id)},
                        {"reason", item.reason},
                        {"detail", item.detail}});
    }
    return document;
}

}  // namespace tipoff::serve
