#pragma once
/// A line on standard error that tells how far a long command is. Only on a terminal: in a log
/// there is nothing of it.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "cli/caller.h"

namespace tipoff::cli {

class Progress {
public:
    explicit Progress(const Clock& clock);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Takes the line away.
    ~Progress();

    /// Shows `text` in place of what stood there; a few times a second at most, the rest is passed
    /// over. A command that is to stop is broken off here (`CommandStopped`).
    void show(std::string_view text);

private:
    const Clock& clock_;
    Caller& caller_;  ///< also where another thread tells how far it is
    bool is_terminal_;
    std::size_t width_;
    std::chrono::microseconds next_{0};
};

/// "2 min left" from how long so many of all took; empty where nothing is done or left, or before
/// two seconds have passed.
[[nodiscard]] std::string time_left_text(std::chrono::microseconds elapsed, std::int64_t done,
                                         std::int64_t all);

}  // namespace tipoff::cli
