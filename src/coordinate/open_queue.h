#pragma once
/// A queue by its address.
///
///     TIPOFF_TRY(const auto queue, open_work_queue(url, clock, {.workers = 2, .name = "serve"}));
///     BatchCoordinator coordinator(..., queue->desk());

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "coordinate/work_queue.h"

namespace tipoff::coordinate {

/// The coordinator's end, and what has to live for it.
class OpenQueue {
public:
    virtual ~OpenQueue() = default;
    [[nodiscard]] virtual WorkDesk& desk() = 0;
};

/// Workers that are threads of this process; only a queue in this process has such.
struct InProcessWorkers {
    std::size_t count = 1;
    std::string name;  ///< stands in results: host and process
};

/// An empty `url` is a queue in this process, with its workers; else "nats://host:port,…" (or
/// "tls://…"), whose workers are processes of their own (`tipoff worker`). `clock` outlives it.
/// `kUsage` for what is no address, `kIo` where nobody answers.
Expected<std::unique_ptr<OpenQueue>> open_work_queue(std::string_view url, const Clock& clock,
                                                     const InProcessWorkers& workers);

/// A worker's end of "nats://host:port,…". `clock` outlives it. Errors as above.
Expected<std::unique_ptr<WorkSource>> open_work_source(std::string_view url, const Clock& clock);

}  // namespace tipoff::coordinate
