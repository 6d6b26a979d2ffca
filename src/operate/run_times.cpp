#include "operate/run_times.h"

namespace tipoff::operate {
namespace {

/// Two readings of one clock lie closer together.
constexpr std::chrono::seconds kOneClock{1};

bool is_replay(const Clock& clock) {
    return std::chrono::abs(clock.league_now() - clock.wall_now()) > kOneClock;
}

}  // namespace

std::optional<Instant> league_end(Instant finished_at, std::optional<Instant> planned_for,
                                  const Clock& clock) {
    return is_replay(clock) ? planned_for : std::optional(finished_at);
}

}  // namespace tipoff::operate
