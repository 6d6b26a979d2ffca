#pragma once
/// `/v1/steps` and `/v1/datasets`: the pipeline as it is declared, and its tables by their
/// schedule.

#include "operate/workflows.h"
#include "serve/backend.h"

namespace tipoff::serve {

/// `workflows` outlives the service.
[[nodiscard]] MakeRoutes pipeline_routes(const operate::Workflows& workflows);

}  // namespace tipoff::serve
