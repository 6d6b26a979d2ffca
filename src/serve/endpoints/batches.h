#pragma once
/// `/start`, `/complete`, `/status` and `/batches`: batches of forecasts, asked for and looked at.

#include "operate/batch_coordinator.h"
#include "serve/backend.h"

namespace tipoff::serve {

/// `coordinator` outlives the service.
[[nodiscard]] MakeRoutes batch_routes(operate::BatchCoordinator& coordinator);

}  // namespace tipoff::serve
