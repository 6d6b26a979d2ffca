#pragma once
/// Work over rows that are independent of each other, on several threads.

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

#include "base/error.h"

namespace tipoff {

/// Calls `fill(from, to)` over parts that make up [0, rows): as many as there are threads, and none
/// of fewer than `rows_a_thread` rows, for a thread costs more than it gains there. Returns when
/// all are done.
template <class Fill>
void in_parts(std::size_t rows, std::size_t rows_a_thread, std::size_t threads, Fill fill) {
    require(threads > 0, "work is done by at least one thread");
    const std::size_t workers = std::clamp<std::size_t>(rows / rows_a_thread, 1, threads);
    std::vector<std::jthread> pool;
    for (std::size_t worker = 1; worker < workers; ++worker)
        pool.emplace_back(fill, rows * worker / workers, rows * (worker + 1) / workers);
    fill(0, rows / workers);
}

}  // namespace tipoff
