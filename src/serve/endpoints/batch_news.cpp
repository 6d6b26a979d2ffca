#include "serve/endpoints/batch_news.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>

#include "serve/documents/batches.h"

namespace tipoff::serve {
namespace {

/// More than are begun between two looks.
constexpr std::int64_t kNewest = 8;

}  // namespace

Expected<std::vector<std::string>> BatchNews::candidates(const LiveLook& look) {
    std::vector<std::string> ids;
    const auto add = [&](const std::string& id) {
        const auto known = known_.find(id);
        if (known != known_.end() && known->second.has_ended) return;
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    };
    for (const auto& [id, known] : known_)
        add(id);
    TIPOFF_TRY(const auto unfinished, coordinator_.batches().unfinished());
    for (const coordinate::BatchRow& batch : unfinished)
        add(batch.batch_id);
    if (!look.has_changed) return ids;
    // One may have begun and ended since the last look.
    TIPOFF_TRY(const auto newest, coordinator_.batches().list(kNewest, std::nullopt));
    for (const coordinate::BatchRow& batch : newest | std::views::reverse)
        add(batch.batch_id);
    return ids;
}

Expected<std::vector<LiveEvent>> BatchNews::look(const LiveLook& look) {
    if (look.is_first) known_.clear();
    TIPOFF_TRY(const auto ids, candidates(look));
    std::vector<LiveEvent> events;
    for (const std::string& id : ids) {
        TIPOFF_TRY(const auto batch, coordinator_.find(id));
        if (!batch) continue;
        std::string stands =
            fmt::format("{} {} {} {}", batch->state, batch->attempt, batch->forecast, batch->gaps);
        Known& known = known_[id];
        if (known.stands == stands) continue;
        if (!look.is_first) {
            TIPOFF_TRY(const auto items, coordinator_.batches().items(id));
            events.push_back(
                {.name = "batch", .data = json_line(batch_status_json(*batch, items))});
        }
        known.stands = std::move(stands);
        known.has_ended = batch->state != coordinate::to_string(coordinate::BatchState::kRunning);
    }
    return events;
}

}  // namespace tipoff::serve
