#include "serve/documents/pipeline.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

namespace tipoff::serve {
namespace {

Json instant_json(const std::optional<Instant>& at) {
    return at ? Json(tipoff::to_string(*at)) : Json(nullptr);
}

Json text_json(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json run_json(const std::optional<operate::DatasetRun>& run) {
    if (!run) return nullptr;
    return {{"run_id", run->run_id}, {"state", run->state}, {"reason", text_json(run->reason)}};
}

}  // namespace

Json steps_json(const std::vector<operate::GraphStep>& steps) {
    Json document{{"steps", Json::array()}};
    for (const operate::GraphStep& step : steps) {
        Json one{{"step", step.step},   {"workflows", step.workflows},
                 {"reads", step.reads}, {"writes", step.writes},
                 {"after", step.after}, {"sources", Json::array()}};
        for (const operate::GraphSource& source : step.sources)
            one["sources"].push_back({{"source", source.source},
                                      {"what", source.what},
                                      {"writes", source.writes},
                                      {"workflows", source.workflows}});
        document["steps"].push_back(std::move(one));
    }
    return document;
}

Json datasets_json(const std::vector<operate::Dataset>& datasets) {
    Json document{{"datasets", Json::array()}};
    for (const operate::Dataset& dataset : datasets)
        document["datasets"].push_back(
            {{"table", dataset.table},
             {"step", dataset.step},
             {"source", text_json(fmt::format("{}", fmt::join(dataset.sources, ", ")))},
             {"jobs", dataset.jobs},
             {"schedule", text_json(dataset.schedule)},
             {"should_update_at", instant_json(dataset.should_update_at)},
             {"next_update_at", instant_json(dataset.next_update_at)},
             {"last_success_at", instant_json(dataset.last_success_at)},
             {"last_change_at", instant_json(dataset.last_change_at)},
             {"last_run", run_json(dataset.last_run)},
             {"rows", dataset.rows},
             {"state", to_string(dataset.state)},
             {"why", dataset.why}});
    return document;
}

}  // namespace tipoff::serve
