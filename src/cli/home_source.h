#pragma once
/// Where a command's home comes from when it is not opened by the command itself.

#include <chrono>
#include <memory>

#include "base/error.h"
#include "store/home.h"

namespace tipoff::cli {

class HomeSource {
public:
    virtual ~HomeSource() = default;

    /// As `Context::open_home`: `kBusy` where it would have to wait for longer than `wait`.
    virtual Expected<std::unique_ptr<store::Home>> open(store::Access access,
                                                        std::chrono::milliseconds wait) = 0;
};

}  // namespace tipoff::cli
