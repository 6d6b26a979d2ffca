#include "operate/logical_times.h"

#include <algorithm>
#include <map>
#include <set>

namespace tipoff::operate {
namespace {

/// A window a minute for three days: more than any sensible rule has.
constexpr std::size_t kMostWindowsOfDate = 5'000;

using GamesByDate = std::map<GameDate, std::vector<KnownGame>>;

template <class Counts>
GamesByDate by_date(std::span<const KnownGame> games, Counts counts) {
    GamesByDate dates;
    for (const KnownGame& game : games) {
        if (counts(game)) dates[game.game_date].push_back(game);
    }
    for (auto& [date, of_date] : dates)
        std::ranges::sort(of_date, {}, &KnownGame::tip_off);
    return dates;
}

}  // namespace

bool counts_for(const BeforeGames& rule, const KnownGame& game) {
    if (!rule.before_hour) return true;
    const TimeOfDay hour{.hour = *rule.before_hour, .minute = 0, .second = 0};
    return game.tip_off < eastern_instant(game.game_date, hour);
}

std::vector<LogicalTime> logical_times(const BeforeGames& rule, std::span<const KnownGame> games) {
    std::vector<LogicalTime> all;
    std::optional<Instant> last_tip_before;
    for (const auto& [date, of_date] :
         by_date(games, [&](const KnownGame& game) { return counts_for(rule, game); })) {
        const Instant last_tip = of_date.back().tip_off;
        std::set<Instant> times;
        Instant window = of_date.front().tip_off - rule.from;
        times.insert(window);
        while (rule.every && times.size() < kMostWindowsOfDate) {
            window += *rule.every;
            if (window >= last_tip) break;
            times.insert(window);
        }
        for (const KnownGame& game : of_date) {
            if (rule.closing) times.insert(game.tip_off - *rule.closing);
        }
        for (const Instant at : times) {
            if (last_tip_before && at <= *last_tip_before) continue;
            all.push_back({.at = at, .game_date = date, .good_until = last_tip, .is_needed = true});
        }
        last_tip_before = last_tip;
    }
    return all;
}

std::vector<LogicalTime> logical_times(const AfterGames& rule, std::span<const KnownGame> games) {
    std::vector<LogicalTime> all;
    for (const auto& [date, of_date] : by_date(games, [](const KnownGame&) { return true; })) {
        const Instant first = of_date.front().tip_off + rule.after;
        std::erase_if(all, [&](const LogicalTime& earlier) { return earlier.at >= first; });
        const Instant end = of_date.back().tip_off + rule.until;
        std::size_t windows = 0;
        for (Instant at = first; at <= end && windows < kMostWindowsOfDate; at += rule.every) {
            const bool is_needed = std::ranges::any_of(of_date, [&](const KnownGame& game) {
                return game.tip_off + rule.after <= at && !game.is_done();
            });
            all.push_back(
                {.at = at, .game_date = date, .good_until = std::nullopt, .is_needed = is_needed});
            ++windows;
        }
    }
    return all;
}

}  // namespace tipoff::operate
