#include "cli/progress.h"

#include <fmt/core.h>

#include "cli/output.h"

namespace tipoff::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLines{100};

}  // namespace

Progress::Progress(const Clock& clock) : clock_(clock), caller_(caller()) {
    const Terminal terminal = caller_.terminal(Stream::kErrors);
    is_terminal_ = terminal.is_terminal;
    width_ = terminal.width > 1 ? terminal.width - 1 : 79;
}

Progress::~Progress() {
    if (is_terminal_) caller_.write(Stream::kErrors, "\r\033[K");
}

void Progress::show(std::string_view text) {
    // Not from a thread of the command's own, which has nobody to catch it.
    if (&caller() == &caller_) caller_.look_whether_to_stop();
    if (!is_terminal_ || clock_.elapsed() < next_) return;
    next_ = clock_.elapsed() + kBetweenLines;
    caller_.write(Stream::kErrors, fmt::format("\r\033[K{}", cut_to_width(text, width_)));
}

std::string time_left_text(std::chrono::microseconds elapsed, std::int64_t done, std::int64_t all) {
    const double seconds = std::chrono::duration<double>(elapsed).count();
    if (seconds < 2 || done <= 0 || done >= all) return {};
    const double left = seconds / static_cast<double>(done) * static_cast<double>(all - done);
    if (left < 90) return fmt::format("{:.0f} s left", left);
    return fmt::format("{:.0f} min left", left / 60);
}

}  // namespace tipoff::cli
