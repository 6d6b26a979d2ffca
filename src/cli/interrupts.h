#pragma once
/// The signals by which somebody ends a command that runs until it is ended.

#include <csignal>

#include <chrono>

namespace tipoff::cli {

/// Holds SIGINT and SIGTERM back from its making on, in threads that are made later as well: they
/// end nothing by themselves, and are waited for.
class Interrupts {
public:
    Interrupts();

    /// Until one comes.
    void wait() const;

    /// For so long at the most; whether one came.
    [[nodiscard]] bool come_within(std::chrono::milliseconds time) const;

private:
    sigset_t ends_;
};

}  // namespace tipoff::cli
