#include "measuring.h"

#include <sys/resource.h>

#include <fmt/core.h>

#include "operate/catalogue.h"

namespace tipoff::bench {

double Lap::seconds() {
    const auto now = clock_.elapsed();
    const double lap = std::chrono::duration<double>(now - start_).count();
    start_ = now;
    return lap;
}

double peak_rss_mib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Expected<std::unique_ptr<store::Home>> open_home(const std::filesystem::path& folder,
                                                 const Clock& clock) {
    return store::open_home(folder, operate::catalogue(),
                            {.access = store::Access::kReadWrite,
                             .wait = std::chrono::milliseconds{0},
                             .command = "tipoff_bench",
                             .engine = {}},
                            clock);
}

std::vector<operate::Facts::SeasonDates> all_seasons(const operate::Facts& facts) {
    const auto& games = facts.summaries().games;
    if (games.empty()) return {};
    return facts.seasons_between(games.front().game_date, games.back().game_date);
}

Expected<std::vector<operate::Facts::SeasonDates>> newest_seasons(const operate::Facts& facts,
                                                                  std::size_t count) {
    auto seasons = all_seasons(facts);
    if (count == 0 || seasons.size() < count) {
        return fail(
            ErrorCode::kNotFound,
            fmt::format("{} seasons were asked for and {} are there", count, seasons.size()),
            "import more seasons, or measure fewer: bench/run --help");
    }
    seasons.erase(seasons.begin(), seasons.end() - static_cast<std::ptrdiff_t>(count));
    return seasons;
}

}  // namespace tipoff::bench
