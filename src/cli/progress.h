#pragma once
/// A line on standard error that tells how far a long command is. Only on a terminal: in a log
/// there is nothing of it.

#include <chrono>
#include <string_view>

#include "base/clock.h"

namespace tipoff::cli {

class Progress {
public:
    explicit Progress(const Clock& clock);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Takes the line away.
    ~Progress();

    /// Shows `text` in place of what stood there; a few times a second at most, the rest is passed
    /// over.
    void show(std::string_view text);

private:
    const Clock& clock_;
    bool is_terminal_;
    std::size_t width_;
    std::chrono::microseconds next_{0};
};

}  // namespace tipoff::cli
