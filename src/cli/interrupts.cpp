#include "cli/interrupts.h"

namespace tipoff::cli {

Interrupts::Interrupts() : ends_{} {
    sigemptyset(&ends_);
    sigaddset(&ends_, SIGINT);
    sigaddset(&ends_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends_, nullptr);
}

void Interrupts::wait() const {
    int signal = 0;
    sigwait(&ends_, &signal);
}

bool Interrupts::come_within(std::chrono::milliseconds time) const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const timespec left{.tv_sec = static_cast<time_t>(seconds.count()),
                        .tv_nsec = std::chrono::nanoseconds(time - seconds).count()};
    return ::sigtimedwait(&ends_, nullptr, &left) >= 0;
}

}  // namespace tipoff::cli
