#pragma once
/// What the measurements share.

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.h"
#include "base/error.h"
#include "operate/facts.h"
#include "store/home.h"

namespace tipoff::bench {

using Json = nlohmann::ordered_json;

/// Seconds since it was made or last asked.
class Lap {
public:
    explicit Lap(const Clock& clock) : clock_(clock), start_(clock.elapsed()) {}
    double seconds();

private:
    const Clock& clock_;
    std::chrono::microseconds start_;
};

/// Of the process so far.
[[nodiscard]] double peak_rss_mib();

/// A home for reading and writing; `kBusy` when another process writes.
Expected<std::unique_ptr<store::Home>> open_home(const std::filesystem::path& folder,
                                                 const Clock& clock);

/// Every season on record, oldest first.
[[nodiscard]] std::vector<operate::Facts::SeasonDates> all_seasons(const operate::Facts& facts);

/// The newest `count` of them; `kNotFound` when there are fewer.
Expected<std::vector<operate::Facts::SeasonDates>> newest_seasons(const operate::Facts& facts,
                                                                  std::size_t count);

}  // namespace tipoff::bench
