#pragma once
/// What standard output or standard error is connected to.

#include <cstddef>

namespace tipoff::cli {

struct Terminal {
    bool is_terminal = false;
    bool has_colours = false;
    std::size_t width = 0;  ///< in columns; 0 for no limit

    bool operator==(const Terminal&) const = default;
};

}  // namespace tipoff::cli
