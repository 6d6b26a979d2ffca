#pragma once
/// The pipeline as it is given out.

#include <vector>

#include "operate/datasets.h"
#include "operate/step_graph.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

/// `/v1/steps`.
[[nodiscard]] Json steps_json(const std::vector<operate::GraphStep>& steps);

/// `/v1/datasets`.
[[nodiscard]] Json datasets_json(const std::vector<operate::Dataset>& datasets);

}  // namespace tipoff::serve
