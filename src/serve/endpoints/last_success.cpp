#include "serve/endpoints/last_success.h"

#include <fmt/core.h>

#include "ledger/run_state.h"

namespace tipoff::serve {

Expected<std::vector<std::pair<std::string, Instant>>> last_successes(store::Database& database) {
    TIPOFF_TRY(const store::Columns found,
               database.read(fmt::format("SELECT step, max(finished_at) FROM ops.run WHERE state "
                                         "IN {} GROUP BY step ORDER BY step",
                                         ledger::kSuccessStates),
                             {}));
    std::vector<std::pair<std::string, Instant>> steps;
    steps.reserve(found.rows());
    for (std::size_t i = 0; i < found.rows(); ++i)
        steps.emplace_back(found.data[0].text(i),
                           store::ColumnCodec<Instant>::get(found.data[1], i));
    return steps;
}

}  // namespace tipoff::serve
