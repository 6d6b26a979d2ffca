#pragma once
/// A batch's items out to the workers, and what becomes of each player back.
///
/// A batch is over when every player has a final outcome: a forecast, or a reason why there is
/// none. That is read off the set of outcomes, never counted, so that an item that is delivered
/// twice or answered twice changes nothing.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/ids.h"
#include "coordinate/work_item.h"
#include "coordinate/work_queue.h"

namespace tipoff::coordinate {

/// A batch of which no item has come back for so long is finished with what there is.
inline constexpr std::chrono::seconds kStalls{300};

/// Why a player of a batch has no forecast.
enum class NoForecast : std::uint8_t {
    kNoAnswer,    ///< no worker answered in time
    kGivenUp,     ///< handed out `kMostDeliveries` times, and failed each time
    kEndedEarly,  ///< somebody asked for the batch to be finished with what there was
};

/// "NO_ANSWER", "GIVEN_UP", "ENDED_EARLY".
[[nodiscard]] std::string_view to_string(NoForecast why);

/// The final outcome of a player.
struct Outcome {
    std::vector<forecast::SystemForecasts> forecasts;  ///< of his row; empty where there are none
    NoForecast why{};                                  ///< without forecasts
    std::string detail;
    std::string worker;

    [[nodiscard]] bool is_forecast() const { return !forecasts.empty(); }
};
using Outcomes = std::map<PlayerId, Outcome>;

/// What is asked of a batch while it is under way.
enum class Wish : std::uint8_t {
    kGoOn,
    kFinish,  ///< with what there is
    kDrop,    ///< nobody wants it any more
};

struct GatheringHooks {
    /// Asked between answers.
    std::function<Wish()> wish = [] { return Wish::kGoOn; };

    /// Told when outcomes have come in.
    std::function<void(const Outcomes&)> progress = [](const Outcomes&) {};
};

/// Publishes the items (at least one; all of one batch and attempt) and waits until each has an
/// outcome, or nothing has come back for `stalls_after`. `kFenced` when it was dropped, and what
/// the queue reports.
Expected<Outcomes> gather(WorkDesk& desk, const Clock& clock, std::span<const WorkItem> items,
                          const GatheringHooks& hooks,
                          std::chrono::microseconds stalls_after = kStalls);

}  // namespace tipoff::coordinate
