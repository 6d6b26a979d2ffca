#include "serve/endpoints/pipeline.h"

#include <nlohmann/json.hpp>

#include "serve/documents/pipeline.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"

namespace tipoff::serve {

MakeRoutes pipeline_routes(const operate::Workflows& workflows) {
    return [&workflows](const Backend& backend) -> std::vector<Route> {
        return {
            {.method = "GET",
             .path = "/v1/steps",
             .name = "list_steps",
             .scope = Scope::kRead,
             .summary = "The steps of the pipeline: what each reads, writes and comes after",
             .parameters = {},
             .responses = {json_doc("`steps`, in the order in which they are done; `workflows` are "
                                    "jobs of the schedule, `sources` those of the step that "
                                    "collects.")},
             .keeping = Keeping::kForEver,
             .handler = [&workflows](const Request&) -> Expected<Response> {
                 return json_response(steps_json(operate::step_graph(workflows)));
             }},
            {.method = "GET",
             .path = "/v1/datasets",
             .name = "list_datasets",
             .scope = Scope::kRead,
             .summary = "The tables: when each should have been filled, when it was, and why not",
             .parameters = {},
             .responses = {json_doc("`datasets`, in the order in which they are filled; `state` is "
                                    "fresh, late, failed, never or off_season, `why` says so in "
                                    "words.")},
             .keeping = Keeping::kDataVersionMinute,
             .handler = [&workflows, backend](const Request&) -> Expected<Response> {
                 TIPOFF_TRY(const auto made, operate::datasets(backend.database, workflows,
                                                               backend.clock.league_now()));
                 return json_response(datasets_json(made));
             }}};
    };
}

}  // namespace tipoff::serve
