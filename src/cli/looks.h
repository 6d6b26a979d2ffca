#pragma once
/// Looking again and again, for commands that stay: an error that may pass ends one look and not
/// the process.

#include <chrono>
#include <functional>

#include "base/error.h"

namespace tipoff::cli {

/// So many looks in a row that fail are no matter of time any more.
inline constexpr int kMostFailedLooks = 20;

/// The first pause after a look that failed; each one in a row doubles it, up to the longest.
inline constexpr std::chrono::milliseconds kFirstFailedPause{1'000};
inline constexpr std::chrono::milliseconds kLongestFailedPause{30'000};

/// One look; returns how long nothing is due.
using Look = std::function<Expected<std::chrono::milliseconds>()>;

/// Waits for so long; whether it was interrupted.
using Pause = std::function<bool(std::chrono::milliseconds)>;

/// Looks until it is interrupted. Of a look that another process, a commit that met another, or the
/// disk was in the way of the log tells, and there is another; the error of any other, or of the
/// last of too many in a row, is returned.
Status keep_looking(const Look& look, const Pause& pause);

}  // namespace tipoff::cli
