#include "cli/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

#include "cli/output.h"

namespace tipoff::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLines{100};

}  // namespace

Progress::Progress(const Clock& clock) : clock_(clock) {
    const Terminal terminal = terminal_of(STDERR_FILENO);
    is_terminal_ = terminal.is_terminal;
    width_ = terminal.width > 1 ? terminal.width - 1 : 79;
}

Progress::~Progress() {
    if (is_terminal_) fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::string_view text) {
    if (!is_terminal_ || clock_.elapsed() < next_) return;
    next_ = clock_.elapsed() + kBetweenLines;
    fmt::print(stderr, "\r\033[K{}", cut_to_width(text, width_));
    std::fflush(stderr);
}

}  // namespace tipoff::cli
